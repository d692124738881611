"""The list of people of a large regency as XLSX, against tablib and against openpyxl.

Ours: the product's own writer with the columns of the list, from the query to the file. Baselines:
django-import-export as its documentation shows it (`resource.export(queryset).xlsx`, which is
tablib), and openpyxl's write-only workbook, the one that it recommends for long files, fed with the
same objects. All write the same rows and columns, each in a process of its own, so that the peaks
of memory are true. KJ_BENCH_PEOPLE makes a smaller list.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection, connections

from bench import database, wall

REGENCY = "banyuwangi"
PEOPLE = int(os.environ.get("KJ_BENCH_PEOPLE", "85000"))
FEW = PEOPLE // 8
CHILD = (
    "import sys, django; django.setup(); from bench.exports import measure; measure(*sys.argv[1:])"
)


def rows() -> list[dict]:
    """Seconds against each baseline, and what eight times the rows cost in memory."""
    from regions.models import Regency

    with database.scratch("exports"), tempfile.TemporaryDirectory() as place:
        regency = Regency.objects.get(slug=REGENCY)
        wall.fill(regency, PEOPLE)
        _posyandu(regency)
        folder = Path(place)
        nothing = _measured("nothing", folder / "none", PEOPLE)
        few = _measured("ours", folder / "few.xlsx", FEW)
        found = {mode: _measured(mode, folder / f"{mode}.xlsx", PEOPLE) for mode in MODES}
        counts = {mode: _rows_in(folder / f"{mode}.xlsx") for mode in MODES}
    if set(counts.values()) != {PEOPLE + 1}:
        raise SystemExit(f"not the same rows: {counts}")
    ours, peak = found["ours"]
    note = (
        f"peaks: before any row {nothing[1]:.0f} MB, ours {few[1]:.0f} MB at {FEW:,} rows and "
        f"{peak:.0f} MB at {PEOPLE:,}, tablib {found['tablib'][1]:.0f} MB, "
        f"openpyxl {found['openpyxl'][1]:.0f} MB"
    )
    return [
        {
            "what": f"XLSX of {PEOPLE:,} people against {mode}",
            "ours": ours,
            "baseline": found[mode][0],
            "ratio": found[mode][0] / ours,
            "peak_memory": peak,
            "goal": ">= 2",
            "note": note if mode == "tablib" else "",
        }
        for mode in ("tablib", "openpyxl")
    ] + [
        {
            "what": f"memory of an export of {PEOPLE:,} people beyond that of {FEW:,}",
            "ours": peak - few[1],
            "unit": " MB",
            "goal": "<= 10",
        }
    ]


def _posyandu(regency: Any) -> None:
    """Everybody serves in the posyandu of their village."""
    from core.tenancy import scope

    with scope(regency.pk), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cadres_posyandu (regency_id, village_id, name, name_key) "
            "SELECT DISTINCT regency_id, village_id, 'Melati 1', 'MELATI 1' FROM cadres_cadre"
        )
        cursor.execute(
            "UPDATE cadres_assignment a SET posyandu_id = p.id FROM cadres_posyandu p "
            "WHERE p.village_id = a.village_id"
        )
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE cadres_posyandu, cadres_assignment")


def _rows_in(path: Path) -> int:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).height


def _measured(mode: str, path: Path, count: int) -> tuple[float, float]:
    """(seconds, peak MB) of one way to write the list."""
    env = {**os.environ, "KJ_BENCH_DATABASE": str(connections["default"].settings_dict["NAME"])}
    done = subprocess.run(
        [sys.executable, "-c", CHILD, mode, str(path), str(count)],
        env=env,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    seconds, peak = done.stdout.split()[-2:]
    return float(seconds), float(peak)


def _nothing(_path: Path, _sheet: Any, _rows: Any) -> None:
    """What the process weighs before any row."""


def _ours(path: Path, sheet: Any, people: Any) -> None:
    from core import exports

    with path.open("wb") as out:
        exports.write(out, "xlsx", sheet, people, title="daftar kader")


def _tablib(path: Path, sheet: Any, people: Any) -> None:
    path.write_bytes(sheet.export(people).export("xlsx"))


def _openpyxl(path: Path, sheet: Any, people: Any) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("daftar kader")
    page.append(sheet.get_export_headers())
    for person in people.iterator(chunk_size=2000):
        page.append(sheet.export_resource(person))
    book.save(path)


def _peak_mb() -> float:
    """The peak of this program alone; getrusage would count what its parent weighed."""
    told = Path("/proc/self/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+) kB", told)[0]) / 1024


MODES: dict[str, Callable[[Path, Any, Any], None]] = {
    "ours": _ours,
    "tablib": _tablib,
    "openpyxl": _openpyxl,
}


def measure(mode: str, path: str, count: str) -> None:
    """One measurement: prints seconds and peak memory in MB."""
    for alias in ("default", "owner"):
        connections[alias].settings_dict["NAME"] = os.environ["KJ_BENCH_DATABASE"]
    from cadres import queries
    from cadres.resources import PeopleSheet
    from core.tenancy import scope
    from regions.models import Regency

    with scope(Regency.objects.get(slug=REGENCY).pk):
        people = queries.with_service(queries.people())
        if int(count) < PEOPLE:
            people = people[: int(count)]
        started = time.perf_counter()
        MODES.get(mode, _nothing)(Path(path), PeopleSheet(), people)
        seconds = time.perf_counter() - started
    print(seconds, _peak_mb())
