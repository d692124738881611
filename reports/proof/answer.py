"""Was a person covered on a day: yes, no or disputed, as rules over plain values.

A cover that was written down only after the day, or whose month was not paid, may not hold before
the branch: members are protected from the number and the first contribution on, and three unpaid
months in a row make a membership inactive (domain reference, section 3). Whether a month in
arrears is paid out is not settled by any source, so such a day is disputed and not decided here.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Answer(StrEnum):
    """The three answers, as `reports.models.Proof` keeps them."""

    YES = "yes"
    NO = "no"
    DISPUTED = "disputed"


class Bpjs(StrEnum):
    """What the compared list of BPJS says about the person in that month."""

    UNKNOWN = ""
    LISTED = "listed"
    NOT_LISTED = "not_listed"


@dataclass(frozen=True)
class Evidence:
    """What the answer rests on.

    `covered_now`: a cover holds on `day` by what is known today. `covered_then`: by what was known
    at the end of that day; None for a day that is not over. `due_on`: by when the month's
    contribution must be paid, None while it is not billed.
    """

    day: dt.date
    today: dt.date
    covered_now: bool
    covered_then: bool | None
    died_on: dt.date | None = None
    billed: bool = False
    paid: bool = False
    due_on: dt.date | None = None
    bpjs: Bpjs = Bpjs.UNKNOWN


@dataclass(frozen=True)
class Verdict:
    """The answer, and the codes of the reasons for it in `REASONS`."""

    answer: Answer
    reasons: tuple[str, ...]

    @property
    def sentences(self) -> list[str | Promise]:
        """The reasons in words."""
        return [REASONS[code] for code in self.reasons]


REASONS: dict[str, str | Promise] = {
    "cover_holds": _("Kepesertaannya berjalan pada hari itu."),
    "month_paid": _("Iuran bulan itu sudah lunas."),
    "month_open": _("Iuran bulan itu belum lewat jatuh tempo."),
    "future": _("Hari itu belum lewat; jawaban ini menurut data hari ini."),
    "no_cover": _("Tidak ada kepesertaan yang berjalan pada hari itu."),
    "died_before": _("Orang ini meninggal sebelum hari itu."),
    "entered_later": _(
        "Kepesertaannya baru dicatat sesudah hari itu: perlu konfirmasi cabang apakah berlaku "
        "surut."
    ),
    "taken_back": _(
        "Pada hari itu tercatat terlindungi, kemudian catatannya diubah. Lihat riwayatnya."
    ),
    "unpaid": _(
        "Iuran bulan itu belum lunas padahal sudah jatuh tempo: perlu konfirmasi cabang apakah "
        "manfaatnya dibayar."
    ),
    "unbilled": _("Iuran bulan itu belum pernah ditagih: perlu konfirmasi cabang."),
    "bpjs_without": _("Daftar BPJS bulan itu tidak memuat orang ini."),
    "bpjs_with": _("Daftar BPJS bulan itu memuat orang ini."),
}


def judge(evidence: Evidence) -> Verdict:
    """The answer with every reason that speaks for it."""
    if evidence.died_on is not None and evidence.died_on < evidence.day:
        return _after_death(evidence)
    if evidence.covered_now:
        return _covered(evidence)
    reasons = ["no_cover"]
    if evidence.covered_then:
        reasons.append("taken_back")
    if evidence.bpjs == Bpjs.LISTED:
        reasons.append("bpjs_with")
    return Verdict(Answer.DISPUTED if len(reasons) > 1 else Answer.NO, tuple(reasons))


def _after_death(evidence: Evidence) -> Verdict:
    if evidence.covered_now:
        return Verdict(Answer.DISPUTED, ("died_before", "cover_holds"))
    return Verdict(Answer.NO, ("died_before",))


def _covered(evidence: Evidence) -> Verdict:
    doubts, firm = [], ["cover_holds"]
    if evidence.covered_then is None:
        firm.append("future")
    elif not evidence.covered_then:
        doubts.append("entered_later")
    if evidence.paid:
        firm.append("month_paid")
    elif _still_in_time(evidence):
        firm.append("month_open")
    else:
        doubts.append("unpaid" if evidence.billed else "unbilled")
    if evidence.bpjs == Bpjs.NOT_LISTED:
        doubts.append("bpjs_without")
    elif evidence.bpjs == Bpjs.LISTED:
        firm.append("bpjs_with")
    if doubts:
        return Verdict(Answer.DISPUTED, (*firm, *doubts))
    return Verdict(Answer.YES, tuple(firm))


def _still_in_time(evidence: Evidence) -> bool:
    """Whether nobody is late yet: the bill may still be paid, or its month is not over."""
    if evidence.billed:
        return evidence.due_on is not None and evidence.today <= evidence.due_on
    month = (evidence.day.year, evidence.day.month)
    return month >= (evidence.today.year, evidence.today.month)
