"""Setting how many people a regency means to cover."""

import datetime as dt

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.access import Actor
from audit.actions import record
from cadres.models import Category
from core.errors import DomainError
from enrollment.models import Target
from enrollment.queries.targets import latest_of

MOST_PEOPLE = 10_000_000


def set_target(
    *,
    by: Actor | None,
    category: str,
    people: int,
    until: dt.date,
    source: str,
    baseline: int = 0,
    baseline_on: dt.date | None = None,
    baseline_source: str = "",
) -> Target:
    """A new number for one kind of people; the earlier ones stay as its history.

    Raises DomainError `target_number`, `target_baseline`, `target_over`, `target_source` or
    `target_same` when nothing would change.
    """
    told = {
        "category": str(Category(category)),
        "people": people,
        "by": until,
        "source": " ".join(source.split())[:160],
        "baseline": baseline,
        "baseline_on": baseline_on,
        "baseline_source": " ".join(baseline_source.split())[:160],
    }
    today = timezone.localdate()
    if not 1 <= people <= MOST_PEOPLE:
        raise _refused("target_number", "people", _("Target antara 1 dan 10.000.000 orang."))
    if not 0 <= baseline <= people:
        message = _("Data awal tidak boleh melebihi target.")
        raise _refused("target_baseline", "baseline", message)
    if baseline_on is not None and baseline_on > today:
        message = _("Tanggal data awal tidak boleh di masa depan.")
        raise _refused("target_baseline", "baseline_on", message)
    if until < today:
        raise _refused("target_over", "until", _("Tanggal target sudah lewat."))
    if not told["source"]:
        message = _("Tulis sumber angka ini: keputusan, RPJMD, atau surat.")
        raise _refused("target_source", "source", message)
    # Two who set the same number at once.
    list(Target.objects.filter(category=category).select_for_update().values_list("pk"))
    latest = latest_of(category)
    if latest is not None and all(getattr(latest, name) == value for name, value in told.items()):
        raise DomainError("target_same", _("Angka ini sudah menjadi target yang berlaku."))
    target = Target.objects.create(**told, set_by_id=by.id if by else None)
    with override("id"):
        who = str(Category(category).label)
    record(
        "target.set",
        target,
        by=by,
        facts={
            "who": who,
            "people": people,
            "until": until.isoformat(),
            "baseline": baseline,
            "source": target.source,
        },
    )
    return target


def _refused(code: str, field: str, message: str | Promise) -> DomainError:
    return DomainError(code, message, {field: message})
