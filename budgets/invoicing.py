"""The monthly bill as a Run: one part per fund source, each one transaction, all set-based.

A person's month is billed once, because the lines' key is (regency, month, coverage). Driving a
part again, or starting the month again, therefore bills only who was not billed yet.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from audit.actions import record, record_many
from budgets import ledger, prices
from budgets.contributions import contribution, reasons
from budgets.due_dates import due_on
from budgets.models import Invoice, InvoiceRun
from budgets.rule_files import Rules
from core import numbers, plans
from core.errors import DomainError
from core.models import Run, RunPart
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

COUNT_DUE = f"""
SELECT c.fund_source_id, c.segment, price.band IS NOT NULL, sum(people)::int,
    coalesce(sum(people * {prices.JKK}), 0)::bigint,
    coalesce(sum(people * {prices.JKM}), 0)::bigint,
    coalesce(sum(people * {prices.JHT}), 0)::bigint, coalesce(bit_or({prices.DOUBT}), 0)
FROM (
    SELECT c.fund_source_id, c.segment, c.with_jht, c.income_base, count(*) AS people {_DUE}
    GROUP BY 1, 2, 3, 4
) c
LEFT JOIN {prices.TABLE} ON price.fund_source = c.fund_source_id AND {prices.FITS}
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 DESC
"""

PLACES_DUE = f"""
SELECT DISTINCT CASE WHEN %(by_village)s THEN coalesce(w.left_id, c.village_id) ELSE 0 END
{_DUE} AND c.fund_source_id = %(source)s ORDER BY 1
"""

BILL = f"""
WITH due AS MATERIALIZED (
    SELECT c.id, c.cadre_id, c.village_id, c.segment,
        {prices.JKK} AS jkk, {prices.JKM} AS jkm, {prices.JHT} AS jht, {prices.DOUBT} AS doubt,
        CASE WHEN %(by_village)s THEN c.village_id ELSE 0 END AS place
    FROM {prices.TABLE} JOIN (
        SELECT c.id, c.cadre_id, coalesce(w.left_id, c.village_id) AS village_id, c.segment,
            c.with_jht, c.income_base
        {_DUE} AND c.fund_source_id = %(source)s
    ) c ON {prices.FITS}
), place AS (
    SELECT due.place, due.segment, paper.payer, count(*) AS people, sum(due.jkk) AS jkk,
        sum(due.jkm) AS jkm, sum(due.jht) AS jht, bit_or(due.doubt) AS doubt,
        row_number() OVER (ORDER BY due.place, due.segment) AS n
    FROM due JOIN unnest(%(places)s::int[], %(payers)s::text[]) AS paper (place, payer)
        ON paper.place = due.place
    GROUP BY due.place, due.segment, paper.payer
), taken AS (
    INSERT INTO core_counter (regency_id, series, year, last)
    SELECT %(regency)s, %(series)s, %(year)s, count(*) FROM place HAVING count(*) > 0
    ON CONFLICT (regency_id, series, year)
    DO UPDATE SET last = core_counter.last + excluded.last RETURNING last
), made AS (
    INSERT INTO budgets_invoice (regency_id, number, month, invoice_run_id, fund_source_id,
        village_id, segment, people, jkk, jkm, jht, paid, payer_name, confirmation, due_on,
        issued_at)
    SELECT %(regency)s, lpad(number, greatest(4, length(number)), '0') || %(suffix)s, %(month)s,
        %(invoice_run)s, %(source)s, nullif(place, 0), segment, people, jkk, jkm, jht, 0, payer,
        {prices.CODES.format(bits="doubt")}, day, now()
    FROM place JOIN unnest(%(segments)s::text[], %(due_on)s::date[]) AS until (of_segment, day)
        ON of_segment = segment, taken,
        LATERAL (SELECT (last - (SELECT count(*) FROM place) + n)::text AS number) AS numbered
    ORDER BY n
    RETURNING *
), line AS (
    INSERT INTO budgets_invoiceline
        (regency_id, month, coverage_id, invoice_id, cadre_id, village_id, jkk, jkm, jht)
    SELECT %(regency)s, %(month)s, due.id, made.id, due.cadre_id, due.village_id, due.jkk, due.jkm,
        due.jht
    FROM due JOIN made ON coalesce(made.village_id, 0) = due.place AND made.segment = due.segment
    ON CONFLICT DO NOTHING
)
SELECT * FROM made ORDER BY id
"""


@dataclass(frozen=True)
class Due:
    """People of one fund source and segment whose month is not billed, and their rupiah.

    `confirmation`: codes of what the branch is to be asked, or why there is no amount.
    """

    fund_source: FundSource
    segment: str
    billable: bool
    people: int
    jkk: int
    jkm: int
    jht: int
    confirmation: str

    @property
    def total(self) -> int:
        """Rupiah of all components."""
        return self.jkk + self.jkm + self.jht

    @property
    def reasons(self) -> list[Promise]:
        """`confirmation` in sentences."""
        return reasons(self.confirmation)


def due_in(month: dt.date, rules: Rules | None = None) -> list[Due]:
    """Who is still to be billed for a month, by fund source and segment."""
    rules = rules or prices.read_rules()
    sources = {source.pk: source for source in FundSource.objects.all()}
    rows = [
        row
        for source in sources.values()
        for row in prices.table(month, source.kind, rules, fund_source=source.pk)
    ]
    with plans.for_many() as cursor:
        cursor.execute(COUNT_DUE, {"month": month, **prices.facts(prices.lows(month, rules), rows)})
        counted = cursor.fetchall()
    found = []
    for pk, segment, billable, people, jkk, jkm, jht, bits in counted:
        source, why = sources[pk], prices.codes(bits)
        if not billable:
            why = contribution(
                segment=segment, month=month, payer_kind=source.kind, rules=rules
            ).needs_confirmation
        found.append(Due(source, segment, billable, people, jkk, jkm, jht, why))
    return found


def plan(month: dt.date, due: Sequence[Due], rules: Rules) -> list[PlannedPart]:
    """One part for each fund source with somebody to bill, at today's prices and due dates.

    The weight of a part is its number of people.
    """
    payloads: dict[int, dict[str, Any]] = {}
    for each in due:
        if each.billable:
            source = each.fund_source
            payload = payloads.setdefault(source.pk, {"fund_source": source.pk, "people": 0})
            payload["people"] += each.people
            payload["prices"] = prices.table(month, source.kind, rules)
    frozen = {
        "lows": prices.lows(month, rules),
        "due_on": {
            segment: due_on(month, segment, rules.deadlines).isoformat()
            for segment in Segment.values
        },
    }
    return [PlannedPart(each | frozen, weight=each["people"]) for each in payloads.values()]


def bill_part(run: Run, part: RunPart) -> None:
    """Bill one fund source; does nothing when everybody is billed already."""
    # The lock keeps two drivers of one month apart, even when the first run was cancelled midway.
    source = ledger.hold(part.payload["fund_source"])
    month = dt.date.fromisoformat(run.plan["month"])
    issued = _bill(run.plan["invoice_run"], month, source, part.payload)
    if not issued:
        return
    people = sum(invoice.people for invoice in issued)
    part.payload["billed"] = {
        "invoices": len(issued),
        "people": people,
        "total": sum(invoice.total for invoice in issued),
    }
    plans.grown(people, "budgets_invoiceline")
    if any(invoice.jht for invoice in issued):
        ledger.open_jht_accounts(source.pk, month.year)
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
    invoice_run_id: int, month: dt.date, source: FundSource, planned: Mapping[str, Any]
) -> list[Invoice]:
    """Insert the invoices of one fund source with their lines, numbered without gaps."""
    facts: dict[str, Any] = {
        "month": month,
        "source": source.pk,
        "by_village": source.billed_to == FundSource.BilledTo.VILLAGE,
        **prices.facts(planned["lows"], planned["prices"]),
        "segments": list(planned["due_on"]),
        "due_on": list(planned["due_on"].values()),
        "regency": source.regency_id,
        "invoice_run": invoice_run_id,
        "series": SERIES,
        "year": month.year,
        "suffix": f"/TAG/{numbers.roman_month(month.month)}/{month.year}",
    }
    with plans.for_many() as cursor:
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
