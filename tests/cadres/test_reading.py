"""Lines become people: what people answered, faults of whole tables, and what is never guessed."""

import datetime as dt

import pytest

from cadres import findings
from cadres.importing import Answers, MappingNeeded, Reader, RosterRefused, shapes, tables
from core.sheets import Row
from tests.golden.people import HEAD, lines, people, person, table
from tests.golden.reading import ground


def _cells(row):
    return [{"d": cell.isoformat()} if isinstance(cell, dt.date) else cell for cell in row]


def _rows(rows, sheet="Kader", first=1):
    return [Row(sheet, number, _cells(row)) for number, row in enumerate(rows, first) if row]


class _Book:
    def __init__(self, rows):
        self._rows = rows

    def rows(self):
        return iter(self._rows)


def _read(rows, village_id=1, **answers):
    reader = Reader(ground(village_id), answers=Answers(**answers))
    found = list(reader.people(_rows(rows)))
    return found, [(note.number, note.column, note.code) for note in reader.notes]


def _asked(rows, **answers):
    with pytest.raises(MappingNeeded) as needed:
        _read(rows, **answers)
    return needed.value.shapes


ODD = [["No", "Nomor Identitas", "Warga", "Hari Lahir"], *lines(people(3), HEAD[:3])]
for _row, _person in zip(ODD[1:], people(3), strict=True):
    _row.append(_person["Tanggal Lahir"])


def test_a_table_whose_words_say_too_little_is_asked_about_with_guesses():
    (shape,) = _asked(ODD)
    assert (shape.sheet, shape.number, shape.first) == ("Kader", 1, 2)
    assert shape.words == tuple(ODD[0])
    assert shape.guesses == {"nik": 1, "name": 2, "birth_date": 3}


def test_samples_show_three_lines_and_no_whole_nik():
    (shape,) = shapes(_Book(_rows(ODD)))
    assert len(shape.samples) == 3
    assert shape.samples[0][1].startswith("3510")
    assert not any(character.isdigit() for character in shape.samples[0][1][4:])
    assert shape.samples[0][2] == ODD[1][2]


def test_an_answer_is_used_and_not_asked_for_again():
    (shape,) = _asked(ODD)
    found, notes = _read(ODD, mapping={shape.key: {"nik": 1, "name": 2, "birth_date": 3}})
    assert [each.name for each in found] == [row[2] for row in ODD[1:]]
    assert [code for _number, _column, code in notes] == ["decree_column_missing"]


def test_an_answer_wins_over_what_the_heading_says():
    rows = [[*HEAD, "Nama"], *[[*row, "ORANG LAIN"] for row in lines(people(2))]]
    (shape,) = _asked(rows)
    answer = {**shape.guesses, "name": len(HEAD)}
    found, _notes = _read(rows, mapping={shape.key: answer})
    assert {each.name for each in found} == {"ORANG LAIN"}


def test_a_table_without_heading_is_read_as_answered():
    rows = lines(people(3))
    (shape,) = _asked(rows)
    assert (shape.number, shape.first, set(shape.words)) == (0, 1, {""})
    found, _notes = _read(rows, mapping={shape.key: {"nik": 1, "name": 2, "birth_date": 4}})
    assert [each.number for each in found] == [1, 2, 3]


def test_the_same_heading_has_the_same_shape_wherever_it_stands():
    (first,) = _asked(ODD)
    (second,) = _asked([["DAFTAR KADER"], [], *ODD])
    assert first.key == second.key


def test_all_odd_tables_of_a_file_are_asked_about_at_once():
    other = [["No", "No Identitas", "Warga", "Hari Lahir"], *ODD[1:]]
    reader = Reader(ground(1))
    with pytest.raises(MappingNeeded) as needed:
        list(reader.people([*_rows(ODD), *_rows(other, "Lain")]))
    assert [shape.sheet for shape in needed.value.shapes] == ["Kader", "Lain"]


def test_shapes_of_a_clear_file_are_told_too():
    (shape,) = shapes(_Book(_rows(table(people(3)))))
    assert shape.guesses["nik"] == 1


def test_an_answer_without_a_birth_date_is_refused_whole():
    (shape,) = _asked(ODD)
    with pytest.raises(RosterRefused) as refused:
        _read(ODD, mapping={shape.key: {"nik": 1, "name": 2}})
    assert refused.value.code == "no_birth_column"


def test_a_fix_is_read_in_place_of_its_cell():
    rows = table([person(1, NIK="12"), person(2)])
    fix = {("Kader", 2): {"nik": person(1)["NIK"]}}
    found, notes = _read(rows, fixes=fix)
    assert found[0].nik == person(1)["NIK"]
    assert notes == []


