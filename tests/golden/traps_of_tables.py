"""Traps in how a table lies in its file."""

from tests.golden.books import Sheet, text
from tests.golden.people import HEAD, lines, nik, people, person, renamed, table

Trap = tuple[str, str, list[Sheet] | bytes]
W = len(HEAD)


def _one(rows: list[list], name: str = "Kader", **more) -> list[Sheet]:
    return [Sheet(name, rows, **more)]


def _without(*names: str) -> list[str]:
    return [name for name in HEAD if name not in names]


def _two_lines() -> tuple[list, list, list[list]]:
    upper = ["NO", "NIK", "NAMA", "TEMPAT/TGL LAHIR", None, "JENIS KELAMIN", None, "SK", None]
    lower = [None, None, None, "TEMPAT", "TGL", "L", "P", "NOMOR", "TANGGAL"]
    rows = [
        [
            each["No"],
            each["NIK"],
            each["Nama"],
            each["Tempat Lahir"],
            each["Tanggal Lahir"],
            "v" if each["L/P"] == "L" else None,
            "v" if each["L/P"] == "P" else None,
            each["Nomor SK"],
            each["Tanggal Lahir"].replace(year=2026),
        ]
        for each in people(5)
    ]
    return upper, lower, rows


def _three_part_date() -> list[list]:
    upper = ["NO", "NIK", "NAMA", "TANGGAL LAHIR", None, None, "L/P", "SK"]
    lower = [None, None, None, "TGL", "BLN", "THN", None, None]
    rows = [
        [
            each["No"],
            each["NIK"],
            each["Nama"],
            each["Tanggal Lahir"].day,
            each["Tanggal Lahir"].month,
            each["Tanggal Lahir"].year,
            each["L/P"],
            each["Nomor SK"],
        ]
        for each in people(3)
    ]
    return [upper, lower, *rows]


def _merged_posyandu() -> tuple[list[list], list[tuple[int, int, int, int]]]:
    head = ["Posyandu", *_without("Posyandu")]
    rows = table(people(6), head)
    for at, row in enumerate(rows[1:]):
        row[0] = {0: "Melati 1", 3: "Mawar"}.get(at)
    return rows, [(1, 0, 3, 0), (4, 0, 6, 0)]


TITLES = [
    ["DAFTAR KADER POSYANDU DESA KEBAMAN"],
    ["KECAMATAN SRONO KABUPATEN BANYUWANGI"],
    ["TAHUN 2026"],
    [],
]
SIGNED = [
    [],
    [None, None, None, None, None, None, None, "Kebaman, 2 Januari 2026"],
    [None, "Mengetahui", None, None, None, None, None, "Ketua TP PKK Desa"],
    [None, "Kepala Desa Kebaman"],
    [],
    [None, "( SUHARTO )", None, None, None, None, None, "( SITI FATIMAH )"],
    [None, "NIP. 196803121985031001"],
]


def _broken_words() -> list[list]:
    upper = ["NO", "NIK", "NAMA", "TANGGAL", "NAMA", "L/P", "NOMOR"]
    lower = [None, None, "LENGKAP", "LAHIR", "IBU KANDUNG", None, "SK"]
    kept = ["No", "NIK", "Nama", "Tanggal Lahir", "Nama Ibu Kandung", "L/P", "Nomor SK"]
    return [upper, lower, *lines(people(4), kept)]


