"""The list of a batch for the branch, as XLSX with cells that are only text."""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

from core import formats
from core.sheets_out import write_xlsx
from enrollment.branch_columns import Column
from enrollment.models import BatchRow, EnrollmentBatch


def workbook(batch: EnrollmentBatch, columns: Sequence[Column]) -> bytes:
    """The whole batch with full NIK in a branch's columns; who may have it the caller asks."""
    content = BytesIO()
    rows = batch.rows.select_related("cadre", "village__district").order_by("id")
    headings = [column.heading for column in columns]
    lines = _lines(batch, rows.iterator(chunk_size=2000), columns)
    write_xlsx(content, "Pendaftaran", headings, lines)
    return content.getvalue()


def _lines(
    batch: EnrollmentBatch, rows: Iterable[BatchRow], columns: Sequence[Column]
) -> Iterator[list[str]]:
    """One line of texts for each person; dates too are text, as the branch's form wants them."""
    for number, row in enumerate(rows, 1):
        yield [column.field.text(row, batch, number) for column in columns]


def file_name(batch: EnrollmentBatch) -> str:
    """A name without anything personal: `PD-2026-0001-november-2026.xlsx`."""
    return f"{batch.number}-{formats.month(batch.first_month).lower().replace(' ', '-')}.xlsx"
