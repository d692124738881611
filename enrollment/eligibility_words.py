"""Answers of the rules in words: what was looked at, what was found, what it means."""

import datetime as dt
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadres.models import Cadre
from core import formats
from enrollment.eligibility import Answer, Looked, Outcome
from enrollment.eligibility_rules import Mark, Rule, Weight
from enrollment.models import EligibilityOverride

MARKS: dict[Mark, str | Promise] = {
    Mark.LAW: gettext_lazy("peraturan"),
    Mark.OFFICIAL: gettext_lazy("situs resmi"),
    Mark.NEWS: gettext_lazy("berita"),
    Mark.UNVERIFIED: gettext_lazy("belum dipastikan"),
}
OUTCOMES: dict[Outcome, tuple[str, str | Promise]] = {
    Outcome.ELIGIBLE: ("g", gettext_lazy("Dapat didaftarkan")),
    Outcome.NOT_ELIGIBLE: ("r", gettext_lazy("Tidak dapat didaftarkan")),
    Outcome.NEEDS_BRANCH: ("y", gettext_lazy("Dapat diajukan, perlu konfirmasi cabang")),
}
WEIGHTS: dict[Weight, str | Promise] = {
    Weight.REFUSES: gettext_lazy("menolak"),
    Weight.ASKS_BRANCH: gettext_lazy("ditanyakan kepada cabang"),
    Weight.OFF: gettext_lazy("tidak dipakai"),
}
WEIGHT_TONES = {Weight.REFUSES: "r", Weight.ASKS_BRANCH: "y", Weight.OFF: ""}
OVERRIDE_TONES = {"asked": "y", "granted": "g", "declined": "r", "withdrawn": ""}


def outcome(answer: Answer) -> tuple[str, str]:
    """Tone and words of an answer; somebody covered already needs no registration."""
    if answer.refusals == ["covered"]:
        return "g", _("Sudah terlindungi")
    tone, words = OUTCOMES[answer.outcome]
    return tone, str(words)


def looked(each: Looked) -> dict[str, Any]:
    """One rule that was looked at, for a page."""
    tone, state = "g", _("terpenuhi")
    if each.exempt:
        tone, state = "b", _("dikecualikan")
    elif not each.met:
        asks = each.rule.weight == Weight.ASKS_BRANCH
        tone, state = ("y", _("perlu konfirmasi cabang")) if asks else ("r", _("tidak terpenuhi"))
    return {
        "code": each.rule.code,
        "title": each.rule.title,
        "tone": tone,
        "state": state,
        "data": data(each),
        "source": each.rule.source,
        "mark": mark(each.rule),
        "unconfirmed": each.rule.needs_confirmation,
        "liftable": each.stands and not each.rule.fixed and each.rule.weight == Weight.REFUSES,
    }


def mark(rule: Rule) -> str:
    """How strong the source is, or that the regency has set the rule."""
    return _("ditetapkan kabupaten") if rule.basis else str(MARKS[rule.mark])


def data(each: Looked) -> str:
    """What the rule looked at, in words."""
    found = each.data
    if "birth_date" in found:
        return _("Lahir %(day)s, berusia %(age)s tahun pada tanggal 1 bulan pertama.") % {
            "day": _day(found["birth_date"]),
            "age": found["age"],
        }
    if "died_on" in found:
        day = found["died_on"]
        return _("Meninggal %(day)s.") % {"day": _day(day)} if day else _("Tidak ada catatan.")
    if "employment" in found:
        kinds: dict[str, Any] = dict(Cadre.Employment.choices)
        kind = found["employment"]
        return f"{kinds[kind]}." if kind else _("Tidak ada catatan pekerjaan lain.")
    if "quota_left" in found:
        if found["quota_left"] is None:
            return _("Tidak ada kuota yang membatasi.")
        if found["inside_quota"]:
            return _("Sudah di dalam kuota.")
        return _("Sisa kuota desa: %(n)s orang.") % {"n": formats.thousands(found["quota_left"])}
    if "decree" in found:
        number = found["decree"]
        return _("SK %(number)s.") % {"number": number} if number else _("SK belum dicatat.")
    if "waiting_in" in found:
        number = found["waiting_in"]
        words = _("Menunggu dalam pendaftaran %(number)s.") % {"number": number}
        return words if number else _("Tidak ada.")
    [(name, value)] = found.items()
    yes, no = YES_NO[name]
    return str(yes if value else no)


YES_NO: dict[str, tuple[str | Promise, str | Promise]] = {
    "serves": (gettext_lazy("Ada tugas yang berjalan."), gettext_lazy("Tidak ada tugas.")),
    "covered": (
        gettext_lazy("Ada kepesertaan yang berjalan atau akan mulai."),
        gettext_lazy("Tidak ada kepesertaan."),
    ),
    "has_nik": (gettext_lazy("NIK sudah dicatat."), gettext_lazy("NIK belum dicatat.")),
    "covered_elsewhere": (
        gettext_lazy("NIK ini terlindungi di kabupaten lain."),
        gettext_lazy("NIK ini tidak ditemukan di kabupaten lain."),
    ),
    "seat_paid": (
        gettext_lazy("Orang sebelumnya masih dibayar pada bulan pertama."),
        gettext_lazy("Tidak ada orang lain yang dibayar di kursi ini."),
    ),
}


def override_state(override: EligibilityOverride, today: dt.date) -> tuple[str, str]:
    """Tone and words of an exception; one whose time is over says so."""
    until = override.valid_until
    if override.status == override.Status.GRANTED and until is not None and until < today:
        return "", _("lewat masa")
    if override.status == override.Status.WITHDRAWN and override.answered_by_id:
        return "", _("berakhir")
    return OVERRIDE_TONES[override.status], str(override.get_status_display())


def _day(day: dt.date) -> str:
    return formats.day(day, translation.get_language())
