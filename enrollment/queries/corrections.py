"""Rows that the branch sent back, and what was changed about them since."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet, Subquery
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit.history import event_model_of
from cadres.models import Cadre
from core import formats
from enrollment import terms
from enrollment.models import BatchRow, Coverage, EnrollmentBatch
from enrollment.queries.eligibility import OPEN_BATCHES

PERSON: dict[str, str | Promise] = {
    "name": _("Nama"),
    "nik_masked": "NIK",
    "birth_place": _("Tempat lahir"),
    "birth_date": _("Tanggal lahir"),
    "sex": _("Jenis kelamin"),
    "phone": _("Nomor HP"),
    "mother_name": _("Nama ibu kandung"),
}


@dataclass(frozen=True)
class Change:
    """One thing before the return and now, in words."""

    label: str | Promise
    before: str
    after: str


def returned_rows() -> QuerySet[BatchRow]:
    """Rows that wait for a correction, newest first, of people who are still without cover.

    A row is with its village from the branch's answer on, whether or not the branch has answered
    all others. Who was put forward anew stands in the new batch alone.
    """
    covered = Coverage.objects.filter(cadre_id=OuterRef("cadre_id"), ends_on=None)
    anew = (
        BatchRow.objects.filter(cadre_id=OuterRef("cadre_id"), batch__status__in=OPEN_BATCHES)
        .exclude(status=BatchRow.Status.RETURNED)
        .exclude(batch_id=OuterRef("batch_id"))
    )
    return (
        BatchRow.objects.filter(~Exists(covered), ~Exists(anew), status=BatchRow.Status.RETURNED)
        .exclude(batch__status=EnrollmentBatch.Status.DRAFT)
        .select_related("cadre", "batch", "village__district")
        .order_by("-decided_at", "-id")
    )


def rows_in_sight() -> QuerySet[BatchRow]:
    """Rows that went to the branch, each with everything that its page shows."""
    return BatchRow.objects.exclude(batch__status=EnrollmentBatch.Status.DRAFT).select_related(
        "cadre", "village__district", "batch__fund_source"
    )


def changes_since_return(rows: Iterable[BatchRow]) -> dict[int, list[Change]]:
    """For each row that was once returned, what differs from the moment of that return.

    Person and terms are compared with their history; three statements whatever the number.
    """
    wanted = {row.pk: row for row in rows if row.times_returned and row.decided_at}
    if not wanted:
        return {}
    people, lines = _event_model(Cadre), _event_model(BatchRow)
    before = BatchRow.objects.filter(pk__in=wanted).values_list(
        "pk",
        Subquery(_last(people, "cadre_id").values("pgh_id")[:1]),
        Subquery(_last(lines, "pk").values("pgh_id")[:1]),
    )
    pairs = {pk: (person, line) for pk, person, line in before}
    old_people = people.objects.in_bulk([each for each, _line in pairs.values() if each])
    old_lines = lines.objects.in_bulk([each for _person, each in pairs.values() if each])
    return {
        pk: [
            *_person_changes(old_people.get(person), wanted[pk].cadre),
            *_term_changes(old_lines.get(line), wanted[pk]),
        ]
        for pk, (person, line) in pairs.items()
    }


def _event_model(model: type[Model]) -> Any:
    found = event_model_of(model)
    if found is None:
        raise LookupError(model)
    return found


def _last(events: Any, of: str) -> QuerySet:
    """The event that tells how an object of a row stood when the row was returned."""
    return events.objects.filter(
        pgh_obj_id=OuterRef(of), pgh_created_at__lte=OuterRef("decided_at")
    ).order_by("-pgh_id")


def _person_changes(old: Any, now: Cadre) -> list[Change]:
    if old is None:
        return []
    found = []
    for name, label in PERSON.items():
        before, after = _fact(old, name), _fact(now, name)
        if before != after:
            found.append(Change(label, before, after))
    return found


def _fact(person: Any, name: str) -> str:
    if name == "nik_masked":
        return formats.mask_nik(Cadre(nik_sealed=person.nik_sealed).nik)
    value = getattr(person, name)
    if name == "birth_date":
        return formats.day(value, translation.get_language())
    return str(value) or "–"


def _term_changes(old: Any, now: BatchRow) -> list[Change]:
    if old is None:
        return []
    return [
        Change(
            terms.LABELS[name],
            terms.words(name, getattr(old, name)),
            terms.words(name, getattr(now, name)),
        )
        for name in terms.NAMES
        if getattr(old, name) != getattr(now, name)
    ]
