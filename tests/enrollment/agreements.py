"""Agreements for tests."""

import datetime as dt

from enrollment.actions import agreements as actions
from enrollment.models import Agreement
from tests import factories


def drafted(world: factories.World, **fields) -> actions.Drafted:
    """The paper of 2026 for posyandu cadres, unless told otherwise."""
    return actions.Drafted(
        **{
            "number": "440/12/PKS/2026",
            "title": "Perlindungan kader posyandu",
            "signed_on": dt.date(2026, 1, 5),
            "valid_from": dt.date(2026, 1, 1),
            "valid_until": dt.date(2027, 12, 31),
            "branch": world.branch,
            "branch_signatory": "Kepala Cabang",
            "party": "Dinas Kesehatan",
            "party_signatory": "Kepala Dinas",
            "legal_basis": "inpres_2_2021",
            "categories": ["posyandu_cadre"],
        }
        | fields
    )


def agreement(world: factories.World, **fields) -> Agreement:
    """An agreement that is written down; inside a scope."""
    return actions.create_agreement(by=None, drafted=drafted(world, **fields))
