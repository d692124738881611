"""Heirs and school children of a few people, as their village wrote them down."""

import datetime as dt

from cadres.actions import Child, add_heir, confirm_family, make_family_link, set_school_children
from cadres.models import Cadre, FamilyLink, Heir, SchoolChild
from demo.steps import Stage

LEVELS = ((7, SchoolChild.Level.PRIMARY), (13, SchoolChild.Level.JUNIOR), (16, "sma"))
CHILDREN = ("Embun", "Fajar", "Pelangi", "Damar", "Intan", "Galih")


def families(stage: Stage, people: int, links: int = 1) -> None:
    """Confirmed families of the first `people` of the first village; the next ones are asked.

    `links` people have an address with which they fill in their families themselves.
    """
    village = stage.villages[0]
    with stage.acting(stage.operator) as operator:
        if Heir.objects.filter(cadre__village=village, cadre__claims=None).exists():
            return
        found = list(
            Cadre.objects.filter(
                village=village, died_on=None, merged_into=None, heirs=None
            ).order_by("id")[: people + links]
        )
        for turn, cadre in enumerate(found[:people]):
            _family(stage, cadre, turn)
        for cadre in found[people:]:
            if not FamilyLink.objects.filter(cadre=cadre).exists():
                make_family_link(by=operator, cadre=cadre)
    stage.say(f"{len(found[:people])} families of {village.name} confirmed")


def _family(stage: Stage, cadre: Cadre, turn: int) -> None:
    """A spouse, every second time a parent, and none to two children at school."""
    surname, by = cadre.name.split()[-1], stage.operator
    spouse = f"{'Bagus Surya' if cadre.sex == 'P' else 'Ayu Sekar'} {surname}"
    add_heir(
        by=by,
        cadre=cadre,
        name=spouse,
        relation=Heir.Relation.SPOUSE,
        birth_date=cadre.birth_date - dt.timedelta(days=400 + 31 * turn),
        phone=f"08409900{turn:04d}",
        bank_name="Bank Contoh",
        account=f"9991{turn:06d}",
        account_holder=spouse,
    )
    if turn % 2:
        add_heir(by=by, cadre=cadre, name=cadre.mother_name, relation=Heir.Relation.PARENT)
    children = [
        Child(
            f"{CHILDREN[(turn + place) % len(CHILDREN)]} {surname}",
            dt.date(stage.today.year - age, 1 + (turn + place) % 12, 12),
            level,
        )
        for place, (age, level) in enumerate(LEVELS[turn % 2 : turn % 2 + turn % 3])
    ]
    if children:
        set_school_children(by=by, cadre=cadre, children=children)
    confirm_family(by=by, cadre=cadre)
