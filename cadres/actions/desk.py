"""What people decide about a roster that was read: columns, cells, lines, people and places.

Each answer is kept beside the file, which stays as it was sent; then the roster is checked again
with everything that was answered so far.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from audit.actions import record
from cadres import headings, queries
from cadres.actions.rosters import recheck_roster
from cadres.models import (
    Cadre,
    ColumnMemory,
    Departure,
    ImportRow,
    Posyandu,
    PosyanduChoice,
    RosterImport,
    RowDecision,
    RowFix,
)
from core import sealed
from core.errors import DomainError
from regions.models import Village
from regions.queries import regency_today

Line = tuple[str, int]
Cell = tuple[str, int, str]
COLUMNS = frozenset(headings.MAPPABLE)
MOST_CELLS, MOST_LINES, LONGEST = 500, 500, 200
KEY = ("regency", "roster")


@dataclass(frozen=True)
class Leaving:
    """Why one missing person is missing; `reason` empty takes the answer back.

    `day` is the last day of service (of death when the person died); `successor` is the line of
    this roster that takes over the seat.
    """

    cadre_id: int
    reason: str
    day: dt.date | None = None
    successor: Line | None = None


@dataclass(frozen=True)
class Answer:
    """Yes or no to one question about a line; `cadre` is who the person is the same as."""

    line: Line
    question: str
    yes: bool
    cadre: Cadre | None = None


def _locked(roster: RosterImport, *statuses: str) -> RosterImport:
    """The roster, held until the transaction ends; raises DomainError when it is not open."""
    found = RosterImport.objects.select_for_update().get(pk=roster.pk)
    if found.status not in statuses:
        raise DomainError(
            "roster_not_open", _("Daftar ini tidak sedang diperiksa, jadi tidak dapat diubah.")
        )
    return found


def _done(roster: RosterImport, by: Actor, kind: str, **facts: object) -> RosterImport:
    record(kind, roster, by=by, village_id=roster.village_id, facts=facts)
    return recheck_roster(by=by, roster=roster)


def map_columns(
    *,
    by: Actor,
    roster: RosterImport,
    shape: str,
    places: Mapping[str, int],
    remember: bool = True,
) -> RosterImport:
    """Say which column of a table means what; `places` is {name of a column: place from 0}.

    With `remember` the next file of this shape for the same village is read so without asking.
    Raises DomainError `columns_missing`, `columns_unknown` or `columns_twice`.
    """
    roster = _locked(roster, RosterImport.Status.MAPPING, RosterImport.Status.READY)
    if not COLUMNS.issuperset(places) or any(place < 0 for place in places.values()):
        raise DomainError("columns_unknown", _("Ada kolom yang tidak dikenal."))
    if headings.missing(dict(places)):
        raise DomainError(
            "columns_missing",
            _("Tunjukkan dulu kolom mana yang berisi NIK, Nama, dan Tanggal lahir."),
        )
    if len(set(places.values())) != len(places):
        raise DomainError("columns_twice", _("Satu kolom hanya boleh punya satu arti."))
    roster.mapping = {**roster.mapping, shape: dict(places)}
    roster.save(update_fields=["mapping"])
    if remember:
        ColumnMemory.objects.update_or_create(
            village=roster.village, shape=shape, defaults={"places": dict(places)}
        )
    return _done(roster, by, "roster.mapped", columns=len(places))


def read_dates(
    *, by: Actor, roster: RosterImport, month_first: bool, remember: bool = True
) -> RosterImport:
    """Read days of birth with the month before the day, or with `month_first` false as written.

    This is for the tables whose days the check found swapped, or were read so. With `remember`
    the next file of this shape for the same village is read so without asking. Raises
    DomainError `dates_not_swapped`.
    """
    roster = _locked(roster, RosterImport.Status.READY)
    code = "dates_swapped_all" if month_first else "dates_month_first"
    shapes = sorted(queries.shapes_with(roster, code))
    if not shapes:
        message = _("Tanggal lahir di daftar ini tidak tertukar semuanya.")
        raise DomainError("dates_not_swapped", message)
    roster.month_first = {**roster.month_first, **dict.fromkeys(shapes, month_first)}
    roster.save(update_fields=["month_first"])
    for shape in shapes if remember else ():
        ColumnMemory.objects.update_or_create(
            village=roster.village,
            shape=shape,
            defaults={"month_first": month_first},
            create_defaults={"month_first": month_first, "places": {}},
        )
    return _done(roster, by, "roster.dates_turned" if month_first else "roster.dates_as_written")


def fix_cells(
    *,
    by: Actor,
    roster: RosterImport,
    cells: Mapping[Cell, str],
    skip: Collection[Line] = (),
) -> RosterImport:
    """Keep what was typed in place of cells; the empty text takes a correction back.

    Lines in `skip` are left out in the same go. Raises DomainError `cells_missing`,
    `cells_too_many`, `columns_unknown` or `lines_unknown`.
    """
    roster = _locked(roster, RosterImport.Status.READY)
    if not cells and not skip:
        raise DomainError("cells_missing", _("Isi dulu paling sedikit satu perbaikan."))
    if len(cells) > MOST_CELLS:
        raise DomainError("cells_too_many", _("Perbaiki paling banyak 500 isian sekali simpan."))
    if not all(column in COLUMNS for _sheet, _number, column in cells):
        raise DomainError("columns_unknown", _("Ada kolom yang tidak dikenal."))
    _need_lines(roster, {(sheet, number) for sheet, number, _column in cells} | set(skip))
    typed = {cell: " ".join(text.split())[:LONGEST] for cell, text in cells.items()}
    RowFix.objects.bulk_create(
        [
            RowFix(
                roster=roster,
                sheet=sheet,
                number=number,
                column=column,
                value_sealed=sealed.seal(text),
            )
            for (sheet, number, column), text in typed.items()
            if text
        ],
        update_conflicts=True,
        unique_fields=[*KEY, "sheet", "number", "column"],
        update_fields=["value_sealed"],
    )
    for (sheet, number, column), text in typed.items():
        if not text:
            RowFix.objects.filter(roster=roster, sheet=sheet, number=number, column=column).delete()
    if skip:
        _decide(roster, skip, RowDecision.Question.SKIP, yes=True)
    return _done(roster, by, "roster.fixed", cells=len(typed), skipped=len(skip))


def skip_rows(
    *, by: Actor, roster: RosterImport, lines: Iterable[Line], skip: bool = True
) -> RosterImport:
    """Leave lines out, or take them in again. Raises DomainError `lines_missing` or others."""
    roster = _locked(roster, RosterImport.Status.READY)
    chosen = set(lines)
    if not chosen:
        raise DomainError("lines_missing", _("Pilih dulu barisnya."))
    if len(chosen) > MOST_LINES:
        raise DomainError("lines_too_many", _("Pilih paling banyak 500 baris sekali simpan."))
    _need_lines(roster, chosen)
    _decide(roster, chosen, RowDecision.Question.SKIP, yes=skip)
    return _done(roster, by, "roster.skipped" if skip else "roster.unskipped", rows=len(chosen))


def answer_row(
    *,
    by: Actor,
    roster: RosterImport,
    sheet: str,
    number: int,
    question: str,
    yes: bool,
    cadre: Cadre | None = None,
) -> RosterImport:
    """Answer for one line whether its person moves here, or is the same as `cadre`.

    Raises DomainError `question_unknown`, `cadre_missing` or `lines_unknown`.
    """
    answer = Answer((sheet, number), question, yes, cadre)
    return answer_rows(by=by, roster=roster, answers=[answer])


def answer_rows(*, by: Actor, roster: RosterImport, answers: Collection[Answer]) -> RosterImport:
    """Answer several questions at once. Raises as `answer_row`, and `answers_missing`."""
    roster = _locked(roster, RosterImport.Status.READY)
    if not answers:
        raise DomainError("answers_missing", _("Pilih dulu jawabannya."))
    _need_lines(roster, {each.line for each in answers})
    for each in answers:
        if each.question not in (RowDecision.Question.MOVE, RowDecision.Question.SAME):
            raise DomainError("question_unknown", _("Pertanyaan ini tidak dikenal."))
        same = each.question == RowDecision.Question.SAME and each.yes
        if same and each.cadre is None:
            raise DomainError("cadre_missing", _("Tunjukkan orang yang sama itu."))
        person = each.cadre if same else None
        _decide(roster, {each.line}, each.question, yes=each.yes, cadre=person)
    return _done(roster, by, "roster.answered", rows=len(answers))


def choose_posyandu(
    *,
    by: Actor,
    roster: RosterImport,
    village: Village,
    name_key: str,
    posyandu: Posyandu | None,
) -> RosterImport:
    """Say what an unknown posyandu of the roster is: one that exists, or a new one (None).

    Raises DomainError `posyandu_unknown` or `posyandu_elsewhere`.
    """
    roster = _locked(roster, RosterImport.Status.READY)
    named = ImportRow.objects.filter(roster=roster, village=village, posyandu_key=name_key)
    if not name_key or not named.exists():
        raise DomainError("posyandu_unknown", _("Posyandu itu tidak ada di daftar ini."))
    if posyandu is not None and posyandu.village_id != village.pk:
        raise DomainError("posyandu_elsewhere", _("Posyandu itu ada di desa lain."))
    PosyanduChoice.objects.update_or_create(
        roster=roster, village=village, name_key=name_key, defaults={"posyandu": posyandu}
    )
    return _done(roster, by, "roster.posyandu_chosen", new=posyandu is None)


def note_departures(
    *, by: Actor, roster: RosterImport, answers: Collection[Leaving]
) -> RosterImport:
    """Keep why people are missing from the roster; applied together with it.

    Raises DomainError `departures_missing`, `departure_person`, `departure_reason`,
    `departure_day` or `departure_successor`.
    """
    roster = _locked(roster, RosterImport.Status.READY)
    if not answers:
        raise DomainError("departures_missing", _("Pilih dulu alasannya."))
    people = {
        each.pk: each
        for each in queries.missing(roster).filter(pk__in={each.cadre_id for each in answers})
    }
    today = regency_today(roster.regency)
    for answer in answers:
        _check_leaving(answer, people, today)
    successors = {each.successor for each in answers if each.successor}
    if successors:
        _need_lines(roster, successors)
    Departure.objects.filter(roster=roster, cadre__in=people).delete()
    Departure.objects.bulk_create(
        Departure(
            roster=roster,
            cadre_id=each.cadre_id,
            reason=each.reason,
            day=None if each.reason == Departure.Reason.STAYS else each.day,
            replaced_by_sheet=each.successor[0] if each.successor else "",
            replaced_by_number=each.successor[1] if each.successor else None,
        )
        for each in answers
        if each.reason
    )
    return _done(roster, by, "roster.departures_noted", people=len(answers))


def _check_leaving(answer: Leaving, people: Mapping[int, Cadre], today: dt.date) -> None:
    person = people.get(answer.cadre_id)
    if person is None:
        raise DomainError("departure_person", _("Orang itu tidak hilang dari daftar ini."))
    if answer.reason not in ("", *Departure.Reason.values):
        raise DomainError("departure_reason", _("Alasan itu tidak dikenal."))
    if answer.reason in ("", Departure.Reason.STAYS):
        return
    if answer.day is None:
        raise DomainError("departure_day", _("Isi tanggal untuk %(name)s.") % {"name": person.name})
    if not person.birth_date < answer.day <= today:
        message = _("Tanggal untuk %(name)s belum tiba atau terlalu lama.")
        raise DomainError("departure_day", message % {"name": person.name})
    if (answer.reason == Departure.Reason.REPLACED) != (answer.successor is not None):
        message = _("Pilih siapa yang menggantikan %(name)s.")
        raise DomainError("departure_successor", message % {"name": person.name})


def _need_lines(roster: RosterImport, lines: Collection[Line]) -> None:
    """Raise DomainError `lines_unknown` unless the roster has every one of these lines."""
    numbers = {number for _sheet, number in lines}
    known = set(
        ImportRow.objects.filter(roster=roster, number__in=numbers).values_list("sheet", "number")
    )
    if not known.issuperset(lines):
        raise DomainError("lines_unknown", _("Baris itu tidak ada di daftar ini."))


def _decide(
    roster: RosterImport,
    lines: Collection[Line],
    question: str,
    *,
    yes: bool,
    cadre: Cadre | None = None,
) -> None:
    RowDecision.objects.bulk_create(
        [
            RowDecision(
                roster=roster, sheet=sheet, number=number, question=question, yes=yes, cadre=cadre
            )
            for sheet, number in sorted(lines)
        ],
        update_conflicts=True,
        unique_fields=[*KEY, "sheet", "number", "question"],
        update_fields=["yes", "cadre"],
    )
