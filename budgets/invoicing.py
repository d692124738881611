"""The monthly bill as a Run: one part per fund source, each one transaction, all set-based.

A person's month is billed once, because the lines' key is (regency, month, coverage). Driving a
part again, or starting the month again, therefore bills only who was not billed yet.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

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
from enrollment.models import FundSource, Segment
from regions.models import Village

SERIES = "invoice"

# Cover holds on the first day of the month, and nobody who died before it is billed. The village
# in which the person was on that day pays, also when she has moved since (`w`).
_DUE = """
    FROM enrollment_coverage c
    JOIN cadres_cadre p ON p.regency_id = c.regency_id AND p.id = c.cadre_id
    LEFT JOIN budgets_invoiceline l ON l.regency_id = c.regency_id AND l.month = %(month)s::date
        AND l.coverage_id = c.id
    LEFT JOIN (
        SELECT DISTINCT ON (coverage_id) coverage_id, left_id FROM enrollment_coveragemove
        WHERE moved_on > %(month)s::date ORDER BY coverage_id, moved_on, id
    ) w ON w.coverage_id = c.id
    WHERE c.starts_on <= %(month)s::date AND (c.ends_on IS NULL OR c.ends_on >= %(month)s::date)
        AND (p.died_on IS NULL OR p.died_on >= %(month)s::date) AND l.coverage_id IS NULL
"""

COUNT_DUE = f"SELECT c.fund_source_id, c.segment, count(*) {_DUE} GROUP BY 1, 2 ORDER BY 1, 2"

PLACES_DUE = f"""
SELECT DISTINCT CASE WHEN %(by_village)s THEN coalesce(w.left_id, c.village_id) ELSE 0 END
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
        SELECT c.id, c.cadre_id, coalesce(w.left_id, c.village_id) AS village_id, c.segment
        {_DUE} AND c.fund_source_id = %(source)s
    ) c ON c.segment = r.segment
), place AS (
    SELECT due.place, paper.payer, count(*) AS people, sum(due.jkk) AS jkk, sum(due.jkm) AS jkm,
        row_number() OVER (ORDER BY due.place) AS n
    FROM due JOIN unnest(%(places)s::int[], %(payers)s::text[]) AS paper (place, payer)
        ON paper.place = due.place
    GROUP BY due.place, paper.payer
), taken AS (
    INSERT INTO core_counter (regency_id, series, year, last)
    SELECT %(regency)s, %(series)s, %(year)s, count(*) FROM place HAVING count(*) > 0
    ON CONFLICT (regency_id, series, year)
    DO UPDATE SET last = core_counter.last + excluded.last RETURNING last
), made AS (
    INSERT INTO budgets_invoice (regency_id, number, month, invoice_run_id, fund_source_id,
        village_id, people, jkk, jkm, paid, payer_name, confirmation, due_on, issued_at)
    SELECT %(regency)s, lpad(number, greatest(4, length(number)), '0') || %(suffix)s, %(month)s,
        %(invoice_run)s, %(source)s, nullif(place, 0), people, jkk, jkm, 0, payer,
        %(confirmation)s, %(due_on)s, now()
    FROM place, taken,
        LATERAL (SELECT (last - (SELECT count(*) FROM place) + n)::text AS number) AS numbered
    ORDER BY n
    RETURNING *
), line AS (
    INSERT INTO budgets_invoiceline
        (regency_id, month, coverage_id, invoice_id, cadre_id, village_id, jkk, jkm)
    SELECT %(regency)s, %(month)s, due.id, made.id, due.cadre_id, due.village_id, due.jkk, due.jkm
    FROM due JOIN made ON coalesce(made.village_id, 0) = due.place
    ON CONFLICT DO NOTHING
)
SELECT * FROM made ORDER BY id
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


@dataclass(frozen=True)
class Rules:
    """The rates and reliefs of the law, read once for many regencies."""

    rates: tuple[Rate, ...]
    reliefs: tuple[Relief, ...]

    @classmethod
    def read(cls) -> "Rules":
        """The rules in the database."""
        rates = tuple(
            Rate(r.segment, r.component, r.amount, r.valid_from, r.valid_to, r.source)
            for r in ContributionRate.objects.all()
        )
        reliefs = tuple(
            Relief(
                r.name, r.percent, r.segment, r.sector, r.valid_from, r.valid_to,
                tuple(r.excluded_payers), tuple(r.unsettled_payers), r.source,
            )
            for r in ContributionRelief.objects.all()
        )  # fmt: skip
        return cls(rates, reliefs)

    def prices(self, month: dt.date, payer_kind: str) -> dict[str, Contribution]:
        """What a person's month costs by segment."""
        return {
            segment: contribution(
                segment=segment,
                month=month,
                payer_kind=payer_kind,
                rates=self.rates,
                reliefs=self.reliefs,
            )
            for segment in Segment.values
        }


