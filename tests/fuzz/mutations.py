"""Ways to mutilate a roster, each drawn by a seeded generator."""

import io
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.golden import books, write_rosters
from tests.golden.people import HEAD, lines, people

Draw = random.Random
NUMBERS = ("-1", "0", "1", "16385", "1048577", "2147483648", "4294967296", "99999999999", "1e309")
REFERENCES = ("A0", "XFD1048576", "ZZZ1", "A99999999", "1A", "", "A1:XFD1048576", "$A$1")
NASTY: tuple[object, ...] = (
    "",
    "-",
    "0",
    0,
    -1,
    1e308,
    3510066507900012,
    "NIK",
    "JUMLAH",
    "Mengetahui",
    "Posyandu : ",
    "Posyandu : " + "x" * 500,
    "=1+1",
    "@SUM(A1)",
    "a\nb",
    '"',
    "\u202e\u0000x".replace("\0", ""),
    "\U0001f469\u200d\U0001f9b0",
    "\u00df" * 130,
    "x" * 40_000,
    "31-02-1985",
    "99999999",
    "12 Foo 1985",
    "00/00/0000",
    "\u0661\u0662\u0663",
    "\u00b2\u00b3",
    "3510065203850012",
    "351006520385001\u0662",
    True,
    False,
)


def seeds() -> list[Path]:
    """The files of the corpus from which the mutilated ones are made, in a fixed order."""
    names = sorted(path.name for path in write_rosters.FOLDER.iterdir())
    kinds = (".xlsx", ".csv", ".xls", ".ods")
    kept = [name for name in names if name.endswith(kinds) and not name.startswith("refused-")]
    return [write_rosters.FOLDER / name for name in kept]


def mutilated(number: int, seed: int) -> tuple[str, bytes]:
    """The way and the bytes of one file, always the same for a number and a seed."""
    draw = Draw(f"{seed}:{number}")
    path = draw.choice(_SEEDS)
    data = path.read_bytes()
    packed = data.startswith(b"PK")
    ways: list[Callable[[Draw, bytes], bytes]] = [of_bytes, of_cells]
    ways += [of_xml, of_xml, of_entries] if packed else []
    ways += [of_text, of_text] if path.suffix == ".csv" else []
    way = draw.choice(ways)
    return f"{way.__name__} {path.name}", way(draw, data)


_SEEDS = seeds()


def of_bytes(draw: Draw, data: bytes) -> bytes:
    """Bytes changed, cut out, doubled or cut off."""
    found = bytearray(data)
    for _turn in range(draw.choice((1, 1, 2, 5, 20, 100))):
        at = draw.randrange(len(found) or 1)
        length = draw.choice((1, 1, 2, 8, 200))
        match draw.randrange(5):
            case 0:
                found[at : at + 1] = bytes([draw.randrange(256)])
            case 1:
                del found[at : at + length]
            case 2:
                found[at:at] = found[at : at + length]
            case 3:
                found[at:at] = draw.randbytes(length)
            case _ if draw.random() < 0.1:
                del found[at:]
    return bytes(found)


def of_text(draw: Draw, data: bytes) -> bytes:
    """Separators, quotation marks, lines and encodings of a text confused."""
    text = data.decode("utf-8", "replace")
    for _turn in range(draw.randrange(1, 6)):
        rows = text.splitlines(keepends=True) or [""]
        at = draw.randrange(len(rows))
        match draw.randrange(8):
            case 0:
                text = text.replace(";", draw.choice(",\t|: "), draw.choice((1, 5, -1)))
            case 1:
                place = draw.randrange(len(text) + 1)
                text = (
                    text[:place]
                    + draw.choice(('"', '""', '";"', "'", "\0", "\r", "\u2028"))
                    + text[place:]
                )
            case 2:
                draw.shuffle(rows)
                text = "".join(rows)
            case 3:
                text = "".join([*rows[:at], *[rows[at]] * draw.choice((2, 50, 2000)), *rows[at:]])
            case 4:
                text = "".join([*rows[:at], ";" * draw.choice((50, 5000)) + "\n", *rows[at:]])
            case 5:
                text = text.replace("NIK", draw.choice(("", "NIK;NIK", "N\nIK", "nik suami")), 1)
            case 6:
                rows[at] = str(draw.choice(NASTY)) + ";" + rows[at]
                text = "".join(rows)
            case _:
                text = "".join(rows[:at] + rows[at + 1 :])
    encoding = draw.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"))
    return text.encode(encoding, "replace")


