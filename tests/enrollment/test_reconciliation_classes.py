"""The classes of section 9: the pure rule, its precedence, and the statements held against it."""

import datetime as dt
import random

import pytest
from django.db import connection

from accounts.roles import Role
from cadres.models import Cadre
from enrollment.models import Coverage, Reconciliation, ReconciliationRow, Segment
from enrollment.reconciliation import comparing, money
from enrollment.reconciliation.classes import (
    ACTIVE_PU,
    AMOUNT,
    DEAD,
    GAP,
    KINDS,
    NOT_BILLED,
    NOT_CREDITED,
    NOT_LISTED,
    OVER_AGE,
    TWICE_OTHER,
    TWICE_SAME,
    Ours,
    Pair,
    Theirs,
    at_stake,
    cause,
    classes,
    is_matched,
    is_over_age,
)
from tests import factories

MONTH = dt.date(2026, 9, 1)
BORN = dt.date(1985, 3, 12)
COVER = Ours("BPU", 16800)
LINE = Theirs(billed=16800, bpu=True)


@pytest.mark.parametrize(
    ("pair", "found"),
    [
        (Pair(COVER, LINE, BORN), ()),
        (Pair(COVER, None, BORN), (NOT_BILLED,)),
        (Pair(None, LINE, BORN), (NOT_LISTED,)),
        (Pair(COVER, LINE, BORN, died_on=dt.date(2026, 8, 31)), (DEAD,)),
        (Pair(COVER, LINE, BORN, died_on=MONTH), ()),
        (Pair(COVER, None, BORN, died_on=dt.date(2026, 8, 31)), ()),
        (Pair(None, Theirs(2, 33600), BORN, died_on=dt.date(2026, 8, 1)), (DEAD,)),
        (Pair(COVER, Theirs(2, 33600, bpu=True), BORN), (TWICE_SAME,)),
        (Pair(COVER, Theirs(2, 22200, pu=True, bpu=True), BORN), (ACTIVE_PU,)),
        (Pair(None, Theirs(2, 33600)), (TWICE_SAME, NOT_LISTED)),
        (Pair(None, LINE, BORN, other_cover=True), (TWICE_OTHER,)),
        (Pair(COVER, LINE, BORN, other_list=True), (TWICE_OTHER,)),
        (Pair(COVER, LINE, BORN, elsewhere=frozenset({"BPU"})), (TWICE_OTHER,)),
        (Pair(COVER, LINE, BORN, elsewhere=frozenset({"PU"})), (ACTIVE_PU,)),
        (Pair(COVER, Theirs(billed=16800, pu=True), BORN), (ACTIVE_PU,)),
        (Pair(COVER, Theirs(billed=16800, wage=True), BORN), (ACTIVE_PU,)),
        (Pair(COVER, LINE, BORN, employment="civil_servant"), (ACTIVE_PU,)),
        (Pair(COVER, LINE, dt.date(1961, 9, 1)), (OVER_AGE,)),
        (Pair(COVER, LINE, dt.date(1961, 9, 2)), ()),
        (Pair(COVER, Theirs(billed=8400, bpu=True), BORN), (AMOUNT,)),
        (Pair(Ours("PU", 5400), Theirs(billed=5400, bpu=True), BORN), (AMOUNT,)),
        (Pair(COVER, Theirs(bpu=True), BORN), ()),
        (Pair(Ours("BPU", None), LINE, BORN), ()),
        (Pair(Ours("BPU", 16800, paid=True), None, BORN), (NOT_BILLED, NOT_CREDITED)),
        (Pair(Ours("BPU", 16800, paid=True), LINE, BORN), ()),
        (Pair(Ours("BPU", 16800, paid=True), Theirs(billed=16800, arrears=True)), (NOT_CREDITED,)),
        (Pair(Ours("BPU", 16800, unpaid=1), LINE, BORN), (GAP,)),
        (Pair(Ours("BPU", 16800, unpaid=3), None, BORN), (NOT_BILLED, GAP)),
    ],
)
def test_a_pair_falls_into_its_classes(pair, found):
    assert classes(pair, MONTH) == found


def test_matched_is_what_nothing_speaks_against():
    assert is_matched(Pair(COVER, LINE, BORN), MONTH)
    assert is_matched(Pair(Ours("BPU", 16800, unpaid=2), LINE, BORN), MONTH)
    assert not is_matched(Pair(COVER, Theirs(billed=8400), BORN), MONTH)
    assert not is_matched(Pair(COVER, None, BORN), MONTH)


def test_an_age_is_reached_on_the_birthday():
    assert is_over_age(dt.date(1961, 9, 1), MONTH)
    assert not is_over_age(dt.date(1961, 9, 2), MONTH)
    assert is_over_age(dt.date(1960, 2, 29), dt.date(2025, 3, 1))
    assert is_over_age(dt.date(1960, 2, 29), dt.date(2025, 2, 28))


def test_half_the_amount_is_a_relief_and_another_one_a_rate():
    assert cause(16800, 8400) == "relief"
    assert cause(8400, 16800) == "relief"
    assert cause(16800, 36800) == "rate"
    assert cause(None, 16800) == "rate"


def test_rupiah_at_stake():
    assert at_stake(NOT_BILLED, 16800, None) == 16800
    assert at_stake(DEAD, 16800, 16800) == 16800
    assert at_stake(DEAD, 16800, None) == 16800
    assert at_stake(TWICE_SAME, 16800, 33600) == 16800
    assert at_stake(AMOUNT, 16800, 8400) == 8400
    assert at_stake(NOT_LISTED, None, None) == 0


