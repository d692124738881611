"""Whom each line of a list means: by its NIK, else by its name, in few statements at any length."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from cadres import values
from core import sealed
from reports.bulk.lines import Asked
from reports.queries import bulk as queries
from reports.queries.bulk import MOST_ALIKE, Found


@dataclass(frozen=True, slots=True)
class Match:
    """Whom a line means: one person, or several who may be meant (`among` of them), or nobody.

    `by` is `nik`, `name` or `alike`; the digest is there for every line with a NIK.
    """

    line: Asked
    digest: bytes = b""
    person: Found | None = None
    others: tuple[Found, ...] = field(default=())
    among: int = 0
    by: str = ""


def matches(lines: Iterable[Asked]) -> list[Match]:
    """Whom the lines mean, in their order; within the scope only."""
    digests = {line.nik: b"" for line in lines if line.nik}
    digests = {nik: sealed.digest(nik) for nik in digests}
    by_nik = queries.by_number(digests.values())
    found = [
        Match(line, digests[line.nik], by_nik.get(digests[line.nik]), by="nik")
        if line.nik
        else Match(line)
        for line in lines
    ]
    keys = dict.fromkeys(
        values.name_key(each.line.name) for each in found if each.person is None and each.line.name
    )
    named = queries.by_name(keys)
    rest = [key for key in keys if key not in named][:MOST_ALIKE]
    alike = queries.alike(rest)
    return [_named(each, named, alike) if each.person is None else each for each in found]


def _named(
    match: Match,
    named: dict[str, tuple[int, list[Found]]],
    alike: dict[str, tuple[int, list[Found]]],
) -> Match:
    """A line without a person by its name; one name of one person is enough without a NIK."""
    line = match.line
    key = values.name_key(line.name)
    for by, found in (("name", named), ("alike", alike)):
        if line.name and key in found:
            among, people = found[key]
            # A good NIK that nobody has means somebody else of that name.
            sure = by == "name" and among == 1 and not line.nik
            return Match(line, match.digest, people[0] if sure else None, tuple(people), among, by)
    return match
