"""The pages of one regency as a test walks them, and the lists that a branch sends back."""

import datetime as dt
import io
import re
from typing import Any

import openpyxl
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.roles import Role
from core import months
from enrollment.models import Coverage, EnrollmentBatch, FundSource
from tests import factories

OFFICER, APPROVER = Role.DISTRICT_OFFICER, Role.DISTRICT_APPROVER
BRANCH, VILLAGE = Role.BRANCH_OFFICER, Role.VILLAGE_OPERATOR
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Office:
    """The pages of one regency, each opened by somebody in a role."""

    def __init__(self, world: factories.World) -> None:
        self.world = world
        self.root = f"/r/{world.regency.slug}/"
        self.clients: dict[str, Client] = {}

    def client(self, role: str) -> Client:
        if role not in self.clients:
            self.clients[role] = Client()
            self.clients[role].force_login(self.world[role].user)
        return self.clients[role]

    def reads(self, role: str, path: str, **query: Any) -> str:
        """The text of a page, without its tags."""
        address = path if path.startswith("/") else self.root + path
        answer = self.client(role).get(address, query)
        assert answer.status_code == 200, address
        return words_of(answer)

    def sends(self, role: str, path: str, expect: int = 302, **told: Any) -> Any:
        """A form that is sent; refused ones answer with the page again."""
        answer = self.client(role).post(self.root + path, told)
        assert answer.status_code == expect, (path, answer.status_code, words_of(answer)[:2000])
        return answer

    def source(self, name: str, kind: str, billed_to: str = "regency") -> FundSource:
        """A fund source that the officer writes down."""
        told = {"name": name, "kind": kind, "billed_to": billed_to}
        self.sends(OFFICER, "anggaran/sumber/baru/", **told)
        with self.world.scope():
            return FundSource.objects.get(name=name)

    def prepared(self, **told: Any) -> EnrollmentBatch:
        """The officer looks at who would go, and keeps the draft."""
        told = {"segment": "BPU", "first_month": f"{months.this_month():%Y-%m}"} | told
        self.reads(OFFICER, "pendaftaran/baru/", **told)
        answer = self.sends(OFFICER, "pendaftaran/baru/", **told)
        with self.world.scope():
            return EnrollmentBatch.objects.get(pk=int(answer.url.rstrip("/").rsplit("/", 1)[1]))

    def submitted(self, **told: Any) -> EnrollmentBatch:
        """The same, submitted by the approver."""
        batch = self.prepared(**told)
        self.sends(APPROVER, f"pendaftaran/{batch.pk}/ajukan/")
        return batch

    def list_of(self, batch: EnrollmentBatch) -> list[dict[str, str]]:
        """The branch's download of a batch, line by line."""
        answer = self.client(BRANCH).post(f"{self.root}pendaftaran/{batch.pk}/unduh/")
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
        heading, *lines = sheet.iter_rows(values_only=True)
        names = [str(cell) for cell in heading]
        return [dict(zip(names, (cell or "" for cell in line), strict=True)) for line in lines]

    def uploads(self, batch: EnrollmentBatch, lines: list[dict[str, str]]) -> Any:
        """The branch's result file, as it comes from its own system."""
        file = SimpleUploadedFile("hasil.xlsx", book_of(lines), content_type=XLSX)
        path = f"{self.root}pendaftaran/{batch.pk}/tinjau/unggah/"
        return self.client(BRANCH).post(path, {"file": file})

    def accepts_all(self, batch: EnrollmentBatch) -> None:
        """Everybody is accepted with a number, and the review is finished."""
        lines = self.list_of(batch)
        for line in lines:
            line["Nomor peserta"] = member_no(line["NIK"])
        assert self.uploads(batch, lines).status_code == 302
        self.sends(BRANCH, f"pendaftaran/{batch.pk}/tinjau/selesai/")

    def status(self, batch: EnrollmentBatch) -> str:
        with self.world.scope():
            return EnrollmentBatch.objects.get(pk=batch.pk).status

    def covered(self, day: dt.date | None = None) -> int:
        with self.world.scope():
            return Coverage.objects.active_on(day or months.this_month()).count()


def words_of(answer: Any) -> str:
    """What a page says, in one line."""
    text = re.sub(r"(?s)<(style|script)\b.*?</\1>", " ", answer.content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def member_no(nik: str) -> str:
    """A number of eleven digits that belongs to one NIK."""
    return f"24{nik[-9:]}"


def book_of(lines: list[dict[str, str]]) -> bytes:
    """A spreadsheet whose cells are text, with the keys of the first line as its heading."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, list(lines[0]))
        for at, line in enumerate(lines, 1):
            for column, cell in enumerate(line.values()):
                sheet.write_string(at, column, cell)
    return content.getvalue()


def batch_size(office: Office, batch: EnrollmentBatch) -> int:
    """How many people are in a batch."""
    with office.world.scope():
        return batch.rows.count()


# -- Three people
