"""Parts of pages of places that other apps add: cards of a posyandu, cover after a replacement.

An app offers `POSYANDU` and `REPLACEMENT`, tuples of `PlaceSection`, in its own
`place_sections.py`; this app never imports them by name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

from accounts.access import Actor
from accounts.roles import Perm


@dataclass(frozen=True)
class PlaceSection:
    """One card: `context(object, actor)` fills `template`; None leaves the card out."""

    title: str | Promise
    template: str
    perm: Perm
    context: Callable[[Any, Actor], Mapping[str, Any] | None]


POSYANDU: tuple[PlaceSection, ...] = ()
REPLACEMENT: tuple[PlaceSection, ...] = ()


def place_sections(kind: str, subject: Model, actor: Actor) -> list[dict[str, Any]]:
    """The cards of a `kind` (`POSYANDU`, `REPLACEMENT`) that this actor may see."""
    found = []
    for config in apps.get_app_configs():
        if not config.module or not module_has_submodule(config.module, "place_sections"):
            continue
        for section in getattr(import_module(f"{config.name}.place_sections"), kind):
            context = section.context(subject, actor) if actor.may(section.perm) else None
            if context is not None:
                found.append(
                    {"title": section.title, "template": section.template, "context": context}
                )
    return found
