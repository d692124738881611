"""Asking about many people at once: answered at once, as a run, or taken along as a file."""

from io import BytesIO
from typing import BinaryIO

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.access import Actor
from audit import exporting
from audit.actions import record_in
from audit.exporting import Asked
from core import exports, runs
from core.errors import DomainError
from core.models import Run
from regions.models import Regency
from reports.bulk import keeping
from reports.bulk.answering import Answer, answers_to
from reports.bulk.files import ANSWERS, NAME, TITLE, AnswerSheet
from reports.bulk.keeping import Question
from reports.bulk.kinds import BY_CODE
from reports.bulk.telling import tell

DIRECT = exporting.DIRECT  # lines that are worth no waiting


def ask(*, by: Actor, question: Question, regency: Regency) -> list[Answer]:
    """The answers, with one event that has their counts only."""
    answers = answers_to(question, by, regency.slug)
    tell(by=by, answers=answers, day=question.day, regency=regency)
    return answers


def ask_later(*, by: Actor, question: Question, regency: Regency, form: str = "xlsx") -> Run:
    """The run that answers a long list; its file is kept for a day, the list until then at most.

    Raises DomainError `unknown_format`.
    """
    _check_format(form)
    keeping.forget_expired(timezone.now())
    ids = {"file": keeping.put_aside(question, by), "form": form}
    asked = Asked(regency, by, QueryDict())
    return runs.start(
        runs.kind_named(exporting.KIND),
        [runs.PlannedPart(weight=len(question.lines))],
        plan=exporting.plan(ANSWERS, asked, ids, form),
        by=by.id,
    )


def take_along(
    *, by: Actor, answers: list[Answer], kind: str, regency: Regency, form: str
) -> BinaryIO:
    """The answers (of one kind, when told) as a file. Raises DomainError `unknown_format`."""
    _check_format(form)
    made = BytesIO()
    count = exports.write(made, form, AnswerSheet(), answers, title=str(TITLE))
    made.seek(0)
    with override("id"):
        filters = str(BY_CODE[kind].label if kind in BY_CODE else _("semua"))
    record_in(
        kind="list.exported",
        subject=regency,
        by=by,
        regency_ids=[regency.pk],
        facts={"list": NAME, "rows": count, "format": form.upper(), "filters": filters},
    )
    return made


def _check_format(form: str) -> None:
    """Raise DomainError `unknown_format` for what no list is written as."""
    if form not in exports.FORMATS:
        raise DomainError("unknown_format", _("Pilih XLSX atau CSV."))