def traps() -> list[Trap]:
    """Each with its file name, what it is about, and its sheets or bytes."""
    clean = table(people(5))
    upper, lower, halves = _two_lines()
    merged, ranges = _merged_posyandu()
    by_posyandu = _without("Posyandu")
    first, second = people(3), people(3, start=4)
    total = ["JUMLAH", None, "5 orang"]
    numbers = [f"({at})" for at in range(1, W + 1)]
    section = [
        list(by_posyandu),
        ["POSYANDU MELATI I"],
        *lines(first, by_posyandu),
        ["Posyandu : Mawar II"],
        *lines(second, by_posyandu),
    ]
    spans = [(0, at, 1, at) for at in (0, 1, 2)] + [(0, 3, 0, 4), (0, 5, 0, 6), (0, 7, 0, 8)]
    plain = table(people(4), ["NIK", "Nama", "Tanggal Lahir", "L/P", "Nomor SK"])
    forgotten = table(people(4))
    forgotten[3][1:2] = [None]
    forgotten[4] = [4, None, "RUKMINI"]
    shaped = renamed(table(people(3)), Nama="Identitas Kader", NIK="No. Identitas")
    return [
        ("table-clean.xlsx", "nothing is wrong", _one(clean)),
        ("table-clean.xls", "the same in the old kind", _one(clean)),
        ("table-clean.ods", "the same from LibreOffice", _one(clean)),
        ("table-clean.csv", "semicolons, UTF-8", text(clean)),
        ("table-comma.csv", "commas", text(clean, ",")),
        ("table-tab.csv", "cells pasted from a spreadsheet", text(clean, "\t")),
        ("table-pipe.csv", "upright strokes", text(clean, "|")),
        ("table-bom.csv", "UTF-8 with a mark", text(clean, ";", "utf-8-sig")),
        ("table-utf16.csv", "Unicode text of Excel", text(clean, "\t", "utf-16")),
        ("table-utf16-be.csv", "UTF-16 big end first, no mark", text(clean, ";", "utf-16-be")),
        (
            "table-cp1252.csv",
            "accents of Windows",
            text(table([person(1, Nama="ANDR\u00c9 RENAT\u00c9")]), ";", "cp1252"),
        ),
        ("table-sep-line.csv", "sep= on the first line", b"sep=;\r\n" + text(clean)),
        (
            "table-quoted-lines.csv",
            "each line in quotation marks",
            "\r\n".join(f'"{line}"' for line in text(clean, ",").decode().splitlines()).encode(),
        ),
        (
            "table-stray-quote.csv",
            "a quotation mark that nothing closes",
            text(clean).replace(b"SITI", b'"SITI', 1),
        ),
        ("table-titles.xlsx", "title lines above", _one([*TITLES, *clean])),
        (
            "table-titles-merged.xls",
            "merged titles",
            _one([*TITLES, *clean], merged=[(0, 0, 0, 9)]),
        ),
        (
            "table-two-lines.xlsx",
            "heading of two lines",
            _one([upper, lower, *halves], merged=spans),
        ),
        ("table-two-lines.xls", "the same, old kind", _one([upper, lower, *halves], merged=spans)),
        (
            "table-two-lines.ods",
            "the same, LibreOffice",
            _one([upper, lower, *halves], merged=spans),
        ),
        ("table-two-lines.csv", "the same without merges", text([upper, lower, *halves])),
        ("table-broken-words.csv", "words broken over two lines", text(_broken_words())),
        ("table-three-part-date.xlsx", "day, month, year apart", _one(_three_part_date())),
        ("table-merged-down.xlsx", "posyandu merged over lines", _one(merged, merged=ranges)),
        ("table-merged-down.xls", "the same, old kind", _one(merged, merged=ranges)),
        ("table-merged-down.ods", "the same, LibreOffice", _one(merged, merged=ranges)),
        (
            "table-numbered.xlsx",
            "a line numbers the columns",
            _one([clean[0], numbers, *clean[1:]]),
        ),
        ("table-total.xlsx", "a total under the table", _one([*clean, total])),
        ("table-signed.xlsx", "signatures under the table", _one([*clean, *SIGNED])),
        (
            "table-signed.ods",
            "signatures, total and titles",
            _one([*TITLES, *clean, total, *SIGNED]),
        ),
        ("table-tail.xlsx", "blank formatted lines", _one(clean, blank=400)),
        (
            "table-prefilled.xlsx",
            "numbered lines that nobody filled in",
            _one([*clean, *[[at] + [None] * 7 + ["Mawar"] for at in range(6, 20)]]),
        ),
        (
            "table-hidden-sheet.xlsx",
            "a hidden sheet",
            [Sheet("Kader", clean), Sheet("Lama", table(people(2, 7)), hidden=True)],
        ),
        (
            "table-hidden-sheet.xls",
            "a hidden sheet, old kind",
            [Sheet("Kader", clean), Sheet("Lama", table(people(2, 7)), hidden=True)],
        ),
        (
            "table-hidden-sheet.ods",
            "a hidden sheet, LibreOffice",
            [Sheet("Kader", clean), Sheet("Lama", table(people(2, 7)), hidden=True)],
        ),
        (
            "table-sheet-each.xlsx",
            "one sheet a posyandu",
            [
                Sheet("Melati 1", table(first, by_posyandu)),
                Sheet("POSYANDU MAWAR", table(second, by_posyandu)),
            ],
        ),
        (
            "table-recap-sheet.xlsx",
            "a recap beside the list",
            [Sheet("Rekap", [["Posyandu", "Jumlah"], ["Melati 1", 3]]), Sheet("Kader", clean)],
        ),
        (
            "table-officials-sheet.xlsx",
            "a sheet of names without NIK",
            [Sheet("Kader", clean), Sheet("Pengurus", [["Nama", "Jabatan"], ["Suharto", "Kades"]])],
        ),
        (
            "table-title-posyandu.xlsx",
            "posyandu in a title",
            _one([["Posyandu : Melati I"], *table(first, by_posyandu)]),
        ),
        ("table-sections.xlsx", "posyandu between the lines", _one(section)),
        ("table-sections.csv", "the same as text", text(section)),
        (
            "table-repeated.xlsx",
            "several tables with one heading",
            _one([*table(first), [], ["Posyandu : Anggrek"], *table(second)]),
        ),
        (
            "table-other-heading.xlsx",
            "a second table with another order",
            _one([*table(first), [], *table(second, ["Nama", "NIK", "Tanggal Lahir", "L/P"])]),
        ),
        (
            "table-far-heading.xlsx",
            "heading on line 31",
            _one([*[[f"Catatan {at}"] for at in range(30)], *clean]),
        ),
        (
            "table-family-card.xlsx",
            "family card numbers beside NIK",
            _one(
                [
                    ["No KK", *row] if at == 0 else [f"35100601{at:08d}", *row]
                    for at, row in enumerate(plain)
                ]
            ),
        ),
        ("table-forgotten.xlsx", "people whose NIK was forgotten", _one(forgotten)),
        (
            "kabupaten-villages.xlsx",
            "a regency's list",
            _one(
                [
                    ["Kecamatan", "Desa", *HEAD],
                    *[
                        ["Srono", village, *row]
                        for village, row in zip(
                            ["Kebaman", "Wonosobo", "Entah", "Kebaman"],
                            lines(people(4)),
                            strict=True,
                        )
                    ],
                ]
            ),
        ),
        (
            "kabupaten-sheets.xlsx",
            "a regency's list, one sheet a village",
            [Sheet("Kebaman", table(first)), Sheet("Wonosobo", table(second))],
        ),
        ("kabupaten-no-village.xlsx", "a regency's list without villages", _one(clean)),
        ("ask-no-heading.csv", "pasted cells without a heading", text(lines(people(4)), "\t")),
        (
            "ask-two-nik.xlsx",
            "two columns that may be the NIK",
            _one([[*clean[0], "NIK KTP"], *[[*row, row[1]] for row in clean[1:]]]),
        ),
        ("ask-odd-words.xlsx", "words that only a person understands", _one(shaped)),
        (
            "ask-no-birth-word.xlsx",
            "the day of birth under an odd word",
            _one(renamed(clean, Tanggal_Lahir="Kelahiran")),
        ),
        (
            "refused-no-birth.xlsx",
            "no day of birth anywhere",
            _one(table(people(3), ["No", "NIK", "Nama", "L/P"])),
        ),
        ("refused-no-table.xlsx", "no table", _one([["Undangan rapat kader"], ["Hari Senin"]])),
        ("refused-no-rows.xlsx", "a heading only", _one([HEAD])),
        (
            "refused-names-only.csv",
            "a list without NIK",
            text(table(people(3), ["No", "Nama", "Posyandu"])),
        ),
        (
            "refused-number-column.xlsx",
            "NIK as numbers",
            _one([clean[0], *[[row[0], float(row[1]), *row[2:]] for row in clean[1:]]]),
        ),
        (
            "refused-number-column.csv",
            "NIK in scientific writing",
            text([clean[0], *[[row[0], "3,51006E+15", *row[2:]] for row in clean[1:]]]),
        ),
        (
            "refused-zeros.xlsx",
            "NIK that all end in 0",
            _one(
                table(
                    [
                        person(at, NIK=nik(person(at)["Tanggal Lahir"], at * 10, at % 5 == 4))
                        for at in range(1, 13)
                    ]
                )
            ),
        ),
    ]
