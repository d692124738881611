"""What the branch says about rows: decisions checked against a batch, without touching it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import sealed
from enrollment.models import BatchRow

MEMBER_NO = re.compile(r"[0-9A-Z]{11}")
NIK = re.compile(r"[0-9]{16}")


@dataclass(frozen=True)
class Decision:
    """One answer for one person, named by row or by NIK; `line` is where it was written."""

    accept: bool
    row: int | None = None
    nik: str = ""
    member_no: str = ""
    reason: str = ""
    reason_text: str = ""
    line: int = 0


@dataclass(frozen=True)
class Problem:
    """Why one line could not be used; it never repeats an identity number."""

    line: int
    code: str
    message: str | Promise


@dataclass
class Checked:
    """Usable answers as columns for one statement, and the problems of the others."""

    ids: list[int] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    sealed: list[bytes] = field(default_factory=list)
    digests: list[bytes] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, row_id: int, decision: Decision, member_no: str) -> None:
        """Keep one usable answer."""
        self.ids.append(row_id)
        self.lines.append(decision.line)
        accepted = decision.accept
        self.statuses.append(BatchRow.Status.ACCEPTED if accepted else BatchRow.Status.RETURNED)
        self.reasons.append("" if accepted else decision.reason)
        self.texts.append("" if accepted else decision.reason_text.strip()[:200])
        self.sealed.append(sealed.seal(member_no) if accepted else b"")
        self.digests.append(sealed.digest(member_no) if accepted and member_no else b"")

    def returned(self) -> list[int]:
        """The rows that go back to their villages."""
        return [
            row
            for row, status in zip(self.ids, self.statuses, strict=True)
            if status == BatchRow.Status.RETURNED
        ]

    def drop(self, digests: set[bytes], problem: str, message: str | Promise) -> None:
        """Turn answers with one of these member numbers into problems."""
        keep = [at for at, digest in enumerate(self.digests) if digest not in digests]
        dropped = [self.lines[at] for at, d in enumerate(self.digests) if d and d in digests]
        for name in ("ids", "statuses", "reasons", "texts", "sealed", "digests", "lines"):
            column = getattr(self, name)
            setattr(self, name, [column[at] for at in keep])
        self.problems += [Problem(line, problem, message) for line in dropped]


def normal_member_no(text: str) -> str:
    """A member number without the spaces, dots and dashes that people write between digits."""
    return re.sub(r"[\s.\-\u00a0]", "", text).upper()


PROBLEMS = {
    "nik_invalid": _("NIK bukan 16 angka."),
    "row_unknown": _("Orang ini tidak ada dalam pendaftaran ini."),
    "row_covered": _("Orang ini sudah menjadi peserta; jawabannya tidak berubah lagi."),
    "row_twice": _("Orang ini tertulis dua kali; yang pertama dipakai."),
    "member_no_invalid": _("Nomor peserta harus 11 angka atau huruf."),
    "member_no_twice": _("Nomor peserta ini tertulis untuk dua orang."),
    "member_no_taken": _("Nomor peserta ini sudah dimiliki orang lain."),
    "reason_missing": _("Baris yang dikembalikan perlu alasan."),
    "reason_unknown": _("Kode alasan tidak dikenal."),
}


def check(
    decisions: Iterable[Decision],
    *,
    row_ids: set[int],
    by_nik: Mapping[bytes, int],
    covered: Mapping[int, bytes] | None = None,
) -> Checked:
    """Sort decisions into usable ones and problems.

    `row_ids` are the rows of the batch and `by_nik` finds a row by the digest of its NIK. A row
    named twice keeps its first answer; a number written for two people is refused for both.
    `covered` rows became cover in a review before, with the digest of their number: the same
    answer again is passed over, another one is a problem.
    """
    checked = Checked()
    seen: set[int] = set()
    owners: dict[bytes, int] = {}
    twice: set[bytes] = set()
    for decision in decisions:
        row_id, member_no = _row_of(decision, by_nik), normal_member_no(decision.member_no)
        code = _problem(decision, row_id, member_no, row_ids, seen)
        if not code and covered and row_id is not None and row_id in covered:
            if _same(decision, member_no, covered[row_id]):
                continue
            code = "row_covered"
        if code or row_id is None:
            checked.problems.append(Problem(decision.line, code, PROBLEMS[code]))
            continue
        seen.add(row_id)
        checked.add(row_id, decision, member_no)
        digest = checked.digests[-1]
        if digest and owners.setdefault(digest, row_id) != row_id:
            twice.add(digest)
    checked.drop(twice, "member_no_twice", PROBLEMS["member_no_twice"])
    return checked


def _same(decision: Decision, member_no: str, digest: bytes) -> bool:
    """Whether an answer says again what has become cover."""
    return decision.accept and (not member_no or sealed.digest(member_no) == digest)


def _row_of(decision: Decision, by_nik: Mapping[bytes, int]) -> int | None:
    if decision.row is not None:
        return decision.row
    return by_nik.get(sealed.digest(decision.nik)) if NIK.fullmatch(decision.nik) else None


def _problem(
    decision: Decision, row_id: int | None, member_no: str, row_ids: set[int], seen: set[int]
) -> str:
    """The code of the first thing wrong with one decision; empty when it is usable."""
    if decision.row is None and not NIK.fullmatch(decision.nik):
        return "nik_invalid"
    if row_id is None or row_id not in row_ids:
        return "row_unknown"
    if row_id in seen:
        return "row_twice"
    if decision.accept:
        return "" if not member_no or MEMBER_NO.fullmatch(member_no) else "member_no_invalid"
    if not decision.reason:
        return "reason_missing"
    return "" if decision.reason in BatchRow.Reason.values else "reason_unknown"
