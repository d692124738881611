"""Pages of exceptions: the list, one with its answer, and asking for one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_tables2 import RequestConfig

from accounts.access import door
from accounts.models import User
from accounts.roles import Perm
from audit.exporting import offer
from audit.timeline import trail
from cadres.models import Cadre
from core import months
from core.listing import chips
from enrollment import queries
from enrollment.actions import eligibility as actions
from enrollment.candidate_lists import PROGRAMME, find_overrides
from enrollment.eligibility_rules import default_rules
from enrollment.eligibility_words import data, override_state
from enrollment.filters import cleaned_query
from enrollment.forms.eligibility import AnswerForm, AskForm
from enrollment.models import EligibilityOverride
from enrollment.queries import overrides as questions
from enrollment.tables.eligibility import OverrideTable
from enrollment.views.batches import PAGE
from enrollment.views.tried import tried

STATUS = EligibilityOverride.Status


@require_safe
@door(Perm.BATCH_VIEW)
def overrides(request: HttpRequest) -> HttpResponse:
    """Exceptions, the newest first."""
    rows, form = find_overrides(request)
    slug = request.regency.slug
    table = OverrideTable(
        rows, slug=slug, rules=queries.rules_of(PROGRAMME), today=timezone.localdate()
    )
    table.filtered, table.clear_url = bool(cleaned_query(form)), request.path
    table.empty_title = _("Belum ada pengecualian")
    table.empty_text = _("Pengecualian diminta dari halaman orangnya.")
    RequestConfig(request, paginate=PAGE).configure(table)
    context = {
        "table": table,
        "form": form,
        "chips": chips(form, dict(request.GET.lists())),
        "export": offer(
            request,
            reverse("enrollment:overrides_export", args=[slug]),
            table.page.paginator.count,
        ),
    }
    return render(request, "enrollment/overrides.html", context)


def the_override(override_id: int) -> EligibilityOverride:
    """One exception of the scope, or 404."""
    return get_object_or_404(questions.overrides(), pk=override_id)


@require_safe
@door(Perm.BATCH_VIEW)
def override(request: HttpRequest, override_id: int) -> HttpResponse:
    """One exception: what was asked, by whom, and whose turn it is."""
    return _page(request, the_override(override_id), AnswerForm())


@require_POST
@door(Perm.ELIGIBILITY_DECIDE)
def override_answer(request: HttpRequest, override_id: int) -> HttpResponse:
    """Grant or decline; never one's own."""
    found = the_override(override_id)
    form = AnswerForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        answered = tried(
            form,
            lambda: actions.answer_override(
                by=request.actor,
                override=found,
                grant=told["answer"] == "grant",
                note=told["note"],
                valid_until=told["valid_until"],
            ),
        )
        if answered:
            messages.success(request, _("Jawaban tersimpan."))
            return redirect("enrollment:override", request.regency.slug, found.pk)
    return _page(request, found, form, status=422)


@require_POST
@door(Perm.ELIGIBILITY_EDIT)
def override_withdraw(request: HttpRequest, override_id: int) -> HttpResponse:
    """Take back what nobody has answered."""
    actions.withdraw_override(by=request.actor, override=the_override(override_id))
    messages.success(request, _("Permintaan ditarik."))
    return redirect("enrollment:override", request.regency.slug, override_id)


@require_POST
@door(Perm.ELIGIBILITY_DECIDE)
def override_end(request: HttpRequest, override_id: int) -> HttpResponse:
    """End an exception before its time."""
    actions.end_override(by=request.actor, override=the_override(override_id))
    messages.success(request, _("Pengecualian diakhiri."))
    return redirect("enrollment:override", request.regency.slug, override_id)


def _page(
    request: HttpRequest, found: EligibilityOverride, form: AnswerForm, status: int = 200
) -> HttpResponse:
    tone, state = override_state(found, timezone.localdate())
    asked, granted = found.status == STATUS.ASKED, found.status == STATUS.GRANTED
    decides = request.actor.may(Perm.ELIGIBILITY_DECIDE)
    people = User.objects.filter(pk__in=[found.asked_by_id, found.answered_by_id or 0])
    names = dict(people.values_list("pk", "name"))
    own = found.asked_by_id == request.actor.id
    context = {
        "override": found,
        "rule": queries.rules_of(found.programme)[found.code],
        "tone": tone,
        "state": state,
        "asked_by": names.get(found.asked_by_id, ""),
        "answered_by": names.get(found.answered_by_id, ""),
        "form": form if asked and decides and not own else None,
        "waits": asked and not (decides and not own),
        "may_withdraw": asked and request.actor.may(Perm.ELIGIBILITY_EDIT),
        "may_end": granted and decides,
        "trail": trail(found),
    }
    return render(request, "enrollment/override.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.ELIGIBILITY_EDIT)
def override_new(request: HttpRequest, cadre_id: int, rule_code: str) -> HttpResponse:
    """Ask to lift one rule for one person."""
    cadre = get_object_or_404(Cadre.objects.select_related("village__district"), pk=cadre_id)
    if rule_code not in default_rules(PROGRAMME):
        raise Http404
    month = months.add_months(months.this_month(), 1)
    form = AskForm(
        request.POST if request.method == "POST" else None,
        initial={"valid_until": months.last_day(months.add_months(month, 2))},
    )
    if request.method == "POST" and form.is_valid():
        made = tried(
            form,
            lambda: actions.ask_override(
                by=request.actor, cadre=cadre, code=rule_code, **form.cleaned_data
            ),
        )
        if made:
            messages.success(request, _("Permintaan tersimpan. Orang lain yang menjawabnya."))
            return redirect("enrollment:override", request.regency.slug, made.pk)
    said = queries.answer_for(cadre.pk, first_month=month, programme=PROGRAMME)
    looked = next((each for each in said.looked if each.rule.code == rule_code), None)
    context = {
        "cadre": cadre,
        "form": form,
        "rule": queries.rules_of(PROGRAMME)[rule_code],
        "data": data(looked) if looked else "",
    }
    return render(
        request, "enrollment/override_new.html", context, status=422 if form.errors else 200
    )
