"""The risk radar: who may lose protection, where, and by when; always as the records stand now.

Every risk is one list of people (or of villages), so that a figure, its list, its file and its
item on the home page never disagree.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import and_

from django.db.models import (
    Count,
    DateField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from budgets.models import InvoiceLine
from cadres.queries.places import VillageState, village_states, without_news
from claims.rulebook import death_benefit_rules
from core.months import add_months, month_of
from core.tenancy import current, whole_regency
from enrollment.eligibility import RULES
from enrollment.models import BatchRow, Coverage, EnrollmentBatch, Segment
from regions.models import Village

UNPAID_MONTHS = 3  # in a row make a BPU membership inactive (domain reference, section 3)
SOON = dt.timedelta(days=90)
WAITS_OVER = dt.timedelta(days=14)

Found = QuerySet | list[Coverage] | list[VillageState]


@dataclass(frozen=True)
class Risk:
    """One kind of risk: its words, and `find(day, villages)`, who is at risk on a day.

    `short` heads its column where all risks stand side by side; `due` and `number` head the two
    columns that a list of people has beside person and place.
    `unsettled` says what of the law behind it is unclear.
    """

    code: str
    title: str | Promise
    short: str | Promise
    text: str | Promise
    due: str | Promise
    number: str | Promise
    tone: str
    find: Callable[[dt.date, QuerySet[Village]], Found]
    unsettled: str | Promise = ""

    @property
    def of_villages(self) -> bool:
        """Whether the list is of villages and not of people."""
        return self.find is silent


class MonthsLater(Func):
    """The day before the same day some months later, of a date."""

    output_field = DateField()

    def __init__(self, expression, months: int) -> None:
        text = f"((%(expressions)s + interval '{int(months)} months')::date - 1)"
        super().__init__(expression, template=text)


def _running(day: dt.date) -> QuerySet[Coverage]:
    return Coverage.objects.active_on(day).select_related("cadre", "village__district")


class DaysBefore(Func):
    """How many days a date lies before a day."""

    output_field = IntegerField()

    def __init__(self, expression, day: dt.date) -> None:
        super().__init__(expression, template=f"(date '{day:%Y-%m-%d}' - %(expressions)s)")


def ends_unpaid(day: dt.date, villages: QuerySet[Village]) -> QuerySet[Coverage] | list[Coverage]:
    """Running BPU covers with a late bill; `due` is the last day of the third month in arrears.

    `number` counts the months that are billed, late and unpaid since the last paid one. Where the
    scope is some villages the covers are read at once, because a bill of their regency lies
    outside it.
    """
    of_person = InvoiceLine.objects.filter(cadre_id=OuterRef("cadre_id"))
    paid_since = of_person.filter(
        month__gt=OuterRef("month"), invoice__paid__gte=F("invoice__total")
    )
    late = of_person.filter(
        ~Exists(paid_since), invoice__paid__lt=F("invoice__total"), invoice__due_on__lt=day
    )
    first = Subquery(late.order_by("month").values("month")[:1])
    counted = late.order_by().values("cadre_id").annotate(n=Count("month")).values("n")[:1]
    found = (
        _running(day)
        .filter(Exists(late), segment=Segment.BPU)
        .annotate(due=MonthsLater(first, UNPAID_MONTHS), number=Subquery(counted))
        .order_by("due", "cadre__name_key", "id")
    )
    own = current().villages
    if not own:
        return found
    with whole_regency():
        return list(found.filter(village__in=villages.filter(pk__in=own)))


def reduced(day: dt.date, _villages: QuerySet[Village]) -> QuerySet[Coverage]:
    """Running BPU covers of people without the whole covered months that the full benefit needs.

    `due` is the last day with the reduced benefit, `number` the whole months that are needed.
    """
    needed = death_benefit_rules().reduction.full_after_months
    month = month_of(day)
    covered = (
        Coverage.objects.active_on(add_months(month, -back)).values("cadre_id")
        for back in range(1, needed + 1)
    )
    # Three sets that are read once each; as three lookups a person PostgreSQL joins them badly.
    whole = reduce(and_, (Q(cadre_id__in=people) for people in covered))
    return (
        _running(day)
        .filter(~whole, segment=Segment.BPU)
        .annotate(due=MonthsLater(F("starts_on"), needed), number=Value(needed))
        .order_by("due", "cadre__name_key", "id")
    )


def turns_65(day: dt.date, _villages: QuerySet[Village]) -> QuerySet[Coverage]:
    """Running covers of people who turn 65 within ninety days; `due` is the birthday."""
    age = int(RULES["over_age"].value or 0)
    birthday = Func(
        F("cadre__birth_date"),
        template=f"(%(expressions)s + interval '{age} years')::date",
        output_field=DateField(),
    )
    return (
        _running(day)
        .annotate(due=birthday, number=Value(age))
        .filter(due__gte=day, due__lte=day + SOON)
        .order_by("due", "cadre__name_key", "id")
    )


def dead_covered(day: dt.date, _villages: QuerySet[Village]) -> QuerySet[Coverage]:
    """Covers that run on although a death is recorded; `due` is the day of death."""
    return (
        Coverage.objects.not_over(day)
        .filter(cadre__died_on__lt=day)
        .select_related("cadre", "village__district")
        .annotate(due=F("cadre__died_on"), number=DaysBefore(F("cadre__died_on"), day))
        .order_by("due", "cadre__name_key", "id")
    )


def waits_long(day: dt.date, _villages: QuerySet[Village]) -> QuerySet[BatchRow]:
    """People who wait in a batch at the branch for over fourteen days; `due` is when it came."""
    return (
        BatchRow.objects.filter(
            status=BatchRow.Status.WAITING,
            batch__status__in=EnrollmentBatch.AT_BRANCH,
            batch__submitted_at__date__lt=day - WAITS_OVER,
        )
        .select_related("cadre", "village__district", "batch")
        .annotate(due=F("batch__submitted_at__date"))
        .annotate(number=DaysBefore(F("due"), day))
        .order_by("due", "cadre__name_key", "id")
    )


def silent_villages(day: dt.date, villages: QuerySet[Village]) -> QuerySet[Village]:
    """Villages of which nothing was heard since the present quarter began."""
    return without_news(villages, dt.date(day.year, 3 * ((day.month - 1) // 3) + 1, 1))


def silent(day: dt.date, villages: QuerySet[Village]) -> list[VillageState]:
    """The state of each village that is silent in this quarter, those without any roster first."""
    quiet = silent_villages(day, villages).select_related("district").order_by("code")
    return sorted(village_states(quiet), key=lambda each: each.last.timestamp() if each.last else 0)


RISKS = (
    Risk(
        "iuran",
        _("Perlindungan terancam karena iuran terlambat"),
        _("Iuran terlambat"),
        _("Tagihannya lewat jatuh tempo. Tiga bulan berturut-turut tanpa iuran membuat nonaktif."),
        _("Nonaktif sesudah"),
        _("Bulan belum lunas"),
        "r",
        ends_unpaid,
        _("Tanggal tepatnya, dan apakah klaim dibayar selama menunggak, perlu konfirmasi cabang."),
    ),
    Risk(
        "meninggal",
        _("Meninggal tetapi masih terlindungi"),
        _("Meninggal"),
        _("Kematiannya sudah tercatat. Akhiri kepesertaannya supaya tidak ditagih lagi."),
        _("Meninggal"),
        _("Hari sejak itu"),
        "r",
        dead_covered,
    ),
    Risk(
        "menunggu",
        _("Menunggu cabang lebih dari 14 hari"),
        _("Menunggu lama"),
        _("Belum terlindungi sampai cabang menerima pendaftarannya."),
        _("Diajukan"),
        _("Hari menunggu"),
        "y",
        waits_long,
    ),
    Risk(
        "manfaat",
        _("Masih dalam bulan manfaat kematian dikurangi"),
        _("Manfaat dikurangi"),
        _("Kematian pada bulan-bulan pertama hanya dibayar sebagian (Permenaker 1/2025)."),
        _("Dikurangi sampai"),
        _("Bulan penuh yang perlu"),
        "y",
        reduced,
        _("Batas tiga bulan dan akibat bulan yang terputus perlu konfirmasi cabang."),
    ),
    Risk(
        "usia",
        _("Berusia 65 tahun dalam 90 hari"),
        _("Segera 65 tahun"),
        _("Siapkan penggantinya, dan tanyakan kepada cabang."),
        _("Ulang tahun ke-65"),
        _("Usia"),
        "y",
        turns_65,
        _("Apakah kepesertaan berlanjut sesudah usia 65 tahun perlu konfirmasi cabang."),
    ),
    Risk(
        "daftar",
        _("Desa tanpa daftar pada triwulan ini"),
        _("Tanpa daftar"),
        _("Perubahan kader di desa ini mungkin belum diketahui."),
        _("Daftar terakhir"),
        _("Umur daftar (hari)"),
        "b",
        silent,
    ),
)
BY_CODE = {risk.code: risk for risk in RISKS}


@dataclass(frozen=True)
class Place:
    """One district or village and its figures, in the order of `RISKS`."""

    code: str
    name: str
    figures: tuple[int, ...]

    @property
    def by_risk(self) -> list[tuple[Risk, int]]:
        """Each risk with its figure here."""
        return list(zip(RISKS, self.figures, strict=True))


def counts(day: dt.date, villages: QuerySet[Village]) -> dict[str, Counter[int]]:
    """Every risk by the id of the village; what is asked of the database is asked together."""
    found = {risk.code: risk.find(day, villages) for risk in RISKS}
    counted: dict[str, Counter[int]] = {risk.code: Counter() for risk in RISKS}
    asked = []
    for code, rows in found.items():
        if isinstance(rows, QuerySet):
            by_village = rows.order_by().values_list("village_id").annotate(n=Count("pk"))
            asked.append(by_village.annotate(code=Value(code)))
        else:
            counted[code].update(each.village.pk for each in rows)
    for village_id, number, code in asked[0].union(*asked[1:], all=True):
        counted[code][village_id] += number
    return counted


def places(
    counted: dict[str, Counter[int]], villages: QuerySet[Village], *, each_village: bool
) -> list[Place]:
    """Districts, or each of the villages, that have anybody at risk; worst first."""
    summed: dict[tuple[str, str], list[int]] = {}
    for pk, code, name, district_code, district_name in villages.values_list(
        "pk", "code", "name", "district__code", "district__name"
    ):
        key = (code, name) if each_village else (district_code, district_name)
        figures = summed.setdefault(key, [0] * len(RISKS))
        for place, risk in enumerate(RISKS):
            figures[place] += counted[risk.code][pk]
    found = [Place(code, name, tuple(figures)) for (code, name), figures in summed.items()]
    found = [each for each in found if any(each.figures)]
    return sorted(found, key=lambda each: (-sum(each.figures), each.code))
