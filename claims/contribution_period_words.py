"""One person's contribution period in words, and what a death today would pay."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims import words
from claims.benefits import FULL, MET, NEEDS_CONFIRMATION, NOT_COVERED, NOT_YET, REDUCED, UNCLEAR
from claims.contribution_period import ContributionPeriod
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


def shown(period: ContributionPeriod) -> dict[str, Any]:
    """What the person's page shows."""
    benefit = period.benefit.snapshot()
    tone, state = OUTCOMES[period.benefit.outcome]
    scholarship_tone, scholarship = SCHOLARSHIP[period.scholarship.state]
    return {
        "period": period,
        "tone": tone,
        "state": state,
        "options": [words.option(each) for each in benefit["options"]],
        "reasons": words.reasons(benefit),
        "gaps": _months(period.gaps),
        "unpaid": _months(period.unpaid),
        "scholarship_tone": scholarship_tone,
        "scholarship": scholarship,
    }


def _months(months: Sequence[dt.date]) -> str:
    """Months by name, the latest ones when there are many."""
    language = translation.get_language()
    named = ", ".join(formats.short_month(month, language) for month in months[-NAMED:])
    return f"… {named}" if len(months) > NAMED else named
