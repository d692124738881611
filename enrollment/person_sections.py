"""What a person's page says about cover."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from accounts.roles import Perm
from cadres.models import Cadre
from cadres.person_sections import Section
from enrollment.models import BatchRow, Coverage, EnrollmentBatch


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


def cover_tag(cadre: Cadre, told: Mapping[str, Any]) -> tuple[str, Any] | None:
    """Whether the person is covered, in a word; nothing for who died or was merged."""
    if cadre.died_on is not None or cadre.merged_into_id is not None:
        return None
    row = told["row"]
    if any(holds for _cover, holds in told["covers"]):
        return "g", _("Terlindungi")
    if any(each.ends_on is None for each, _holds in told["covers"]):
        return "b", _("Perlindungan belum mulai")
    if row is not None and row.status == BatchRow.Status.RETURNED:
        return "y", _("Dikembalikan cabang")
    if row is not None and row.batch.status != EnrollmentBatch.Status.DRAFT:
        return "y", _("Menunggu cabang BPJS")
    return "r", _("Perlindungan berakhir") if told["covers"] else _("Belum terlindungi")


def eligibility(cadre: Cadre, actor: Actor) -> Mapping[str, Any] | None:
    """The place of the answer, which comes on its own; nothing for who died or was merged."""
    return None if cadre.died_on is not None or cadre.merged_into_id is not None else {}


SECTIONS = (
    Section(
        _("Kepesertaan"),
        "enrollment/_person.html",
        Perm.COVERAGE_VIEW,
        cover,
        order=20,
        tag=cover_tag,
    ),
    Section(
        _("Dapatkah didaftarkan?"),
        "enrollment/_eligibility_place.html",
        Perm.COVERAGE_VIEW,
        eligibility,
        order=22,
    ),
)
