"""Django's `migrate`, quicker: tables that a migration makes in a row need one look at all models.

Django builds the classes of all models anew for each `CreateModel`, since they are related to each
other; for a hundred tables that took longer than everything else together.
"""

from itertools import groupby
from typing import Any

from django.core.management.commands import migrate
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateModels(Operation):
    """`CreateModel` several times, one after another; none of them sees what a later one adds."""

    def __init__(self, creations: list[Operation]) -> None:
        self.creations = creations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """All models at once; their classes are built when somebody asks for them."""
        state.__dict__.pop("apps", None)
        for creation in self.creations:
            creation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """The tables in their order."""
        for creation in self.creations:
            creation.database_forwards(app_label, schema_editor, from_state, to_state)


class Executor(MigrationExecutor):
    """Applies the tables of a migration together."""

    def apply_migration(
        self, state: ProjectState, migration: Migration, *args: Any, **options: Any
    ) -> ProjectState:
        """Gather what stands in a row, then do as Django does."""
        if options.get("fake_initial"):  # asks each creation whether its table is there
            return super().apply_migration(state, migration, *args, **options)
        rows = groupby(migration.operations, lambda operation: type(operation) is CreateModel)
        migration.operations = [
            operation
            for creating, row in rows
            for operation in ([CreateModels(list(row))] if creating else row)
        ]
        return super().apply_migration(state, migration, *args, **options)


class Command(migrate.Command):
    """The same command and options."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Let Django's own command use our executor."""
        migrate.MigrationExecutor = Executor
        super().handle(*args, **options)
