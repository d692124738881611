"""Write the corpus of BPJS lists: `python -m tests.golden.write_reconciliations`.

One file a class, and files as Excel and branches spoil them; the same bytes every time.
`expected.json` says which people fall into which classes, and is written by hand below, so that
it does not follow the code.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from tests.golden import books
from tests.golden.books import Sheet, text
from tests.golden.people import nik

FOLDER = Path(__file__).with_name("reconciliation")
EXPECTED = FOLDER / "expected.json"
MONTH = date(2026, 9, 1)
HEAD = ["No", "NIK", "Nama Peserta", "No KPJ", "Tgl Lahir", "Segmen", "Iuran", "Status"]
NAMES = ["SRI WAHYUNI", "SITI AMINAH", "SULASTRI", "NUR'AINI", "DEWI LESTARI", "ENDANG RAHAYU"]
BORN = [date(1985, 3, 12), date(1990, 7, 25), date(1979, 11, 4), date(1988, 2, 9)]


def ours() -> list[dict[str, Any]]:
    """The covered people of the corpus: six cadres, the last one born 65 years before."""
    found = []
    for number, name in enumerate(NAMES):
        born = date(1961, 8, 30) if number == 5 else BORN[number % 4]
        found.append(
            {
                "name": name,
                "nik": nik(born, 20 + number),
                "born": born.isoformat(),
                "kpj": f"2608{number:07d}",
            }
        )
    return found


def line(number: int, **cells: Any) -> list:
    """The clean line of one of ours; `cells` replace values by heading, `_` for a space."""
    person = ours()[number]
    told = {
        "No": number + 1,
        "NIK": person["nik"],
        "Nama Peserta": person["name"],
        "No KPJ": person["kpj"],
        "Tgl Lahir": date.fromisoformat(person["born"]),
        "Segmen": "BPU",
        "Iuran": 16800,
        "Status": "Aktif",
    } | {name.replace("_", " "): value for name, value in cells.items()}
    return [told[name] for name in HEAD]


def clean(*numbers: int) -> list[list]:
    """Clean lines of these people; without numbers of the five who are under 65."""
    return [line(number) for number in numbers or range(5)]


def _sheet(rows: list[list], name: str = "Tagihan") -> list[Sheet]:
    return [Sheet(name, rows)]


def _stranger() -> list:
    return line(
        0, No=9, NIK=nik(date(1991, 1, 5), 77), Nama_Peserta="TAMU BARU", No_KPJ="99999999999"
    )


# What a list is about, what reading it gives: (file, facts of our side, cells, expected classes).
# `facts` change one of ours: died, segment, employment, paid (this month's bill), unpaid (months).
Case = tuple[str, str, dict[str, Any], list[Sheet] | bytes, dict[str, Any]]


def cases() -> list[Case]:
    """One file for each class."""
    head = [HEAD]
    return [
        ("matched.xlsx", "everybody on both lists", {}, _sheet(head + clean()), {}),
        ("not_billed.xlsx", "one of ours is missing", {}, _sheet(head + clean(0, 1, 2, 3)),
         {NAMES[4]: ["not_billed"]}),
        ("billed_not_listed.ods", "a stranger is billed", {},
         _sheet(head + [*clean(), _stranger()]), {"TAMU BARU": ["billed_not_listed"]}),
        ("dead_billed.xls", "died on the last day before the month",
         {NAMES[1]: {"died": "2026-08-31"}}, _sheet(head + clean()), {NAMES[1]: ["dead_billed"]}),
        ("dead_in_month.csv", "died on the first day: still billed rightly",
         {NAMES[1]: {"died": "2026-09-01"}}, text(head + clean()), {}),
        ("twice_same_payer.xlsx", "one person on two lines", {},
         _sheet(head + [*clean(), line(2, No=6)]), {NAMES[2]: ["twice_same_payer"]}),
        ("twice_other_payer.xlsx", "somebody whom another payer covers",
         {NAMES[3]: {"payer": "CSR"}}, _sheet(head + clean()),
         {NAMES[3]: ["twice_other_payer"]}),
        ("twice_in_one_group.csv", "two lines of one group, written with and without a dot", {},
         text([[*HEAD, "Wadah"], *[[*each, "PKK Kab. Banyuwangi"] for each in clean()],
               [*line(2, No=6), "PKK KAB BANYUWANGI"]]),
         {NAMES[2]: ["twice_same_payer"]}),
        ("twice_in_two_groups.xlsx", "two employers of one list, by NPP", {},
         _sheet([[*HEAD, "NPP"], *[[*each, "JJ012345"] for each in clean()],
                 [*line(2, No=6), "JJ067890"], [*line(3, No=7), "JJ067890"],
                 [*line(3, No=8), "JJ067890"]]),
         {NAMES[2]: ["twice_other_payer"], NAMES[3]: ["twice_other_payer", "twice_same_payer"]}),
        ("active_pu.xlsx", "one line says PU, one says PNS", {},
         _sheet(head + [*clean(0, 1, 2), line(3, Segmen="PU"), line(4, Status="PNS")]),
         {NAMES[3]: ["active_pu"], NAMES[4]: ["active_pu"]}),
        ("active_pu_twice.xlsx", "the same person as BPU and as PU", {},
         _sheet(head + [*clean(), line(0, Segmen="PU", Iuran=5400)]), {NAMES[0]: ["active_pu"]}),
        ("over_age.xlsx", "65 years two days before the month", {NAMES[5]: {"covered": True}},
         _sheet(head + clean(0, 1, 2, 3, 4, 5)), {NAMES[5]: ["over_age"]}),
        ("amount_differs.csv", "half the amount, and another rate", {},
         text(head + [*clean(0, 1, 2), line(3, Iuran="Rp8.400,00"), line(4, Iuran="36.800")]),
         {NAMES[3]: ["amount_differs"], NAMES[4]: ["amount_differs"]}),
        ("paid_not_credited.xlsx", "our bill is paid, BPJS says unpaid",
         {NAMES[0]: {"paid": True}, NAMES[1]: {"paid": True}},
         _sheet(head + [*clean(1, 2, 3, 4), line(0, Status="Menunggak")]),
         {NAMES[0]: ["paid_not_credited"]}),
        ("gap_risk.xlsx", "the months before were not paid", {NAMES[2]: {"unpaid": 2}},
         _sheet(head + clean()), {NAMES[2]: ["gap_risk"]}),
    ]  # fmt: skip


def spoiled() -> list[Case]:
    """Lists as they come: two lines of heading, totals, signatures, habits of Excel."""
    parts = [["No", "NIK", "Nama", "Iuran", None, None, "Ket"],
             [None, None, None, "JKK", "JKM", "Jumlah", None]]  # fmt: skip
    people = ours()
    two_lines = parts + [
        [n + 1, people[n]["nik"], people[n]["name"], 10000, 6800, 16800, ""] for n in range(5)
    ]
    dressed = [
        ["DAFTAR TAGIHAN IURAN BPU"], ["BULAN SEPTEMBER 2026"], [], HEAD, [1, 2, 3, 4, 5, 6, 7, 8],
        *clean(), [None, None, "JUMLAH", None, None, None, 84000, None], [],
        [None, None, "Kepala Cabang"], [None, None, "Drs. Fulan, MM"],
    ]  # fmt: skip
    only_parts = [
        ["NIK", "Nama", "JKK", "JKM"],
        *[[p["nik"], p["name"], 10000, 6800] for p in people[:5]],
    ]
    kpj_only = [["No KPJ", "Nama"], *[[p["kpj"], p["name"]] for p in people[:5]]]
    as_numbers = [HEAD, *[line(n, NIK=float(people[n]["nik"][:15] + "0")) for n in range(5)]]
    grouped = [HEAD, *[line(n, NIK=" ".join(_fours(people[n]["nik"]))) for n in range(5)]]
    kpj_number = [
        ["KPJ", "NAMA", "IURAN"],
        *[[int(p["kpj"]), p["name"], 16800.0] for p in people[:5]],
    ]
    sheets = [
        Sheet("Kec Srono", [HEAD, *clean(0, 1)]),
        Sheet("Kec Muncar", [HEAD, *clean(2, 3, 4)]),
    ]
    odd = [HEAD, *clean(0, 1, 2, 3), line(4, Segmen="X9", Status="KODE-77", Iuran="?")]
    return [
        ("spoiled-two-line-heading.xlsx", "iuran over jkk, jkm, jumlah", {},
         [Sheet("Data", two_lines, merged=[(0, 3, 0, 5)])], {}),
        ("spoiled-dressed.xlsx", "title, numbered columns, total, signature", {},
         _sheet(dressed), {}),
        ("spoiled-parts-only.csv", "JKK and JKM without a sum", {}, text(only_parts, ","), {}),
        ("spoiled-kpj-only.xlsx", "no NIK at all", {}, _sheet(kpj_only), {}),
        ("spoiled-numbers-with-kpj.xlsx", "NIK as numbers, saved by the KPJ", {},
         _sheet(as_numbers), {}),
        ("spoiled-grouped.xlsx", "NIK in groups of four", {}, _sheet(grouped), {}),
        ("spoiled-kpj-number.xlsx", "KPJ as numbers", {}, _sheet(kpj_number), {}),
        ("spoiled-two-sheets.xlsx", "a sheet for each district", {}, sheets, {}),
        ("spoiled-unknown-codes.xlsx", "codes that nobody knows", {}, _sheet(odd), {}),
        ("spoiled-wide.csv", "UTF-16 with tabs", {}, text([HEAD, *clean()], "\t", "utf-16"), {}),
    ]  # fmt: skip


def refused() -> list[tuple[str, str, list[Sheet] | bytes, str]]:
    """Files that cannot be compared, and the code of each; `asks` for a question."""
    people = ours()
    numbers = [["NIK", "Nama", "Iuran"], *[[float(p["nik"]), p["name"], 16800] for p in people]]
    zeros = [
        ["NIK", "Nama", "Iuran"],
        *[[p["nik"][:12] + f"{10 * n:04d}", p["name"], 16800] for n, p in enumerate(people * 2)],
    ]
    strange = [["A", "B", "C"], *[[p["nik"], p["name"], 16800] for p in people]]
    two = [["NIK", "NIK", "Nama"], *[[p["nik"], p["nik"], p["name"]] for p in people]]
    bare = [[p["nik"], p["name"], 16800] for p in people]
    return [
        ("refused-numbers.xlsx", "NIK as numbers without KPJ", _sheet(numbers),
         "nik_column_number"),
        ("refused-zeros.csv", "NIK that end in 0", text(zeros), "nik_column_zeros"),
        ("refused-no-table.csv", "a letter", text([["Kepada Yth"], ["Kepala Dinas"]]), "no_table"),
        ("refused-no-rows.xlsx", "a heading alone", _sheet([HEAD]), "no_rows"),
        ("refused-empty.csv", "nothing", b"", "empty"),
        ("refused-picture.xlsx", "a photo with another name", b"\x89PNG\r\n\x1a\n", "picture"),
        ("refused-half.xlsx", "half a workbook", b"PK\x03\x04" + b"\0" * 40, "damaged"),
        ("asks-strange-heading.xlsx", "unknown headings", _sheet(strange), "asks"),
        ("asks-two-nik.xlsx", "two columns called NIK", _sheet(two), "asks"),
        ("asks-no-heading.csv", "no heading", text(bare), "asks"),
    ]  # fmt: skip


def _fours(digits: str) -> list[str]:
    return [digits[at : at + 4] for at in range(0, 16, 4)]


def main() -> None:
    """Write the files and what each must give."""
    FOLDER.mkdir(exist_ok=True)
    told: dict[str, Any] = {}
    for name, about, facts, made, expected in [*cases(), *spoiled()]:
        _write(name, made)
        told[name] = {"about": about, "facts": facts, "classes": expected}
    for name, about, made, code in refused():
        _write(name, made)
        told[name] = {"about": about, "refused": code}
    lines = [f"{json.dumps(name)}: {json.dumps(told[name])}" for name in sorted(told)]
    EXPECTED.write_text("{\n" + ",\n".join(lines) + "\n}\n")


def _write(name: str, made: list[Sheet] | bytes) -> None:
    if isinstance(made, bytes):
        (FOLDER / name).write_bytes(made)
    else:
        books.write(FOLDER / name, made)


if __name__ == "__main__":
    main()
