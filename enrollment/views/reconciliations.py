"""Pages of reconciliations: the list, uploading, one month with its classes, closing."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from accounts.access import door
from accounts.models import User
from accounts.roles import Perm
from audit.exporting import offer
from audit.timeline import trail
from core import papers
from core.errors import DomainError
from core.listing import chips
from core.models import Run
from core.templatetags.kj import rupiah
from enrollment.actions import reconciliation_closing
from enrollment.actions import reconciliations as actions
from enrollment.filters import cleaned_query
from enrollment.forms.reconciliations import CloseForm, ListUploadForm, ReasonForm
from enrollment.models import Reconciliation, ReconciliationDifference
from enrollment.queries import reconciliations as queries
from enrollment.reconciliation import columns, wording
from enrollment.reconciliation.classes import GAP, KINDS
from enrollment.reconciliation_resources import find_reconciliations
from enrollment.tables.reconciliations import TONES, QueryTable, ReconciliationTable
from enrollment.views import reconciliation_words as words

Status = Reconciliation.Status
PAGE = {"per_page": 50}


@require_safe
@door(Perm.RECONCILE_VIEW)
def reconciliations(request: HttpRequest) -> HttpResponse:
    """Reconciliations by month, newest first."""
    rows, form = find_reconciliations(request)
    slug = request.regency.slug
    table = ReconciliationTable(rows, slug=slug)
    table.filtered, table.clear_url = bool(cleaned_query(form)), request.path
    table.empty_title = _("Belum ada rekonsiliasi")
    table.empty_text = _(
        "Unggah daftar tagihan atau daftar peserta aktif dari BPJS untuk satu bulan; isinya "
        "dibandingkan dengan kepesertaan yang tercatat di sini."
    )
    may_upload = request.actor.may(Perm.RECONCILE_UPLOAD)
    if may_upload:
        table.empty_url = reverse("enrollment:reconciliation_new", args=[slug])
        table.empty_action = _("Unggah daftar BPJS")
    RequestConfig(request, paginate=PAGE).configure(table)
    context = {
        "table": table,
        "form": form,
        "chips": chips(form, dict(request.GET.lists())),
        "export": offer(
            request,
            reverse("enrollment:reconciliations_export", args=[slug]),
            table.page.paginator.count,
        ),
        "may_upload": may_upload,
        "waiting": queries.waiting_for_branch().count(),
    }
    return render(request, "enrollment/reconciliations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.RECONCILE_UPLOAD)
def reconciliation_new(request: HttpRequest) -> HttpResponse:
    """Take a list of BPJS for a month."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ListUploadForm(*sent)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made = actions.upload_list(
                by=request.actor,
                chunks=told["file"].chunks(),
                file_name=told["file"].name,
                month=told["month"],
                kind=told["kind"],
                fund_source=told["fund_source"],
                ask_columns=told["ask_columns"],
            )
        except DomainError as error:
            field = next(iter(error.fields), None)
            form.add_error(field if field in form.fields else None, str(error.message))
        else:
            if made.repeated:
                messages.info(request, _("Berkas ini sudah pernah diunggah. Ini hasilnya."))
            address = reverse(
                "enrollment:reconciliation", args=[request.regency.slug, made.reconciliation.pk]
            )
            if "HX-Request" in request.headers:
                return HttpResponse(status=204, headers={"HX-Redirect": address})
            return redirect(address)
    status = 422 if form.errors else 200
    return render(request, "enrollment/reconciliation_new.html", {"form": form}, status=status)


def the_reconciliation(pk: int) -> Reconciliation:
    """One reconciliation within the scope, or 404."""
    return get_object_or_404(
        Reconciliation.objects.select_related("run", "fund_source", "paper"), pk=pk
    )


@require_safe
@door(Perm.RECONCILE_VIEW)
def reconciliation(request: HttpRequest, reconciliation_id: int) -> HttpResponse:
    """One month: progress while it is read, why it was refused, or its classes."""
    found = the_reconciliation(reconciliation_id)
    context: dict[str, Any] = {"found": found, "tone": TONES[Status(found.status)]}
    if found.status == Status.READING:
        context["refresh_seconds"] = 3
        return render(request, "enrollment/reconciliation_busy.html", context)
    if found.status == Status.REFUSED:
        context["reason"] = wording.refusal(found.refusal_code, found.refusal_facts)
        context["may_upload"] = request.actor.may(Perm.RECONCILE_UPLOAD)
        return render(request, "enrollment/reconciliation_refused.html", context)
    if found.status == Status.MAPPING:
        if request.actor.may(Perm.RECONCILE_UPLOAD):
            return redirect("enrollment:reconciliation_columns", request.regency.slug, found.pk)
        return render(request, "enrollment/reconciliation_waiting.html", context)
    return render(
        request, "enrollment/reconciliation.html", {**context, **_compared(request, found)}
    )


