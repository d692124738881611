"""Somebody whom a rule refuses, and exceptions for them: asked for and granted."""

import datetime as dt

from accounts.roles import Role
from cadres.models import Cadre
from enrollment.actions.eligibility import answer_override, ask_override
from enrollment.models import EligibilityOverride
from tests import factories
from tests.factories import World

UNTIL = dt.date(2027, 2, 28)


def elder(world: World, village: int = 0) -> Cadre:
    """Somebody of 71 who serves."""
    return factories.cadre(
        world.villages[village], name="Sri Fiktif", birth_date=dt.date(1955, 1, 2)
    )


def asked(world: World, **changes) -> EligibilityOverride:
    """An exception that the district officer asked for."""
    told = {"code": "over_age", "reason": "Surat cabang 12", "valid_until": UNTIL} | changes
    told.setdefault("cadre", None)
    cadre = told.pop("cadre") or elder(world)
    return ask_override(by=world[Role.DISTRICT_OFFICER], cadre=cadre, **told)


def granted(world: World, **changes) -> EligibilityOverride:
    """One that the approver granted."""
    return answer_override(
        by=world[Role.DISTRICT_APPROVER], override=asked(world, **changes), grant=True
    )
