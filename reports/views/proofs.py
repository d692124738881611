"""Pages of proof: the question, its answer with the chain, the paper, and the public check."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe

from accounts.access import door
from accounts.roles import Perm
from audit.timeline import trail
from cadres.models import Cadre
from core import papers
from core.errors import DomainError
from core.limits import too_often
from reports import actions
from reports.forms import DayForm
from reports.models import Proof
from reports.proof.answer import judge
from reports.proof.chain import links
from reports.proof.records import look_up
from reports.queries.proofs import check_proof

TONES = {"yes": "g", "no": "r", "disputed": "y"}
LIMIT, WINDOW = 300, 60


@require_safe
@door(Perm.COVERAGE_VIEW)
def proof_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether a person was covered on a day, with everything that the answer rests on."""
    cadre = get_object_or_404(Cadre.objects.select_related("village__district"), pk=pk)
    form = DayForm(request.GET if "day" in request.GET else None)
    context = {
        "cadre": cadre,
        "form": form,
        "proofs": Proof.objects.filter(cadre=cadre).order_by("-id")[:20],
        "today": timezone.localdate(),
    }
    if form.is_bound and form.is_valid():
        context |= _answered(request, cadre, form)
    return render(request, "reports/proof.html", context)


def _answered(request: HttpRequest, cadre: Cadre, form: DayForm) -> dict:
    try:
        actions.check_day(form.cleaned_data["day"])
    except DomainError as error:
        form.add_error("day", error.message)
        return {}
    found = look_up(cadre, form.cleaned_data["day"])
    verdict = judge(found.evidence)
    return {
        "found": found,
        "verdict": verdict,
        "title": TITLES[verdict.answer],
        "tone": TONES[verdict.answer],
        "chain": links(found, request.regency.slug),
    }


TITLES = {
    "yes": _("Ya, terlindungi"),
    "no": _("Tidak terlindungi"),
    "disputed": _("Belum pasti: perlu konfirmasi cabang"),
}


@require_POST
@door(Perm.COVERAGE_VIEW)
def proof_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze the answer as a paper, and show where it is."""
    cadre = get_object_or_404(Cadre.objects.select_related("village__district"), pk=pk)
    form = DayForm(request.POST)
    if not form.is_valid():
        return redirect("reports:proof_ask", request.regency.slug, cadre.pk)
    proof = actions.issue_proof(
        by=request.actor, cadre=cadre, day=form.cleaned_data["day"], regency=request.regency
    )
    return redirect("reports:proof", request.regency.slug, proof.pk)


@require_safe
@door(Perm.COVERAGE_VIEW)
def proof(request: HttpRequest, proof_id: int) -> HttpResponse:
    """One issued paper."""
    found = get_object_or_404(
        Proof.objects.select_related("cadre__village__district", "paper"), pk=proof_id
    )
    context = {"proof": found, "tone": TONES[found.answer], "trail": trail(found)}
    return render(request, "reports/proof_paper.html", context)


@require_safe
@door(Perm.COVERAGE_VIEW)
def proof_file(request: HttpRequest, proof_id: int) -> FileResponse:
    """The PDF as it was issued."""
    found = get_object_or_404(Proof.objects.select_related("paper"), pk=proof_id)
    return papers.serve(found.paper, found.number)


@require_safe
@never_cache
@gzip_page
def proof_check(request: HttpRequest, token: str) -> HttpResponse:
    """The public page behind the QR code: whether the paper is ours, and nothing that names."""
    if too_often(request, "proof-check", limit=LIMIT, seconds=WINDOW):
        return render(request, "429.html", status=429)
    found = check_proof(token)
    context = {"proof": found, "tone": TONES[found.answer] if found else "b"}
    response = render(request, "reports/proof_check.html", context, status=200 if found else 404)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
