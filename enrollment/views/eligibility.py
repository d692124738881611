"""Pages of the rules: what is asked before people are put forward, and who meets it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from accounts.access import door
from accounts.roles import Perm
from audit.exporting import offer
from audit.timeline import Trail, trail
from cadres.models import Cadre
from core.listing import chips
from enrollment import queries
from enrollment.actions import eligibility as actions
from enrollment.candidate_lists import PROGRAMME, find_candidates
from enrollment.eligibility_rules import Rule, default_rules
from enrollment.eligibility_words import MARKS, WEIGHT_TONES, WEIGHTS
from enrollment.filters import cleaned_query
from enrollment.forms.eligibility import UNITS, RuleForm
from enrollment.models import EligibilityRule
from enrollment.person_answers import answer_about
from enrollment.queries.overrides import to_answer
from enrollment.tables.eligibility import CandidateTable
from enrollment.views.batches import PAGE
from enrollment.views.tried import tried


def shown(rule: Rule) -> dict[str, Any]:
    """One rule for a page."""
    return {
        "rule": rule,
        "tone": WEIGHT_TONES[rule.weight],
        "weight": WEIGHTS[rule.weight],
        "mark": MARKS[rule.mark],
        "unit": UNITS.get(rule.unit, ""),
    }


@require_safe
@door(Perm.BATCH_VIEW)
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule as the regency follows it, with its source."""
    found = queries.rules_of(PROGRAMME)
    may_decide = request.actor.may(Perm.ELIGIBILITY_DECIDE)
    context = {
        "rules": [shown(rule) for rule in found.values()],
        "unconfirmed": sum(rule.needs_confirmation for rule in found.values()),
        "may_edit": request.actor.may(Perm.ELIGIBILITY_EDIT),
        "to_answer": to_answer(request.actor).count() if may_decide else 0,
    }
    return render(request, "enrollment/rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.BATCH_VIEW)
def rule(request: HttpRequest, rule_code: str) -> HttpResponse:
    """One rule with its history; who may, sets it."""
    if rule_code not in default_rules(PROGRAMME):
        raise Http404
    found = queries.rules_of(PROGRAMME)[rule_code]
    form = None
    if request.actor.may(Perm.ELIGIBILITY_EDIT) and not found.fixed:
        form = RuleForm(
            request.POST if request.method == "POST" else None,
            rule=found,
            initial={
                "weight": found.weight,
                "value": found.value,
                "basis": found.basis,
                "confirmed": found.confirmed,
            },
        )
    elif request.method == "POST":
        raise PermissionDenied
    if form is not None and request.method == "POST" and form.is_valid():
        bound: RuleForm = form
        if tried(
            bound,
            lambda: actions.set_rule(by=request.actor, code=rule_code, **bound.cleaned_data),
        ):
            messages.success(request, _("Aturan tersimpan dan berlaku untuk pendaftaran baru."))
            return redirect("enrollment:rules", request.regency.slug)
    return render(
        request,
        "enrollment/rule.html",
        shown(found) | {"form": form, "trail": _trail(rule_code)},
        status=422 if form is not None and form.errors else 200,
    )


def _trail(code: str) -> Trail | None:
    own = EligibilityRule.objects.filter(programme=PROGRAMME, code=code).first()
    return trail(own) if own else None


@require_safe
@door(Perm.COVERAGE_VIEW)
def person(request: HttpRequest, cadre_id: int) -> HttpResponse:
    """The answer about one person: a page, or with `bagian` the part for the person's page."""
    cadre = get_object_or_404(Cadre.objects.select_related("village__district"), pk=cadre_id)
    part = "bagian" in request.GET
    template = "enrollment/_eligibility.html" if part else "enrollment/person_eligibility.html"
    return render(
        request, template, {"cadre": cadre, "section": answer_about(cadre, request.actor)}
    )


@require_safe
@door(Perm.BATCH_PREPARE)
def candidates(request: HttpRequest) -> HttpResponse:
    """Who of the people who are meant may be put forward, who not, and why."""
    rows, form = find_candidates(request)
    slug = request.regency.slug
    table = CandidateTable(rows, slug=slug, rules=form.rules)
    table.filtered, table.clear_url = bool(cleaned_query(form)), request.path
    table.empty_title = _("Belum ada kader yang bertugas")
    RequestConfig(request, paginate=PAGE).configure(table)
    context = {
        "table": table,
        "form": form,
        "month": form.month,
        "chips": chips(form, dict(request.GET.lists())),
        "export": offer(
            request,
            reverse("enrollment:candidates_export", args=[slug]),
            table.page.paginator.count,
        ),
    }
    return render(request, "enrollment/candidates.html", context)
