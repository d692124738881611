"""A regency's covers of a month against the list of BPJS, and against one SQL full join.

Baseline: a full join by NIK of the same covers and the same rows, counted and not kept. Ours is the
whole comparison as the product does it: money and paid months, who each row is, covers in other
regencies, classes, and the differences written with their history. With both sides in the
database they are done in turns, so that a machine that slows down does so for both, and the medians
count. Reading the file is a figure of its own.
KJ_BENCH_MOST leaves out larger sizes.
"""

import datetime as dt
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import xlsxwriter
from django.db import connection, connections

from bench import database
from bench.people import people

REGENCY = "banyuwangi"
MONTH = dt.date(2026, 9, 1)
SIZES = ((11_498, 11_584), (85_000, 86_000))
TURNS = 7
CHILD = (
    "import sys, django; django.setup(); "
    "from bench.reconciliation import measure; measure(*sys.argv[1:])"
)
HEADINGS = ("No", "NIK", "Nama", "Tgl Lahir", "Segmen", "Iuran", "Status")
MISSING, ALIEN_EVERY, TWICE_EVERY, HALF_EVERY = 85, 60, 250, 120

PEOPLE = """
WITH person AS (
  INSERT INTO cadres_cadre (regency_id, village_id, name, name_key, nik_sealed, nik_digest,
    birth_place, birth_date, sex, phone, mother_name, created_at)
  SELECT %(regency)s, village, name, upper(name), sealed, digest, '', born, 'P', '', '', now()
  FROM bench_people RETURNING id, village_id
), put AS (
  INSERT INTO enrollment_batchrow (regency_id, batch_id, cadre_id, village_id, category,
    findings, status, reason, reason_text, member_no_sealed, member_no_digest)
  SELECT %(regency)s, %(batch)s, id, village_id, 'posyandu_cadre', '{}', 'accepted', '', '', '', ''
  FROM person RETURNING id, cadre_id, village_id
)
INSERT INTO enrollment_coverage (regency_id, cadre_id, village_id, batch_row_id, fund_source_id,
  programme, segment, category, member_no_sealed, member_no_digest, starts_on, end_reason,
  created_at)
SELECT %(regency)s, cadre_id, village_id, id, %(source)s, 'JKK_JKM', 'BPU', 'posyandu_cadre',
  '\\x00', decode(md5('kpj' || id), 'hex'), '2026-01-01', '', now() FROM put
"""

# Three paid months before, and the bill of the month itself.
LINES = """
INSERT INTO budgets_invoiceline
  (regency_id, month, coverage_id, invoice_id, cadre_id, village_id, jkk, jkm)
SELECT c.regency_id, %(month)s, c.id, %(invoice)s, c.cadre_id, c.village_id, 10000, 6800
FROM enrollment_coverage c
"""

JOIN = """
SELECT count(*), count(o.id), count(r.id), sum(r.amount)
FROM (
  SELECT c.id, p.nik_digest FROM enrollment_coverage c JOIN cadres_cadre p ON p.id = c.cadre_id
  WHERE c.starts_on <= %(month)s AND (c.ends_on IS NULL OR c.ends_on >= %(month)s)
) o
FULL JOIN (
  SELECT id, nik_digest, amount FROM enrollment_reconciliationrow
  WHERE reconciliation_id = %(reconciliation)s
) r ON r.nik_digest = o.nik_digest
"""


class _Undone(Exception):
    """Takes back what a comparison has written, so that it can be measured again."""


def _listed(lines: list[tuple], count: int) -> list[list]:
    """What BPJS shows: some of ours missing, some strangers, some twice, some at half the rate."""
    found: list[list] = []
    for number, line in enumerate(lines):
        if number % MISSING == 0:
            continue
        amount = 8400 if number % HALF_EVERY == 1 else 16800
        row = [len(found) + 1, line[3], line[4], line[6], "BPU", amount, "Aktif"]
        found.append(row)
        if number % TWICE_EVERY == 2:
            found.append([len(found) + 1, *row[1:]])
    strangers = count - len(found)
    for number in range(strangers):
        nik = f"1101{number:012d}"
        found.append([len(found) + 1, nik, f"Tamu {number}", MONTH, "BPU", 16800, "Aktif"])
    return found


def _write(path: Path, rows: list[list]) -> None:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    sheet = book.add_worksheet("Tagihan")
    sheet.write_row(0, 0, HEADINGS)
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            if isinstance(value, dt.date):
                sheet.write_datetime(number, place, dt.datetime(*value.timetuple()[:3]), day)
            elif isinstance(value, str):
                sheet.write_string(number, place, value)
            else:
                sheet.write_number(number, place, value)
    book.close()