def _compared(request: HttpRequest, found: Reconciliation) -> dict[str, Any]:
    """Counts and rupiah by class, what could not be read, and what may be done."""
    states, counts = queries.states(found), found.counts
    slug, open_ = request.regency.slug, found.status == Status.OPEN
    left = sum(each["open"] for each in states.values())
    tiles = [_tile(found, kind, states[kind], slug) for kind in KINDS]
    names = dict(
        User.objects.filter(pk__in=[found.uploaded_by_id, found.closed_by_id]).values_list(
            "pk", "name"
        )
    )
    return {
        "counts": counts,
        "left": left,
        "total": sum(each["all"] for each in states.values()),
        "asked": sum(each["asked"] for each in states.values()),
        "tiles": [tile for tile in tiles if tile["all"]],
        "quiet": [tile for tile in tiles if not tile["all"]],
        "problems": [
            {"label": wording.PROBLEMS.get(code, code), "count": count}
            for code, count in counts.get("problems", {}).items()
        ],
        "unknown": ", ".join(counts.get("unknown_statuses", {})),
        "next_step": words.next_step(request.actor, found, left),
        "may_withdraw": open_ and request.actor.may(Perm.RECONCILE_UPLOAD),
        "may_close": open_ and request.actor.may(Perm.RECONCILE_CLOSE),
        "may_compare": open_ and request.actor.may(Perm.RECONCILE_EDIT),
        "comparing": open_ and found.run is not None and found.run.is_open,
        "failed": open_ and found.run is not None and found.run.status == Run.Status.FAILED,
        "compared_at": _compared_at(counts),
        "uploaded_by": names.get(found.uploaded_by_id, ""),
        "closed_by": names.get(found.closed_by_id, ""),
        "trail": trail(found),
    }


def _compared_at(counts: dict[str, Any]) -> dt.datetime | None:
    """When the list was last compared again."""
    told = counts.get("compared_at")
    return dt.datetime.fromisoformat(told) if told else None


def _tile(found: Reconciliation, kind: str, state: dict[str, int], slug: str) -> dict[str, Any]:
    told = found.counts.get(kind, {"people": 0, "rupiah": 0})
    tone = "r" if state["open"] else "g" if state["all"] else ""
    return {
        "label": ReconciliationDifference.Kind(kind).label,
        "people": told["people"],
        "rupiah": rupiah(told["rupiah"]),
        "all": told["people"] or state["all"],  # also what is gone since can be looked at
        "open": state["open"],
        "asked": state["asked"],
        "answered": state["answered"],
        "text": words.MEANING[kind],
        "tone": tone,
        "skipped": kind == GAP and not found.counts.get("bills"),
        "url": reverse("enrollment:differences", args=[slug, found.pk, kind]),
    }


@require_safe
@door(Perm.RECONCILE_VIEW)
def reconciliation_progress(request: HttpRequest, reconciliation_id: int) -> HttpResponse:
    """The progress bar alone; when the work is over, the word that the page be loaded anew."""
    found = the_reconciliation(reconciliation_id)
    response = render(request, "enrollment/_reconciliation_progress.html", {"found": found})
    if found.status != Status.READING and not (found.run and found.run.is_open):
        response["HX-Refresh"] = "true"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.RECONCILE_UPLOAD)
def reconciliation_columns(request: HttpRequest, reconciliation_id: int) -> HttpResponse:
    """One table whose columns have to be pointed out; POST keeps the answer and reads again."""
    found = the_reconciliation(reconciliation_id)
    slug = request.regency.slug
    if found.status != Status.MAPPING:
        return redirect("enrollment:reconciliation", slug, found.pk)
    error = ""
    if request.method == "POST":
        try:
            actions.point_out_columns(
                by=request.actor,
                reconciliation=found,
                shape=request.POST.get("shape", ""),
                places=_pointed_out(request),
                remember="remember" in request.POST,
            )
        except DomainError as fault:
            error = str(fault.message)
        else:
            return redirect("enrollment:reconciliation", slug, found.pk)
    question = queries.question_of(found)
    context = {
        "found": found,
        "question": question,
        "columns": words.columns_asked(question, request.POST) if question else [],
        "choices": list(columns.LABELS.items()),
        "error": error,
    }
    status = 422 if error else 200
    return render(request, "enrollment/reconciliation_columns.html", context, status=status)


