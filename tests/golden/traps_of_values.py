"""Traps in cells, and files that no list can come from."""

import datetime as dt

from tests.golden.books import MANIFEST, ODS_KIND, Sheet, text
from tests.golden.people import BORN, each, nik, people, person, spoiled, table

Trap = tuple[str, str, list[Sheet] | bytes]
BREAK = "\u00a0"


def _one(rows: list[list]) -> list[Sheet]:
    return [Sheet("Kader", rows)]


def _grouped(digits: str, mark: str) -> str:
    return mark.join(digits[at : at + 4] for at in range(0, 16, 4))


def _swapped(born: dt.date) -> dt.date:
    return born.replace(day=born.month, month=born.day) if born.day <= 12 else born


def _serial(born: dt.date) -> int:
    return (born - dt.date(1899, 12, 30)).days


def _ambiguous(count: int) -> list[dict]:
    """People born on days that would be days when swapped too."""
    found = []
    for number in range(1, count + 1):
        born = dt.date(1980 + number, 1 + number % 5, 7 + number % 5)
        found.append(person(number, NIK=nik(born, number, number % 5 == 4), Tanggal_Lahir=born))
    return found


def _shifted(rows: list[list], at: int = 1) -> list[list]:
    return [rows[0], *[[*row[:at], None, *row[at:]] for row in rows[1:]]]


