"""When two names of posyandu may mean the same one: `Melati I`, `MELATI 1`, `Melatii 01`.

Pure functions over the keys of `cadres.values.place_key`. Nothing is equated here: what is alike
is offered to a person, who decides.
"""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

ALIKE = 0.8
_ROMAN = re.compile(r"^(?=[IVX])(X{0,3})(IX|IV|V?I{0,3})$")
_WORTH = {"I": 1, "V": 5, "X": 10}


@lru_cache(maxsize=20_000)
def numbered(key: str) -> tuple[str, int | None]:
    """A key as its words and its number: `MELATI I`, `MELATI 01` and `MELATI1` are alike.

    Roman numerals to 39 count when they stand at the end after a word.
    """
    words = re.sub(r"(?<=[A-Z])(?=\d)|(?<=\d)(?=[A-Z])", " ", key).split()
    if len(words) < 2:
        return key, None
    last = words[-1]
    if last.isdigit():
        return " ".join(words[:-1]), int(last)
    if _ROMAN.match(last):
        return " ".join(words[:-1]), _value(last)
    return " ".join(words), None


def _value(roman: str) -> int:
    total = 0
    for letter, following in zip(roman, roman[1:] + " ", strict=True):
        worth = _WORTH[letter]
        total += -worth if worth < _WORTH.get(following, 0) else worth
    return total


def near(key: str, others: Iterable[str]) -> list[str]:
    """The keys that may be the same posyandu as `key`, the most alike first.

    Two that carry different numbers are never alike; one without a number may be either.
    """
    words, number = numbered(key)
    found = []
    for other in others:
        other_words, other_number = numbered(other)
        if other == key or (None not in (number, other_number) and number != other_number):
            continue
        score = _alike(*sorted((words, other_words)))
        if score >= ALIKE:
            found.append((number != other_number, -score, other))
    return [other for _numberless, _score, other in sorted(found)]


@lru_cache(maxsize=50_000)
def _alike(one: str, two: str) -> float:
    if one == two:
        return 1.0
    return SequenceMatcher(None, one, two, autojunk=False).ratio()
