"""The way of a batch in words: its steps, who has it now, and for how many days."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import formats
from enrollment.models import EnrollmentBatch

Status = EnrollmentBatch.Status
STEPS = (
    gettext_lazy("Disusun"),
    gettext_lazy("Diajukan"),
    gettext_lazy("Ditinjau cabang"),
    gettext_lazy("Dijawab"),
    gettext_lazy("Aktif"),
)
# The step at which a batch stands; those before it are done.
PLACE = {
    Status.DRAFT: 1,
    Status.SUBMITTED: 2,
    Status.IN_REVIEW: 3,
    Status.RETURNED: 4,
    Status.PARTLY_ACCEPTED: 4,
    Status.ACCEPTED: 4,
    Status.ACTIVE: 6,
}


@dataclass(frozen=True)
class Step:
    """One step: its words, what is known of it, and whether it is done, present or to come."""

    label: str | Promise
    text: str
    state: str


def place_of(status: str) -> int:
    """The number of the present step from 1; one more than there are when all are done."""
    return PLACE[Status(status)]


def waiting_since(batch: Any) -> dt.datetime | None:
    """Since when the branch has had it: the submission, or the first correction that waits.

    None when it is not with the branch. `waiting_from` is annotated by `with_counts`.
    """
    if batch.status not in EnrollmentBatch.AT_BRANCH:
        return None
    if batch.reviewed_at is None:
        return batch.submitted_at
    return getattr(batch, "waiting_from", None) or batch.reviewed_at


def waiting_days(batch: Any, today: dt.date) -> int | None:
    """Whole days for which the branch has had it, in the time zone in force; None when not."""
    since = waiting_since(batch)
    return (today - timezone.localtime(since).date()).days if since else None


def waiting_words(batch: Any, today: dt.date) -> str:
    """`menunggu cabang 12 hari`; empty when it is not with the branch."""
    days = waiting_days(batch, today)
    if days is None:
        return ""
    if days == 0:
        return _("menunggu cabang sejak hari ini")
    return ngettext("menunggu cabang %(days)s hari", "menunggu cabang %(days)s hari", days) % {
        "days": formats.thousands(days)
    }


def steps(
    batch: EnrollmentBatch,
    people: Mapping[str, str],
    first_answer: dt.datetime | None,
    today: dt.date,
    language: str,
) -> list[Step]:
    """The five steps with dates and people.

    `people` are names for `prepared`, `submitted` and `reviewed`; `first_answer` is the branch's
    first decision about a row.
    """
    place = place_of(batch.status)
    answered = batch.reviewed_at if place >= 4 else None
    known = (
        _who(batch.created_at, people.get("prepared", ""), language),
        _who(batch.submitted_at, people.get("submitted", ""), language),
        waiting_words(batch, today)
        if batch.status in EnrollmentBatch.AT_BRANCH
        else _who(first_answer, people.get("reviewed", ""), language),
        _answer(batch, answered, people.get("reviewed", ""), language),
        _("mulai %(day)s") % {"day": formats.day(batch.first_month, language)},
    )
    return [
        Step(label, text, "done" if at < place else "now" if at == place else "next")
        for at, (label, text) in enumerate(zip(STEPS, known, strict=True), 1)
    ]


def _who(when: dt.datetime | None, name: str, language: str) -> str:
    if when is None:
        return ""
    return ", ".join(filter(None, (formats.day(timezone.localtime(when).date(), language), name)))


def _answer(batch: EnrollmentBatch, when: dt.datetime | None, name: str, language: str) -> str:
    if when is None:
        return ""
    return f"{batch.get_status_display()}, {_who(when, name, language)}"