def test_a_fix_fills_a_column_that_the_table_lacks():
    fix = {("Kader", 2): {"mother_name": "Kasiyem", "birth_date": "13-03-1991"}}
    rows = table(people(2), ["NIK", "Nama", "Tanggal Lahir", "Nomor SK"])
    found, notes = _read(rows, fixes=fix)
    assert (found[0].mother_name, found[0].birth_date) == ("Kasiyem", dt.date(1991, 3, 13))
    assert [code for _number, _column, code in notes] == ["nik_birth_date"]


def test_a_fix_of_one_sheet_is_not_read_in_another():
    rows = table([person(1, NIK="12")])
    _found, notes = _read(rows, fixes={("Lain", 2): {"nik": person(1)["NIK"]}})
    assert notes == [(2, "NIK", "nik_length")]


@pytest.mark.parametrize("empty", ["", "-", "0", 0.0, None, "\u2013", "#N/A"])
@pytest.mark.parametrize("column", ["Tempat Lahir", "No HP", "Nama Ibu Kandung", "Posyandu"])
def test_an_empty_cell_never_becomes_a_value(column, empty):
    (found,), _notes = _read(table([person(1, **{column: empty})]))
    field = {"Tempat Lahir": "birth_place", "No HP": "phone", "Nama Ibu Kandung": "mother_name"}
    assert getattr(found, field.get(column, "posyandu")) == ""


def _swapped(count):
    found = []
    for number in range(count):
        born = dt.date(1980, 1 + number % 5, 7 + number % 5)
        digits = f"351006{born.day + 40:02d}{born:%m%y}{number + 1:04d}"
        shown = born.replace(day=born.month, month=born.day)
        found.append(person(1, NIK=digits, Tanggal_Lahir=shown, **{"L/P": "P"}))
    return found


def test_dates_swapped_in_a_whole_table_are_one_finding_with_counts():
    reader = Reader(ground(1))
    list(reader.people(_rows(table(_swapped(150)))))
    (note,) = reader.notes
    assert (note.number, note.code) == (1, "dates_swapped_all")
    assert note.facts.pop("shape") == tables.key_of([(word, "") for word in HEAD])
    days = {"date": "1980-07-01", "other_date": "1980-01-07"}
    assert note.facts == {"count": 150, "total": 150, "first_row": 2, **days}
    told = findings.message(note.code, note.facts)
    assert "150 dari 150" in told
    assert "tertulis 1 Jul 1980, menurut NIK 7 Jan 1980" in told


def test_a_few_swapped_dates_stay_findings_of_their_lines():
    born = dt.date(1980, 3, 9)
    right = [
        person(1, NIK=f"35100649{born:%m%y}{at:04d}", Tanggal_Lahir=born, **{"L/P": "P"})
        for at in range(100, 110)
    ]
    _found, notes = _read(table([*_swapped(2), *right]))
    assert [code for _number, _column, code in notes] == ["birth_date_swapped"] * 2


def test_a_shifted_table_is_one_finding_and_none_of_its_lines_is_used():
    rows = [HEAD, *[[row[0], None, *row[1:]] for row in lines(people(9))]]
    reader = Reader(ground(1))
    found = list(reader.people(_rows(rows)))
    (note,) = reader.notes
    assert (note.code, note.column, note.facts["under"]) == ("columns_shifted", "NIK", "Nama")
    assert all(each.rejected for each in found)


def test_what_is_found_says_the_nik_masked():
    reader = Reader(ground(1))
    list(reader.people(_rows(table([person(1, NIK="3509016507900012")]))))
    assert all("6507900" not in str(note.facts) for note in reader.notes)
    assert findings.message(reader.notes[0].code, reader.notes[0].facts)


def test_lines_after_the_signatures_count_again_when_they_have_a_nik():
    rows = [*table(people(2)), [None, "Mengetahui"], [None, None, "SUHARTO"], *lines(people(1, 3))]
    found, _notes = _read(rows)
    assert [each.number for each in found] == [2, 3, 6]


@pytest.mark.parametrize(
    ("title", "codes"),
    [("DESA WONOSOBO KECAMATAN SRONO", ["title_other_village"]), ("Desa : Kebaman", [])],
)
def test_a_title_that_names_another_village_is_told(title, codes):
    _found, notes = _read([[title], *table(people(2))])
    assert [code for _number, _column, code in notes] == codes


def test_a_posyandu_of_the_line_wins_over_its_section():
    rows = [["Posyandu : Anggrek"], *table([person(1), person(2, Posyandu=None)])]
    found, _notes = _read(rows)
    assert [each.posyandu for each in found] == ["Melati 1", "Anggrek"]
