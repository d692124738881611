"""Contributions against the worked examples of the domain reference (section 2.5)."""

import datetime as dt

import pytest

from budgets import rule_files
from budgets.contributions import (
    INCOME_BASE_UNKNOWN,
    RATE_MISSING,
    RELIEF_UNSETTLED,
    Contribution,
    contribution,
)

RATES, RELIEFS = rule_files.read()


def of(payer: str, month: str, *, segment: str = "BPU", sector: str = "other") -> Contribution:
    return contribution(
        segment=segment,
        month=dt.date.fromisoformat(f"{month}-01"),
        payer_kind=payer,
        sector=sector,
        rates=RATES,
        reliefs=RELIEFS,
    )


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