def _pointed_out(request: HttpRequest) -> dict[str, int]:
    """{column: place} of the form. Raises DomainError when two columns have one meaning."""
    found: dict[str, int] = {}
    for name, column in request.POST.items():
        head, _mark, place = name.partition("-")
        if head == "kolom" and column and place.isdecimal():
            if column in found:
                label = columns.LABELS.get(column, column)
                raise DomainError(
                    "columns_twice",
                    _("Dua kolom dipilih sebagai %(column)s. Pilih satu saja.") % {"column": label},
                )
            found[column] = int(place)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.RECONCILE_UPLOAD)
def reconciliation_withdraw(request: HttpRequest, reconciliation_id: int) -> HttpResponse:
    """Take back a list that was uploaded by mistake, for a reason."""
    found = the_reconciliation(reconciliation_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    slug = request.regency.slug
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_list(
                by=request.actor, reconciliation=found, reason=form.cleaned_data["reason"]
            )
        except DomainError as error:
            form.add_error("reason" if error.fields else None, str(error.message))
        else:
            messages.success(request, _("Daftar %(number)s dibatalkan.") % {"number": found.number})
            return redirect("enrollment:reconciliations", slug)
    context = {
        "found": found,
        "form": form,
        "title": _("Batalkan daftar ini"),
        "submit": _("Batalkan daftar"),
        "variant": "danger",
        "effects": [
            _("Selisih dari daftar ini tidak lagi ditunggu dan tidak dicetak"),
            _("Kepesertaan yang sudah diakhiri tetap berakhir"),
            _("Berkas yang sama boleh diunggah lagi"),
        ],
    }
    return render(request, "enrollment/reconciliation_confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.RECONCILE_EDIT)
def reconciliation_compare(request: HttpRequest, reconciliation_id: int) -> HttpResponse:
    """Compare the list once more with what is recorded by now."""
    found = the_reconciliation(reconciliation_id)
    if request.method == "POST":
        try:
            actions.compare_again(by=request.actor, reconciliation=found)
        except DomainError as error:
            messages.error(request, str(error.message))
        else:
            messages.success(request, _("Daftar ini sedang dibandingkan lagi."))
    return redirect("enrollment:reconciliation", request.regency.slug, found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.RECONCILE_CLOSE)
def reconciliation_close(request: HttpRequest, reconciliation_id: int) -> HttpResponse:
    """Confirm, then close the month and issue its record."""
    found = the_reconciliation(reconciliation_id)
    form = CloseForm(request.POST if request.method == "POST" else None)
    slug = request.regency.slug
    if request.method == "POST" and form.is_valid():
        try:
            closed = reconciliation_closing.close_reconciliation(
                by=request.actor, reconciliation=found, note=form.cleaned_data["note"]
            )
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(
                request,
                _("Rekonsiliasi ditutup dengan berita acara %(number)s.")
                % {"number": closed.paper.number},
            )
            return redirect("enrollment:reconciliation", slug, found.pk)
    context = {
        "found": found,
        "form": form,
        "title": _("Tutup rekonsiliasi"),
        "submit": _("Tutup dan terbitkan berita acara"),
        "variant": "primary",
        "effects": [
            _("Berita acara bernomor terbit dengan jumlah, rupiah, dan penyelesaiannya"),
            _("Sesudah itu tidak ada yang dapat diubah lagi"),
        ],
        "exclusions": words.in_the_way(request.actor, found),
    }
    return render(request, "enrollment/reconciliation_confirm.html", context)


@require_safe
@door(Perm.RECONCILE_VIEW)
def reconciliation_paper(request: HttpRequest, reconciliation_id: int) -> FileResponse:
    """The signed-off record as PDF."""
    found = the_reconciliation(reconciliation_id)
    if found.paper is None:
        raise Http404
    return papers.serve(found.paper, found.paper.number)


@require_safe
@door(Perm.RECONCILE_VIEW)
def reconciliation_queries(request: HttpRequest) -> HttpResponse:
    """Questions that wait for the branch, oldest first."""
    table = QueryTable(queries.waiting_for_branch(), slug=request.regency.slug)
    table.empty_title = _("Tidak ada pertanyaan yang menunggu")
    table.empty_text = _("Pertanyaan dinas tentang selisih rekonsiliasi tampil di sini.")
    RequestConfig(request, paginate=PAGE).configure(table)
    context = {"table": table, "may_answer": request.actor.may(Perm.RECONCILE_ANSWER)}
    return render(request, "enrollment/reconciliation_queries.html", context)
