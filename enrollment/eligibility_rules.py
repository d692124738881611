"""The rules of eligibility as data, read once from `enrollment/rules/eligibility.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

FILE = Path(__file__).resolve().parent / "rules" / "eligibility.toml"


class Weight(StrEnum):
    """What a rule does to whom it meets: it refuses, it asks the branch, or it is not asked."""

    REFUSES = "refuses"
    ASKS_BRANCH = "asks_branch"
    OFF = "off"


class Mark(StrEnum):
    """How strong the source of a rule is."""

    LAW = "law"
    OFFICIAL = "official"
    NEWS = "news"
    UNVERIFIED = "unverified"


@dataclass(frozen=True)
class Words:
    """What a rule says, in both languages: the condition, who does not meet it, and the source."""

    title: str
    title_en: str
    text: str
    text_en: str
    source: str
    source_en: str

    def said(self, name: str) -> str:
        """One of `title`, `text` and `source` in the language of the page."""
        english = (get_language() or "id").startswith("en")
        return str(getattr(self, f"{name}_en" if english else name))


@dataclass(frozen=True)
class Rule:
    """One rule as it is in force: of the file, or as a regency has set it.

    `value` is a number of `unit` (years or months), None for a rule without one. `basis` is what
    a regency's setting rests on, `confirmed` that the branch has confirmed it. A `fixed` rule is
    nobody's to change.
    """

    code: str
    weight: Weight
    words: Words
    mark: Mark
    tag: str
    value: int | None = None
    unit: str = ""
    fixed: bool = False
    basis: str = ""
    confirmed: bool = False

    @property
    def title(self) -> str:
        """The condition, with its number."""
        return self._numbered(self.words.said("title"))

    @property
    def reason(self) -> str:
        """Why somebody does not meet it, to follow "3 orang"."""
        return self._numbered(self.words.said("text"))

    @property
    def text(self) -> str:
        """The same as a sentence, saying so when the branch has to confirm."""
        sentence = self.reason[:1].upper() + self.reason[1:]
        if self.weight == Weight.ASKS_BRANCH:
            return _("%(what)s: perlu konfirmasi cabang.") % {"what": sentence}
        return f"{sentence}."

    @property
    def source(self) -> str:
        """Where it comes from: what the regency rests it on, or the source in the file."""
        return self.basis or self.file_source

    @property
    def file_source(self) -> str:
        """What the file says about where it comes from, whatever a regency has set."""
        return self.words.said("source")

    @property
    def needs_confirmation(self) -> bool:
        """Whether it stands on less than law or an official page and nobody has confirmed it."""
        settled = self.fixed or self.confirmed or self.weight == Weight.OFF
        return not settled and self.mark not in (Mark.LAW, Mark.OFFICIAL)

    def set_to(self, *, weight: str, value: int | None, basis: str, confirmed: bool) -> "Rule":
        """This rule as a regency has set it."""
        return replace(
            self,
            weight=Weight(weight),
            value=self.value if value is None else value,
            basis=basis,
            confirmed=confirmed,
        )

    def _numbered(self, sentence: str) -> str:
        return sentence if self.value is None else sentence % {"value": self.value}


@lru_cache(maxsize=1)
def _of_file() -> Mapping[str, Mapping[str, Rule]]:
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        programme: {row["code"]: _rule(dict(row)) for row in rows}
        for programme, rows in raw.items()
    }


def _rule(row: dict) -> Rule:
    words = Words(**{name: row.pop(name) for name in Words.__annotations__})
    weight, mark = Weight(row.pop("weight")), Mark(row.pop("mark"))
    return Rule(weight=weight, words=words, mark=mark, **row)


def default_rules(programme: str) -> Mapping[str, Rule]:
    """The rules of a programme by code, in the order in which they are asked."""
    return _of_file()[programme]