def _fill(lines: list[tuple], villages: dict[str, int]) -> None:
    """Covers of these people, three paid months and the month's bill; inside a scope."""
    from budgets.models import Invoice, InvoiceRun
    from core import months, plans, sealed
    from core.tenancy import current_regency_id
    from enrollment.models import EnrollmentBatch, FundSource

    source = FundSource.objects.create(name="APBD", kind="regency_budget")
    batch = EnrollmentBatch.objects.create(
        number="B-1",
        status="active",
        fund_source=source,
        first_month=dt.date(2026, 1, 1),
        prepared_by_id=1,
    )
    seal = sealed.sealer()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE bench_people (village int, name text, sealed bytea, digest bytea, "
            "born date) ON COMMIT DROP"
        )
        with cursor.copy("COPY bench_people FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(["int4", "text", "bytea", "bytea", "date"])
            for line in lines:
                copy.write_row((villages[line[1]], line[4], *seal(line[3]), line[6]))
    ids = {"regency": current_regency_id(), "batch": batch.pk, "source": source.pk}
    with plans.for_many() as cursor:
        cursor.execute(PEOPLE, ids)
        for back in range(4):
            month = months.add_months(MONTH, -back)
            invoice = Invoice.objects.create(
                number=f"T-{month}",
                month=month,
                invoice_run=InvoiceRun.objects.create(month=month),
                fund_source=source,
                people=len(lines),
                jkk=10000 * len(lines),
                jkm=6800 * len(lines),
                paid=16800 * len(lines) if back else 0,
                payer_name="Dinas",
                due_on=month,
            )
            cursor.execute(LINES, {"month": month, "invoice": invoice.pk})


def _vacuum() -> None:
    """What autovacuum does within a minute or so: statistics and the map of visible rows."""
    with connections["owner"].cursor() as cursor:
        for table in ("cadres_cadre", "enrollment_coverage", "budgets_invoiceline"):
            cursor.execute(f"VACUUM ANALYZE {table}")


def measure(path: str, wanted: str) -> None:
    """One measurement: prints seconds of reading, comparing and joining, and the peak in MB."""
    for alias in ("default", "owner"):
        connections[alias].settings_dict["NAME"] = os.environ["KJ_BENCH_DATABASE"]
    from django.utils.module_loading import autodiscover_modules

    from accounts.access import Actor
    from accounts.models import Membership, User
    from accounts.roles import Role
    from core import tenancy
    from enrollment.actions import reconciliations as actions
    from enrollment.models import Reconciliation
    from regions.models import Regency

    autodiscover_modules("tasks")
    regency = Regency.objects.get(slug=REGENCY)
    user = User.objects.create(email="bench@kj.test", name="Bench")
    member = Membership.objects.create(user=user, role=Role.DISTRICT_OFFICER, regency=regency)
    actor = Actor(user, member.role, member)
    with tenancy.scope(regency.pk, by=user.pk):
        found = actions.upload_list(
            by=actor,
            chunks=[Path(path).read_bytes()],
            file_name="tagihan.xlsx",
            month=MONTH,
            kind="bill",
        ).reconciliation
    started = time.perf_counter()
    with tenancy.scope(regency.pk, by=user.pk):
        actions.read_list(by=None, reconciliation_id=found.pk)
    read = time.perf_counter() - started
    compared, joins = [], []
    for turn in range(1, TURNS + 1):
        with tenancy.scope(regency.pk), connection.cursor() as cursor:
            started = time.perf_counter()
            cursor.execute(JOIN, {"month": MONTH, "reconciliation": found.pk})
            cursor.fetchall()
            joins.append(time.perf_counter() - started)
        started = time.perf_counter()
        with suppress(_Undone), tenancy.scope(regency.pk, by=user.pk):
            actions.compare_list(by=None, reconciliation_id=found.pk)
            if turn < TURNS:
                raise _Undone
        compared.append(time.perf_counter() - started)
    with tenancy.scope(regency.pk):
        found = Reconciliation.objects.get(pk=found.pk)
        if found.status != "open" or found.counts["rows"] != int(wanted):
            raise SystemExit(f"not compared: {found.status} {found.refusal_code} {found.counts}")
        differences = found.differences.count()
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    peak = max(resource.getrusage(kind).ru_maxrss for kind in kinds) / 1024
    print(read, statistics.median(compared), statistics.median(joins), peak, differences)


def rows() -> list[dict]:
    """The figures of reconciliation."""
    from core import tenancy
    from regions.models import Regency
    from regions.queries import villages_of

    wanted = [size for size in SIZES if size[0] <= int(os.environ.get("KJ_BENCH_MOST", 10**9))]
    found: list[dict] = []
    for ours, theirs in wanted:
        with tempfile.TemporaryDirectory() as folder, database.scratch("reconciliation"):
            Regency.objects.filter(slug=REGENCY).update(active=True)
            regency = Regency.objects.get(slug=REGENCY)
            villages = list(villages_of(regency))
            lines = people(villages, ours)
            with tenancy.scope(regency.pk):
                _fill(lines, {village.name: village.pk for village in villages})
            _vacuum()
            path = Path(folder) / "tagihan.xlsx"
            _write(path, _listed(lines, theirs))
            env = {
                **os.environ,
                "KJ_BENCH_DATABASE": str(connections["default"].settings_dict["NAME"]),
            }
            done = subprocess.run(
                [sys.executable, "-c", CHILD, str(path), str(theirs)],
                env=env,
                check=True,
                stdout=subprocess.PIPE,
                text=True,
            )
        read, compared, joined, peak, differences = (float(x) for x in done.stdout.split()[-5:])
        found.append(
            {
                "what": f"comparison of {ours} covers with {theirs} rows against one full join",
                "ours": compared,
                "baseline": joined,
                "ratio": compared / joined,
                "peak_memory": peak,
                "goal": "<= 10",
                "note": f"{differences:.0f} differences; reading and keeping the file {read:.1f} s",
            }
        )
    return found
