"""One person's membership in words: months, what a death today would pay, the scholarship."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims import words
from claims.benefits import FULL, MET, NEEDS_CONFIRMATION, NOT_COVERED, NOT_YET, REDUCED, UNCLEAR
from claims.membership import Membership
from core import formats

NAMED = 12  # months that one line names
OUTCOMES: dict[str, tuple[str, str | Promise]] = {
    FULL: ("g", _("manfaat penuh")),
    REDUCED: ("y", _("manfaat dikurangi")),
    NEEDS_CONFIRMATION: ("y", _("perlu konfirmasi cabang")),
    NOT_COVERED: ("r", _("tidak terlindungi")),
}
SCHOLARSHIP: dict[str, tuple[str, str | Promise]] = {
    MET: ("g", _("syarat terpenuhi")),
    NOT_YET: ("", _("belum terpenuhi")),
    UNCLEAR: ("y", _("perlu konfirmasi cabang")),
}


def shown(member: Membership) -> dict[str, Any]:
    """What the person's page shows."""
    benefit = member.benefit.snapshot()
    tone, state = OUTCOMES[member.benefit.outcome]
    scholarship_tone, scholarship = SCHOLARSHIP[member.scholarship.state]
    return {
        "member": member,
        "tone": tone,
        "state": state,
        "options": [words.option(each) for each in benefit["options"]],
        "reasons": words.reasons(benefit),
        "gaps": _months(member.gaps),
        "unpaid": _months(member.unpaid),
        "scholarship_tone": scholarship_tone,
        "scholarship": scholarship,
    }


def _months(months: Sequence[dt.date]) -> str:
    """Months by name, the latest ones when there are many."""
    language = translation.get_language() or "id"
    named = ", ".join(formats.short_month(month, language) for month in months[-NAMED:])
    return f"… {named}" if len(months) > NAMED else named
