"""The platform operator's pages: tenants, branches, people with a role, health."""

from collections import Counter

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import actions
from accounts.access import platform_door
from accounts.forms import BranchForm, PlatformInvitation, RegencyFilter, RegencyForm
from accounts.models import Membership
from core import runs
from core.errors import DomainError
from core.listing import chips
from regions.models import Branch, Regency


@require_safe
@platform_door
def regencies(request: HttpRequest) -> HttpResponse:
    """Every regency and city, those in use first."""
    form = RegencyFilter(request.GET)
    found = Regency.objects.select_related("province").order_by("-active", "name")
    asked = form.cleaned_data if form.is_valid() else {}
    if asked.get("q"):
        found = found.filter(name__icontains=asked["q"])
    if asked.get("active"):
        found = found.filter(active=asked["active"] == "1")
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "chips": chips(form, dict(request.GET.lists()))}
    return render(request, "accounts/platform/regencies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@platform_door
def regency(request: HttpRequest, slug: str) -> HttpResponse:
    """Open or close one regency as a tenant."""
    place = get_object_or_404(Regency.objects.select_related("province"), slug=slug)
    initial = {
        "active": place.active,
        "time_zone": place.time_zone,
        "department": place.department,
    }
    form = RegencyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.activate_regency(by=request.actor, regency=place, **form.cleaned_data)
        messages.success(request, _("Pengaturan disimpan."))
        return redirect("accounts:regencies")
    context = {"form": form, "place": place}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/platform/regency.html", context, status=status)


@require_safe
@platform_door
def branches(request: HttpRequest) -> HttpResponse:
    """Branches and how many regencies each serves."""
    found = Branch.objects.prefetch_related("regencies").order_by("name")
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    return render(request, "accounts/platform/branches.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@platform_door
def branch(request: HttpRequest, branch_id: int | None = None) -> HttpResponse:
    """Make or change a branch."""
    found = get_object_or_404(Branch, pk=branch_id) if branch_id is not None else None
    initial = {"name": found.name, "regencies": found.regencies.all()} if found else {}
    form = BranchForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_branch(by=request.actor, branch=found, **form.cleaned_data)
        except DomainError as error:
            form.add_error("name", error.message)
        else:
            messages.success(request, _("Cabang disimpan."))
            return redirect("accounts:branches")
    status = 422 if form.is_bound else 200
    return render(
        request, "accounts/platform/branch.html", {"form": form, "branch": found}, status=status
    )


@require_safe
@platform_door
def people(request: HttpRequest) -> HttpResponse:
    """How many people hold each role where; names belong to the regencies."""
    counts = Counter(
        Membership.objects.current().values_list("role", "regency__name", "branch__name")
    )
    rows = sorted(
        (
            {"role": Membership(role=role).role_label, "place": place or office or "–", "people": n}
            for (role, place, office), n in counts.items()
        ),
        key=lambda row: (row["place"], row["role"]),
    )
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "accounts/platform/people.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@platform_door
def invite(request: HttpRequest) -> HttpResponse:
    """Invite anybody to anywhere by e-mail."""
    form = PlatformInvitation(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite(by=request.actor, **form.cleaned_data)
        except DomainError as error:
            for name, text in error.fields.items():
                form.add_error(name if name in form.fields else None, text)
            if not error.fields:
                form.add_error(None, error.message)
        else:
            messages.success(request, _("Undangan dikirim lewat surel."))
            return redirect("accounts:people")
    status = 422 if form.is_bound else 200
    return render(request, "accounts/platform/invite.html", {"form": form}, status=status)


@require_safe
@platform_door
def health(request: HttpRequest) -> HttpResponse:
    """Unfinished runs of each regency; counts only."""
    waiting = Counter(regency_id for regency_id, _run in runs.open_runs())
    names = dict(Regency.objects.filter(id__in=waiting).values_list("id", "name"))
    context = {
        "active": Regency.objects.filter(active=True).count(),
        "branches": Branch.objects.count(),
        "waiting": sum(waiting.values()),
        "rows": sorted((names[each], count) for each, count in waiting.items()),
    }
    return render(request, "accounts/platform/health.html", context)
