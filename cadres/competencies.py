"""The basic skills of a posyandu cadre as data, read once from `cadres/rules/competencies.toml`."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils import translation

from core.formats import language_key

RULES = Path(__file__).resolve().parent / "rules" / "competencies.toml"


@dataclass(frozen=True)
class Skill:
    """One skill; `confirmed` says whether its name was compared with a source."""

    code: str
    label_id: str
    label_en: str
    confirmed: bool

    @property
    def label(self) -> str:
        """The name in the language of the reader."""
        return self.label_en if language_key(translation.get_language()) == "en" else self.label_id


@dataclass(frozen=True)
class Group:
    """Skills of one stage of life, and the source that names the group."""

    code: str
    label_id: str
    label_en: str
    source: str
    skills: tuple[Skill, ...]

    @property
    def label(self) -> str:
        """The name in the language of the reader."""
        return self.label_en if language_key(translation.get_language()) == "en" else self.label_id


@lru_cache(maxsize=1)
def groups() -> tuple[Group, ...]:
    """The five groups in the order of the file."""
    raw = tomllib.loads(RULES.read_text(encoding="utf-8"))
    return tuple(
        Group(
            each["code"],
            each["label"],
            each["label_en"],
            each["source"],
            tuple(
                Skill(
                    skill["code"],
                    skill["label"],
                    skill["label_en"],
                    skill["status"] == "confirmed",
                )
                for skill in each["skills"]
            ),
        )
        for each in raw["groups"]
    )


def codes() -> frozenset[str]:
    """Every code that a record may carry."""
    return frozenset(skill.code for group in groups() for skill in group.skills)


def all_confirmed() -> bool:
    """Whether every name was compared with a source."""
    return all(skill.confirmed for group in groups() for skill in group.skills)
