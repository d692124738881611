"""The legal bases of agreements as data, read once from `enrollment/rules/legal_bases.toml`."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).resolve().parent / "rules" / "legal_bases.toml"
MARKS = {"quoted", "own"}


class LegalBasesError(ValueError):
    """The file says something that cannot be a legal basis; the text names the row."""


@dataclass(frozen=True)
class LegalBasis:
    """One kind of legal basis: its title, where it was read, and what has to be typed.

    `detail`: the number of the local rule is typed. `unclear`: the source leaves open whose rule
    it is, so that it is shown as to be confirmed.
    """

    code: str
    title: str
    source: str
    mark: str
    detail: bool = False
    unclear: bool = False


def read(file: Path = FILE) -> dict[str, LegalBasis]:
    """Every basis by its code, in the order of the file. Raises LegalBasesError."""
    found: dict[str, LegalBasis] = {}
    for number, row in enumerate(tomllib.loads(file.read_text()).get("bases", []), 1):
        where = f"{file.name}, bases {number}"
        if row.get("mark") not in MARKS or not row.get("source") or not row.get("title"):
            raise LegalBasesError(f"{where}: needs a title, a source and a mark of {sorted(MARKS)}")
        if row["code"] in found:
            raise LegalBasesError(f"{where}: {row['code']} stands there twice")
        found[row["code"]] = LegalBasis(**row)
    return found


@lru_cache(maxsize=1)
def legal_bases() -> dict[str, LegalBasis]:
    """The bases of the file."""
    return read()


def title_of(code: str) -> str:
    """The title of a basis; the code of one that is no longer in the file."""
    known = legal_bases().get(code)
    return known.title if known else code
