"""A regency's roster, from file to applied with history and audit, against plain import-export.

Baseline: django-import-export's preview (dry run) and import of the same people from the same
workbook into one table with the same unique and check constraints, row by row and in bulk mode.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connections, models
from django.utils.module_loading import autodiscover_modules

from bench import database
from bench.people import people, write_xlsx

REGENCY = "banyuwangi"
SMALL, LARGE = 11_498, 85_000
CHILD = (
    "import sys, django; django.setup(); from bench.rosters import measure; measure(*sys.argv[1:])"
)


class PlainPerson(models.Model):
    """The table of the baseline."""

    district = models.CharField(max_length=100)
    village = models.CharField(max_length=100)
    posyandu = models.CharField(max_length=100)
    nik = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=120)
    birth_place = models.CharField(max_length=80)
    birth_date = models.DateField()
    sex = models.CharField(max_length=1)
    phone = models.CharField(max_length=20)
    mother_name = models.CharField(max_length=120)
    position = models.CharField(max_length=80)
    decree_number = models.CharField(max_length=80)
    decree_date = models.DateField(null=True)

    class Meta:
        app_label = "demo"  # an installed app: copies of a row look their model up by it
        db_table = "bench_plainperson"
        constraints = [
            models.CheckConstraint(name="bench_sex", condition=models.Q(sex__in=["L", "P"]))
        ]


def _peak_mb() -> float:
    """Peak of this process or of its largest child, in MB."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(kind).ru_maxrss for kind in kinds) / 1024


def _measured(mode: str, path: Path) -> tuple[float, float]:
    """(seconds, peak MB) of one measurement in a process of its own, so that peaks are true."""
    env = {**os.environ, "KJ_BENCH_DATABASE": str(connections["default"].settings_dict["NAME"])}
    done = subprocess.run(
        [sys.executable, "-c", CHILD, mode, str(path)],
        env=env,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    seconds, peak = done.stdout.split()[-2:]
    return float(seconds), float(peak)


def _ours(path: Path) -> None:
    """Upload, check, look at the preview, apply: as the product does it, one process."""
    from accounts.access import Actor
    from accounts.models import Membership, User
    from accounts.roles import Role
    from cadres import actions, queries
    from core import runs, tenancy
    from regions.models import Regency

    regency = Regency.objects.get(slug=REGENCY)
    user, _made = User.objects.get_or_create(email="bench@kj.test", defaults={"name": "Bench"})
    member, _made = Membership.objects.get_or_create(
        user=user, role=Role.DISTRICT_OFFICER, regency=regency
    )
    actor = Actor(user, member.role, member)
    with tenancy.scope(regency.pk, by=user.pk):
        upload = actions.upload_roster(by=actor, chunks=[path.read_bytes()], file_name="kader.xlsx")
        run_id = upload.roster.run_id
    runs.drive(regency.pk, run_id)
    with tenancy.scope(regency.pk, by=user.pk):
        roster = type(upload.roster).objects.get(pk=upload.roster.pk)
        for group in queries.groups(roster):
            list(queries.findings_of(roster).filter(code=group["code"])[:3])
        list(queries.rows_of(roster, "new")[:50])
        list(queries.missing(roster)[:50])
        actions.apply_roster(by=actor, roster=roster)
        roster.refresh_from_db()
    runs.drive(regency.pk, roster.run_id)
    with tenancy.scope(regency.pk):
        roster.refresh_from_db()
        if roster.status != "applied" or roster.counts["rejected"]:
            raise SystemExit(f"not applied: {roster.status} {roster.refusal_code} {roster.counts}")


def _plain(path: Path, *, bulk: bool) -> None:
    """django-import-export as its documentation shows it: preview, then import."""
    import tablib
    from import_export import resources

    names = [each.name for each in PlainPerson._meta.fields if each.name != "id"]

    class People(resources.ModelResource):
        """Every column, found again by NIK."""

        class Meta:
            model = PlainPerson
            import_id_fields = ["nik"]
            fields = names
            use_bulk = bulk
            skip_diff = bulk

    for dry_run in (True, False):
        data = tablib.Dataset().load(path.read_bytes(), format="xlsx")
        data.headers = names
        result = People().import_data(data, dry_run=dry_run, raise_errors=True)
        if result.has_errors() or result.has_validation_errors():
            raise SystemExit("baseline failed")


def _create_plain() -> None:
    with connections["owner"].schema_editor() as editor:
        editor.create_model(PlainPerson)
        role = editor.quote_name(connections["default"].settings_dict["USER"])
        editor.execute(f"GRANT UPDATE ON SEQUENCE bench_plainperson_id_seq TO {role}")


def _empty_plain() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("TRUNCATE bench_plainperson")


MODES: dict[str, Callable[[Path], None]] = {
    "ours": _ours,
    "plain": lambda path: _plain(path, bulk=False),
    "bulk": lambda path: _plain(path, bulk=True),
}


def rows() -> list[dict]:
    """The figures of rosters."""
    from regions.models import Regency
    from regions.queries import villages_of

    found: list[dict] = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        times: dict[str, tuple[float, float]] = {}
        with database.scratch("rosters"):
            Regency.objects.filter(slug=REGENCY).update(active=True)
            villages = list(villages_of(Regency.objects.get(slug=REGENCY)))
            small = write_xlsx(folder / "small.xlsx", people(villages, SMALL))
            large = write_xlsx(folder / "large.xlsx", people(villages, LARGE))
            times["ours"] = _measured("ours", small)
            _create_plain()
            for mode in ("plain", "bulk"):
                times[mode] = _measured(mode, small)
                _empty_plain()
        with database.scratch("rosters"):
            Regency.objects.filter(slug=REGENCY).update(active=True)
            times["large"] = _measured("ours", large)
    ours, peak = times["ours"]
    for mode, words in (("plain", "row by row"), ("bulk", "bulk mode")):
        baseline = times[mode][0]
        found.append(
            {
                "what": f"roster of {SMALL} rows against plain import-export, {words}",
                "ours": ours,
                "baseline": baseline,
                "ratio": baseline / ours,
                "peak_memory": peak,
                "goal": ">= 15" if mode == "plain" else "",
            }
        )
    seconds, peak = times["large"]
    found.append(
        {
            "what": f"roster of {LARGE} rows against our {SMALL}, per row (ratio >= 0.87)",
            "ours": seconds / LARGE * 1e6,
            "baseline": ours / SMALL * 1e6,
            "ratio": (ours / SMALL) / (seconds / LARGE),
            "peak_memory": peak,
            "unit": " us",
            "goal": "<= 400 MB",
            "note": f"{seconds:.1f} s in all",
        }
    )
    return found


def measure(mode: str, path: str) -> None:
    """One measurement: prints seconds and peak memory in MB."""
    for alias in ("default", "owner"):
        connections[alias].settings_dict["NAME"] = os.environ["KJ_BENCH_DATABASE"]
    connections["default"].ensure_connection()
    autodiscover_modules("tasks")  # a worker has done this long before
    started = time.perf_counter()
    MODES[mode](Path(path))
    print(time.perf_counter() - started, _peak_mb())
