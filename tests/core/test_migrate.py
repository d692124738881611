"""Migrating makes tables in a row from one look at the models, and nothing else of it differs."""

from django.db.migrations import Migration
from django.db.migrations.operations import AddField, CreateModel, RunSQL
from django.db.migrations.state import ProjectState
from django.db.models import BigAutoField, CharField

from core.management.commands.migrate import CreateModels, Executor


class Written:
    """Stands for the schema editor and keeps what it is asked to make."""

    def __init__(self) -> None:
        self.tables: list[str] = []

    def create_model(self, model: type) -> None:
        """One table."""
        self.tables.append(model.__name__)


def table(name: str) -> CreateModel:
    return CreateModel(name, [("id", BigAutoField(primary_key=True))])


def test_tables_in_a_row_are_made_in_their_order():
    state, editor = ProjectState(), Written()
    made = CreateModels([table("Village"), table("Person")])
    before = state.clone()
    made.state_forwards("core", state)
    editor.connection = type("Owner", (), {"alias": "owner"})
    made.database_forwards("core", editor, before, state)
    assert editor.tables == ["Village", "Person"]
    assert set(state.models) == {("core", "village"), ("core", "person")}


def test_what_stands_between_tables_keeps_its_place(monkeypatch):
    seen = []
    monkeypatch.setattr(
        "django.db.migrations.executor.MigrationExecutor.apply_migration",
        lambda self, state, migration, **options: seen.append(migration.operations),
    )
    migration = Migration("0001_initial", "core")
    between = [RunSQL("SELECT 1"), AddField("person", "name", CharField(max_length=9))]
    operations = [table("Village"), table("Person"), *between, table("Card")]
    for options in ({}, {"fake_initial": True}):
        migration.operations = operations
        Executor.apply_migration(object.__new__(Executor), ProjectState(), migration, **options)
    first, *middle, last = seen[0]
    assert [each.name for each in first.creations] == ["Village", "Person"]
    assert middle == between
    assert [each.name for each in last.creations] == ["Card"]
    assert seen[1] == operations
