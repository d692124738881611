"""Row history: every insert, update and delete of a table, written by its triggers."""

from collections.abc import Callable

import pghistory


def tracked() -> Callable[[type], type]:
    """Class decorator that gives a model its append-only history table `<Model>Event`."""
    return pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()
    )
