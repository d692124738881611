"""The area codes of the decree in force, read from the `lokal` package and put into our words.

Sources: Kepmendagri 300.2.2-2138/2025 of 25 April 2025 (codes and names) and the postal codes
that `lokal` carries beside it. Permendagri 137/2017: two digits for the province, two for the
regency (01-69 kabupaten, 71-99 kota), two for the district, four for the village (1xxx
kelurahan, 2xxx desa, 3xxx desa adat).
"""

import datetime as dt
import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

WIB, WITA, WIT = "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"
# Keppres 41/1987, by the islands that it names; the codes of younger provinces follow theirs.
WITA_PROVINCES = frozenset("51 52 53 63 64 65 71 72 73 74 75 76".split())
WIT_PROVINCES = frozenset("81 82 91 92 93 94 95 96 97".split())


@dataclass(frozen=True)
class Decree:
    """A ministerial decree and the day from which its codes are valid."""

    number: str
    valid_from: dt.date


CURRENT = Decree("Kepmendagri 300.2.2-2138/2025", dt.date(2025, 4, 25))


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area of a decree; the last four are empty where the level has no such thing."""

    code: str
    name: str
    kind: str = ""
    slug: str = ""
    time_zone: str = ""
    postal_code: str = ""


def time_zone_of(code: str) -> str:
    """The time zone of the province in which a code lies."""
    if code[:2] in WITA_PROVINCES:
        return WITA
    return WIT if code[:2] in WIT_PROVINCES else WIB


def village_kind(code: str) -> str:
    """`kelurahan` for 1xxx, `desa` for 2xxx and for the customary villages 3xxx."""
    return "kelurahan" if code[6] == "1" else "desa"


def read() -> Iterator[AreaRow]:
    """Every area of the decree in force: provinces, regencies, districts, then villages."""
    upper, villages, postal = (_load(name) for name in ("wilayah", "desa", "kodepos"))
    for dotted, name in sorted(upper.items(), key=lambda item: len(item[0])):
        code = dotted.replace(".", "")
        if len(code) != 4:
            yield AreaRow(code, name)
    yield from _regencies({c.replace(".", ""): n for c, n in upper.items() if len(c) == 5})
    for dotted, name in villages.items():
        code = dotted.replace(".", "")
        plain = name.removeprefix("Desa ") if code[6] == "3" else name
        yield AreaRow(code, plain, village_kind(code), postal_code=postal.get(dotted, ""))


def _load(name: str) -> dict[str, str]:
    packed = resources.files("lokal").joinpath("data").joinpath(f"{name}.json.gz").read_bytes()
    return json.loads(gzip.decompress(packed))


def _regencies(names: dict[str, str]) -> Iterator[AreaRow]:
    """Regencies with an address part each: a kota gives way to the kabupaten of the same name."""
    parted = {code: name.split(" ", 1) for code, name in names.items()}
    taken = {slug_of(name) for kind, name in parted.values() if kind == "Kabupaten"}
    for code, (kind, name) in parted.items():
        slug = slug_of(name)
        if kind == "Kota" and slug in taken:
            slug = f"kota-{slug}"
        yield AreaRow(code, name, kind.lower(), slug, time_zone_of(code))


def slug_of(name: str) -> str:
    """`Tanah Bumbu` as `tanah-bumbu`; the word Administrasi of Jakarta's areas is left out."""
    plain = name.removeprefix("Administrasi ").lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
