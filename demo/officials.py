"""Officials of one village, insured as the wage earners that they are: on their reported pay."""

import datetime as dt
from collections.abc import Sequence

from budgets import prices
from budgets.contributions import COMPONENTS, contribution
from cadres.models import Category
from demo import steps
from demo.rosters import Plan
from demo.steps import Stage
from enrollment.actions.terms import change_terms
from enrollment.models import EnrollmentBatch, FundSource, Segment
from enrollment.queries import Choice
from enrollment.terms import BatchTerms
from regions.models import Village

PEOPLE, BETTER_PAID, WITH_JHT = 12, 4, 1
PAY, BETTER_PAY = 1_000_000, 2_000_000  # rupiah a month


def officials(stage: Stage, months: Sequence[dt.date]) -> None:
    """A village insures its officials out of its own budget, one of them with JHT.

    It is the first desa after the operator's village: a kelurahan has civil servants.
    """
    village = next(each for each in stage.villages[1:] if each.kind == Village.Kind.DESA)
    plan = Plan(
        people=PEOPLE,
        position="Perangkat Desa",
        women=0.3,
        series="perangkat",
        first_serial=9901,
        decree_date=dt.date(2026, 1, 12),
    )
    name = f"perangkat-desa-{village.code}.xlsx"
    steps.load_roster(stage, name, plan, Category.VILLAGE_OFFICIAL, [village])
    source = steps.fund_source(
        stage,
        "APBDes Perangkat Desa",
        kind=FundSource.Kind.VILLAGE_BUDGET,
        billed_to=FundSource.BilledTo.VILLAGE,
    )
    for year in sorted({month.year for month in months}):
        steps.budget(
            stage,
            source,
            year,
            _ceilings(year),
            village=village,
            document=f"APBDes {year} (contoh)",
        )
    batch = steps.prepare_batch(
        stage,
        f"Perangkat desa {village.name}: penerima upah",
        source,
        Segment.PU,
        months[0],
        Choice(category=Category.VILLAGE_OFFICIAL, village_id=village.pk),
        begin_with=BatchTerms(
            income_base=PAY,
            occupation="perangkat desa",
            work_place=f"Kantor {village.full_name}",
            works_from=dt.time(8),
            works_until=dt.time(15),
        ),
    )
    with stage.acting(stage.officer) as officer:
        if batch.status == EnrollmentBatch.Status.DRAFT:
            rows = list(batch.rows.order_by("id").values_list("id", flat=True))
            better, saving = rows[:BETTER_PAID], rows[-WITH_JHT:]
            change_terms(
                by=officer, batch=batch, row_ids=better, changes={"income_base": BETTER_PAY}
            )
            change_terms(by=officer, batch=batch, row_ids=saving, changes={"with_jht": True})
    steps.enrol(stage, batch)


def _ceilings(year: int) -> dict[str, int]:
    """What these people cost in a year, in rupiah, by the rules of its first month."""
    rules, first = prices.read_rules(), dt.date(year, 1, 1)
    pays = [BETTER_PAY] * BETTER_PAID + [PAY] * (PEOPLE - BETTER_PAID)
    months = [
        contribution(
            segment=Segment.PU,
            month=first,
            payer_kind=FundSource.Kind.VILLAGE_BUDGET,
            income_base=pay,
            with_jht=at >= PEOPLE - WITH_JHT,
            rules=rules,
        )
        for at, pay in enumerate(pays)
    ]
    return {name.lower(): 12 * sum(each.amount(name) for each in months) for name in COMPONENTS}
