"""A small list of BPJS for tests: people of ours, their lines, and the way through the run."""

import datetime as dt
from typing import Any

from accounts.access import Actor
from accounts.roles import Role
from core import runs
from enrollment.actions import reconciliations as actions
from enrollment.models import Reconciliation
from tests import factories
from tests.golden.books import text

MONTH = dt.date(2026, 9, 1)
HEAD = ["NO", "NIK", "NAMA", "KPJ", "TGL LAHIR", "SEGMEN", "IURAN", "STATUS"]


def line(person: Any, **cells: Any) -> list:
    """The line of a person of ours as BPJS writes it."""
    told = {
        "NO": 1,
        "NIK": person.nik,
        "NAMA": person.name,
        "KPJ": "",
        "TGL LAHIR": person.birth_date,
        "SEGMEN": "BPU",
        "IURAN": "16.800",
        "STATUS": "AKTIF",
    } | cells
    return [told[name] for name in HEAD]


def listed(*lines: list) -> bytes:
    """A list with a heading."""
    return text([HEAD, *lines])


def upload(
    world: factories.World, data: bytes, *, by: Actor | None = None, **told: Any
) -> Reconciliation:
    """Upload a list and drive its run to the end."""
    actor = by or world[Role.DISTRICT_OFFICER]
    told = {"month": MONTH, "kind": "bill", "file_name": "tagihan.csv"} | told
    with world.scope():
        found = actions.upload_list(by=actor, chunks=[data], **told).reconciliation
    if found.run_id:
        runs.drive(world.regency.pk, found.run_id)
    with world.scope():
        return Reconciliation.objects.get(pk=found.pk)


def kinds(reconciliation: Reconciliation) -> dict[str, list[str]]:
    """The classes of each person of the differences, by name."""
    found: dict[str, list[str]] = {}
    for each in reconciliation.differences.select_related("cadre", "row").order_by("id"):
        name = each.cadre.name if each.cadre else each.row.name
        found.setdefault(name, []).append(each.kind)
    return {name: sorted(each) for name, each in found.items()}
