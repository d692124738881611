"""What a death pays: the article's cases, the months that decide, and what stays unclear."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.benefits import death_benefit, scholarship_possible
from core.months import add_months, month_of


def months(first: str, count: int) -> list[dt.date]:
    """`count` contribution months from `first` (2026-01)."""
    return [add_months(dt.date.fromisoformat(f"{first}-01"), step) for step in range(count)]


def death(died_on: str, covered: list[dt.date], paid: list[dt.date] | None = None, **changes):
    """The benefit of somebody whose covered months are all paid, unless told otherwise."""
    facts = {
        "died_on": dt.date.fromisoformat(died_on),
        "segment": "BPU",
        "cover_start": covered[0] if covered else month_of(dt.date.fromisoformat(died_on)),
        "cover_end": None,
        "months_covered": covered,
        "months_paid": covered if paid is None else paid,
        **changes,
    }
    return death_benefit(**facts)


def codes(benefit) -> list[str]:
    return [reason.code for reason in benefit.reasons]


def test_a_full_membership_pays_twenty_twelve_and_ten_million():
    benefit = death("2026-11-15", months("2026-01", 10))
    assert benefit.outcome == "full"
    assert [(part.code, part.amount) for part in benefit.components] == [
        ("lump_sum", 20_000_000),
        ("periodic", 12_000_000),
        ("funeral", 10_000_000),
    ]
    assert benefit.total == 42_000_000
    assert {part.rule for part in benefit.components} == {"PP 82/2019"}
    assert all(part.source for part in benefit.components)


def test_suprehatin_who_joined_in_august_2024_leaves_42_million():
    benefit = death("2024-09-02", months("2024-08", 1))
    assert (benefit.outcome, benefit.total) == ("full", 42_000_000)
    assert codes(benefit) == ["before_reduction"]


def test_the_same_facts_in_2026_leave_10_million():
    benefit = death("2026-09-02", months("2026-08", 1))
    assert (benefit.outcome, benefit.total) == ("reduced", 10_000_000)
    assert benefit.rule == "Permenaker 1/2025"
    assert benefit.components == ()


@pytest.mark.parametrize(("day", "total"), [("2025-02-23", 42_000_000), ("2025-02-24", 10_000_000)])
def test_the_reduced_rule_holds_from_its_own_day(day, total):
    assert death(day, months("2025-01", 1)).total == total


@pytest.mark.parametrize(
    ("before", "outcome"),
    [(0, "reduced"), (1, "reduced"), (2, "needs_confirmation"), (3, "full"), (12, "full")],
)
def test_whole_months_before_the_month_of_death_decide(before, outcome):
    first = add_months(dt.date(2026, 11, 1), -before)
    benefit = death("2026-11-30", months(f"{first:%Y-%m}", before))
    assert (benefit.outcome, benefit.months_before) == (outcome, before)


def test_death_in_the_third_month_shows_both_totals():
    benefit = death("2026-11-03", months("2026-09", 2))
    assert benefit.outcome == "needs_confirmation"
    assert [option.total for option in benefit.options] == [42_000_000, 10_000_000]
    assert benefit.total == 42_000_000
    assert codes(benefit) == ["months_unclear"]


def test_wage_earners_are_not_reduced():
    benefit = death("2026-11-03", [], segment="PU")
    assert (benefit.outcome, benefit.total) == ("full", 42_000_000)
    assert codes(benefit) == ["segment_not_reduced"]


def test_one_unpaid_month_among_the_last_three_asks_the_branch():
    covered = months("2026-01", 10)
    benefit = death("2026-11-15", covered, covered[:-1], months_billed=covered)
    assert benefit.outcome == "needs_confirmation"
    assert benefit.total == 42_000_000
    assert benefit.reasons[0].code == "arrears"
    assert benefit.reasons[0].facts == {"months": ["2026-10-01"]}


def test_a_month_that_was_never_billed_asks_the_branch():
    covered = months("2026-01", 10)
    benefit = death("2026-11-15", covered, covered[:-1], months_billed=covered[:-1])
    assert (benefit.outcome, codes(benefit)) == ("needs_confirmation", ["unbilled"])


def test_arrears_long_ago_do_not_ask_again():
    covered = months("2026-01", 10)
    assert death("2026-11-15", covered, covered[3:], months_billed=covered).outcome == "full"


def test_arrears_before_the_reduced_rule_still_ask_the_branch():
    covered = months("2024-01", 8)
    benefit = death("2024-09-02", covered, covered[:-1], months_billed=covered)
    assert benefit.outcome == "needs_confirmation"
    assert [option.code for option in benefit.options] == ["full"]


def test_a_gap_between_budget_years_is_not_guessed():
    covered = [*months("2025-01", 12), *months("2026-03", 1)]
    benefit = death("2026-04-10", covered, cover_start=dt.date(2026, 3, 1))
    assert (benefit.outcome, codes(benefit)) == ("needs_confirmation", ["gap"])


@pytest.mark.parametrize(
    ("start", "end"), [(None, None), ("2026-12-01", None), ("2026-01-01", "2026-11-14")]
)
def test_no_cover_on_the_day_pays_nothing(start, end):
    benefit = death(
        "2026-11-15",
        months("2026-01", 10),
        cover_start=start and dt.date.fromisoformat(start),
        cover_end=end and dt.date.fromisoformat(end),
    )
    assert (benefit.outcome, benefit.total, benefit.options) == ("not_covered", 0, ())


def test_the_last_day_of_cover_is_covered():
    benefit = death("2026-11-15", months("2026-01", 10), cover_end=dt.date(2026, 11, 15))
    assert benefit.outcome == "full"


def test_amounts_before_december_2019_are_left_to_the_branch():
    benefit = death("2019-12-01", months("2019-01", 11))
    assert benefit.outcome == "needs_confirmation"
    assert [option.total for option in benefit.options] == [24_000_000, 25_200_000]
    assert death("2019-12-02", months("2019-01", 11)).total == 42_000_000


def test_the_five_cadres_of_the_jambore_leave_210_million():
    assert sum(death("2024-09-01", months("2024-01", 8)).total for _ in range(5)) == 210_000_000


def test_the_fourteen_cases_of_2023_leave_588_million():
    assert 14 * death("2023-09-10", months("2023-01", 8)).total == 588_000_000


def test_the_scholarship_needs_thirty_six_months():
    day = dt.date(2026, 1, 20)
    assert scholarship_possible(months("2023-01", 36), day)
    assert not scholarship_possible(months("2023-02", 35), day)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # shared machines
@given(
    died_on=st.dates(dt.date(2015, 1, 1), dt.date(2030, 12, 31)),
    before=st.integers(0, 40),
    unpaid=st.integers(0, 5),
    segment=st.sampled_from(["BPU", "PU"]),
)
def test_components_make_the_total_and_options_hold_it(died_on, before, unpaid, segment):
    covered = months(f"{add_months(month_of(died_on), -before):%Y-%m}", before)
    benefit = death(
        died_on.isoformat(),
        covered,
        covered[: before - unpaid] if unpaid < before else [],
        months_billed=covered,
        segment=segment,
    )
    for option in benefit.options:
        assert sum(part.amount for part in option.components) in (0, option.total)
    assert benefit.total == benefit.options[0].total
    assert (benefit.outcome == "needs_confirmation") >= (len(benefit.options) > 1)
    assert benefit.reasons
