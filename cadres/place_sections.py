"""Parts of pages of places that other apps add: cards of a posyandu, cover after a replacement.

An app offers `POSYANDU` and `REPLACEMENT`, tuples of `PlaceSection`, in its own
`place_sections.py`; this app never imports them by name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

from accounts.access import Actor
from accounts.roles import Perm
from core import offers


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
    for offered in offers.modules("place_sections"):
        for section in getattr(offered, kind):
            context = section.context(subject, actor) if actor.may(section.perm) else None
            if context is not None:
                found.append(
                    {"title": section.title, "template": section.template, "context": context}
                )
    return found
