"""Parts of a person's page that other apps add: contributions, cover, claims.

An app offers `SECTIONS = (Section(...), ...)` in its own `person_sections.py`; this app never
imports them by name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from accounts.access import Actor
from accounts.roles import Perm
from cadres.models import Cadre
from core import offers


@dataclass(frozen=True)
class Section:
    """One card on the page: `context(cadre, actor)` fills `template`; None leaves the card out.

    `tag(cadre, context)` says the card in one word beside the name, as a tone and the word; it
    asks nothing of the database. What is `of_death` leads the page of somebody who has died;
    what is `wide`, such as a long table, stands under everything else across the page.
    """

    title: str | Promise
    template: str
    perm: Perm
    context: Callable[[Cadre, Actor], Mapping[str, Any] | None]
    order: int = 50
    of_death: bool = False
    wide: bool = False
    tag: Callable[[Cadre, Mapping[str, Any]], tuple[str, str | Promise] | None] | None = None


SECTIONS: tuple[Section, ...] = ()


def _offered() -> list[Section]:
    found: list[Section] = []
    for offered in offers.modules("person_sections"):
        found += offered.SECTIONS
    return sorted(found, key=lambda section: section.order)


def sections_for(cadre: Cadre, actor: Actor) -> dict[str, list[dict[str, Any]]]:
    """The cards that this actor may see, `{title, template, context, tag}`, by where they stand.

    `leading` before who the person is, `beside` after the services, `wide` under everything.
    """
    found: dict[str, list[dict[str, Any]]] = {"leading": [], "beside": [], "wide": []}
    for section in _offered():
        context = section.context(cadre, actor) if actor.may(section.perm) else None
        if context is not None:
            found[_place_of(section, cadre)].append(
                {
                    "title": section.title,
                    "template": section.template,
                    "context": context,
                    "tag": section.tag(cadre, context) if section.tag else None,
                }
            )
    return found


def _place_of(section: Section, cadre: Cadre) -> str:
    if section.of_death and cadre.died_on is not None:
        return "leading"
    return "wide" if section.wide else "beside"
