"""The answers to a list as a file: at once when short, as a run that forgets when long."""

from typing import Any, BinaryIO

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Perm
from audit.exporting import Asked, Document, Told
from core import exports
from core.exports import Column, Sheet
from regions.models import Regency
from reports.bulk import keeping
from reports.bulk.answering import answers_to
from reports.bulk.telling import tell

NAME = "jawaban-daftar"
TITLE = _("jawaban atas daftar")


class AnswerSheet(Sheet):
    """One row a line of the list, in its order."""

    place = Column(_("Baris"), "place")
    written = Column(_("Tertulis"), "written")
    name = Column(_("Nama dalam data"), "name")
    village = Column(_("Desa"), "village")
    covered = Column(_("Terlindungi"), "covered")
    label = Column(_("Keadaan"), "label")
    because = Column(_("Keterangan"), "because")
    since = Column(_("Sejak"), "since")
    until = Column(_("Sampai"), "until")
    fund_source = Column(_("Dibayar oleh"), "fund_source")
    member_no = Column(_("Nomor peserta"), "member_no")
    missing = Column(_("Yang kurang"), "missing")
    remarks = Column(_("Catatan"), "remarks")


class LongAnswers(Document):
    """The file of a long list, which belongs to no object and is made of a question put aside."""

    def file_name(self, ids: dict[str, Any], form: str) -> str:
        """What the file is called: what it is and the day on which it was made."""
        return f"{self.name}-{timezone.localdate():%Y-%m-%d}.{form}"

    def page(self, regency: Regency, ids: dict[str, Any]) -> str:
        """Where lists are asked about."""
        return reverse(self.shown_at, args=[regency.slug])


def write_long(out: BinaryIO, asked: Asked, told: Told, *, file: str, form: str) -> int:
    """Answer a question that was put aside, and forget it once the file is kept.

    Raises DomainError `list_gone` when it is no longer there.
    """
    question = keeping.taken_up(file, asked.actor)
    answers = answers_to(question, asked.actor, asked.regency.slug)
    count = exports.write(out, form, AnswerSheet(), answers, title=str(TITLE), told=told)
    tell(by=asked.actor, answers=answers, day=question.day, regency=asked.regency)
    transaction.on_commit(lambda: keeping.forget(file))
    return count


ANSWERS = LongAnswers(NAME, TITLE, Perm.COVERAGE_VIEW, write_long, "reports:bulk", "file")
