"""The rules of death claims as data, read once from `claims/rules/*.toml`."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

RULES = Path(__file__).resolve().parent / "rules"


@dataclass(frozen=True)
class Component:
    """One part of a benefit: a code, whole rupiah, and the rule and source that give it."""

    code: str
    amount: int
    rule: str
    source: str


@dataclass(frozen=True)
class Period:
    """The amounts for deaths from `start` on; `alternative` is the other reading of a conflict."""

    start: dt.date
    rule: str
    source: str
    components: tuple[Component, ...]
    alternative: tuple[Component, ...]

    @property
    def settled(self) -> bool:
        """Whether the sources agree."""
        return not self.alternative


@dataclass(frozen=True)
class Reduction:
    """The lower total for short memberships, and where its threshold is unclear (months)."""

    start: dt.date
    segments: frozenset[str]
    full_after_months: int
    unclear_months: frozenset[int]
    total: int
    rule: str
    source: str
    components: tuple[Component, ...]


@dataclass(frozen=True)
class Scholarship:
    """The children's scholarship: its condition in contribution months and its highest total."""

    months: int
    children: int
    total: int
    rule: str
    source: str


@dataclass(frozen=True)
class Document:
    """One item of a checklist; see `claims/rules/documents.toml`."""

    code: str
    label: str
    label_en: str
    need: str
    holder: str
    source: str
    condition: str = ""
    condition_en: str = ""
    when_relation: tuple[str, ...] = ()


@dataclass(frozen=True)
class DeathBenefitRules:
    """Everything that `claims.benefits.death_benefit` computes with."""

    periods: tuple[Period, ...]
    reduction: Reduction
    scholarship: Scholarship

    def period_on(self, day: dt.date) -> Period:
        """The period in force on a day; days before the first one belong to the first."""
        found = [period for period in self.periods if period.start <= day]
        return found[-1] if found else self.periods[0]


def _components(rows: list[dict], rule: str, source: str) -> tuple[Component, ...]:
    return tuple(Component(row["code"], row["amount"], rule, source) for row in rows)


def _period(raw: dict) -> Period:
    rule, source = raw["rule"], raw["source"]
    return Period(
        raw["from"],
        rule,
        source,
        _components(raw["components"], rule, source),
        _components(raw.get("alternative", []), rule, source),
    )


@lru_cache(maxsize=1)
def death_benefit_rules() -> DeathBenefitRules:
    """The rules of the death benefit (JKM), oldest period first."""
    raw = tomllib.loads((RULES / "death_benefit.toml").read_text(encoding="utf-8"))
    less = raw["reduced"]
    return DeathBenefitRules(
        tuple(sorted(map(_period, raw["periods"]), key=lambda period: period.start)),
        Reduction(
            less["from"],
            frozenset(less["segments"]),
            less["full_after_months"],
            frozenset(less["unclear_months"]),
            less["total"],
            less["rule"],
            less["source"],
            _components(less["components"], less["rule"], less["source"]),
        ),
        Scholarship(**raw["scholarship"]),
    )


@lru_cache(maxsize=1)
def death_documents() -> dict[str, Document]:
    """The checklist of a death claim by code, in the order in which it is shown."""
    raw = tomllib.loads((RULES / "documents.toml").read_text(encoding="utf-8"))
    return {
        row["code"]: Document(**{**row, "when_relation": tuple(row.get("when_relation", ()))})
        for row in raw["jkm"]
    }
