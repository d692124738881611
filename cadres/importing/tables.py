"""Where the tables of a sheet are: headings, and lines that are no person."""

import hashlib
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cadres import headings, values
from cadres.correction_words import is_ours
from cadres.headings import plain
from cadres.importing.ground import Shape
from core.sheets import Row

SEARCHED_ROWS = 40
SEEN_AHEAD = 60
SAMPLES = 3
LONGEST_HEADING = 80
_LONG_NUMBER = re.compile(r"^\d{15,17}$")
_FAMILY = re.compile(r"\bKK\b|KARTU KELUARGA", re.IGNORECASE)  # its number has 16 digits too
_TOTAL = re.compile(r"^(?:JUMLAH|JML|TOTAL|SUB ?TOTAL|GRAND TOTAL|TOTAL KADER)\b")
_ORDINAL = re.compile(r"^[(\[]?(\d{1,2})[)\].]?$")
_SIGNED = re.compile(
    r"^(?:MENGETAHUI|MENYETUJUI|YANG MEMBUAT|DIBUAT OLEH|PEMBUAT|PETUGAS PENDATA|TTD|"
    r"TANDA TANGAN|NIP\b|A ?N KEPALA|AN KEPALA|KEPALA (?:DESA|KELURAHAN|PUSKESMAS|DINAS)|LURAH|"
    r"PJ KEPALA|KETUA (?:TP|TIM|POKJA)|CAMAT|SEKRETARIS DESA|BIDAN DESA)"
)
_PLACE = re.compile(
    r"^(?:NAMA )?(POS ?YANDU|DESA(?: ?/ ?KEL(?:URAHAN)?)?|KELURAHAN|KECAMATAN)\b\s*[:=]?\s*(.*)$",
    re.IGNORECASE,
)
_NEXT_PLACE = re.compile(
    r"\b(?:DESA|KELURAHAN|KECAMATAN|KEC\.|KABUPATEN|KAB\.|TAHUN|DUSUN|RT|RW|PUSKESMAS|BULAN)(?!\w)",
    re.IGNORECASE,
)