# The statements against the rule: hundreds of drawn people, both sides of each.
def _draw(dice: random.Random) -> Pair:
    yes = dice.random
    ours = theirs = None
    other_cover = False
    if yes() < 0.8:
        if yes() < 0.15:
            other_cover = True
        else:
            ours = Ours(
                dice.choice(["BPU", "BPU", "PU"]),
                dice.choice([16800, 16800, 8400, None]),
                paid=yes() < 0.2,
                unpaid=dice.choice([0, 0, 0, 1, 3]),
            )
    if yes() < 0.85:
        times = dice.choice([1, 1, 1, 2, 3])
        segments = [dice.choice(["BPU", "BPU", "", "PU"]) for _ in range(times)]
        billed = dice.choice([16800, 16800, 8400, None])
        theirs = Theirs(
            times,
            None if billed is None else billed * times,
            "PU" in segments,
            "BPU" in segments,
            wage=yes() < 0.1,
            arrears=yes() < 0.1,
            payers=dice.randint(1, times),
        )
    return Pair(
        ours,
        theirs,
        dice.choice([BORN, dt.date(1961, 9, 1), dt.date(1961, 9, 2), dt.date(1950, 1, 1)]),
        dice.choice([None] * 6 + [dt.date(2026, 8, 31), MONTH]),
        dice.choice([""] * 6 + ["civil_servant"]),
        other_cover,
    )


def _store(world, pair: Pair, number: int, found: Reconciliation, money_rows: list) -> Cadre:
    """The rows of both sides that such a pair would have."""
    person = factories.cadre(
        world.villages[0],
        f"Orang {number}",
        nik=f"3510064{number:09d}",
        birth_date=pair.birth_date,
        died_on=pair.died_on,
        employment=pair.employment,
    )
    if pair.ours or pair.other_cover:
        source = factories.fund_source("CSR" if pair.other_cover else "APBD 2026")
        cover = factories.coverage(person, source=source, starts_on=dt.date(2026, 1, 1))
        if pair.ours:
            Coverage.objects.filter(pk=cover.pk).update(segment=pair.ours.segment)
            money_rows.append((pair.ours.expected, pair.ours.paid, pair.ours.unpaid, cover.pk))
    theirs = pair.theirs
    if theirs:
        segments = ([Segment.PU] if theirs.pu else []) + ([Segment.BPU] if theirs.bpu else [])
        segments = segments[: theirs.times] + [""] * (theirs.times - len(segments))
        status = "PU AKTIF" if theirs.wage else "MENUNGGAK" if theirs.arrears else "AKTIF"
        if theirs.wage and theirs.arrears:
            status = ""
        one = ("PT. Satu", "PT Satu", "")
        for at, segment in enumerate(segments):
            ReconciliationRow.objects.create(
                reconciliation=found,
                line=number * 10 + at,
                nik_sealed=bytes(person.nik_sealed),
                nik_digest=bytes(person.nik_digest),
                name=person.name,
                segment=segment,
                amount=None if theirs.billed is None else theirs.billed // theirs.times,
                status_text=status,
                payer=one[at] if theirs.payers == 1 else f"W{at % theirs.payers}",
            )
    return person


def test_the_statements_say_what_the_rule_says(world, monkeypatch):
    dice = random.Random(20261122)
    pairs = [_draw(dice) for _ in range(400)]
    # One status says one thing: a person cannot be unpaid here and a wage earner there.
    pairs = [
        pair
        for pair in pairs
        if not (pair.theirs and pair.theirs.wage and pair.theirs.arrears)
        and not (pair.theirs and pair.theirs.pu and pair.theirs.bpu and pair.theirs.times < 2)
    ]
    money_rows: list = []

    def fill(month: dt.date) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS recon_ours")
            cursor.execute(money.WITHOUT_MONEY, {"month": month})
            cursor.executemany(
                "UPDATE recon_ours SET (expected, paid, unpaid) = (%s, %s, %s) "
                "WHERE coverage_id = %s",
                money_rows,
            )
        return True

    monkeypatch.setattr(money, "fill", fill)
    with world.scope():
        found = Reconciliation.objects.create(
            number="R-1",
            month=MONTH,
            kind="bill",
            fund_source=factories.fund_source("APBD 2026"),
            file="x",
            file_name="x",
            file_sha256="0",
            uploaded_by_id=world[Role.DISTRICT_OFFICER].id,
        )
        people = [_store(world, pair, n, found, money_rows) for n, pair in enumerate(pairs, 1)]
        counts = comparing.compare(found)
        told: dict[int, set[str]] = {person.pk: set() for person in people}
        stake: dict[str, int] = dict.fromkeys(KINDS, 0)
        for each in found.differences.all():
            told[each.cadre_id].add(each.kind)
            stake[each.kind] += at_stake(each.kind, each.expected, each.billed)
            if each.kind == AMOUNT and each.facts["cause"] != "segment":
                assert each.facts["cause"] == cause(each.expected, each.billed)
        wanted = {
            person.pk: set(classes(pair, MONTH)) for person, pair in zip(people, pairs, strict=True)
        }
        assert told == wanted
        assert counts["matched"]["people"] == sum(is_matched(pair, MONTH) for pair in pairs) > 20
        for kind in KINDS:
            people_in = sum(kind in each for each in wanted.values())
            assert counts[kind] == {"people": people_in, "rupiah": stake[kind]}, kind
            assert people_in, kind
        before = found.differences.count()
        comparing.compare(found)
        assert found.differences.count() == before, "a second comparison adds nothing"