def traps() -> list[Trap]:
    """Each with its file name, what it is about, and its sheets or bytes."""
    joined = table(people(4))
    for row in joined[1:]:
        row[3] = f"{row[3]}, {row[4]:%d-%m-%Y}"
    joined = [row[:4] + row[5:] for row in joined]
    joined[0][3] = "Tempat/Tgl Lahir"
    ttl = [["TTL" if cell == "Tempat/Tgl Lahir" else cell for cell in row] for row in joined]
    ttl[2][3] = "Banyuwangi 4 November 1979"
    ttl[3][3] = "Rogojampi/9-2-88"
    twice = table([*people(3), person(2, No=4)])
    half = table(people(5))
    half[2] = [half[2][0], None, *half[2][1:]]
    return [
        ("nik-spaces.xlsx", "NIK in groups", _one(each(4, NIK=lambda it: _grouped(it, " ")))),
        ("nik-dots.xls", "NIK with dots", _one(each(4, NIK=lambda it: _grouped(it, ".")))),
        ("nik-apostrophe.csv", "apostrophes before NIK", text(each(4, NIK=lambda it: f"'{it}"))),
        ("nik-no-break.ods", "no-break spaces", _one(each(4, NIK=lambda it: _grouped(it, BREAK)))),
        ("nik-formula.csv", "NIK as formulas", text(each(4, NIK=lambda it: f'="{it}"'))),
        ("nik-number-one.xlsx", "one NIK kept as a number", _one(spoiled(NIK=3510064411790012))),
        ("nik-short.xlsx", "15 digits", _one(spoiled(NIK="351006441179001"))),
        ("nik-letter.xlsx", "the letter O for a zero", _one(spoiled(NIK="35100644117900O2"))),
        ("nik-empty.xlsx", "no NIK", _one(spoiled(NIK=None))),
        ("nik-dash.xlsx", "a dash for no NIK", _one(spoiled(NIK="-"))),
        ("nik-serial.xlsx", "the serial 0000", _one(spoiled(NIK="3510064411790000"))),
        ("nik-day.xlsx", "day 72", _one(spoiled(NIK="3510067211790012"))),
        ("nik-province.xlsx", "a province that is none", _one(spoiled(NIK="9910064411790012"))),
        ("nik-retired.xlsx", "a retired district", _one(spoiled(NIK="3510994411790012"))),
        ("nik-elsewhere.xlsx", "issued in another regency", _one(spoiled(NIK="3509014411790012"))),
        ("nik-twice.xlsx", "the same line twice", _one(twice)),
        ("date-iso.csv", "ISO", text(each(4, Tanggal_Lahir=lambda it: it.isoformat()))),
        ("date-dashes.csv", "12-03-1985", text(each(4, Tanggal_Lahir=lambda it: f"{it:%d-%m-%Y}"))),
        (
            "date-short.csv",
            "12/3/85",
            text(each(4, Tanggal_Lahir=lambda it: f"{it.day}/{it.month}/{it:%y}")),
        ),
        (
            "date-words.xlsx",
            "12 Maret 1985",
            _one(
                each(
                    4,
                    Tanggal_Lahir=lambda it: (
                        f"{it.day} {['Maret', 'Juli', 'Nopember', 'Peb'][BORN.index(it)]} {it.year}"
                    ),
                )
            ),
        ),
        ("date-with-place.xlsx", "place and day in one cell", _one(joined)),
        ("date-ttl.xlsx", "TTL in several habits", _one(ttl)),
        (
            "date-serial.xlsx",
            "serial numbers that NIK confirms",
            _one(each(4, Tanggal_Lahir=_serial)),
        ),
        ("date-serial-wrong.xlsx", "one that it does not", _one(spoiled(Tanggal_Lahir=31118))),
        ("date-bare.csv", "12031985", text(each(4, Tanggal_Lahir=lambda it: f"{it:%d%m%Y}"))),
        ("date-empty.xlsx", "no day of birth", _one(spoiled(Tanggal_Lahir=None))),
        ("date-zero.xlsx", "0 for no day", _one(spoiled(Tanggal_Lahir=0))),
        ("date-impossible.xlsx", "31 February", _one(spoiled(Tanggal_Lahir="31-02-1990"))),
        ("date-future.xlsx", "born in 2090", _one(spoiled(Tanggal_Lahir="25-07-2090"))),
        (
            "date-differs.xlsx",
            "another day than the NIK's",
            _one(spoiled(Tanggal_Lahir="05-11-1979")),
        ),
        (
            "date-swapped-one.xlsx",
            "one day swapped",
            _one(spoiled(5, NIK=nik(dt.date(1990, 7, 5), 12), Tanggal_Lahir=dt.date(1990, 5, 7))),
        ),
        (
            "date-swapped-all.xlsx",
            "all days swapped",
            _one(
                table(
                    [
                        one | {"Tanggal Lahir": _swapped(one["Tanggal Lahir"])}
                        for one in _ambiguous(12)
                    ]
                )
            ),
        ),
        (
            "date-swapped-some.csv",
            "texts right, cells swapped",
            text(
                table(
                    [
                        one | {"Tanggal Lahir": _swapped(one["Tanggal Lahir"])}
                        for one in [*_ambiguous(8), *people(3, 9)]
                    ]
                )
            ),
        ),
        (
            "age-young.xlsx",
            "15 years old",
            _one(spoiled(NIK=nik(dt.date(2011, 1, 5), 12), Tanggal_Lahir=dt.date(2011, 1, 5))),
        ),
        (
            "age-old.xlsx",
            "66 years old",
            _one(spoiled(NIK=nik(dt.date(1960, 1, 5), 12), Tanggal_Lahir=dt.date(1960, 1, 5))),
        ),
        (
            "sex-words.xlsx",
            "Laki-laki, Perempuan",
            _one(each(5, **{"L/P": lambda it: {"L": "Laki-laki", "P": "Perempuan"}[it]})),
        ),
        ("sex-numbers.xlsx", "1 and 2", _one(each(5, **{"L/P": lambda it: {"L": 1, "P": 2}[it]}))),
        (
            "sex-short.csv",
            "Lk and Pr",
            text(each(5, **{"L/P": lambda it: {"L": "Lk", "P": "wanita"}[it]})),
        ),
        ("sex-differs.xlsx", "another sex than the NIK's", _one(spoiled(**{"L/P": "L"}))),
        ("sex-odd.xlsx", "no sex", _one(spoiled(**{"L/P": "x"}))),
        (
            "phone-habits.xlsx",
            "phones without the zero, with +62",
            _one(
                table(
                    [
                        person(1, No_HP=81234567801),
                        person(2, No_HP="+62 812-3456-7802"),
                        person(3, No_HP="0812 3456 7803 / 0813 1111 2222"),
                    ]
                )
            ),
        ),
        ("phone-short.xlsx", "half a phone", _one(spoiled(No_HP="0812"))),
        (
            "name-titles.xlsx",
            "titles",
            _one(
                table(
                    [
                        person(1, Nama="Hj. Siti Aminah, S.Pd."),
                        person(2, Nama="Drs. Suprihandoko., MM"),
                        person(3, Nama="Sulastri"),
                    ]
                )
            ),
        ),
        (
            "name-accents.xlsx",
            "accents and apostrophes",
            _one(
                table(
                    [
                        person(1, Nama="RENAT\u00c9 D\u2019ARC"),
                        person(2, Nama="Nur`aini"),
                        person(3, Nama="3. SRI WAHYUNI"),
                    ]
                )
            ),
        ),
        ("name-missing.xlsx", "no name", _one(spoiled(Nama=None))),
        ("decree-empty.xlsx", "no decree of one person", _one(spoiled(Nomor_SK=None))),
        ("decree-none.xlsx", "no decrees at all", _one([row[:-1] for row in table(people(3))])),
        (
            "village-other.xlsx",
            "one line for another village",
            _one(
                [
                    [*row, village]
                    for row, village in zip(
                        table(people(3)), ["Desa", "Kebaman", "Wonosobo", "Kebaman"], strict=True
                    )
                ]
            ),
        ),
        ("shift-one.xlsx", "one line shifted", _one(half)),
        ("shift-all.xlsx", "all lines shifted", _one(_shifted(table(people(8))))),
        (
            "shift-dates.xlsx",
            "place and day under each other's heading",
            _one(
                [
                    [*row[:3], row[4], row[3], *row[5:]] if at else row
                    for at, row in enumerate(table(people(8)))
                ]
            ),
        ),
        ("refused-empty.xlsx", "an empty file", b""),
        (
            "refused-html.xls",
            "a web page named Excel",
            b"<html><body><table><tr><td>NIK</td></tr></table></body></html>",
        ),
        (
            "refused-mhtml.xls",
            "a web archive named Excel",
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html></html>",
        ),
        (
            "refused-xml-2003.xls",
            "XML Spreadsheet 2003",
            b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
            b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>',
        ),
        ("refused-pdf.xlsx", "a PDF", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"),
        ("refused-photo.xlsx", "a photo", b"\xff\xd8\xff\xe0\0\x10JFIF\0"),
        ("refused-half.xlsx", "half a workbook", b"PK\x03\x04\x14\0\0\0\x08\0"),
        (
            "refused-old-half.xls",
            "the beginning of an old workbook",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000),
        ),
        (
            "refused-password.xlsx",
            "a locked workbook",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + bytes(1016)
            + "EncryptedPackage".encode("utf-16-le")
            + bytes(512),
        ),
        ("refused-bytes.csv", "bytes that are no text", bytes(range(1, 32)) * 20),
    ]


def packed() -> list[tuple[str, str, dict[str, str | bytes]]]:
    """Zips that are no list: each with its file name, what it is about, and its entries."""
    locked = '<manifest:encryption-data manifest:checksum="x" manifest:checksum-type="SHA1"/>'
    return [
        ("refused-word.docx", "a Word document", {"word/document.xml": "<w:document/>"}),
        ("refused-archive.zip", "a workbook in an archive", {"kader.xlsx": b"PK"}),
        ("refused-macros.xlsm", "macros", {"xl/workbook.xml": "<a/>", "xl/vbaProject.bin": b"x"}),
        (
            "refused-entities.xlsx",
            "a billion laughs",
            {
                "xl/workbook.xml": '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
                '<!ENTITY lol2 "&lol;&lol;&lol;&lol;">]><workbook>&lol2;</workbook>'
            },
        ),
        (
            "refused-password.ods",
            "a locked workbook of LibreOffice",
            {
                "mimetype": ODS_KIND,
                "content.xml": bytes(range(256)),
                "META-INF/manifest.xml": MANIFEST.format(locked),
            },
        ),
    ]
