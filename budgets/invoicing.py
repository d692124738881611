"""The monthly bill as a Run: one part per fund source, each one transaction, all set-based.

A person's month is billed once, because the lines' key is (regency, month, coverage). Driving a
part again, or starting the month again, therefore bills only who was not billed yet.
"""

import datetime as dt
from typing import Any
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from audit.actions import record, record_many
from budgets import ledger
from budgets.contributions import Contribution, contribution
from budgets.due_dates import due_on
from budgets.models import ContributionRate, ContributionRelief, Invoice, InvoiceRun
from budgets.rule_files import Rate, Relief
from core import numbers
from core.errors import DomainError
from core.models import Run, RunPart
from core.plans import for_many
from core.runs import Kind, PlannedPart, register
from core.tenancy import current_regency_id
from enrollment.models import FundSource, Segment
from regions.models import Regency, Village

SERIES = "invoice"
TRIES = 3

# Cover holds on the first day of the month, and nobody who died before it is billed.
_DUE = """
    FROM enrollment_coverage c
    JOIN cadres_cadre p ON p.regency_id = c.regency_id AND p.id = c.cadre_id
    LEFT JOIN budgets_invoiceline l ON l.regency_id = c.regency_id AND l.month = %(month)s::date
        AND l.coverage_id = c.id
    WHERE c.starts_on <= %(month)s::date AND (c.ends_on IS NULL OR c.ends_on >= %(month)s::date)
        AND (p.died_on IS NULL OR p.died_on >= %(month)s::date) AND l.coverage_id IS NULL
"""

COUNT_DUE = f"SELECT c.fund_source_id, c.segment, count(*) {_DUE} GROUP BY 1, 2 ORDER BY 1, 2"

PLACES_DUE = f"""
SELECT DISTINCT CASE WHEN %(by_village)s THEN c.village_id ELSE 0 END
{_DUE} AND c.fund_source_id = %(source)s AND c.segment = ANY(%(segments)s::text[]) ORDER BY 1
"""

BILL = f"""
WITH rate (segment, jkk, jkm) AS (
    SELECT * FROM unnest(%(segments)s::text[], %(jkk)s::int[], %(jkm)s::int[])
),
due AS MATERIALIZED (
    SELECT c.id, c.cadre_id, c.village_id, r.jkk, r.jkm,
        CASE WHEN %(by_village)s THEN c.village_id ELSE 0 END AS place
    FROM rate r JOIN (
        SELECT c.id, c.cadre_id, c.village_id, c.segment {_DUE} AND c.fund_source_id = %(source)s
    ) c ON c.segment = r.segment
), paper (place, number, payer) AS (
    SELECT * FROM unnest(%(places)s::int[], %(numbers)s::text[], %(payers)s::text[])
), made AS (
    INSERT INTO budgets_invoice (regency_id, number, month, invoice_run_id, fund_source_id,
        village_id, people, jkk, jkm, paid, payer_name, confirmation, due_on, issued_at)
    SELECT %(regency)s, paper.number, %(month)s, %(invoice_run)s, %(source)s,
        nullif(paper.place, 0), count(*), sum(due.jkk), sum(due.jkm), 0, paper.payer,
        %(confirmation)s, %(due_on)s, now()
    FROM due JOIN paper ON paper.place = due.place
    GROUP BY paper.place, paper.number, paper.payer ORDER BY paper.number
    RETURNING id, coalesce(village_id, 0) AS place
), line AS (
    INSERT INTO budgets_invoiceline
        (regency_id, month, coverage_id, invoice_id, cadre_id, village_id, jkk, jkm)
    SELECT %(regency)s, %(month)s, due.id, made.id, due.cadre_id, due.village_id, due.jkk, due.jkm
    FROM due JOIN made ON made.place = due.place
    ON CONFLICT DO NOTHING
)
SELECT id FROM made ORDER BY id
"""


@dataclass(frozen=True)
class Due:
    """People of one fund source and segment whose month is not billed, and what they cost."""

    fund_source: FundSource
    segment: str
    people: int
    price: Contribution

    @property
    def billable(self) -> bool:
        """Whether there is an amount to bill."""
        return bool(self.price.parts)


def prices(month: dt.date, payer_kind: str) -> dict[str, Contribution]:
    """What a person's month costs by segment, from the rules in the database."""
    rates = [
        Rate(r.segment, r.component, r.amount, r.valid_from, r.valid_to, r.source)
        for r in ContributionRate.objects.all()
    ]
    reliefs = [
        Relief(
            r.name, r.percent, r.segment, r.sector, r.valid_from, r.valid_to,
            tuple(r.excluded_payers), tuple(r.unsettled_payers), r.source,
        )
        for r in ContributionRelief.objects.all()
    ]  # fmt: skip
    return {
        segment: contribution(
            segment=segment, month=month, payer_kind=payer_kind, rates=rates, reliefs=reliefs
        )
        for segment in Segment.values
    }


