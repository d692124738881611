"""Row history: every insert, update and delete of a table, written by its triggers."""

from collections.abc import Callable

import pghistory
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


def tracked() -> Callable[[type], type]:
    """Class decorator that gives a model its append-only history table `<Model>Event`."""
    return pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()
    )


class InstallTriggers(Operation):
    """Install the triggers that the models of a migration have in their options.

    One operation for a whole app: an `AddTrigger` each would build every model anew each time,
    which took longer than all the tables together.
    """

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The options of the models have said it already."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Create functions and triggers."""
        for (label, _name), model in to_state.models.items():
            if label == app_label:
                for trigger in model.options.get("triggers", []):
                    schema_editor.execute(trigger.install_sql, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """They go with their tables."""

    def describe(self) -> str:
        """One line for who watches the migration."""
        return "Install the triggers of row history"