class Ahead:
    """The lines of one sheet, of which the next ones can be looked at before they are taken."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._kept: deque[Row] = deque()

    def __iter__(self) -> Iterator[Row]:
        while True:
            while self._kept:
                yield self._kept.popleft()
            row = next(self._rows, None)
            if row is None:
                return
            yield row

    def peek(self, count: int) -> list[Row]:
        """The next lines, at most `count`, which stay where they are."""
        while len(self._kept) < count and (row := next(self._rows, None)) is not None:
            self._kept.append(row)
        return [self._kept[at] for at in range(min(count, len(self._kept)))]

    def take(self, count: int) -> list[Row]:
        """The next lines, gone afterwards."""
        found = self.peek(count)
        for _row in found:
            self._kept.popleft()
        return found


@dataclass
class Table:
    """One table: where each known column stands, its words as written, and its place in the file.

    `number` is the line of its heading, 0 when it has none; `height` the lines of the heading.
    """

    sheet: str
    number: int
    height: int
    words: tuple[tuple[str, str], ...]
    places: dict[str, int]
    key: str
    unsure: bool = False
    written: dict[str, str] = field(default_factory=dict)
    width: int = 0  # of the part that the known columns take

    def has(self, name: str) -> bool:
        """Whether the table has this column."""
        return name in self.places

    def shape(self, rows: Sequence[Row]) -> Shape:
        """The question that this table asks, with the lines under its heading as samples."""
        width = max([len(self.words), *(len(row.cells) for row in rows[:SAMPLES])])
        words = [heading_words(pair) for pair in self.words]
        return Shape(
            key=self.key,
            sheet=self.sheet,
            number=self.number,
            words=tuple(words + [""] * (width - len(words))),
            guesses={name: at for name, at in self.places.items() if name in headings.MAPPABLE},
            first=rows[0].number if rows else self.number + self.height,
            samples=tuple(
                tuple(masked(cell) for cell in row.cells[:width]) + ("",) * (width - len(row.cells))
                for row in rows[:SAMPLES]
            ),
        )


def masked(cell: object) -> str:
    """The text of a cell for a page that asks; of long numbers only the beginning is shown."""
    found = values.text(cell)[:60]
    if sum(letter.isdigit() for letter in found) < 12:
        return found
    return re.sub(r"\d", "\N{BULLET}", found[4:]).join((found[:4], ""))


def heading_words(pair: tuple[str, str]) -> str:
    """The words of a heading as a person reads them, the lower line after the upper one."""
    upper, lower = pair
    if not lower or plain(lower) == plain(upper):
        return upper
    return f"{upper}: {lower}" if upper else lower


def cell_of(cells: list, place: int | None) -> object:
    """The cell at a place, or None beyond the end of the line."""
    return cells[place] if place is not None and place < len(cells) else None


def is_long_number(cell: object) -> bool:
    """Whether a cell looks like a NIK, rightly written or not."""
    if isinstance(cell, bool):
        return False
    if isinstance(cell, int | float):
        return 1e14 <= cell < 1e17
    if not isinstance(cell, str) or len(cell) < 15 or len(cell) > 40:
        return False
    if len(cell) == 16 and cell.isdigit():
        return True
    return bool(_LONG_NUMBER.match(cell.translate(values.NIK_NOISE)))


def key_of(words: Sequence[tuple[str, str]]) -> str:
    """The name of a heading in every file: its words in plain form and their number."""
    said = [plain(heading_words(pair)) for pair in words]
    return hashlib.sha256("|".join([str(len(said)), *said]).encode()).hexdigest()


def words_of(row: Row) -> list[str]:
    """The texts of a line that may be headings; empty where a cell is none."""
    return [
        values.text(cell)
        if isinstance(cell, str) and len(cell) <= LONGEST_HEADING and not is_ours(cell)
        else ""
        for cell in row.cells
    ]


def pairs_of(upper: list[str], lower: list[str]) -> tuple[tuple[str, str], ...]:
    """The two lines of a heading side by side; an empty upper cell belongs to its left one."""
    width = max(len(upper), len(lower))
    upper, lower = upper + [""] * (width - len(upper)), lower + [""] * (width - len(lower))
    pairs, spanning = [], ""
    for above, below in zip(upper, lower, strict=True):
        if above:
            spanning = above if below and plain(below) != plain(above) else ""
        pairs.append((above or (spanning if below else ""), below))
    return tuple(pairs)


def trimmed(pairs: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The pairs up to the last one that says something."""
    width = max((at + 1 for at, pair in enumerate(pairs) if any(pair)), default=0)
    return tuple(pairs[:width])


def _guess(pairs: Sequence[tuple[str, str]]) -> headings.Guess:
    return headings.guess(tuple((plain(upper), plain(lower)) for upper, lower in pairs))


def _continues(upper: list[str], row: Row) -> bool:
    """Whether a line is the lower half of a heading whose upper half is given."""
    lower = words_of(row)
    if any(is_long_number(cell) or isinstance(cell, dict) for cell in row.cells):
        return False
    pairs = pairs_of(upper, lower)
    own = [(above, below) for above, below in pairs if below and plain(below) != plain(above)]
    if len(own) == 1:
        return False
    if not own:
        return any(lower)  # every word is the upper one's again: a heading merged over two lines
    known = sum(1 for above, below in own if headings.meaning(plain(above), plain(below))[1] > 1)
    parts = sum(1 for above, below in own if above and plain(below) in _PART_WORDS)
    alone = sum(1 for _above, below in own if headings.meaning(plain(below))[1] > 1)
    return 2 * max(alone + parts, known if parts else 0) > len(own) and max(alone, parts) > 0


_PART_WORDS = frozenset(word for _pattern, parts in headings._PARTS for word in parts)


