"""What happens to other apps' rows when two records of one person become one.

An app offers `MERGERS = (function, ...)` in its own `person_merging.py`; this app never imports
them by name. A function takes the kept and the other record, both held, and points the other's
rows to the kept one; it raises DomainError, in words that say what to do first, where it cannot.
"""

from collections.abc import Callable
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from cadres.models import Cadre

Merger = Callable[[Cadre, Cadre], None]


def follow(kept: Cadre, other: Cadre) -> None:
    """Let every app point its rows of `other` to `kept`."""
    for merger in _offered():
        merger(kept, other)


def _offered() -> list[Merger]:
    found: list[Merger] = []
    for config in apps.get_app_configs():
        if config.module and module_has_submodule(config.module, "person_merging"):
            found += import_module(f"{config.name}.person_merging").MERGERS
    return found
