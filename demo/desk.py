"""Lists that are still on a desk: one for each place at which a roster may stand."""

import csv
import datetime as dt
import io
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from accounts.access import Actor
from cadres.actions import apply_roster, return_roster, set_roster_approval, upload_roster
from cadres.models import Category, RosterImport
from demo import rosters
from demo.rosters import Line, Plan
from demo.steps import SeedFailed, Stage
from regions.models import Village

Status = RosterImport.Status
DECREE = dt.date(2026, 2, 9)


def desk(stage: Stage) -> None:
    """A list that waits for approval, one that was given back, one that asks, one with faults."""
    village = stage.villages[0]
    with stage.acting(stage.officer) as officer:
        set_roster_approval(by=officer, regency=stage.regency, needed=True)
    _confirmed(stage, "perangkat-desa.xlsx", Category.VILLAGE_OFFICIAL, "Perangkat Desa", 9701)
    given_back = _confirmed(
        stage, "ketua-rt.xlsx", Category.NEIGHBOURHOOD_HEAD, "Ketua RT", 9751, men=True
    )
    if given_back is not None:
        with stage.acting(stage.officer) as officer:
            return_roster(
                by=officer,
                roster=given_back,
                text="Nomor SK belum sama dengan SK kepala desa yang baru. Mohon diperiksa lagi.",
            )
    plan = Plan(people=5, position="Kader PKK", series="pkk", first_serial=9801)
    made = rosters.lines(stage.regency, plan, [village])
    _sent(stage, stage.operator, "daftar pkk.csv", Category.PKK_CADRE, made, village)
    plan = Plan(
        people=12,
        position="Anggota BPD",
        women=0.3,
        series="bpd",
        first_serial=9851,
        decree_date=DECREE,
    )
    made = spoiled(rosters.lines(stage.regency, plan, stage.villages[:3]))
    _sent(stage, stage.officer, "anggota-bpd.xlsx", Category.VILLAGE_COUNCIL, made, None)


def _confirmed(
    stage: Stage, name: str, category: str, position: str, serial: int, men: bool = False
) -> RosterImport | None:
    """A list of the first village that its operator has confirmed; None when it is there."""
    plan = Plan(
        people=6,
        position=position,
        women=0.0 if men else 0.4,
        series=name,
        first_serial=serial,
        decree_date=DECREE,
    )
    village = stage.villages[0]
    made = rosters.lines(stage.regency, plan, [village])
    roster = _sent(stage, stage.operator, name, category, made, village)
    if roster is None:
        return None
    with stage.acting(stage.operator) as operator:
        waiting = apply_roster(by=operator, roster=roster)
    if waiting.status != Status.WAITING:
        raise SeedFailed(f"{name}: {waiting.status} {waiting.counts}")
    return waiting


def _sent(
    stage: Stage,
    actor: Actor,
    name: str,
    category: str,
    lines: Iterable[Line],
    village: Village | None,
) -> RosterImport | None:
    """The list, uploaded and checked; None when it had been before. A `.csv` is an unclear one."""
    with stage.acting(actor):
        found = RosterImport.objects.filter(file_name=name).first()
        if found is not None and found.status != Status.CHECKING:
            return None
        if found is None:
            content = _unclear(lines) if name.endswith(".csv") else _book(lines)
            found = upload_roster(
                by=actor, chunks=[content], file_name=name, category=category, village=village
            ).roster
        roster = found
        check = roster.run
    stage.drive(check)
    with stage.acting(actor):
        roster.refresh_from_db()
    stage.say(f"{name}: {roster.status}, {roster.counts}")
    return roster


def spoiled(lines: Iterable[Line]) -> Iterator[Line]:
    """The same list with faults: a digit lost, a wrong birthday, a wrong sex, one line twice."""
    made = list(lines)
    person = made[1].person
    made[1] = replace(made[1], person=replace(person, nik=person.nik[:15]))
    person = made[4].person
    day = person.birth_date + dt.timedelta(days=1)
    made[4] = replace(made[4], person=replace(person, birth_date=day))
    person = made[6].person
    made[6] = replace(made[6], person=replace(person, sex="L" if person.sex == "P" else "P"))
    person = made[8].person
    made[8] = replace(made[8], person=replace(person, phone="belum punya"))
    yield from [*made, made[2]]


def _book(lines: Iterable[Line]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "daftar.xlsx"
        rosters.write(file, lines)
        return file.read_bytes()


def _unclear(lines: Iterable[Line]) -> bytes:
    """A list whose headings do not say which column is the NIK."""
    text = io.StringIO()
    table = csv.writer(text, delimiter=";")
    table.writerow(["No", "Identitas", "Nama", "Lahir", "Keterangan"])
    for number, line in enumerate(lines, 1):
        person = line.person
        table.writerow([number, person.nik, person.name, f"{person.birth_date:%d-%m-%Y}", ""])
    return text.getvalue().encode()
