"""The order in which the law names heirs; pure functions over relations.

PP 44/2015 art. 37(5): widow, widower or child first; when there is none, blood relatives straight
up and down to the second degree, then siblings, then parents-in-law, then who is named in a will.
Domain reference 4.3.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cadres.models import Heir

Relation = Heir.Relation
# Relations of one rank stand together; a rank counts only when nobody of an earlier one is there.
RANKS: tuple[frozenset[str], ...] = (
    frozenset({Relation.SPOUSE, Relation.CHILD}),
    frozenset({Relation.PARENT, Relation.GRANDCHILD, Relation.GRANDPARENT}),
    frozenset({Relation.SIBLING}),
    frozenset({Relation.PARENT_IN_LAW}),
    frozenset({Relation.WILL}),
)
WORDS: tuple[str | Promise, ...] = (
    _("Janda, duda, atau anak"),
    _("Orang tua, cucu, kakek, atau nenek"),
    _("Saudara kandung"),
    _("Mertua"),
    _("Pihak yang ditunjuk dalam wasiat (akta notaris)"),
)


@dataclass(frozen=True)
class Rank:
    """Heirs of one rank: its number from 1, what it holds, whether it is the one that counts."""

    number: int
    words: str | Promise
    heirs: list[Heir]
    entitled: bool


def rank(relation: str) -> int:
    """The rank of a relation, from 1."""
    return next(place for place, group in enumerate(RANKS, 1) if relation in group)


def in_order(heirs: Sequence[Heir]) -> list[Rank]:
    """The ranks that somebody stands in, the entitled one first; within a rank as entered."""
    found: list[Rank] = []
    for number, words in enumerate(WORDS, 1):
        group = [heir for heir in heirs if rank(heir.relation) == number]
        if group:
            found.append(Rank(number, words, group, entitled=not found))
    return found
