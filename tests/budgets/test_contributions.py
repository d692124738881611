"""Contributions against the worked examples of the domain reference (section 2.5)."""

import datetime as dt
from typing import Any

import pytest

from budgets import rule_files
from budgets.contributions import (
    COMPONENTS,
    INCOME_BAND_UNCONFIRMED,
    INCOME_BASE_UNKNOWN,
    RATE_MISSING,
    RELIEF_UNSETTLED,
    ROUNDING_UNCONFIRMED,
    Contribution,
    contribution,
)

RULES = rule_files.read()


def of(payer: str, month: str, *, segment: str = "BPU", **terms: Any) -> Contribution:
    day = dt.date.fromisoformat(f"{month}-01")
    return contribution(segment=segment, month=day, payer_kind=payer, rules=RULES, **terms)


@pytest.mark.parametrize(
    ("people", "months", "expected"),
    [
        (11_498, 1, 193_166_400),
        (11_498, 12, 2_317_996_800),
        (1_555, 1, 26_124_000),
        (1_555, 12, 313_488_000),
        (14_400, 1, 241_920_000),
        (14_400, 12, 2_903_040_000),
        (85_000, 12, 17_136_000_000),
        (5_000, 12, 1_008_000_000),
    ],
)
def test_people_times_months_times_the_normal_rate(people, months, expected):
    assert people * months * of("regency_budget", "2026-11").total == expected


def test_a_month_of_banyuwangi_splits_into_its_two_accounts():
    month = of("regency_budget", "2026-11")
    assert (11_498 * month.amount("JKK"), 11_498 * month.amount("JKM")) == (
        114_980_000,
        78_186_400,
    )


@pytest.mark.parametrize(
    ("payer", "sector", "month", "expected"),
    [
        ("self_paid", "other", "2026-06", 8_400),
        ("self_paid", "other", "2026-03", 16_800),
        ("self_paid", "other", "2026-04", 8_400),
        ("self_paid", "other", "2026-12", 8_400),
        ("self_paid", "other", "2027-01", 16_800),
        ("regency_budget", "other", "2026-06", 16_800),
        ("province_budget", "other", "2026-06", 16_800),
        ("corporate", "other", "2026-06", 8_400),
        ("self_paid", "transport", "2025-12", 16_800),
        ("self_paid", "transport", "2026-01", 8_400),
        ("self_paid", "transport", "2027-02", 8_400),
        ("self_paid", "transport", "2027-03", 8_400),
        ("self_paid", "transport", "2027-04", 16_800),
    ],
)
def test_relief_depends_on_payer_sector_and_month(payer, sector, month, expected):
    found = of(payer, month, sector=sector)
    assert (found.total, found.needs_confirmation) == (expected, "")


def test_relief_halves_both_components_and_names_both_rules():
    found = of("self_paid", "2026-06")
    assert [(p.component, p.amount, p.normal) for p in found.parts] == [
        ("JKK", 5_000, 10_000),
        ("JKM", 3_400, 6_800),
    ]
    assert all("PP 44/2015" in p.rules[0] and "PP 50/2025" in p.rules[1] for p in found.parts)


@pytest.mark.parametrize("payer", ["village_budget", "tobacco_share", "palm_oil_share"])
def test_where_no_source_settles_the_relief_the_branch_is_asked(payer):
    found = of(payer, "2026-06")
    assert (found.total, found.needs_confirmation) == (16_800, RELIEF_UNSETTLED)


def test_outside_the_months_of_the_relief_nothing_is_unsettled():
    assert of("village_budget", "2027-01") == of("regency_budget", "2027-01")


