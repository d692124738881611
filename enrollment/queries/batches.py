"""Questions of enrollment that meet several models."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.access import Actor
from accounts.roles import Role
from cadres.models import Assignment, Cadre
from core import formats
from enrollment.eligibility import oldest_refused_birth
from enrollment.models import BatchRow, Coverage, EnrollmentBatch
from enrollment.queries.replacements import seat_paid

ELIGIBLE = "eligible"
OPEN_BATCHES = (EnrollmentBatch.Status.DRAFT, *EnrollmentBatch.AT_BRANCH)


@dataclass(frozen=True)
class Choice:
    """Which people are meant: every field narrows; empty means everybody who serves."""

    category: str = ""
    district_id: int | None = None
    village_id: int | None = None
    posyandu_id: int | None = None
    cadre_ids: Collection[int] | None = field(default=None)


@dataclass(frozen=True)
class Standings:
    """How many of the chosen people can be put forward, and why the others cannot."""

    eligible: int
    deceased: int
    covered: int
    waiting: int
    over_age: int
    seat_paid: int

    @property
    def total(self) -> int:
        """Everybody who was meant."""
        left_out = self.deceased + self.covered + self.waiting + self.over_age + self.seat_paid
        return self.eligible + left_out

    def exclusions(self) -> list[str]:
        """One sentence for each kind of people left out, with its count."""
        shown = (
            (self.covered, gettext_lazy("sudah terlindungi pada bulan pertama atau sesudahnya")),
            (self.waiting, gettext_lazy("sedang menunggu dalam pendaftaran lain")),
            (self.over_age, gettext_lazy("berusia 65 tahun atau lebih pada bulan pertama")),
            (
                self.seat_paid,
                gettext_lazy("menggantikan kader yang masih dibayar pada bulan pertama"),
            ),
            (self.deceased, gettext_lazy("tercatat meninggal")),
        )
        return [
            _("%(people)s orang %(reason)s") % {"people": formats.thousands(n), "reason": reason}
            for n, reason in shown
            if n
        ]


def chosen(choice: Choice) -> QuerySet[Cadre]:
    """People who serve at present and fit the choice, with their `row_category`."""
    service = Assignment.objects.filter(cadre_id=OuterRef("pk"), ended_on=None)
    if choice.category:
        service = service.filter(category=choice.category)
    if choice.posyandu_id:
        service = service.filter(posyandu_id=choice.posyandu_id)
    people = Cadre.objects.filter(Exists(service)).annotate(
        row_category=Subquery(service.order_by("started_on", "id").values("category")[:1])
    )
    if choice.district_id:
        people = people.filter(village__district_id=choice.district_id)
    if choice.village_id:
        people = people.filter(village_id=choice.village_id)
    if choice.cadre_ids is not None:
        people = people.filter(pk__in=list(choice.cadre_ids))
    return people


def with_standing(
    people: QuerySet[Cadre], *, first_month: dt.date, programme: str
) -> QuerySet[Cadre]:
    """Annotate `standing`: `eligible`, or the first reason why a person is left out."""
    covered = Coverage.objects.filter(cadre_id=OuterRef("pk"), programme=programme).not_over(
        first_month
    )
    waiting = BatchRow.objects.filter(
        cadre_id=OuterRef("pk"), batch__status__in=OPEN_BATCHES
    ).exclude(status=BatchRow.Status.RETURNED)
    return people.annotate(
        standing=Case(
            When(died_on__isnull=False, then=Value("deceased")),
            When(Exists(covered), then=Value("covered")),
            When(Exists(waiting), then=Value("waiting")),
            When(birth_date__lte=oldest_refused_birth(first_month), then=Value("over_age")),
            When(pk__in=seat_paid(first_month, programme), then=Value("seat_paid")),
            default=Value(ELIGIBLE),
            output_field=CharField(),
        )
    )


def standings(choice: Choice, *, first_month: dt.date, programme: str) -> Standings:
    """Count the chosen people by standing; one statement."""
    people = with_standing(chosen(choice), first_month=first_month, programme=programme)
    kinds = (ELIGIBLE, "deceased", "covered", "waiting", "over_age", "seat_paid")
    counted = people.aggregate(
        **{f"n_{kind}": Count("pk", filter=Q(standing=kind)) for kind in kinds}
    )
    return Standings(**{kind: counted[f"n_{kind}"] for kind in kinds})


def eligible(choice: Choice, *, first_month: dt.date, programme: str) -> QuerySet[Cadre]:
    """The chosen people who can be put forward."""
    people = with_standing(chosen(choice), first_month=first_month, programme=programme)
    return people.filter(standing=ELIGIBLE)


@dataclass(frozen=True)
class RowCounts:
    """Rows of one batch by what the branch has said so far."""

    total: int
    waiting: int
    accepted: int
    returned: int
    to_look_at: int
    without_number: int

    @property
    def clean(self) -> int:
        """Waiting rows without a finding."""
        return self.waiting - self.to_look_at

    @property
    def parts(self) -> list[tuple[int, str]]:
        """For `<c-bar>`: accepted, returned, and the rest empty."""
        return [(self.accepted, "g"), (self.returned, "r")]


def row_counts(batch: EnrollmentBatch) -> RowCounts:
    """Count the rows of a batch; one statement."""
    waiting, accepted = Q(status="waiting"), Q(status="accepted")
    counted = batch.rows.aggregate(
        total=Count("pk"),
        waiting=Count("pk", filter=waiting),
        accepted=Count("pk", filter=accepted),
        returned=Count("pk", filter=Q(status="returned")),
        to_look_at=Count("pk", filter=waiting & ~Q(findings=[])),
        without_number=Count("pk", filter=accepted & Q(member_no_digest=b"")),
    )
    return RowCounts(**counted)


def visible_batches(actor: Actor) -> QuerySet[EnrollmentBatch]:
    """The batches that a role sees: the branch sees no drafts."""
    found = EnrollmentBatch.objects.select_related("fund_source")
    return found.submitted_or_later() if actor.role == Role.BRANCH_OFFICER else found


def returned_rows() -> QuerySet[BatchRow]:
    """Rows that the branch sent back, newest first, of people who are still not covered."""
    covered = Coverage.objects.filter(cadre_id=OuterRef("cadre_id"), ends_on=None)
    return (
        BatchRow.objects.filter(~Exists(covered), status=BatchRow.Status.RETURNED)
        .filter(batch__status__in=EnrollmentBatch.ANSWERED)
        .select_related("cadre", "batch", "village__district")
        .order_by("-decided_at", "-id")
    )


def people_words(count: int) -> str:
    """`1 orang`, `11.498 orang`."""
    shown = formats.thousands(count)
    return ngettext("%(people)s orang", "%(people)s orang", count) % {"people": shown}
