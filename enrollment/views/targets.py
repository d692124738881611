"""Pages of targets: how far the regency is, what was set before, and a new number."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import door
from accounts.models import User
from accounts.roles import Perm
from audit.timeline import trail
from cadres.models import Category
from core import charts, formats, months
from enrollment.actions.targets import set_target
from enrollment.forms.targets import TargetForm
from enrollment.models import Target
from enrollment.queries import targets as questions
from enrollment.targets import Progress, days_left
from enrollment.views.tried import tried

MONTHS = 12
LONG = 80_000  # people; above it an axis reaches six digits


@require_safe
@door(Perm.BATCH_VIEW)
def targets(request: HttpRequest) -> HttpResponse:
    """The targets that hold with their progress, and every number that was set."""
    today = timezone.localdate()
    current = questions.current(today)
    history = list(questions.targets())
    names = dict(
        User.objects.filter(pk__in={each.set_by_id for each in history}).values_list("pk", "name")
    )
    context = {
        "today": today,
        "shown": [_shown(each.target, each.far, today) for each in current],
        "history": [(each, names.get(each.set_by_id, "")) for each in history],
        "holding": {each.target.pk for each in current},
        "may_set": request.actor.may(Perm.BUDGET_EDIT),
    }
    return render(request, "enrollment/targets.html", context)


@require_safe
@door(Perm.BATCH_VIEW)
def target(request: HttpRequest, target_id: int) -> HttpResponse:
    """One number that was set: how far it is, month by month, and who set it."""
    found = get_object_or_404(Target, pk=target_id)
    today = timezone.localdate()
    [latest] = questions.current(today, category=found.category)
    far = Progress(found.people, found.baseline, latest.far.covered)
    names = User.objects.filter(pk=found.set_by_id or 0).values_list("name", flat=True)
    context = _shown(found, far, today) | {
        "latest": None if latest.target == found else latest.target,
        "chart": _numbers(found, far),
        "path": _path(found),
        "set_by": names.first(),
        "trail": trail(found),
        "may_set": request.actor.may(Perm.BUDGET_EDIT),
    }
    return render(request, "enrollment/target.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.BUDGET_EDIT)
def target_new(request: HttpRequest) -> HttpResponse:
    """Set a new number for one kind of people."""
    asked = request.GET.get("category", "")
    form = TargetForm(
        request.POST if request.method == "POST" else None,
        initial=_initial(asked if asked in Category.values else ""),
    )
    slug = request.regency.slug
    if request.method == "POST" and form.is_valid():
        made = tried(form, lambda: set_target(by=request.actor, **form.cleaned_data))
        if made:
            messages.success(request, _("Target ditetapkan."))
            return redirect("enrollment:target", slug, made.pk)
    context = {"form": form, "back": reverse("enrollment:targets", args=[slug])}
    return render(request, "enrollment/target_form.html", context)


def _initial(category: str) -> dict[str, Any]:
    """The end of the year, and of a target that holds its baseline."""
    today = timezone.localdate()
    initial: dict[str, Any] = {"until": today.replace(month=12, day=31), "category": category}
    latest = questions.latest_of(category)
    if latest is not None:
        for name in ("baseline", "baseline_on", "baseline_source"):
            initial[name] = getattr(latest, name)
    return initial


def _shown(found: Target, far: Progress, today: dt.date) -> dict[str, Any]:
    """A target and how far it is."""
    return {"target": found, "far": far, "days": days_left(found.by, today)}


def _numbers(found: Target, far: Progress) -> charts.Chart:
    """Baseline, people covered now and target, on one scale."""
    return charts.bar(
        [
            (_("Data awal"), far.baseline),
            (_("Terlindungi"), far.covered),
            (_("Target"), far.people),
        ],
        title=_("Jalan menuju target: %(kind)s") % {"kind": found.get_category_display()},
    )


def _path(found: Target) -> charts.Chart:
    """People covered on the first day of the last twelve months, beside the target."""
    last = months.this_month()
    shown = [months.add_months(last, back - MONTHS + 1) for back in range(MONTHS)]
    people = questions.covered_in(found.category, shown)
    # Twelve months need no year, and six digits no room for their zeros.
    names = [formats.short_month(month, get_language()).split()[0] for month in shown]
    return charts.line(
        names,
        [(_("Terlindungi"), people), (_("Target"), [found.people] * MONTHS)],
        title=_("Orang yang terlindungi pada tanggal 1 setiap bulan"),
        show_axis=_in_thousands if max(found.people, *people) > LONG else None,
    )


def _in_thousands(people: float) -> str:
    """`75 rb` for an axis."""
    return _("%(n)s rb") % {"n": formats.thousands(round(people / 1000))} if people else "0"
