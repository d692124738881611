"""What BPJS writes, read without guessing; and files that somebody has broken."""

import datetime as dt
import random

import pytest

from cadres.values import Unreadable
from core import sheets
from core.sheets import Row
from enrollment.reconciliation import columns, words
from enrollment.reconciliation.reading import (
    ColumnsNeeded,
    ListRefused,
    Reader,
    hidden,
)
from enrollment.reconciliation.wording import REFUSALS
from enrollment.reconciliation.words import Standing
from tests.golden.write_reconciliations import FOLDER

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        (16800, 16800),
        (16800.0, 16800),
        ("16800", 16800),
        ("16.800", 16800),
        ("16,800", 16800),
        ("Rp16.800,00", 16800),
        ("Rp 16,800.00", 16800),
        ("16.800,-", 16800),
        ("1.234.567,50", 1234568),
        ("(16.800)", -16800),
        ("-8.400", -8400),
        ("-", 0),
        (0, 0),
        ("", None),
        (None, None),
        ("#N/A", None),
    ],
)
def test_rupiah_in_every_writing(cell, amount):
    assert words.rupiah(cell) == amount


@pytest.mark.parametrize("cell", ["lunas", "16800 x 12", {"d": "2026-01-01"}, True, 1e12, "9" * 40])
def test_what_is_no_rupiah_is_said_so(cell):
    with pytest.raises(Unreadable, match="amount_unreadable"):
        words.rupiah(cell)


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("", Standing.ACTIVE),
        ("Aktif", Standing.ACTIVE),
        ("LUNAS", Standing.ACTIVE),
        ("NON AKTIF", Standing.INACTIVE),
        ("Nonaktif", Standing.INACTIVE),
        ("non-aktif sejak 2025", Standing.INACTIVE),
        ("Meninggal Dunia", Standing.INACTIVE),
        ("Menunggak 2 bulan", Standing.ARREARS),
        ("Belum Bayar", Standing.ARREARS),
        ("PU", Standing.WAGE_EARNER),
        ("Aktif PU", Standing.WAGE_EARNER),
        ("BPU", Standing.ACTIVE),
        ("Bukan Penerima Upah", Standing.ACTIVE),
        ("PNS", Standing.CIVIL_SERVANT),
        ("KODE-77", Standing.UNKNOWN),
        ("\N{PILE OF POO}", Standing.ACTIVE),
    ],
)
def test_statuses_say_what_they_say(text, standing):
    assert words.standing(text) == standing


def test_segments_and_member_numbers():
    assert [words.segment(each) for each in ("BPU", "PU", "Bukan Penerima Upah", "X9", "")] == [
        "BPU", "PU", "BPU", "", "",
    ]  # fmt: skip
    assert words.segment("Penerima Upah") == "PU"
    assert words.member_no("2608-0000 001") == "26080000001"
    assert words.member_no(8000000012.0) == "08000000012"
    assert words.member_no("16ab0012345") == "16AB0012345"
    assert words.member_no("tidak ada") == words.member_no(True) == words.member_no(None) == ""


def test_headings_as_branches_write_them():
    def places(*heading: str) -> dict[str, int]:
        return columns.guess([(each, "") for each in heading]).places

    assert places("NO", "NOMOR KPJ", "NIK", "NAMA TK", "TGL LAHIR", "IURAN") == {
        "number": 0, "member_no": 1, "nik": 2, "birth_date": 4, "amount": 5,
    } | ({"name": 3} if "name" in places("NAMA TK") else {})  # fmt: skip
    assert places("NIK", "NO KARTU KELUARGA")["nik"] == 0
    assert "member_no" not in places("NIK", "NO KARTU KELUARGA", "NAMA")
    assert places("NIK", "NAMA", "STATUS KAWIN").keys() == {"nik", "name"}
    assert columns.guess([("NIK", ""), ("NIK", ""), ("NAMA", "")]).unsure
    two = columns.guess([("NIK", ""), ("IURAN", "JKK"), ("IURAN", "JKM"), ("IURAN", "JUMLAH")])
    assert (two.places["jkk"], two.places["jkm"], two.places["amount"]) == (1, 2, 3)
    for payer in ("NPP", "Nama Perusahaan", "WADAH/KELOMPOK", "Pemberi Kerja"):
        assert places("NIK", "NAMA", payer, "STATUS PEMBAYARAN")["payer"] == 2
    assert "payer" not in places("NIK", "NAMA", "STATUS PEMBAYARAN", "JUMLAH BAYAR")


def test_samples_hide_numbers_that_people_are_known_by():
    assert hidden("3510064101900777") == "3510••••••••••••"
    assert hidden("26080000001") == "2608•••••••"
    assert hidden("16800") == "16800"


def test_lines_without_anybody_are_counted_not_kept():
    rows = [
        ["NIK", "NAMA", "IURAN"],
        ["3510065203850021", "SRI", 16800],
        [None, "JUMLAH", 16800],
        [None, "SITI TANPA NIK", 16800],
        [None, "Kepala Cabang", None],
    ]
    reader = Reader(TODAY)
    found = list(reader.lines(Row("", n, cells) for n, cells in enumerate(rows, 1)))
    assert [(each.number, each.name, each.problem) for each in found] == [
        (2, "SRI", ""),
        (4, "SITI TANPA NIK", "nik_missing"),
    ]
    assert reader.skipped == 3


def test_broken_files_end_in_lines_a_question_or_a_code(tmp_path):
    dice = random.Random(20261122)
    kinds = {kind: sorted(FOLDER.glob(f"*.{kind}")) for kind in ("csv", "xlsx", "xls")}
    codes: set[str] = set()
    ended = dict.fromkeys(("read", "asked", "refused"), 0)
    for turn in range(60):
        files = kinds["csv" if turn % 3 else dice.choice(["xlsx", "xls"])]
        source = dice.choice(files)
        data = bytearray(source.read_bytes() or b"x")
        for _ in range(dice.randint(1, 12)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        if dice.random() < 0.2:
            data = data[: dice.randrange(1, len(data) + 1)]
        path = tmp_path / f"{turn}{source.suffix}"
        path.write_bytes(data)
        try:
            with sheets.opened(path) as book:
                list(Reader(TODAY).lines(book.rows()))
            ended["read"] += 1
        except ColumnsNeeded:
            ended["asked"] += 1
        except (ListRefused, sheets.SheetRefused) as refused:
            codes.add(refused.code)
            ended["refused"] += 1
    assert codes <= REFUSALS.keys()
    assert sum(ended.values()) == 60
    assert all(ended.values())