@pytest.mark.parametrize(
    ("income", "jkk", "jht", "asks"),
    [
        (None, 10_000, 20_000, ""),
        (1_099_999, 10_000, 20_000, ""),
        (1_100_000, 12_000, 24_000, INCOME_BAND_UNCONFIRMED),
        (1_899_999, 18_000, 36_000, INCOME_BAND_UNCONFIRMED),
        (3_000_000, 29_500, 59_000, INCOME_BAND_UNCONFIRMED),
        (20_199_999, 197_000, 394_000, INCOME_BAND_UNCONFIRMED),
        (20_200_000, 207_000, 414_000, ""),
        (100_000_000, 207_000, 414_000, ""),
    ],
)
def test_income_has_a_band_and_the_inner_ones_are_asked_about(income, jkk, jht, asks):
    found = of("regency_budget", "2026-11", income_base=income, with_jht=True)
    assert [found.amount(each) for each in COMPONENTS] == [jkk, 6_800, jht]
    assert found.needs_confirmation == asks


@pytest.mark.parametrize(
    ("pay", "with_jht", "expected", "asks"),
    [
        (1_000_000, False, (2_400, 3_000, 0), ""),
        (2_000_000, False, (4_800, 6_000, 0), ""),
        (1_000_000, True, (2_400, 3_000, 57_000), ""),
        (2_500_000, True, (6_000, 7_500, 142_500), ""),
        # 6.744,3336 and 8.430,417: half up, each for itself
        (2_810_139, False, (6_744, 8_430), ROUNDING_UNCONFIRMED),
        (1_000_625, False, (2_402, 3_002), ROUNDING_UNCONFIRMED),
        (625, False, (2, 2), ROUNDING_UNCONFIRMED),  # 1,5 and 1,875
    ],
)
def test_wage_earners_pay_a_share_of_the_reported_pay(pay, with_jht, expected, asks):
    found = of("village_budget", "2026-11", segment="PU", income_base=pay, with_jht=with_jht)
    assert tuple(part.amount for part in found.parts) == expected[: len(found.parts)]
    assert (found.total, found.needs_confirmation) == (sum(expected), asks)


def test_a_month_of_4156_officials_is_what_was_reported():
    assert 4_156 * of("village_budget", "2026-11", segment="PU", income_base=10**6).total == (
        22_442_400
    )


def test_the_relief_halves_jkk_and_jkm_of_a_band_and_leaves_jht():
    found = of("self_paid", "2026-06", income_base=1_800_000, with_jht=True)
    assert [found.amount(each) for each in COMPONENTS] == [9_000, 3_400, 36_000]
    assert of("self_paid", "2026-06", segment="PU", income_base=10**6).total == 5_400


@pytest.mark.parametrize(
    ("rate", "says"),
    [
        ('percent = 0.24\nof = "pay"', "a text above zero"),
        ('percent = "0.245"\nof = "pay"', "two decimals"),
        ('percent = "0.24"', "of band or of pay"),
        ('percent = "0.24"\nof = "pay"', "rounding"),
        ('percent = "1"\namount = 10000', "an amount or a percent"),
    ],
)
def test_a_share_that_cannot_be_exact_is_refused(tmp_path, rate, says):
    (tmp_path / "bad.toml").write_text(
        f'[[rates]]\nsegment = "PU"\ncomponent = "JKK"\n{rate}\n'
        'valid_from = 2026-01-01\nmark = "law"\nsource = "PP"\n'
    )
    with pytest.raises(rule_files.RuleFileError, match=says):
        rule_files.read(tmp_path)


def test_wage_earners_get_no_guessed_amount():
    found = of("village_budget", "2026-06", segment="PU")
    assert (found.parts, found.needs_confirmation) == ((), INCOME_BASE_UNKNOWN)


def test_a_month_before_every_rate_has_no_amount():
    assert of("regency_budget", "2014-01").needs_confirmation == RATE_MISSING


def test_a_rate_file_without_a_source_is_refused(tmp_path):
    (tmp_path / "bad.toml").write_text(
        '[[rates]]\nsegment = "BPU"\ncomponent = "JKK"\namount = 10000\n'
        'valid_from = 2026-01-01\nmark = "law"\nsource = ""\n'
    )
    with pytest.raises(rule_files.RuleFileError, match="bad.toml, rates 1"):
        rule_files.read(tmp_path)