def heading_at(rows: Sequence[Row], answers: Mapping[str, Mapping[str, int]]) -> Table | None:
    """The heading that begins with the first of these lines, of one line or of two."""
    words = words_of(rows[0])
    if sum(1 for word in words if word) < 2:
        return None
    single = trimmed([(word, "") for word in words])
    best = _guess(single)
    height, pairs = 1, single
    if len(rows) > 1 and rows[1].number == rows[0].number + 1 and _continues(words, rows[1]):
        double = trimmed(pairs_of(words, words_of(rows[1])))
        both = _guess(double)
        if both.is_heading and len(both.places) >= len(best.places):
            best, height, pairs = both, 2, double
    key = key_of(pairs)
    if not best.is_heading and key not in answers:
        return None
    return _table(rows[0], height, pairs, best, answers, rows[height:])


def _table(
    row: Row,
    height: int,
    pairs: tuple[tuple[str, str], ...],
    guess: headings.Guess,
    answers: Mapping[str, Mapping[str, int]],
    under: Sequence[Row],
) -> Table:
    key = key_of(pairs)
    table = Table(row.sheet, row.number if height else 0, height, pairs, dict(guess.places), key)
    if key in answers:
        table.places = {name: int(at) for name, at in answers[key].items()}
    else:
        lacking = headings.missing(table.places)
        wanted = lacking if height else ["nik", "birth_date", "sex", "phone", "name"]
        _guess_from_cells(table, wanted, under)
        table.unsure = bool(guess.unsure or (lacking and _has_more(table, under)))
    table.width = max(table.places.values(), default=-1) + 1
    for name, at in table.places.items():
        table.written[name] = heading_words(pairs[at]) if at < len(pairs) else ""
    return table


def locate(
    rows: Sequence[Row], answers: Mapping[str, Mapping[str, int]]
) -> tuple[Table | None, int]:
    """The first table among the first lines of a sheet, headed or not, and the lines above it.

    A heading without a NIK counts only when something under it looks like one.
    """
    numbered = [any(is_long_number(cell) for cell in row.cells) for row in rows]
    for at in range(min(len(rows), SEARCHED_ROWS)):
        if numbered[at]:
            break
        table = heading_at(rows[at:], answers)
        if table and (table.has("nik") or any(numbered[at:])):
            return table, at
    if True not in numbered:
        return None, 0
    first = numbered.index(True)
    above = rows[first - 1] if first else None
    if above is not None and above.number == rows[first].number - 1:
        words = words_of(above)
        if sum(1 for word in words if word) >= 3 and not numbers_columns(above):
            pairs = trimmed([(word, "") for word in words])
            return _table(above, 1, pairs, _guess(pairs), answers, rows[first:]), first - 1
    width = max(len(row.cells) for row in rows[first : first + SAMPLES])
    pairs = tuple(("", "") for _place in range(width))
    return _table(rows[first], 0, pairs, headings.Guess(), answers, rows[first:]), first


def _has_more(table: Table, rows: Sequence[Row]) -> bool:
    """Whether a missing column may be one of those whose heading says nothing known."""
    named = headings.missing(table.places)
    known = set(table.places.values())
    return len(named) < len(headings.NEEDED) and (
        not named
        or any(
            at not in known and values.text(cell)
            for row in rows[:SEARCHED_ROWS]
            for at, cell in enumerate(row.cells)
        )
    )


def _guess_from_cells(table: Table, wanted: list[str], rows: Sequence[Row]) -> None:
    """Where what a heading does not say may stand, by what the cells under it look like."""
    taken = set(table.places.values())
    taken |= {at for at, pair in enumerate(table.words) if _FAMILY.search(heading_words(pair))}
    width = max((len(row.cells) for row in rows), default=0)
    for name in wanted:
        score, place = max(
            (
                (sum(_LOOKS[name](cell_of(row.cells, at)) for row in rows), -at)
                for at in range(width)
                if at not in taken
            ),
            default=(0, 0),
        )
        if 2 * score > len(rows):
            table.places[name] = -place
            taken.add(-place)


