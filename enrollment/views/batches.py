"""Pages of batches: the list, preparing with a preview, the batch, submitting and deleting."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_tables2 import RequestConfig

from accounts.access import Actor, door
from accounts.models import User
from accounts.roles import Perm
from audit.exporting import offer
from audit.timeline import trail
from cadres.models import Cadre
from core import formats, months
from core.errors import DomainError
from core.listing import chips
from enrollment import actions, batch_steps, monthly_price, queries, terms
from enrollment.filters import cleaned_query
from enrollment.forms import ChoiceForm
from enrollment.models import EnrollmentBatch, Segment
from enrollment.queries.corrections import changes_since_return
from enrollment.resources import find_batches, rows_of
from enrollment.tables import BATCH_TONES, BatchTable, RowTable
from enrollment.under_agreement import check_choice
from enrollment.views.tried import tell_at, tried

PAGE = {"per_page": 50}


def the_batch(request: HttpRequest, batch_id: int) -> EnrollmentBatch:
    """One batch that the actor may see, or 404."""
    return get_object_or_404(queries.visible_batches(request.actor), pk=batch_id)


@require_safe
@door(Perm.BATCH_VIEW)
def batches(request: HttpRequest) -> HttpResponse:
    """Batches, newest first."""
    rows, form = find_batches(request)
    slug = request.regency.slug
    table = BatchTable(rows, slug=slug)
    table.filtered, table.clear_url = bool(cleaned_query(form)), request.path
    table.empty_title = _("Belum ada pendaftaran")
    table.empty_text = _("Pilih kader yang belum terlindungi dan susun pendaftarannya.")
    may_prepare = request.actor.may(Perm.BATCH_PREPARE)
    if may_prepare:
        table.empty_url = reverse("enrollment:batch_new", args=[slug])
        table.empty_action = _("Susun pendaftaran")
    RequestConfig(request, paginate=PAGE).configure(table)
    context = {
        "table": table,
        "form": form,
        "chips": chips(form, dict(request.GET.lists())),
        "export": offer(
            request, reverse("enrollment:batches_export", args=[slug]), table.page.paginator.count
        ),
        "may_prepare": may_prepare,
    }
    return render(request, "enrollment/batches.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.BATCH_PREPARE)
def batch_new(request: HttpRequest) -> HttpResponse:
    """Choose people, see who would go and who stays out, then prepare the draft."""
    asked = request.POST if request.method == "POST" else request.GET
    bound = asked if "first_month" in asked else None
    initial = {"segment": Segment.BPU, "first_month": months.add_months(months.this_month(), 1)}
    form = ChoiceForm(bound, initial=initial, regency=request.regency)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        batch = tried(
            form,
            lambda: actions.prepare(
                by=request.actor,
                fund_source=told["fund_source"],
                segment=told["segment"],
                first_month=told["first_month"],
                note=told["note"],
                choice=form.choice(),
                agreement=told["agreement"],
                begin_with=form.begin_with(),
            ),
        )
        if batch:
            messages.success(request, _("Rancangan tersimpan. Penyetuju dapat mengajukannya."))
            return redirect("enrollment:batch", request.regency.slug, batch.pk)
    context = {
        "form": form,
        "sources": form.sources,
        "may_edit_sources": request.actor.may(Perm.BUDGET_EDIT),
    }
    if bound is not None and form.is_valid():
        try:
            context |= _preview(form)
        except DomainError as error:
            tell_at(form, error)
    return render(request, "enrollment/batch_new.html", context)


def _preview(form: ChoiceForm) -> dict[str, Any]:
    """Who would be put forward, who stays out, and the query again as hidden fields."""
    told = form.cleaned_data
    counted = queries.standings(
        form.choice(),
        first_month=told["first_month"],
        programme=EnrollmentBatch.Programme.JKK_JKM,
    )
    if told["agreement"]:
        check_choice(
            told["agreement"],
            _going(form),
            segment=told["segment"],
            with_jht=told["with_jht"],
            first_month=told["first_month"],
            count=counted.eligible,
        )
    language = translation.get_language()
    effects = [
        _("%(people)s didaftarkan pada %(programme)s, segmen %(segment)s")
        % {
            "people": queries.people_words(counted.eligible),
            "programme": _("JKK, JKM, dan JHT") if told["with_jht"] else _("JKK dan JKM"),
            "segment": told["segment"],
        },
        _("Perlindungan mulai %(day)s, dibayar %(source)s")
        % {"day": formats.day(told["first_month"], language), "source": told["fund_source"]},
        _("Rancangan menunggu penyetuju lain; belum ada yang dikirim ke cabang"),
    ]
    price = monthly_price.of_terms(
        people=counted.eligible,
        fund_source=told["fund_source"],
        month=told["first_month"],
        segment=told["segment"],
        with_jht=told["with_jht"],
        income_base=told["income_base"],
    )
    if price:
        effects += price.sentences()
    ending = queries.takeovers().exists() and queries.ending_with(
        _going(form), told["first_month"], EnrollmentBatch.Programme.JKK_JKM
    )
    if ending:
        effects.append(
            _("Perlindungan %(people)s yang digantikan berakhir %(day)s")
            % {
                "people": queries.people_words(ending),
                "day": formats.day(told["first_month"] - dt.timedelta(days=1), language),
            }
        )
    return {
        "counted": counted,
        "effects": effects,
        "exclusions": counted.exclusions(),
        "questions": counted.questions(),
        "price_asked": price.asked if price else (),
        "meant": _meant(form),
        "looks_back": form.looks_back,
        "hidden": [(name, form.data.get(name, "")) for name in form.fields],
    }


def _going(form: ChoiceForm) -> QuerySet[Cadre]:
    """The people who would be put forward."""
    return queries.eligible(
        form.choice(),
        first_month=form.cleaned_data["first_month"],
        programme=EnrollmentBatch.Programme.JKK_JKM,
    )


def _meant(form: ChoiceForm) -> str:
    """The part of the query that says who is meant, for the list of who and why."""
    names = ("first_month", "category", "district", "village", "posyandu")
    return urlencode({name: form.data[name] for name in names if form.data.get(name)})


@require_safe
@door(Perm.BATCH_VIEW)
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """A batch: what it asks for, how far it is, its people and its trail."""
    found = the_batch(request, batch_id)
    rows, form = rows_of(found, request)
    slug = request.regency.slug
    table = RowTable(rows, slug=slug)
    table.filtered, table.clear_url = bool(cleaned_query(form)), request.path
    draft = found.status == EnrollmentBatch.Status.DRAFT
    may_change = draft and request.actor.may(Perm.BATCH_PREPARE)
    if may_change:
        table.columns.show("selection")
        table.terms_of = found.pk
    RequestConfig(request, paginate=PAGE).configure(table)
    table.changes = changes_since_return(row.record for row in table.paginated_rows)
    counts, people = queries.row_counts(found), _names(found)
    context = {
        "batch": found,
        "counts": counts,
        "way": _way(found, counts, people),
        "terms": list(terms.shown(found, nowhere=_("posyandu dan desa setiap orang"))),
        "tone": BATCH_TONES[found.status],
        "table": table,
        "form": form,
        "chips": chips(form, dict(request.GET.lists())),
        "export": offer(
            request,
            reverse("enrollment:batch_export", args=[slug, found.pk]),
            table.page.paginator.count,
        ),
        "can": _can(request.actor, found) | {"change": may_change},
        "people": people,
        "trail": trail(found),
        "next_step": _next_step(found),
    }
    return render(request, "enrollment/batch.html", context)


def _way(
    batch: EnrollmentBatch, counts: queries.RowCounts, people: dict[str, str]
) -> dict[str, Any]:
    """The steps of a batch for stepper and timeline, and for how long the branch has had it."""
    today = timezone.localdate()
    batch.waiting_from = counts.waiting_from
    steps = batch_steps.steps(batch, people, counts.first_answer, today, translation.get_language())
    return {
        "names": [str(step.label) for step in steps],
        "place": batch_steps.place_of(batch.status),
        "items": [
            {
                "text": step.label,
                "who": step.text,
                "state": "" if step.state == "done" else step.state,
            }
            for step in reversed(steps)
        ],
        "waiting": batch_steps.waiting_words(batch, today),
    }


def _can(actor: Actor, batch: EnrollmentBatch) -> dict[str, bool]:
    """What the actor may do with the batch in its present state."""
    draft = batch.status == EnrollmentBatch.Status.DRAFT
    waiting = batch.status in EnrollmentBatch.AT_BRANCH
    return {
        "submit": draft and actor.may(Perm.BATCH_SUBMIT) and actor.id != batch.prepared_by_id,
        "review": waiting and actor.may(Perm.BATCH_REVIEW),
        "download": not draft and actor.may(Perm.BATCH_REVIEW),
    }


def _next_step(batch: EnrollmentBatch) -> str:
    """Whose turn it is, in words."""
    return {
        EnrollmentBatch.Status.DRAFT: _("Penyetuju dinas mengajukan pendaftaran ini ke cabang."),
        EnrollmentBatch.Status.SUBMITTED: _("Cabang BPJS meninjau setiap orang."),
        EnrollmentBatch.Status.IN_REVIEW: _("Cabang BPJS meninjau setiap orang."),
        EnrollmentBatch.Status.ACCEPTED: _("Diterima: kepesertaan mulai pada bulan pertama."),
        EnrollmentBatch.Status.PARTLY_ACCEPTED: _(
            "Yang diterima menjadi peserta; desa memperbaiki orang yang dikembalikan dan "
            "mengirimnya kembali."
        ),
        EnrollmentBatch.Status.ACTIVE: _("Selesai: yang diterima sudah menjadi peserta."),
        EnrollmentBatch.Status.RETURNED: _(
            "Desa memperbaiki orang yang dikembalikan dan mengirimnya kembali ke cabang."
        ),
    }[EnrollmentBatch.Status(batch.status)]


def _names(batch: EnrollmentBatch) -> dict[str, str]:
    """Who prepared, submitted and reviewed, by name."""
    ids = {
        "prepared": batch.prepared_by_id,
        "submitted": batch.submitted_by_id,
        "reviewed": batch.reviewed_by_id,
    }
    names = dict(User.objects.filter(pk__in=filter(None, ids.values())).values_list("pk", "name"))
    return {part: names.get(pk, "") for part, pk in ids.items() if pk}


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.BATCH_SUBMIT)
def batch_submit(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Confirm, then send a draft to the branch."""
    found = the_batch(request, batch_id)
    slug = request.regency.slug
    if request.method == "POST":
        actions.submit(by=request.actor, batch=found)
        messages.success(request, _("Pendaftaran diajukan ke cabang BPJS."))
        return redirect("enrollment:batch", slug, found.pk)
    counts = queries.row_counts(found)
    effects = [
        _("%(people)s diajukan ke cabang BPJS") % {"people": queries.people_words(counts.total)},
        _("Isi pendaftaran tidak dapat diubah lagi"),
        _("Cabang menerima atau mengembalikan setiap orang dengan alasan"),
    ]
    price = monthly_price.of_batch(found)
    if price:
        effects += price.sentences()
    return confirm(request, found, _("Ajukan pendaftaran"), _("Ajukan ke cabang"), effects)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.BATCH_PREPARE)
