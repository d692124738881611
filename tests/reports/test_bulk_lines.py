"""What is pasted or uploaded, line by line: numbers and names however they are written."""

import pytest

from core.errors import DomainError
from reports.bulk import reading
from reports.bulk.lines import TooManyLines, of_text, read

NIK = "3510014303850012"


def lines(text):
    """A pasted text as its lines."""
    return read(of_text(text))


@pytest.mark.parametrize(
    "written",
    [
        NIK,
        f"'{NIK}",
        f'="{NIK}"',
        "3510 0143 0385 0012",
        "3510.0143.0385.0012",
        "3510-0143-0385-0012",
        "35.10.01.430385.0012",
        "3510\u00a00143\u00a00385\u00a00012",
        f"1. {NIK}",
        f"12 {NIK}",
        "7 3510 0143 0385 0012",
        f"{NIK}\t",
        f"NIK: {NIK}",
    ],
)
def test_a_number_is_read_however_it_is_written(written):
    (line,) = lines(written)
    assert line.nik == NIK
    assert NIK not in line.shown


@pytest.mark.parametrize(
    "written",
    [
        f"{NIK}\tSITI AMINAH",
        f"SITI AMINAH\t{NIK}",
        f"SITI AMINAH, {NIK}",
        f"{NIK},SITI AMINAH",
        f"{NIK} SITI AMINAH",
        f"3. SITI AMINAH {NIK}",
        f"SITI AMINAH;{NIK}",
        "1\tSITI AMINAH\t3510 0143 0385 0012\t081234567890",
    ],
)
def test_number_and_name_come_in_any_order(written):
    (line,) = lines(written)
    assert (line.nik, line.name) == (NIK, "SITI AMINAH")


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("3,51001E+15", "nik_number"),
        ("3.51001430385E+15 SITI AMINAH", "nik_number"),
        ("351001430385001", "nik_length"),
        ("35100143038500123", "nik_length"),
        ("351OO14303850012", "nik_letters"),
    ],
)
def test_a_damaged_number_is_explained_and_never_mended(written, fault):
    (line,) = lines(written)
    assert (line.nik, line.fault) == ("", fault)
    assert line.explained
    assert not any(len(word) > 4 and word.isdigit() for word in line.shown.split())


def test_a_number_cell_of_a_spreadsheet_is_damaged():
    (line,) = read([("", 1, [1, float(NIK), "Siti"])])
    assert (line.fault, line.name) == ("nik_number", "Siti")


@pytest.mark.parametrize(
    "nothing",
    ["", "\n\n \n", "-", "1\n2\n3", "081234567890", ";;;\t\t", "\x00\x01", "x", "JUMLAH 3"],
)
def test_nothing_in_a_text_is_said_so(nothing):
    with pytest.raises(DomainError) as refused:
        reading.pasted(nothing)
    assert refused.value.code == "nothing_asked"


def test_a_heading_tells_which_columns_count():
    found = lines(
        f"DAFTAR KADER DESA MAJU\nNO\tNAMA\tNAMA IBU\tNIK\n1\tSITI\tAMINAH\t{NIK}\n2\tDEWI"
    )
    assert [(each.number, each.nik, each.name) for each in found] == [
        (3, NIK, "SITI"),
        (4, "", "DEWI"),
    ]


def test_hostile_lines_are_only_text():
    evil = [
        "<script>alert(1)</script>",
        '=HYPERLINK("x")',
        "'; DROP TABLE cadres_cadre; --",
        "9" * 5000,
    ]
    found = lines("\n".join(evil))
    assert all(len(each.name) <= 120 for each in found)
    assert found[-1].fault == "nik_length"


def test_too_many_lines_are_refused():
    with pytest.raises(TooManyLines):
        read((("", number, [f"Orang {'ABCDEFGHIJ'[number]}"]) for number in range(10)), most=9)