def due_in(month: dt.date) -> list[Due]:
    """Who is still to be billed for a month, by fund source and segment."""
    with for_many() as cursor:
        cursor.execute(COUNT_DUE, {"month": month})
        counted = cursor.fetchall()
    sources = FundSource.objects.in_bulk([source for source, _segment, _people in counted])
    by_kind = {source.kind: prices(month, source.kind) for source in sources.values()}
    return [
        Due(sources[source], segment, people, by_kind[sources[source].kind][segment])
        for source, segment, people in counted
    ]


def plan(due: Sequence[Due]) -> list[PlannedPart]:
    """One part for each fund source with somebody to bill; its weight is their number."""
    people: dict[int, int] = {}
    for each in due:
        if each.billable:
            people[each.fund_source.pk] = people.get(each.fund_source.pk, 0) + each.people
    return [PlannedPart({"fund_source": pk, "people": n}, weight=n) for pk, n in people.items()]


def bill_part(run: Run, part: RunPart) -> None:
    """Bill one fund source; does nothing when everybody is billed already."""
    # The lock keeps two drivers of one month apart, even when the first run was cancelled midway.
    invoice_run = InvoiceRun.objects.select_for_update(no_key=True).get(pk=run.plan["invoice_run"])
    source = ledger.hold(part.payload["fund_source"])
    found = _bill(invoice_run, source)
    if not found:
        return
    part.payload["invoices"] = found
    part.save(update_fields=["payload"])
    ledger.book(source.pk, invoice_run.month.year)
    record_many(
        "invoice.issued",
        [
            (
                invoice,
                {
                    "number": invoice.number,
                    "people": invoice.people,
                    "total": invoice.total,
                    "payer": invoice.payer_name,
                    "month": invoice.month.isoformat(),
                },
            )
            for invoice in Invoice.objects.filter(pk__in=found).order_by("pk")
        ],
        by=None,
    )


def _bill(invoice_run: InvoiceRun, source: FundSource) -> list[int]:
    """Insert the invoices of one fund source with their lines; their ids."""
    month = invoice_run.month
    price = {s: p for s, p in prices(month, source.kind).items() if p.parts}
    reasons = {p.needs_confirmation for p in price.values()} - {""}
    facts: dict[str, Any] = {
        "month": month,
        "source": source.pk,
        "by_village": source.billed_to == FundSource.BilledTo.VILLAGE,
        "segments": list(price),
        "jkk": [p.amount("JKK") for p in price.values()],
        "jkm": [p.amount("JKM") for p in price.values()],
        "regency": current_regency_id(),
        "invoice_run": invoice_run.pk,
        "confirmation": min(reasons, default=""),
        "due_on": due_on(month),
    }
    for _try in range(TRIES):
        places = _places(facts)
        if not places:
            return []
        with transaction.atomic(), for_many() as cursor:
            first = numbers.take(SERIES, month.year, len(places))
            facts |= {
                "places": places,
                "numbers": [invoice_number(first + n, month) for n in range(len(places))],
                "payers": _payers(source, places),
            }
            cursor.execute(BILL, facts)
            made = [row[0] for row in cursor.fetchall()]
            if len(made) == len(places):
                return made
            # Somebody's cover changed between the two statements: numbers must not have gaps.
            transaction.set_rollback(True)
    raise RuntimeError("covers kept changing while they were billed")


def _places(facts: dict) -> list[int]:
    with for_many() as cursor:
        cursor.execute(PLACES_DUE, facts)
        return [row[0] for row in cursor.fetchall()]


def invoice_number(number: int, month: dt.date) -> str:
    """`0001/TAG/XI/2026`: the running number of the year and the contribution month."""
    return f"{number:04d}/TAG/{numbers.roman_month(month.month)}/{month.year}"


def _payers(source: FundSource, places: Sequence[int]) -> list[str]:
    """Who is billed, as the paper names them; papers are Indonesian whatever the screen is."""
    with override("id"):
        if places == [0]:
            regency = Regency.objects.get(pk=current_regency_id())
            return [source.department or regency.full_name]
        found = Village.objects.select_related("district").in_bulk(places)
        return [
            _("Pemerintah %(village)s, Kecamatan %(district)s")
            % {"village": found[place].full_name, "district": found[place].district.name}
            for place in places
        ]


def close(run: Run) -> None:
    """Write what the run has billed into its result, and one event."""
    invoice_run = InvoiceRun.objects.get(pk=run.plan["invoice_run"])
    ids = [pk for part in run.parts.all() for pk in part.payload.get("invoices", [])]
    issued = list(invoice_run.invoices.filter(pk__in=ids))
    run.result = {
        "invoices": len(issued),
        "people": sum(invoice.people for invoice in issued),
        "total": sum(invoice.total for invoice in issued),
    }
    record(
        "invoice_run.finished",
        invoice_run,
        by=None,
        facts={"month": invoice_run.month.isoformat(), **run.result},
    )


def give_up(run: Run, error: DomainError) -> None:
    """Say in the trail that a run stopped; what it billed until then stays."""
    invoice_run = InvoiceRun.objects.get(pk=run.plan["invoice_run"])
    facts = {"month": invoice_run.month.isoformat(), "code": error.code}
    record("invoice_run.failed", invoice_run, by=None, facts=facts)


INVOICING = register(Kind("invoicing", do=bill_part, finish=close, failed=give_up))
