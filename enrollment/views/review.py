"""The branch's desk: accept or return people, give member numbers, finish."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import door
from accounts.roles import Perm
from core import sheets_out
from core.errors import DomainError
from enrollment import actions, queries
from enrollment.batch_sheets import file_name, workbook
from enrollment.decisions import Decision, Problem
from enrollment.eligibility import RULES
from enrollment.filters import RowFilter
from enrollment.forms import ListForm, ReturnForm
from enrollment.models import BatchRow, EnrollmentBatch
from enrollment.queries.branches import columns_of
from enrollment.review_lists import own_headings, read_upload
from enrollment.views.batches import confirm, the_batch

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.BATCH_REVIEW)
def review(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Rows by fifty with their member numbers; each button is one answer for many."""
    found = the_batch(request, batch_id)
    if found.status not in EnrollmentBatch.AT_BRANCH:
        return redirect("enrollment:batch", request.regency.slug, found.pk)
    problems: list[str] = []
    form = ReturnForm(request.POST if request.POST.get("act") == "return" else None)
    if request.method == "POST":
        problems = _answer(request, found, form)
        if not problems:
            return redirect(request.get_full_path())
    return render(request, "enrollment/review.html", _desk(request, found, form, problems))


def _desk(
    request: HttpRequest, batch: EnrollmentBatch, form: ReturnForm, problems: list[str]
) -> dict[str, Any]:
    counts = queries.row_counts(batch)
    shown = request.GET.get("status", BatchRow.Status.WAITING)
    flagged = request.GET.get("flagged", "")
    query = {"flagged": flagged} | ({} if shown == "all" else {"status": shown})
    rows = batch.rows.select_related("cadre", "village__district").order_by("id")
    page = Paginator(RowFilter(query, rows).qs, PER_PAGE).get_page(request.GET.get("page"))
    found = {code for row in page for code in row.findings}
    tabs = (
        (_("Menunggu"), "?status=waiting", counts.waiting, shown == "waiting" and not flagged),
        (
            _("Perlu dilihat"),
            "?status=waiting&flagged=true",
            counts.to_look_at,
            flagged == "true",
        ),
        (_("Diterima"), "?status=accepted", counts.accepted, shown == "accepted"),
        (_("Dikembalikan"), "?status=returned", counts.returned, shown == "returned"),
        (_("Semua"), "?status=all", counts.total, shown == "all"),
    )
    return {
        "batch": batch,
        "counts": counts,
        "page": page,
        "rules": [rule for code, rule in RULES.items() if code in found],
        "tabs": [
            {"label": label, "url": url, "count": count, "current": current}
            for label, url, count, current in tabs
        ],
        "form": form,
        "problems": problems,
        "typed": _typed(request),
        "rest": queries.people_words(counts.clean),
    }


def _typed(request: HttpRequest) -> dict[int, str]:
    """Member numbers typed on the page, by row."""
    return {
        int(name.removeprefix("nomor-")): value
        for name, value in request.POST.items()
        if name.startswith("nomor-") and name.removeprefix("nomor-").isdigit() and value.strip()
    }


def _answer(request: HttpRequest, batch: EnrollmentBatch, form: ReturnForm) -> list[str]:
    """Do what the pressed button says; the problems in words when something could not be used."""
    act, typed = request.POST.get("act"), _typed(request)
    chosen = {int(each) for each in request.POST.getlist("pilih") if each.isdigit()}
    decisions: list[Decision] = []
    if act == "accept":
        ids = sorted(chosen | set(typed))
        decisions = [Decision(accept=True, row=i, member_no=typed.get(i, ""), line=i) for i in ids]
    elif act == "return":
        if not form.is_valid():
            return [_("Pilih alasan pengembalian.")]
        decisions = [
            Decision(accept=False, row=i, line=i, **form.cleaned_data) for i in sorted(chosen)
        ]
    rest = act == "accept_rest"
    if not decisions and not rest:
        return [_("Pilih dahulu orangnya, atau ketik nomor pesertanya.")]
    report = actions.decide(by=request.actor, batch=batch, decisions=decisions, accept_rest=rest)
    _tell(request, report)
    names = dict(
        batch.rows.filter(pk__in=[each.line for each in report.problems]).values_list(
            "pk", "cadre__name"
        )
    )
    return [f"{names.get(each.line, each.line)}: {each.message}" for each in report.problems]


def _tell(request: HttpRequest, report: actions.Report) -> None:
    """Say what was done, and only what was done."""
    if report.accepted:
        words = {"people": queries.people_words(report.accepted)}
        messages.success(request, _("%(people)s diterima.") % words)
    if report.returned:
        words = {"people": queries.people_words(report.returned)}
        messages.success(request, _("%(people)s dikembalikan.") % words)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.BATCH_REVIEW)
def upload(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Take the branch's own list; lines that say nothing usable are named."""
    found = the_batch(request, batch_id)
    form = ListForm(request.POST or None, request.FILES or None)
    report = None
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        try:
            own = own_headings(columns_of(request.membership.branch_id))
            decisions, problems = read_upload(form.cleaned_data["file"].chunks(), own)
        except DomainError as error:
            form.add_error("file", error.message)
        else:
            report = actions.decide(by=request.actor, batch=found, decisions=decisions)
            problems = sorted(problems + report.problems, key=lambda each: each.line)
            if not problems and (report.accepted or report.returned):
                _tell(request, report)
                return redirect("enrollment:review", request.regency.slug, found.pk)
    context = {"batch": found, "form": form, "report": report, "problems": problems}
    if report:
        context["unnamed"] = found.rows.filter(status=BatchRow.Status.WAITING).count()
    return render(request, "enrollment/review_upload.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.BATCH_REVIEW)
def finish(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Confirm, then turn accepted rows into cover."""
    found = the_batch(request, batch_id)
    slug = request.regency.slug
    if request.method == "POST":
        done = actions.finish(by=request.actor, batch=found)
        messages.success(request, _("Peninjauan %(number)s selesai.") % {"number": done.number})
        return redirect("enrollment:batch", slug, found.pk)
    counts = queries.row_counts(found)
    effects = [
        _("%(people)s menjadi peserta JKK dan JKM")
        % {"people": queries.people_words(counts.accepted)},
    ]
    if counts.returned:
        effects.append(
            _("%(people)s dikembalikan ke desa dengan alasannya")
            % {"people": queries.people_words(counts.returned)}
        )
    return confirm(
        request,
        found,
        _("Selesaikan peninjauan"),
        _("Selesaikan"),
        effects,
        exclusions=_open(counts),
    )


def _open(counts: queries.RowCounts) -> list[str]:
    """What still stands in the way."""
    found = []
    if counts.waiting:
        people = queries.people_words(counts.waiting)
        found.append(_("%(people)s belum diputuskan") % {"people": people})
    if counts.without_number:
        people = queries.people_words(counts.without_number)
        found.append(_("%(people)s diterima tanpa nomor peserta") % {"people": people})
    return found


@require_POST
@door(Perm.BATCH_REVIEW)
def download(request: HttpRequest, batch_id: int) -> HttpResponse:
    """The list with full NIK; a POST, because it is written in the trail."""
    found = the_batch(request, batch_id)
    actions.download(by=request.actor, batch=found)
    content = workbook(found, columns_of(request.membership.branch_id))
    response = HttpResponse(content, content_type=sheets_out.TYPE)
    response["Content-Disposition"] = f'attachment; filename="{file_name(found)}"'
    response["Cache-Control"] = "no-store"
    return response
