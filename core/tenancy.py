"""The tenant wall seen from Python: every tenant query happens inside a scope.

The policies in the database read `kj.regency` and `kj.villages`; a query outside a scope
raises, because nothing has set them. Settings are local to the transaction, so a pooled
connection never carries a scope to somebody else.
"""

import json
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connection, transaction

from core import plans


@dataclass(frozen=True)
class Scope:
    """One regency, and the villages in it that may be seen (empty: all of them)."""

    regency_id: int
    villages: tuple[int, ...] = ()
    by: int | None = None


_current: ContextVar[Scope | None] = ContextVar("kj_scope", default=None)

SETTINGS = ("kj.regency", "kj.villages", "pghistory.context_metadata")


class NoScope(RuntimeError):
    """Tenant data was asked for outside `scope(...)`."""


def current() -> Scope:
    """The scope in force; raises NoScope outside one."""
    found = _current.get()
    if found is None:
        raise NoScope("tenant data is reached only inside core.tenancy.scope(...)")
    return found


def is_open() -> bool:
    """Whether a scope is in force."""
    return _current.get() is not None


def current_regency_id() -> int:
    """The regency of the scope in force: the default of every tenant row."""
    return current().regency_id


@contextmanager
def scope(
    regency_id: int, *, villages: Collection[int] = (), by: int | None = None
) -> Iterator[Scope]:
    """Open the wall for one regency (and, when given, only these villages) in a transaction.

    `by` is the user whom row history names. Scopes nest; leaving one restores the outer one.
    The end of the outermost transaction forgets the settings by itself.
    """
    wanted = Scope(regency_id, tuple(sorted(villages)), by)
    outer = _current.get()
    in_transaction = connection.in_atomic_block
    same = in_transaction and wanted == outer
    with transaction.atomic(), nullcontext() if outer else plans.looking_at_grown():
        if not same:
            _apply(wanted)
        token = _current.set(wanted)
        try:
            yield wanted
        finally:
            _current.reset(token)
        # What rolls back takes the settings with it, and can no longer be asked anything.
        if same or connection.needs_rollback:
            return
        if outer is not None:
            _apply(outer)
        elif in_transaction:
            _close()


def whole_regency() -> AbstractContextManager[Scope]:
    """The scope in force, widened from its villages to their regency, for one answer.

    A regency's bill and what was written while somebody was elsewhere lie outside the scope of a
    village. The caller has seen the person already, or narrows the answer itself.
    """
    here = current()
    return scope(here.regency_id, by=here.by)


def _apply(wanted: Scope) -> None:
    context = json.dumps({"by": wanted.by}) if wanted.by else ""
    values = (str(wanted.regency_id), ",".join(map(str, wanted.villages)), context)
    _set(values)


def _close() -> None:
    """An empty regency makes the policies raise, as they do where nothing was ever set."""
    _set(("", "", ""))


def _set(values: tuple[str, str, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join(f"set_config('{name}', %s, true)" for name in SETTINGS), values
        )