def _looks_like_date(cell: object) -> bool:
    return isinstance(cell, dict) or bool(
        isinstance(cell, str)
        and re.search(r"\d{1,2}[-/. ]+(?:\d{1,2}|[A-Za-z]{3,})[-/. ]+\d{2,4}|\d{4}-\d", cell)
    )


def _looks_like_name(cell: object) -> bool:
    return isinstance(cell, str) and len(cell) > 2 and not re.search(r"\d", cell)


_LOOKS: dict[str, Callable[[object], bool]] = {
    "nik": is_long_number,
    "birth_date": _looks_like_date,
    "sex": lambda cell: cell in ("L", "P", "l", "p"),
    "phone": lambda cell: isinstance(cell, str) and bool(re.match(r"(?:\+?62|0)?8\d", cell)),
    "name": _looks_like_name,
}


def numbers_columns(row: Row) -> bool:
    """Whether a line only numbers the columns: 1 2 3 4 or (1) (2) (3)."""
    found = [_ORDINAL.match(values.text(cell)) for cell in row.cells if values.text(cell)]
    numbers = [int(match[1]) for match in found if match]
    return len(numbers) == len(found) >= 3 and all(
        0 < later - earlier <= 3 for earlier, later in zip(numbers, numbers[1:], strict=False)
    )


def is_total(row: Row) -> bool:
    """Whether a line counts the people above it."""
    return any(isinstance(cell, str) and _TOTAL.match(plain(cell)) for cell in row.cells)


def is_signed(row: Row, table: Table) -> bool:
    """Whether a line begins the signatures under a table."""
    filled = [(at, cell) for at, cell in enumerate(row.cells) if cell not in ("", None)]
    position = table.places.get("position")
    return len(filled) <= 3 and any(
        at != position and isinstance(cell, str) and _SIGNED.match(plain(cell))
        for at, cell in filled
    )


def place_named(row: Row) -> tuple[str, str] | None:
    """What a line outside a table names, as (posyandu, village or district, name), or None.

    `Posyandu : Melati I` or `POSYANDU MELATI I DESA KEBAMAN` names a posyandu.
    """
    said = [values.text(cell) for cell in row.cells]
    filled = [word for word in said if word]
    if not filled or len(filled) > 3 or any(is_long_number(cell) for cell in row.cells):
        return None
    match = _PLACE.match(" ".join(filled))
    if match is None:
        return None
    what, rest = match.groups()
    name = _NEXT_PLACE.split(rest)[0].strip(" :,.-") if rest else ""
    if not name or len(name) > 60 or len(name.split()) > 5:
        return None
    kind = what.upper()[:3]
    column = {"POS": "posyandu", "DES": "village", "KEL": "village"}.get(kind, "district")
    return column, name


_ORDINARY_SHEET = re.compile(
    r"SHEET|LEMBAR|WORKSHEET|KADER|DAFTAR|DATA|REKAP|FORM|TABEL|TABLE|LAMPIRAN|LAPORAN|BPJS|"
    r"BNBA|\bNIK\b|\bSK\b|\bDESA\b|\bKEL\b|KELURAHAN|KECAMATAN|\bTPK\b|\bKPM\b|\bPKK\b|"
    r"\bRT\b|\bRW\b|20\d\d|^[\d ]*$|FINAL|BARU|SALINAN|COPY|MASTER|PESERTA|ANGGOTA|USULAN|"
    r"JANUARI|FEBRUARI|MARET|APRIL|\bMEI\b|JUNI|JULI|AGUSTUS|SEPTEMBER|OKTOBER|NOVEMBER|DESEMBER"
)


def posyandu_of_sheet(sheet: str) -> str:
    """The posyandu that a sheet is named after, or the empty text for an ordinary name."""
    name = values.text(sheet)
    word = re.sub(r"^\s*(?:\d+\s*[.)-]\s*)", "", name)
    if re.match(r"^POS ?YANDU\b", word, re.IGNORECASE):
        return re.sub(r"^POS ?YANDU\W*", "", word, flags=re.IGNORECASE).strip()[:100]
    return "" if _ORDINARY_SHEET.search(plain(name)) else word[:100]
