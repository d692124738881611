"""Pages of differences: one class as a list, one difference, and what is done with them."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_tables2 import RequestConfig

from accounts.access import door
from accounts.models import User
from accounts.roles import Perm
from audit.exporting import Asked, offer
from audit.timeline import trail
from core.errors import DomainError
from core.formats import thousands
from core.listing import chips
from enrollment.actions import differences as actions
from enrollment.filters import cleaned_query
from enrollment.forms.reconciliations import AnswerForm, QueryForm, ReasonForm, SettleForm
from enrollment.models import Reconciliation, ReconciliationDifference
from enrollment.queries import reconciliations as queries
from enrollment.reconciliation import wording
from enrollment.reconciliation_resources import find_differences
from enrollment.tables.reconciliations import DifferenceTable, name_of, state_of
from enrollment.views import reconciliation_words as words
from enrollment.views.reconciliations import PAGE, the_reconciliation

Kind = ReconciliationDifference.Kind
Settlement = ReconciliationDifference.Settlement
Status = Reconciliation.Status


@require_safe
@door(Perm.RECONCILE_VIEW)
def differences(request: HttpRequest, reconciliation_id: int, kind: str) -> HttpResponse:
    """One class of one reconciliation, with boxes while it is open."""
    rows, form = find_differences(request, reconciliation_id, kind)
    found = the_reconciliation(reconciliation_id)
    slug = request.regency.slug
    may_settle = found.status == Status.OPEN and request.actor.may(Perm.RECONCILE_EDIT)
    table = DifferenceTable(rows, slug=slug)
    table.filtered, table.clear_url = bool(cleaned_query(form)), request.path
    table.empty_title = _("Tidak ada orang dalam golongan ini")
    if may_settle:
        table.columns.show("selection")
    RequestConfig(request, paginate=PAGE).configure(table)
    total = table.page.paginator.count
    query = request.GET.copy()
    query["semua"] = "1"
    context = {
        "found": found,
        "kind": kind,
        "label": Kind(kind).label,
        "meaning": words.MEANING[kind],
        "table": table,
        "form": form,
        "chips": chips(form, dict(request.GET.lists()), ignore=("page", "sort", "semua")),
        "export": offer(
            request, reverse("enrollment:differences_export", args=[slug, found.pk, kind]), total
        ),
        "may_settle": may_settle,
        "all_url": f"?{query.urlencode()}",
        "all_selected": "semua" in request.GET,
        "kept": [
            (name, value)
            for name, values in request.GET.lists()
            if name not in ("page", "sort", "semua")
            for value in values
        ],
    }
    return render(request, "enrollment/differences.html", context)


@require_POST
@door(Perm.RECONCILE_EDIT)
def differences_settle(request: HttpRequest, reconciliation_id: int, kind: str) -> HttpResponse:
    """Settle many: first the form with what is chosen, then, sent with a way, the deed."""
    found = the_reconciliation(reconciliation_id)
    chosen = _chosen(request, found, kind)
    back = reverse("enrollment:differences", args=[request.regency.slug, found.pk, kind])
    count = chosen.filter(settlement="").count()
    if not count:
        messages.error(request, _("Pilih dahulu orang yang selisihnya belum diselesaikan."))
        return redirect(back)
    act = request.POST.get("act", "")
    form = SettleForm(request.POST if act == "settle" else None, kind=kind)
    asking = QueryForm(request.POST if act == "ask" else None)
    try:
        if act == "settle" and form.is_valid():
            report = _settle(request, found, chosen, form)
            _tell(request, report)
            return redirect(back)
        if act == "ask" and asking.is_valid():
            done = actions.ask_branch(
                by=request.actor,
                reconciliation=found,
                wanted=chosen,
                text=asking.cleaned_data["query"],
            )
            messages.success(
                request, _("%(n)s pertanyaan dikirim ke cabang.") % {"n": thousands(done)}
            )
            return redirect(back)
    except DomainError as error:
        _blame(form if act == "settle" else asking, error)
    context = {
        "found": found,
        "kind": kind,
        "label": Kind(kind).label,
        "count": count,
        "form": form,
        "asking": asking,
        "back": back,
        "kept": [
            (name, value)
            for name, values in request.POST.lists()
            if name in ("pilih", "semua", "search", "village", "state")
            for value in values
        ],
    }
    return render(request, "enrollment/differences_settle.html", context)


def _chosen(
    request: HttpRequest, found: Reconciliation, kind: str
) -> QuerySet[ReconciliationDifference]:
    """The ticked rows, or with `semua` all that the filters of the list show."""
    if "semua" in request.POST:
        filters = QueryDict(mutable=True)
        for name in ("search", "village", "state"):
            filters.setlist(name, request.POST.getlist(name))
        asked = Asked(request.regency, request.actor, filters)
        rows, _form = find_differences(asked, found.pk, kind)
        return rows
    ids = [int(each) for each in request.POST.getlist("pilih") if each.isdecimal()]
    return queries.differences().filter(pk__in=ids, reconciliation=found, kind=kind)


def _settle(
    request: HttpRequest,
    found: Reconciliation,
    chosen: QuerySet[ReconciliationDifference],
    form: SettleForm,
) -> actions.Settled:
    told = form.cleaned_data
    return actions.settle(
        by=request.actor,
        reconciliation=found,
        wanted=chosen,
        how=told["how"],
        reason=told["reason"],
        ending=form.ending(),
        employment=told.get("employment", ""),
    )


def _tell(request: HttpRequest, report: actions.Settled) -> None:
    """Say what was settled, and what was left out and why."""
    messages.success(request, _("%(n)s selisih diselesaikan.") % {"n": thousands(report.done)})
    for code, count in report.left_out.items():
        messages.warning(
            request,
            _("%(n)s dilewati: %(why)s.") % {"n": thousands(count), "why": actions.LEFT_OUT[code]},
        )


def _blame(form: Any, error: DomainError) -> None:
    field = next(iter(error.fields), None)
    form.add_error(field if field in form.fields else None, str(error.message))


def the_difference(pk: int) -> ReconciliationDifference:
    """One difference within the scope, or 404."""
    return get_object_or_404(queries.differences(), pk=pk)


@require_safe
@door(Perm.RECONCILE_VIEW)
def difference(request: HttpRequest, difference_id: int) -> HttpResponse:
    """One difference: both sides, the question and its answer, and how it was settled."""
    return _page(request, the_difference(difference_id))


def _page(
    request: HttpRequest, found: ReconciliationDifference, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """The page of a difference, with a form that was not in order."""
    actor, open_ = request.actor, found.reconciliation.status == Status.OPEN
    tone, state = state_of(found)
    people = {found.settled_by_id, found.asked_by_id, found.answered_by_id} - {None}
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "name")) if people else {}
    may_edit = open_ and actor.may(Perm.RECONCILE_EDIT)
    alike = queries.alike(found)
    context = {
        "found": found,
        "name": name_of(found),
        "label": Kind(found.kind).label,
        "meaning": words.MEANING[found.kind],
        "explained": words.explained(found),
        "tone": tone,
        "state": state,
        "how": wording.WAYS.get(found.settlement, ""),
        "rows": list(queries.rows_of(found)[:10]),
        "alike": alike,
        "problem": wording.PROBLEMS.get(found.row.problem, "") if found.row else "",
        "settled_by": names.get(found.settled_by_id, ""),
        "asked_by": names.get(found.asked_by_id, ""),
        "answered_by": names.get(found.answered_by_id, ""),
        "may_settle": may_edit and not found.settlement,
        "may_reopen": may_edit and bool(found.settlement),
        "may_answer": open_
        and actor.may(Perm.RECONCILE_ANSWER)
        and bool(found.query)
        and not found.settlement,
        "may_report_death": actor.may(Perm.CLAIM_REPORT) and found.kind == Kind.DEAD_BILLED,
        "form": SettleForm(kind=found.kind, answered=bool(found.answer)),
        "asking": QueryForm(),
        "answering": AnswerForm(initial={"answer": found.answer}),
        "reopening": ReasonForm(),
        "trail": trail(found),
        **forms,
    }
    response = render(request, "enrollment/difference.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.RECONCILE_EDIT)
def difference_settle(request: HttpRequest, difference_id: int) -> HttpResponse:
    """Settle one difference."""
    found = the_difference(difference_id)
    if request.method != "POST":
        return _back(request, found)
    form = SettleForm(request.POST, kind=found.kind, answered=bool(found.answer))
    if form.is_valid():
        try:
            one = queries.differences().filter(pk=found.pk)
            _tell(request, _settle(request, found.reconciliation, one, form))
        except DomainError as error:
            _blame(form, error)
        else:
            return _back(request, found)
    return _page(request, found, status=422, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.RECONCILE_EDIT)
def difference_ask(request: HttpRequest, difference_id: int) -> HttpResponse:
    """Put a question about one difference to the branch."""
    found = the_difference(difference_id)
    if request.method != "POST":
        return _back(request, found)
    form = QueryForm(request.POST)
    if form.is_valid():
        try:
            actions.ask_branch(
                by=request.actor,
                reconciliation=found.reconciliation,
                wanted=queries.differences().filter(pk=found.pk),
                text=form.cleaned_data["query"],
            )
        except DomainError as error:
            _blame(form, error)
        else:
            messages.success(request, _("Pertanyaan dikirim ke cabang."))
            return _back(request, found)
    return _page(request, found, status=422, asking=form)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.RECONCILE_ANSWER)
def difference_answer(request: HttpRequest, difference_id: int) -> HttpResponse:
    """The branch answers; then the next question."""
    found = the_difference(difference_id)
    if request.method != "POST":
        return _back(request, found)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            actions.answer_query(
                by=request.actor, difference=found, text=form.cleaned_data["answer"]
            )
        except DomainError as error:
            _blame(form, error)
        else:
            messages.success(request, _("Jawaban tersimpan."))
            return redirect("enrollment:reconciliation_queries", request.regency.slug)
    return _page(request, found, status=422, answering=form)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.RECONCILE_EDIT)
def difference_reopen(request: HttpRequest, difference_id: int) -> HttpResponse:
    """Take back a settlement, for a reason."""
    found = the_difference(difference_id)
    if request.method != "POST":
        return _back(request, found)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            actions.reopen(by=request.actor, difference=found, reason=form.cleaned_data["reason"])
        except DomainError as error:
            _blame(form, error)
        else:
            messages.success(request, _("Selisih ini dibuka lagi."))
            return _back(request, found)
    return _page(request, found, status=422, reopening=form)


def _back(request: HttpRequest, found: ReconciliationDifference) -> HttpResponse:
    return redirect("enrollment:difference", request.regency.slug, found.pk)
