"""Pages of agreements: the list, one agreement, its paper, writing it down and ending it."""

import datetime as dt

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from accounts.access import door
from accounts.roles import Perm, Role
from audit.exporting import offer
from audit.timeline import trail
from cadres.models import Category
from core import formats, months, private_files
from core.listing import chips
from core.papers import safe_name
from core.scans import TYPES
from enrollment import queries
from enrollment.actions import agreements as actions
from enrollment.filters import cleaned_query
from enrollment.forms.agreements import AgreementForm, EndAgreementForm, FileForm
from enrollment.legal_bases import legal_bases
from enrollment.models import Agreement
from enrollment.queries import agreements as questions
from enrollment.resources import find_agreements
from enrollment.tables.agreements import AgreementTable, standing_tag
from enrollment.validity import Standing, validity
from enrollment.views.batches import PAGE
from enrollment.views.tried import tried

SHOWN_BATCHES = 10
METHODS = ["GET", "HEAD", "POST"]


@require_safe
@door(Perm.BATCH_VIEW)
def agreements(request: HttpRequest) -> HttpResponse:
    """MoU and PKS with how they stand, the newest first."""
    rows, form = find_agreements(request)
    slug, today = request.regency.slug, timezone.localdate()
    table = AgreementTable(rows, slug=slug, today=today)
    table.filtered, table.clear_url = bool(cleaned_query(form)), request.path
    table.empty_title = _("Belum ada perjanjian")
    table.empty_text = _("Catat MoU atau PKS dengan cabang BPJS, lalu hubungkan pendaftarannya.")
    may_prepare = request.actor.may(Perm.BATCH_PREPARE)
    if may_prepare:
        table.empty_url = reverse("enrollment:agreement_new", args=[slug])
        table.empty_action = _("Catat perjanjian")
    RequestConfig(request, paginate=PAGE).configure(table)
    table.people = questions.covered_by([row.record.pk for row in table.paginated_rows], today)
    context = {
        "table": table,
        "form": form,
        "chips": chips(form, dict(request.GET.lists())),
        "export": offer(
            request,
            reverse("enrollment:agreements_export", args=[slug]),
            table.page.paginator.count,
        ),
        "may_prepare": may_prepare,
    }
    return render(request, "enrollment/agreements.html", context)


def the_agreement(agreement_id: int) -> Agreement:
    """One agreement within the scope, or 404."""
    return get_object_or_404(questions.agreements(), pk=agreement_id)