def due_in(month: dt.date, rules: Rules | None = None) -> list[Due]:
    """Who is still to be billed for a month, by fund source and segment."""
    with for_many() as cursor:
        cursor.execute(COUNT_DUE, {"month": month})
        counted = cursor.fetchall()
    sources = FundSource.objects.in_bulk([source for source, _segment, _people in counted])
    rules = rules or Rules.read()
    by_kind = {source.kind: rules.prices(month, source.kind) for source in sources.values()}
    return [
        Due(sources[source], segment, people, by_kind[sources[source].kind][segment])
        for source, segment, people in counted
    ]


def plan(due: Sequence[Due]) -> list[PlannedPart]:
    """One part for each fund source with somebody to bill, at today's prices of its segments.

    The weight of a part is its number of people.
    """
    payloads: dict[int, dict[str, Any]] = {}
    for each in due:
        if each.billable:
            empty = {"fund_source": each.fund_source.pk, "people": 0, "prices": {}}
            payload = payloads.setdefault(each.fund_source.pk, empty)
            payload["people"] += each.people
            payload["prices"][each.segment] = {
                "jkk": each.price.amount("JKK"),
                "jkm": each.price.amount("JKM"),
                "confirmation": each.price.needs_confirmation,
            }
    return [PlannedPart(payload, weight=payload["people"]) for payload in payloads.values()]


def bill_part(run: Run, part: RunPart) -> None:
    """Bill one fund source; does nothing when everybody is billed already."""
    # The lock keeps two drivers of one month apart, even when the first run was cancelled midway.
    source = ledger.hold(part.payload["fund_source"])
    month = dt.date.fromisoformat(run.plan["month"])
    issued = _bill(run.plan["invoice_run"], month, source, part.payload["prices"])
    if not issued:
        return
    part.payload["billed"] = {
        "invoices": len(issued),
        "people": sum(invoice.people for invoice in issued),
        "total": sum(invoice.total for invoice in issued),
    }
    ledger.book(source.pk, month.year, payments=False)
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
                    "month": month.isoformat(),
                },
            )
            for invoice in issued
        ],
        by=None,
    )


def _bill(
    invoice_run_id: int, month: dt.date, source: FundSource, prices: dict[str, dict]
) -> list[Invoice]:
    """Insert the invoices of one fund source with their lines, numbered without gaps."""
    reasons = {price["confirmation"] for price in prices.values()} - {""}
    facts: dict[str, Any] = {
        "month": month,
        "source": source.pk,
        "by_village": source.billed_to == FundSource.BilledTo.VILLAGE,
        "segments": list(prices),
        "jkk": [price["jkk"] for price in prices.values()],
        "jkm": [price["jkm"] for price in prices.values()],
        "regency": source.regency_id,
        "invoice_run": invoice_run_id,
        "confirmation": min(reasons, default=""),
        "due_on": due_on(month),
        "series": SERIES,
        "year": month.year,
        "suffix": f"/TAG/{numbers.roman_month(month.month)}/{month.year}",
    }
    with for_many() as cursor:
        places = [0]
        if facts["by_village"]:
            cursor.execute(PLACES_DUE, facts)
            places = [row[0] for row in cursor.fetchall()]
        facts |= {"places": places, "payers": _payers(source, places)}
        return list(Invoice.objects.raw(BILL, facts))


def _payers(source: FundSource, places: Sequence[int]) -> list[str]:
    """Who is billed, as the paper names them; papers are Indonesian whatever the screen is."""
    with override("id"):
        if places == [0]:
            return [source.department or source.regency.full_name]
        found = Village.objects.select_related("district").in_bulk(places)
        return [
            _("Pemerintah %(village)s, Kecamatan %(district)s")
            % {"village": found[place].full_name, "district": found[place].district.name}
            for place in places
        ]


def close(run: Run) -> None:
    """Write what the run has billed into its result, and one event."""
    payloads = run.parts.order_by("number").values_list("payload", flat=True)
    billed = [payload["billed"] for payload in payloads if "billed" in payload]
    run.result = {key: sum(b[key] for b in billed) for key in ("invoices", "people", "total")}
    record(
        "invoice_run.finished",
        InvoiceRun(pk=run.plan["invoice_run"]),
        by=None,
        facts={"month": run.plan["month"], **run.result},
    )


def give_up(run: Run, error: DomainError) -> None:
    """Say in the trail that a run stopped; what it billed until then stays."""
    facts = {"month": run.plan["month"], "code": error.code}
    record("invoice_run.failed", InvoiceRun(pk=run.plan["invoice_run"]), by=None, facts=facts)


INVOICING = register(Kind("invoicing", do=bill_part, finish=close, failed=give_up))
