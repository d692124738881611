"""What a person's page tells about eligibility, and what may be done about it."""

from typing import Any

from django.utils import timezone

from accounts.access import Actor
from accounts.roles import Perm
from cadres.models import Cadre
from core import months
from enrollment import eligibility_words, queries
from enrollment.eligibility_rules import default_rules
from enrollment.models import EnrollmentBatch
from enrollment.queries.overrides import of_person

PROGRAMME = EnrollmentBatch.Programme.JKK_JKM


def answer_about(cadre: Cadre, actor: Actor) -> dict[str, Any]:
    """Whether a person may be put forward for the next month, with every rule and its data."""
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