@require_safe
@door(Perm.BATCH_VIEW)
def agreement(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """One agreement: how it stands, who is covered under it, its paper and its batches."""
    found = the_agreement(agreement_id)
    today = timezone.localdate()
    tone, standing = standing_tag(found, today)
    held = validity(found.valid_from, found.valid_until, found.ended_on, today)
    batches = questions.batches_of(found, drafts=request.actor.role != Role.BRANCH_OFFICER)
    taken = questions.places_taken(found, months.this_month()) if found.quota else 0
    context = {
        "agreement": found,
        "tone": tone,
        "standing": standing,
        "ending": held.standing == Standing.ENDING,
        "covered": questions.covered_by([found.pk], today).get(found.pk, 0),
        "left": max(found.quota - taken, 0) if found.quota else None,
        "exceeded": bool(found.quota and taken > found.quota),
        "basis": legal_bases().get(found.legal_basis),
        "categories": [str(Category(each).label) for each in found.categories],
        "batches": list(batches[:SHOWN_BATCHES]),
        "may_change": found.ended_on is None and request.actor.may(Perm.BATCH_PREPARE),
        "may_file": request.actor.may(Perm.BATCH_PREPARE),
        "trail": trail(found),
    }
    return render(request, "enrollment/agreement.html", context)


@require_safe
@door(Perm.BATCH_VIEW)
def agreement_file(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """The signed paper."""
    found = the_agreement(agreement_id)
    path = private_files.path_of(found.file) if found.file else None
    if path is None or not path.exists():
        raise Http404
    response = FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=f"{safe_name(found.number)}{path.suffix}",
        content_type=TYPES[path.suffix],
    )
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(METHODS)
@door(Perm.BATCH_PREPARE)
def agreement_new(request: HttpRequest) -> HttpResponse:
    """Write down a signed agreement."""
    serving = list(request.regency.branches.order_by("name")[:2])
    today = timezone.localdate()
    form = AgreementForm(
        request.POST if request.method == "POST" else None,
        initial={
            "signed_on": today,
            "valid_from": months.this_month(),
            "valid_until": dt.date(today.year, 12, 31),
            "branch": serving[0] if len(serving) == 1 else None,
            "party": request.regency.department,
        },
        regency=request.regency,
    )
    if request.method == "POST" and form.is_valid():
        done = tried(
            form, lambda: actions.create_agreement(by=request.actor, drafted=form.drafted())
        )
        if done:
            messages.success(request, _("Perjanjian dicatat. Unggah berkasnya."))
            return redirect("enrollment:agreement_upload", request.regency.slug, done.pk)
    context = {"form": form, "title": _("Catat perjanjian")}
    return render(request, "enrollment/agreement_form.html", context)


@require_http_methods(METHODS)
@door(Perm.BATCH_PREPARE)
def agreement_change(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Correct or extend an agreement."""
    found = the_agreement(agreement_id)
    form = AgreementForm(
        request.POST if request.method == "POST" else None,
        initial=AgreementForm.told_by(found),
        regency=request.regency,
    )
    if request.method == "POST" and form.is_valid():
        done = tried(
            form,
            lambda: actions.change_agreement(
                by=request.actor, agreement=found, drafted=form.drafted()
            ),
        )
        if done:
            messages.success(request, _("Perjanjian disimpan."))
            return redirect("enrollment:agreement", request.regency.slug, found.pk)
    context = {"form": form, "agreement": found, "title": _("Ubah perjanjian")}
    return render(request, "enrollment/agreement_form.html", context)


@require_http_methods(METHODS)
@door(Perm.BATCH_PREPARE)
def agreement_upload(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Keep the signed paper."""
    found = the_agreement(agreement_id)
    form = FileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        done = tried(
            form,
            lambda: actions.file_agreement(
                by=request.actor, agreement=found, file=file, name=file.name
            ),
        )
        if done:
            messages.success(request, _("Berkas perjanjian tersimpan."))
            return redirect("enrollment:agreement", request.regency.slug, found.pk)
    context = {
        "form": form,
        "agreement": found,
        "title": _("Unggah berkas perjanjian"),
        "submit": _("Unggah berkas"),
    }
    return render(request, "enrollment/agreement_form.html", context)


@require_http_methods(METHODS)
@door(Perm.BATCH_PREPARE)
def agreement_end(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """End an agreement before its time; how many covers end with it is shown first."""
    found = the_agreement(agreement_id)
    sent = request.POST if request.method == "POST" else None
    form = EndAgreementForm(sent, initial={"on": timezone.localdate()})
    confirming = ""
    if request.method == "POST" and form.is_valid():
        answers = form.answers()
        last = months.last_day(months.month_of(answers["on"]))
        people = questions.ending_covers(found, last).count() if answers["end_covers"] else 0
        if people != (form.cleaned_data["counted"] or 0):
            form = form.with_count(people)
            confirming = _("Kepesertaan %(people)s berakhir %(day)s") % {
                "people": queries.people_words(people),
                "day": formats.day(last, translation.get_language()),
            }
        else:
            done = tried(
                form,
                lambda: actions.end_agreement(by=request.actor, agreement=found, **answers),
            )
            if done:
                ended = queries.people_words(done[1])
                messages.success(
                    request,
                    _("Perjanjian diakhiri. Kepesertaan yang berakhir: %(people)s.")
                    % {"people": ended},
                )
                return redirect("enrollment:agreement", request.regency.slug, found.pk)
    context = {
        "form": form,
        "agreement": found,
        "title": _("Akhiri perjanjian"),
        "submit": _("Akhiri perjanjian"),
        "confirming": confirming,
        "effects": [
            _("Pendaftaran baru tidak dapat memakai perjanjian ini lagi."),
            _("Tanpa pilihan Anda tidak ada kepesertaan yang berakhir."),
            _("Bulan tempat hari terakhir berada tetap ditagih."),
        ],
    }
    return render(request, "enrollment/agreement_form.html", context)
