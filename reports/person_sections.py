"""What a person's page offers about proof of cover."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from accounts.roles import Perm
from cadres.models import Cadre
from cadres.person_sections import Section
from reports.forms import DayForm


def proof(cadre: Cadre, actor: Actor) -> Mapping[str, Any]:
    """The question by day; its page has the papers that were issued."""
    return {"form": DayForm()}


SECTIONS = (
    Section(_("Bukti kepesertaan"), "reports/_person.html", Perm.COVERAGE_VIEW, proof, order=24),
)
