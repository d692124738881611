"""Lines of a list on their way into the database; set-based, through a temporary table."""

from collections.abc import Iterable

from django.db import connection

from cadres import values
from core import plans, sealed
from enrollment.models import Reconciliation
from enrollment.reconciliation.reading import Line

STAGED = (
    ("sheet", "text"),
    ("line", "int4"),
    ("nik_sealed", "bytea"),
    ("nik_digest", "bytea"),
    ("member_no_digest", "bytea"),
    ("name", "text"),
    ("name_key", "text"),
    ("birth_date", "date"),
    ("segment", "text"),
    ("amount", "int4"),
    ("status_text", "text"),
    ("payer", "text"),
    ("problem", "text"),
)
COLUMNS = ", ".join(name for name, _type in STAGED)
TYPES = [type_ for _name, type_ in STAGED]

KEEP = f"""
INSERT INTO enrollment_reconciliationrow (regency_id, reconciliation_id, cadre_id, {COLUMNS})
SELECT %(regency)s, %(reconciliation)s, coalesce(p.merged_into_id, p.id),
  {", ".join(f"s.{name}" for name, _type in STAGED)}
FROM recon_staged s LEFT JOIN cadres_cadre p ON p.nik_digest = s.nik_digest
ORDER BY s.sheet, s.line
"""


def stage(lines: Iterable[Line]) -> None:
    """COPY lines into a temporary table, sealing each NIK on its way."""
    made = ", ".join(f"{name} {type_}" for name, type_ in STAGED)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS recon_staged")
        cursor.execute(f"CREATE TEMP TABLE recon_staged ({made}) ON COMMIT DROP")
        with cursor.copy(f"COPY recon_staged ({COLUMNS}) FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(TYPES)
            write_row, seal = copy.write_row, sealed.sealer()
            for line in lines:
                nik_sealed, nik_digest = seal(line.nik) if line.nik else (b"", b"")
                write_row(
                    (
                        line.sheet,
                        line.number,
                        nik_sealed,
                        nik_digest,
                        sealed.digest(line.member_no) if line.member_no else b"",
                        line.name,
                        values.name_key(line.name),
                        line.birth_date,
                        line.segment,
                        line.amount,
                        line.status,
                        line.payer,
                        line.problem,
                    )
                )


def keep(reconciliation: Reconciliation) -> int:
    """Insert the staged lines as rows, each with the person whose NIK it names; how many."""
    with plans.for_many() as cursor:
        cursor.execute(
            KEEP,
            {"regency": reconciliation.regency_id, "reconciliation": reconciliation.pk},
        )
        return cursor.rowcount


def forget(reconciliation: Reconciliation) -> None:
    """Remove the rows that an earlier reading of this list kept."""
    reconciliation.rows.all().delete()
