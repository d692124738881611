"""Rosters for tests: small files and the way through check and apply."""

import csv
import datetime as dt
import io
from itertools import count
from pathlib import Path

from accounts.access import Actor
from accounts.roles import Role
from bench.people import write_xlsx
from cadres import actions
from cadres.models import RosterImport, RowDecision
from core import runs, tenancy
from demo.rosters import HEADINGS as HEADING
from regions.models import Village
from tests import factories

_serial = count(5000)
BORN = dt.date(1985, 3, 12)


def line(village: Village, **cells) -> dict:
    """A clean line; `cells` replace values by heading."""
    clean = {
        "Kecamatan": village.district.name,
        "Desa/Kelurahan": village.name,
        "Posyandu": "Melati 1",
        "NIK": factories.nik_for(village, BORN, serial=1 + next(_serial) % 9999),
        "Nama": f"SITI CONTOH {next(_serial)}",
        "Tempat Lahir": "Banyuwangi",
        "Tanggal Lahir": BORN,
        "L/P": "P",
        "No HP": "081234567890",
        "Nama Ibu Kandung": "IBU CONTOH",
        "Jabatan": "Kader",
        "Nomor SK": "188/1/2026",
        "Tanggal SK": dt.date(2026, 1, 2),
    }
    return {**clean, **cells}


def xlsx(folder: Path, lines: list[dict], heading=HEADING) -> bytes:
    """The bytes of a workbook."""
    rows = [[each.get(name) for name in heading] for each in lines]
    return write_xlsx(folder / f"{next(_serial)}.xlsx", rows, heading).read_bytes()


def as_csv(lines: list[dict], delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    """The bytes of a CSV file."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(HEADING)
    for each in lines:
        writer.writerow([each[name] for name in HEADING])
    return out.getvalue().encode(encoding)


def checked(
    actor: Actor, regency_id: int, data: bytes, village: Village | None = None
) -> RosterImport:
    """Upload and check a file, as a worker does; returns the roster as it is then."""
    with tenancy.scope(regency_id, villages=actor.membership.village_ids(), by=actor.id):
        upload = actions.upload_roster(
            by=actor, chunks=[data], file_name="kader.xlsx", village=village
        )
        run_id = upload.roster.run_id
    runs.drive(regency_id, run_id)
    return fresh(upload.roster)


def applied(actor: Actor, roster: RosterImport) -> RosterImport:
    """Confirm and write a checked roster."""
    with tenancy.scope(roster.regency_id, by=actor.id):
        roster = actions.apply_roster(by=actor, roster=roster)
    runs.drive(roster.regency_id, roster.run_id)
    return fresh(roster)


def fresh(roster: RosterImport) -> RosterImport:
    """The roster as it is now."""
    with tenancy.scope(roster.regency_id):
        return RosterImport.objects.get(pk=roster.pk)


def answered(world, roster: RosterImport, number: int, question: str, **answer) -> RosterImport:
    """A roster checked again with an officer's answer to a line of its first sheet."""
    with world.scope():
        RowDecision.objects.create(
            roster=roster, sheet="Kader", number=number, question=question, **answer
        )
        roster = actions.recheck_roster(by=world[Role.DISTRICT_OFFICER], roster=roster)
    runs.drive(roster.regency_id, roster.run_id)
    return fresh(roster)


def codes(roster: RosterImport) -> list[str]:
    """Codes of the findings in the order of the file."""
    from cadres import queries

    with tenancy.scope(roster.regency_id):
        return [finding.code for finding in queries.findings_of(roster)]


def check(world, tmp_path, lines, *, role=Role.VILLAGE_OPERATOR, village=None, **options):
    """Upload and check a workbook of these lines, as an operator of the village unless told."""
    if role == Role.VILLAGE_OPERATOR:
        village = village or world.villages[0]
    data = xlsx(tmp_path, lines, **options)
    return checked(world[role], world.regency.pk, data, village)
