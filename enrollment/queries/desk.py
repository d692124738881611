"""One person of a batch as the branch reviews them: where in the list, findings, documents."""

from dataclasses import dataclass, field

from django.db.models import Count, Max, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadres.models import Assignment
from cadres.queries.rosters import lines_naming
from enrollment.eligibility_rules import Rule
from enrollment.models import BatchRow, EnrollmentBatch
from enrollment.queries.corrections import Change, changes_since_return
from enrollment.queries.eligibility import rules_of


@dataclass(frozen=True)
class Document:
    """One paper or file behind a row: what it is, what it says, and whether it is missing."""

    name: str
    text: str
    missing: bool = False


@dataclass(frozen=True)
class Desk:
    """What stands beside one row; `left` counts those still waiting, this one included."""

    row: BatchRow
    previous: int | None
    following: int | None
    place: int
    total: int
    left: int
    findings: list[Rule] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


def next_waiting(batch: EnrollmentBatch, after: int) -> int | None:
    """The next row without an answer in the order of the list, from the beginning when none."""
    waiting = batch.rows.filter(status=BatchRow.Status.WAITING).order_by("id")
    later = waiting.filter(pk__gt=after).values_list("pk", flat=True).first()
    return later or waiting.exclude(pk=after).values_list("pk", flat=True).first()


def desk_of(batch: EnrollmentBatch, row: BatchRow) -> Desk:
    """Everything that a reviewer sees of one row."""
    around = batch.rows.aggregate(
        previous=Max("pk", filter=Q(pk__lt=row.pk)),
        following=Min("pk", filter=Q(pk__gt=row.pk)),
        place=Count("pk", filter=Q(pk__lte=row.pk)),
        total=Count("pk"),
        left=Count("pk", filter=Q(status=BatchRow.Status.WAITING)),
    )
    rules = rules_of(batch.programme) if row.findings else {}
    return Desk(
        row=row,
        **around,
        findings=[rules[code] for code in row.findings if code in rules],
        documents=_documents(batch, row),
        changes=changes_since_return([row]).get(row.pk, []),
    )


def _documents(batch: EnrollmentBatch, row: BatchRow) -> list[Document]:
    found = [_decree(row), _roster(row)]
    if batch.agreement:
        text = f"{batch.agreement.number}, {batch.agreement.title}"
        found.append(Document(pgettext("satu", "Perjanjian"), text))
    return found


def _decree(row: BatchRow) -> Document:
    service = (
        Assignment.objects.filter(cadre=row.cadre_id, ended_on=None, category=row.category)
        .select_related("posyandu")
        .order_by("-decree_number", "started_on")
        .first()
    )
    if service is None or not service.decree_number:
        return Document(_("SK penugasan"), _("belum ada nomor SK"), missing=True)
    place = f", Posyandu {service.posyandu.name}" if service.posyandu else ""
    return Document(_("SK penugasan"), service.decree_number + place)


def _roster(row: BatchRow) -> Document:
    line = lines_naming(row.cadre_id).first()
    if line is None:
        return Document(_("Baris dalam daftar"), _("dicatat langsung"), missing=True)
    words = {"file": line.roster.file_name, "line": line.number}
    return Document(_("Baris dalam daftar"), _("%(file)s, baris %(line)s") % words)