def batch_delete(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Confirm, then delete a draft."""
    found = the_batch(request, batch_id)
    if request.method == "POST":
        actions.delete(by=request.actor, batch=found)
        messages.success(request, _("Rancangan dihapus. Orangnya dapat dipilih lagi."))
        return redirect("enrollment:batches", request.regency.slug)
    counts = queries.row_counts(found)
    effects = [
        _("Rancangan %(number)s dihapus") % {"number": found.number},
        _("%(people)s dapat dipilih lagi") % {"people": queries.people_words(counts.total)},
    ]
    return confirm(
        request, found, _("Hapus rancangan"), _("Hapus rancangan"), effects, variant="danger"
    )


@require_POST
@door(Perm.BATCH_PREPARE)
def batch_narrow(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Take the chosen people out of a draft."""
    found = the_batch(request, batch_id)
    ids = [int(each) for each in request.POST.getlist("pilih") if each.isdigit()]
    if not ids:
        message = _("Pilih dahulu orang yang dikeluarkan.")
        raise DomainError("nobody_chosen", message)
    people = actions.narrow(by=request.actor, batch=found, row_ids=ids)
    messages.success(
        request, _("%(people)s dikeluarkan.") % {"people": queries.people_words(people)}
    )
    return redirect("enrollment:batch", request.regency.slug, found.pk)


def confirm(
    request: HttpRequest,
    batch: EnrollmentBatch,
    title: str,
    submit: str,
    effects: list[str],
    *,
    exclusions: list[str] | None = None,
    variant: str = "primary",
) -> HttpResponse:
    """The page between a button and its deed: what will happen."""
    context = {
        "batch": batch,
        "title": title,
        "submit": submit,
        "effects": effects,
        "exclusions": exclusions or [],
        "variant": variant,
        "back": reverse("enrollment:batch", args=[request.regency.slug, batch.pk]),
    }
    return render(request, "enrollment/confirm.html", context)
