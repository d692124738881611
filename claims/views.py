"""Pages of claims: the list, the report of a death, and every step to the hand-over."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_tables2 import RequestConfig

from accounts.access import Actor, door
from accounts.roles import Perm
from audit.exporting import offer
from cadres.models import Cadre
from claims import actions, forms, page, papers, queries, words
from claims.models import Claim, ClaimDocument, HandOver
from claims.resources import find_claims
from claims.tables import ClaimTable
from core import private_files
from core.errors import DomainError
from core.listing import chips
from core.papers import safe_name, serve
from core.scans import TYPES


@require_safe
@door(Perm.CLAIM_VIEW)
def claims(request: HttpRequest) -> HttpResponse:
    """Claims with filters for status, village and month of death."""
    rows, form = find_claims(request)
    slug = request.regency.slug
    table = ClaimTable(rows, regency_slug=slug)
    table.filtered = any(request.GET.get(name) for name in form.fields)
    table.clear_url = request.path
    table.empty_title = _("Belum ada laporan kematian")
    table.empty_text = _(
        "Bila seorang kader meninggal, laporkan di sini. Keluarganya mungkin berhak atas santunan."
    )
    may_report = request.actor.may(Perm.CLAIM_REPORT)
    if may_report:
        table.empty_url = reverse("claims:find", args=[slug])
        table.empty_action = _("Laporkan meninggal")
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    context = {
        "table": table,
        "form": form,
        "chips": chips(form, dict(request.GET.lists())),
        "export": offer(
            request, reverse("claims:claims_export", args=[slug]), table.page.paginator.count
        ),
        "may_report": may_report,
    }
    return render(request, "claims/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.CLAIM_REPORT)
def find_person(request: HttpRequest) -> HttpResponse:
    """Search who died by name; by POST, so that no name stands in an address."""
    form = forms.FindForm(request.POST if request.method == "POST" else None)
    people = queries.people_like(form.cleaned_data["name"]) if form.is_valid() else None
    return render(request, "claims/find.html", {"form": form, "people": people})


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.CLAIM_REPORT)
def report(request: HttpRequest, cadre_id: int) -> HttpResponse:
    """Report a death; somebody who is already reported leads to the claim."""
    cadre = get_object_or_404(Cadre.objects.select_related("village__district"), pk=cadre_id)
    found = queries.open_claim_of(cadre.pk)
    if found:
        messages.info(request, _("Kematian ini sudah dilaporkan. Ini klaimnya."))
        return redirect("claims:detail", request.regency.slug, found.pk)
    form = forms.ReportForm(
        request.POST if request.method == "POST" else None, initial={"died_on": cadre.died_on}
    )

    def work(data: dict[str, Any]) -> HttpResponse:
        claim, _new = actions.report_death(cadre_id=cadre.pk, by=request.actor, **data)
        messages.success(
            request, _("Kematian dilaporkan. Kepesertaannya berakhir pada hari meninggal.")
        )
        return redirect("claims:detail", request.regency.slug, claim.pk)

    return _apply(form, work) or render(
        request, "claims/report.html", {"form": form, "cadre": cadre}
    )


@require_safe
@door(Perm.CLAIM_VIEW)
def detail(request: HttpRequest, claim_id: int) -> HttpResponse:
    """What is paid and why, what is missing and who has it, and what comes next."""
    claim = _claim(claim_id)
    return render(
        request, "claims/detail.html", page.context(claim, request.actor, request.regency.slug)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.CLAIM_PREPARE)
def heir(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Who receives the benefit."""
    claim = _claim(claim_id)
    known = claim.heir
    initial = {
        name: getattr(known, name, "")
        for name in ("name", "relation", "phone", "bank_name", "account_holder")
    }
    form = forms.HeirForm(
        request.POST if request.method == "POST" else None, initial=initial, heir=known
    )
    return _step(request, claim, form, actions.set_heir, _("Ahli waris"), _("Simpan"))


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.CLAIM_REPORT)
def documents(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Tick what was received, add scans; the village does it for a death that it reported."""
    claim = _claim(claim_id)
    if not page.may_add_documents(claim, request.actor):
        raise PermissionDenied
    listed = claim.documents.order_by("position")
    form = forms.DocumentsForm(
        *((request.POST, request.FILES) if request.method == "POST" else ()), documents=listed
    )

    def work(_data: dict[str, Any]) -> HttpResponse:
        actions.record_documents(
            claim_id=claim.pk, received=form.received(), files=form.scans(), by=request.actor
        )
        messages.success(request, _("Daftar dokumen disimpan."))
        return redirect("claims:detail", request.regency.slug, claim.pk)

    return _apply(form, work, lambda code: f"scan-{code}") or render(
        request, "claims/documents.html", {"form": form, "claim": claim, "rows": form.rows()}
    )


@require_POST
@door(Perm.PEOPLE_REVEAL)
def scan(request: HttpRequest, claim_id: int, code: str) -> HttpResponse:
    """A document's scan; opening it is recorded."""
    if not request.actor.may(Perm.CLAIM_VIEW):
        raise PermissionDenied
    try:
        document = actions.open_scan(claim_id=claim_id, code=code, by=request.actor)
    except ClaimDocument.DoesNotExist as error:
        raise Http404 from error
    path = private_files.path_of(document.file)
    number = safe_name(document.claim.number)
    response = FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=f"{number}-{document.code}{path.suffix}",
        content_type=TYPES[path.suffix],
    )
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@door(Perm.CLAIM_PREPARE)
def submit(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Send the complete claim to the branch."""
    claim = _claim(claim_id)
    actions.submit(claim_id=claim.pk, by=request.actor)
    messages.success(request, _("Klaim diajukan ke kantor cabang."))
    return redirect("claims:detail", request.regency.slug, claim.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.CLAIM_PREPARE)
def close(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Close a report that cannot become a claim."""
    form = forms.CloseForm(request.POST if request.method == "POST" else None)
    return _step(
        request,
        _claim(claim_id),
        form,
        actions.close_report,
        _("Tutup laporan"),
        _("Tutup laporan"),
        effects=[
            _("Laporan ini ditutup dan tidak diajukan ke cabang."),
            _("Alasannya tercatat dan dapat dibaca auditor."),
        ],
        exclusions=[
            _(
                "Catatan meninggal dan akhir kepesertaan belum berubah. Bila orangnya masih hidup, "
                "cabut catatan meninggalnya sesudah laporan ditutup."
            )
        ],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.CLAIM_PREPARE)
def take_back(request: HttpRequest, claim_id: int) -> HttpResponse:
    """After a mistaken report: the person lives, services and cover go on."""
    return _step(
        request,
        _claim(claim_id),
        Form(request.POST if request.method == "POST" else None),
        actions.take_back_death,
        _("Cabut catatan meninggal"),
        _("Orangnya masih hidup: cabut"),
        effects=[
            _("Catatan meninggal dihapus dan tugasnya sebagai kader berlanjut."),
            _("Kepesertaannya berlanjut; bulan yang terlewat ditagih pada penagihan berikutnya."),
        ],
        exclusions=[_("Laporan yang ditutup tetap tersimpan dengan alasannya.")],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.CLAIM_DECIDE)
def send_back(request: HttpRequest, claim_id: int) -> HttpResponse:
    """The branch returns a submitted claim with what has to be put right."""
    return _step(
        request,
        _claim(claim_id),
        forms.SendBackForm(request.POST if request.method == "POST" else None),
        actions.send_back,
        _("Kembalikan klaim"),
        _("Kembalikan ke dinas"),
        effects=[
            _("Klaim kembali ke dinas dengan kalimat Anda."),
            _("Batas tiga hari kerja dihitung lagi sejak klaim diajukan kembali."),
        ],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.CLAIM_DECIDE)
def decide(request: HttpRequest, claim_id: int) -> HttpResponse:
    """The branch approves or rejects."""
    claim = _claim(claim_id)
    form = forms.DecideForm(request.POST if request.method == "POST" else None, claim=claim)

    def act(*, claim_id: int, by: Actor, **_data: Any) -> Claim:
        return actions.decide(claim_id=claim_id, by=by, **form.decided())

    return _step(
        request,
        claim,
        form,
        act,
        _("Keputusan klaim"),
        _("Simpan keputusan"),
        reasons=words.reasons(claim.benefit),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.CLAIM_DECIDE)
def pay(request: HttpRequest, claim_id: int) -> HttpResponse:
    """The transfer to the heir."""
    form = forms.PayForm(request.POST if request.method == "POST" else None)
    claim = _claim(claim_id)
    return _step(
        request, claim, form, actions.pay, _("Pembayaran kepada ahli waris"), _("Simpan pembayaran")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.CLAIM_HAND_OVER)
def hand_over(request: HttpRequest, claim_id: int) -> HttpResponse:
    """The record that the family received it."""
    claim = _claim(claim_id)
    form = forms.HandOverForm(
        request.POST if request.method == "POST" else None,
        initial={"received_by": claim.heir.name if claim.heir else ""},
    )
    return _step(
        request,
        claim,
        form,
        actions.hand_over,
        _("Serah terima santunan"),
        _("Simpan serah terima"),
    )


@require_safe
@door(Perm.CLAIM_VIEW)
def paper(request: HttpRequest, claim_id: int) -> HttpResponse:
    """The hand-over record as PDF."""
    record = get_object_or_404(HandOver, claim_id=claim_id)
    found = papers.issued(record)
    if found is None:
        raise Http404
    return serve(found, record.number)


def _claim(claim_id: int) -> Claim:
    """A claim in scope, or 404."""
    related = ("cadre", "village__district", "heir", "coverage", "coverage__fund_source")
    return get_object_or_404(Claim.objects.select_related(*related), pk=claim_id)


def _apply(form: Form, work, field_of=lambda name: name) -> HttpResponse | None:
    """Run `work` on a valid form; a refusal becomes the form's error and None is returned."""
    if not form.is_valid():
        return None
    try:
        return work(form.cleaned_data)
    except DomainError as error:
        for name, message in (error.fields or {"": error.message}).items():
            field = field_of(name)
            form.add_error(field if field in form.fields else None, message)
        return None


def _step(
    request: HttpRequest, claim: Claim, form: Form, action, title: str, button: str, **extra: Any
) -> HttpResponse:
    """One step with a form of its own: the fields are the action's arguments."""

    def work(data: dict[str, Any]) -> HttpResponse:
        action(claim_id=claim.pk, by=request.actor, **data)
        messages.success(request, _("Tersimpan."))
        return redirect("claims:detail", request.regency.slug, claim.pk)

    context = {"claim": claim, "form": form, "title": title, "button": button, **extra}
    return _apply(form, work) or render(request, "claims/step.html", context)
