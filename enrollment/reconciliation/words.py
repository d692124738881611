"""What BPJS writes beside a person: segment, status and rupiah. Pure; nothing unknown crashes."""

import re
from enum import StrEnum
from functools import lru_cache

from cadres import values

_PLAIN = re.compile(r"[^A-Z0-9]+")
MOST_RUPIAH = 2_000_000_000


class Standing(StrEnum):
    """What a status says of a person: the first that fits, an unknown one is `UNKNOWN`."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    ARREARS = "arrears"
    WAGE_EARNER = "wage_earner"
    CIVIL_SERVANT = "civil_servant"
    UNKNOWN = "unknown"


_STANDINGS = (
    (
        Standing.INACTIVE,
        r"\b(?:NON ?AKTIF|TIDAK AKTIF|TDK AKTIF|TAK AKTIF|NA|INACTIVE|KELUAR|BERHENTI|MENINGGAL|"
        r"WAFAT|RESIGN|CLOSED?|TUTUP|DIBERHENTIKAN|PINDAH)\b",
    ),
    (
        Standing.CIVIL_SERVANT,
        r"\b(?:ASN|PNS|PPPK|P3K|TNI|POLRI|TASPEN|ASABRI)\b",
    ),
    (
        Standing.WAGE_EARNER,
        r"(?<!BUKAN )\bPENERIMA UPAH\b|(?<!B)\bPU\b|\bPERUSAHAAN LAIN\b",
    ),
    (
        Standing.ARREARS,
        r"\b(?:MENUNGGAK|TUNGGAKAN|NUNGGAK|BELUM (?:BAYAR|LUNAS|DIBAYAR)|BLM (?:BAYAR|LUNAS)|"
        r"TIDAK BAYAR|UNPAID|GRACE(?: PERIOD)?)\b",
    ),
    (
        Standing.ACTIVE,
        r"\b(?:AKTIF|ACTIVE|LUNAS|SUDAH BAYAR|DIBAYAR|TERDAFTAR|BERJALAN|BARU|AKT|A|BPU|"
        r"BUKAN PENERIMA UPAH)\b",
    ),
)
_COMPILED = tuple((standing, re.compile(pattern)) for standing, pattern in _STANDINGS)


def _plain(text: str) -> str:
    return _PLAIN.sub(" ", text.upper()).strip()


def standing(text: str) -> Standing:
    """What a status says; no status says active, since the person stands on the list."""
    found = _plain(text)
    if not found:
        return Standing.ACTIVE
    for each, pattern in _COMPILED:
        if pattern.search(found):
            return each
    return Standing.UNKNOWN


@lru_cache(maxsize=1_000)
def segment(text: str) -> str:
    """BPU, PU, or empty for what names neither."""
    found = _plain(text)
    if re.search(r"\bBPU\b|BUKAN PENERIMA|\bMANDIRI\b|\bINFORMAL\b", found):
        return "BPU"
    return "PU" if re.search(r"\bPU\b|PENERIMA UPAH|\bFORMAL\b|\bPPU\b", found) else ""


def rupiah(cell: object) -> int | None:
    """Whole rupiah from `16800`, `16.800`, `Rp16,800.00` or `16.800,-`; None for an empty cell.

    Raises `cadres.values.Unreadable` `amount_unreadable`. The last mark with one or two digits
    behind it begins the cents, every other mark separates thousands.
    """
    if isinstance(cell, bool | dict):
        raise values.Unreadable("amount_unreadable")
    if isinstance(cell, int | float):
        return _bounded(cell)
    return _rupiah_of(str(cell)) if cell is not None else None


@lru_cache(maxsize=5_000)
def _rupiah_of(cell: str) -> int | None:
    if not cell.strip():
        return None
    found = re.sub(r"(?i)rp|idr|[\s\u00a0]", "", cell).removesuffix(",-").removesuffix(".-")
    if found in ("-", "\N{EN DASH}", "\N{EM DASH}"):
        return 0
    match = re.fullmatch(r"(\()?(-)?(\d[\d.,]*?)(?:([.,])(\d{1,2}))?(\))?", found)
    if match is None:
        return _bounded_text(found)
    whole = re.sub(r"[.,]", "", match[3])
    if not whole.isascii():
        raise values.Unreadable("amount_unreadable")
    amount = int(whole) + (int((match[5] or "0").ljust(2, "0")) >= 50)
    return _bounded(-amount if match[1] or match[2] else amount)


def _bounded_text(found: str) -> int | None:
    if not values.text(found):
        return None
    raise values.Unreadable("amount_unreadable")


def _bounded(amount: float) -> int:
    if amount != amount or abs(amount) > MOST_RUPIAH:
        raise values.Unreadable("amount_unreadable")
    return round(amount)


def member_no(cell: object) -> str:
    """A member number in capitals without marks; numbers get their leading zeros of 11 back."""
    if isinstance(cell, bool | dict):
        return ""
    if isinstance(cell, int | float):
        if cell != cell or not 0 < cell < 1e15:
            return ""
        return str(int(cell)).zfill(11)
    found = re.sub(r"[\s.\-'`=\"\u00a0]", "", values.text(cell)).upper()
    return found[:20] if found.isalnum() and found.isascii() else ""
