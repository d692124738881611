"""Who may be put forward and why not, and exceptions, as lists to see and to take along."""

from collections.abc import Generator
from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.roles import Perm
from audit.exporting import Asking, Listed, register
from cadres.models import Category
from core.exports import Cell, Column, Rows, Sheet, choice, day, nik
from enrollment import queries
from enrollment.eligibility import RULES
from enrollment.filters import cleaned_query
from enrollment.forms.eligibility import (
    LEFT_OUT,
    TO_ASK,
    CandidateFilterForm,
    OverrideFilterForm,
)
from enrollment.models import EligibilityOverride, EnrollmentBatch
from enrollment.queries.overrides import overrides
from enrollment.tables.eligibility import CandidateTable, OverrideTable

PROGRAMME = EnrollmentBatch.Programme.JKK_JKM


def find_candidates(asking: Asking) -> tuple[QuerySet, Form]:
    """Everybody who is meant with what the rules say, by village and name, within the filters."""
    rules = queries.rules_of(PROGRAMME)
    form = CandidateFilterForm(asking.GET, regency=asking.regency, rules=rules)
    form.is_valid()
    people = queries.with_reasons(
        queries.chosen(form.choice()), rules, first_month=form.month, programme=PROGRAMME
    )
    result = form.cleaned_data.get("result") or ""
    if result == LEFT_OUT:
        people = people.exclude(standing=queries.ELIGIBLE)
    elif result == TO_ASK:
        people = people.filter(standing=queries.ELIGIBLE, questions__len__gt=0)
    elif result == queries.ELIGIBLE:
        people = people.filter(standing=result)
    elif result:
        asked = people.filter(standing=queries.ELIGIBLE, questions__contains=[result])
        people = people.filter(standing=result) | asked
    people = people.select_related("village__district")
    return people.order_by("village__name", "name_key", "id"), form


def find_overrides(asking: Asking) -> tuple[QuerySet, Form]:
    """Exceptions, the newest first, within the filters."""
    form = OverrideFilterForm(asking.GET)
    return overrides().filter(**cleaned_query(form)), form


def _result(standing: str, questions: list[str]) -> Cell:
    if standing != queries.ELIGIBLE:
        return _now("tidak dapat didaftarkan")
    return _now("perlu konfirmasi cabang") if questions else _now("dapat didaftarkan")


def _codes(refusals: list[str], questions: list[str]) -> Any:
    """Codes, which the sheet turns into sentences with the regency's numbers."""
    return [*refusals, *questions]


def _rule(code: str) -> Cell:
    return RULES[code].title


class CandidateSheet(Sheet):
    """One row a person who is meant."""

    name = Column(_("Nama"), "name")
    nik = Column("NIK", "nik_sealed", show=nik)
    birth_date = Column(_("Lahir"), "birth_date")
    village = Column(_("Desa"), "village__name")
    district = Column(_("Kecamatan"), "village__district__name")
    category = Column(_("Jenis kader"), "row_category", show=choice(Category.choices))
    result = Column(_("Hasil"), "standing", "questions", show=_result)
    reasons = Column(_("Mengapa"), "refusals", "questions", show=_codes)

    def lines(self, rows: Rows) -> Generator[list[Cell], None, None]:
        """As every sheet; the rules are asked once for all rows."""
        rules = queries.rules_of(PROGRAMME)
        for *cells, codes in super().lines(rows):
            told: Any = codes
            yield [*cells, " ".join(rules[code].text for code in told)]


class OverrideSheet(Sheet):
    """One row an exception."""

    name = Column(_("Nama"), "cadre__name")
    village = Column(_("Desa"), "village__name")
    district = Column(_("Kecamatan"), "village__district__name")
    rule = Column(_("Aturan"), "code", show=_rule)
    reason = Column(_("Alasan"), "reason")
    status = Column(_("Status"), "status", show=choice(EligibilityOverride.Status.choices))
    asked_at = Column(_("Diminta"), "asked_at", show=day)
    answered_at = Column(_("Dijawab"), "answered_at", show=day)
    valid_until = Column(_("Berlaku sampai"), "valid_until")
    answer_note = Column(_("Catatan"), "answer_note")


def _candidates_by(rows: Any, sort: list[str] | None) -> CandidateTable:
    return CandidateTable(rows, slug="", rules=RULES, order_by=sort)


def _overrides_by(rows: Any, sort: list[str] | None) -> OverrideTable:
    return OverrideTable(rows, slug="", rules=RULES, today=timezone.localdate(), order_by=sort)


CANDIDATES = register(
    Listed(
        "kelayakan",
        _("siapa yang dapat didaftarkan"),
        Perm.BATCH_PREPARE,
        CandidateSheet,
        find_candidates,
        _candidates_by,
    )
)
OVERRIDES = register(
    Listed(
        "pengecualian",
        _("pengecualian"),
        Perm.BATCH_VIEW,
        OverrideSheet,
        find_overrides,
        _overrides_by,
    )
)