def of_cells(draw: Draw, _data: bytes) -> bytes:
    """A rightly written file whose lines and cells are nonsense."""
    rows = [list(HEAD), *lines(people(draw.randrange(1, 30)))]
    for _turn in range(draw.randrange(1, 40)):
        row = draw.choice(rows)
        match draw.randrange(5):
            case 0 | 1 if row:
                row[draw.randrange(len(row))] = draw.choice(NASTY)
            case 2:
                row.insert(draw.randrange(len(row) + 1), draw.choice(NASTY))
            case 3 if row:
                del row[draw.randrange(len(row))]
            case _:
                rows.insert(draw.randrange(len(rows) + 1), list(draw.choice(rows)))
    if draw.random() < 0.5:
        return books.text(rows, draw.choice(";,\t|"), "utf-8")
    out = io.BytesIO()
    books.write_xlsx(out, [books.Sheet(draw.choice(("Kader", "Melati 1", "Kebaman")), rows)])
    return out.getvalue()


def _entries(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(entries: list[tuple[str, bytes]], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as archive:
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name, books.EPOCH), data, kind)
    return out.getvalue()


def of_xml(draw: Draw, data: bytes) -> bytes:
    """Numbers, references, elements and letters inside the parts of a workbook confused."""
    entries = _entries(data)
    wanted = ("sheet", "sharedStrings", "workbook", "styles", "content")
    names = [name for name in entries if name.endswith(".xml") and any(w in name for w in wanted)]
    for _turn in range(draw.choice((1, 1, 2, 4, 10))):
        name = draw.choice(names or list(entries))
        entries[name] = _xml(draw, entries[name])
    return _packed(list(entries.items()))


def _xml(draw: Draw, part: bytes) -> bytes:
    text = part.decode("utf-8", "replace")
    match draw.randrange(9):
        case 0:
            return _swap_one(draw, text, r'"-?\d+"', f'"{draw.choice(NUMBERS)}"')
        case 1:
            return _swap_one(draw, text, r' r="[A-Z]+\d+"', f' r="{draw.choice(REFERENCES)}"')
        case 2:
            return _swap_one(draw, text, r"<v>[^<]*</v>", f"<v>{draw.choice(NUMBERS)}</v>")
        case 3:
            return _swap_one(draw, text, r"<[^<>]*>", "")
        case 4:
            found = draw.choice(re.findall(r"<[^<>]*>", text) or [""])
            return _swap_one(draw, text, r"<[^<>]*>", found + found)
        case 5:
            letter = draw.choice(("&#0;", "&#xFFFF;", "&nope;", "_x0000_", "\ufffe", "]]>", "<!--"))
            at = draw.randrange(len(text) + 1)
            return (text[:at] + letter + text[at:]).encode("utf-8", "replace")
        case 6:
            kind = draw.choice(("s", "str", "b", "e", "d", "n", "inlineStr", "zz"))
            return _swap_one(draw, text, r' t="\w+"', f' t="{kind}"')
        case 7:
            row = draw.choice(re.findall(r"<row.*?</row>", text) or [""])
            return _swap_one(draw, text, r"<row.*?</row>", row * draw.choice((2, 30)))
        case _:
            return text[: draw.randrange(len(text) + 1)].encode("utf-8", "replace")


def _swap_one(draw: Draw, text: str, pattern: str, by: str) -> bytes:
    found = list(re.finditer(pattern, text))
    if found:
        match = draw.choice(found)
        text = text[: match.start()] + by + text[match.end() :]
    return text.encode("utf-8", "replace")


def of_entries(draw: Draw, data: bytes) -> bytes:
    """Parts of a workbook missing, renamed, exchanged, doubled or empty."""
    entries = list(_entries(data).items())
    for _turn in range(draw.choice((1, 1, 2, 3))):
        at, other = draw.randrange(len(entries)), draw.randrange(len(entries))
        name, part = entries[at]
        match draw.randrange(6):
            case 0 if len(entries) > 1:
                del entries[at]
            case 1:
                entries[at] = (draw.choice(("xl/", "../", "/", "")) + name, part)
            case 2:
                entries[at] = (name, entries[other][1])
            case 3:
                entries[at] = (name, b"")
            case 4:
                entries[at] = (name, draw.randbytes(len(part)))
            case _:
                draw.shuffle(entries)
    kind = draw.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2))
    return _packed(entries, kind)
