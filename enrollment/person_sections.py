"""What a person's page says about cover."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from accounts.roles import Perm
from cadres.models import Cadre
from cadres.person_sections import Section
from core import months
from enrollment import eligibility_words, queries
from enrollment.eligibility_rules import default_rules
from enrollment.models import BatchRow, Coverage, EnrollmentBatch
from enrollment.queries.overrides import of_person

PROGRAMME = EnrollmentBatch.Programme.JKK_JKM


def cover(cadre: Cadre, actor: Actor) -> Mapping[str, Any]:
    """Covers of a person, newest first, and the present state of the last batch."""
    covers = list(
        Coverage.objects.filter(cadre=cadre).select_related("fund_source").order_by("-starts_on")
    )
    today = timezone.localdate()
    last = BatchRow.objects.filter(cadre=cadre).select_related("batch").order_by("-id").first()
    return {
        "covers": [(each, each.holds_on(today)) for each in covers],
        "row": None if last is not None and last.status == BatchRow.Status.ACCEPTED else last,
    }


def eligibility(cadre: Cadre, actor: Actor) -> Mapping[str, Any] | None:
    """Whether a living person may be put forward for the next month, with every rule.

    Two statements and one for the exceptions; nothing for who has died or was merged.
    """
    if cadre.died_on is not None or cadre.merged_into_id is not None:
        return None
    month = months.add_months(months.this_month(), 1)
    said = queries.answer_for(cadre.pk, first_month=month, programme=PROGRAMME)
    today = timezone.localdate()
    tone, words = eligibility_words.outcome(said)
    exceptions = of_person(cadre)
    running = {each.code for each in exceptions if each.status in ("asked", "granted")}
    may_ask = actor.may(Perm.ELIGIBILITY_EDIT) and said.refusals != ["covered"]
    titles = {each.rule.code: each.rule.title for each in said.looked}
    looked = [eligibility_words.looked(each) for each in said.looked]
    for each in looked:
        each["may_ask"] = may_ask and each["liftable"] and each["code"] not in running
    return {
        "month": month,
        "tone": tone,
        "words": words,
        "against": [each for each in said.looked if each.stands],
        "looked": looked,
        "may_see_overrides": actor.may(Perm.BATCH_VIEW),
        "exceptions": [
            (
                each,
                titles.get(each.code, default_rules(PROGRAMME)[each.code].title),
                *eligibility_words.override_state(each, today),
            )
            for each in exceptions
        ],
    }


SECTIONS = (
    Section(_("Kepesertaan"), "enrollment/_person.html", Perm.COVERAGE_VIEW, cover, order=20),
    Section(
        _("Dapatkah didaftarkan?"),
        "enrollment/_eligibility.html",
        Perm.COVERAGE_VIEW,
        eligibility,
        order=22,
    ),
)
