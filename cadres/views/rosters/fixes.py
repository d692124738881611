"""What people type and answer on the check page; each form is kept at once."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.access import door
from accounts.roles import Perm
from cadres import actions
from cadres.actions.desk import Answer, Cell, Line
from cadres.forms import DeparturesForm, PosyanduForm, line_of
from cadres.models import Cadre, RosterImport
from cadres.views.rosters import parts
from core.errors import DomainError
from regions.models import Village

PREFIX = "sel:"
ANSWER, NO = "jawab:", "tidak"  # jawab:same:17:Kader = id of the person, "ya" or "tidak"


def _back(request: HttpRequest, roster: RosterImport) -> HttpResponse:
    return redirect("cadres:roster", request.regency.slug, roster.pk)


def typed_cells(data: Mapping[str, str]) -> dict[Cell, str]:
    """The cells of a form, {(sheet, line, column): text}; fields left empty are no answer."""
    found = {}
    for name, text in data.items():
        head, _colon, rest = name.partition(":")
        if head + ":" == PREFIX and text.strip() and rest.count(":") >= 2:
            number, column, sheet = rest.split(":", 2)
            if number.isdecimal():
                found[sheet, int(number), column] = text
    return found


def _lines(data: QueryDict, name: str) -> list[Line]:
    return [line for line in map(line_of, data.getlist(name)) if line is not None]


@require_POST
@door(Perm.ROSTER_UPLOAD)
def fix(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was typed; a pressed "skip this line" goes with it, so that nothing is lost."""
    found = parts.roster_or_404(pk)
    actions.fix_cells(
        by=request.actor,
        roster=found,
        cells=typed_cells(request.POST),
        skip=_lines(request.POST, "skip"),
    )
    return _back(request, found)


@require_POST
@door(Perm.ROSTER_UPLOAD)
def dates(request: HttpRequest, pk: int) -> HttpResponse:
    """Read days of birth with the month before the day, or again as they are written."""
    found = parts.roster_or_404(pk)
    month_first = request.POST.get("month_first") == "1"
    actions.read_dates(by=request.actor, roster=found, month_first=month_first)
    return _back(request, found)


@require_POST
@door(Perm.ROSTER_UPLOAD)
def skip(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave lines out, or with `keep` take them in again."""
    found = parts.roster_or_404(pk)
    keep = _lines(request.POST, "keep")
    lines = keep or _lines(request.POST, "skip")
    actions.skip_rows(by=request.actor, roster=found, lines=lines, skip=not keep)
    return _back(request, found)


@require_POST
@door(Perm.ROSTER_UPLOAD)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Questions about lines: does this person move here, is it the same person."""
    found = parts.roster_or_404(pk)
    data = request.POST
    said = {name: data[name] for name in data if name.startswith(ANSWER) and data[name]}
    people = Cadre.objects.in_bulk(
        [value for value in said.values() if value.isdecimal() and len(value) < 19]
    )
    answers = []
    for name, value in said.items():
        question, _colon, key = name.removeprefix(ANSWER).partition(":")
        line = line_of(key)
        if line is not None:
            cadre = people.get(int(value)) if value.isdecimal() else None
            answers.append(Answer(line, question, value != NO, cadre))
    actions.answer_rows(by=request.actor, roster=found, answers=answers)
    return _back(request, found)


@require_POST
@door(Perm.ROSTER_UPLOAD)
def posyandu(request: HttpRequest, pk: int) -> HttpResponse:
    """What an unknown posyandu of the roster is."""
    found = parts.roster_or_404(pk)
    data = request.POST.copy()
    if data.get("posyandu") == "other":
        data["posyandu"] = data.get("other") or "-"
    form = PosyanduForm(data, villages=Village.objects.filter(pk__in=_villages(found)))
    if not form.is_valid():
        raise DomainError("posyandu_missing", _("Pilih dulu posyandunya."))
    actions.choose_posyandu(by=request.actor, roster=found, **form.cleaned_data)
    return _back(request, found)


def _villages(roster: RosterImport) -> list[int]:
    return list(roster.rows.exclude(village=None).values_list("village_id", flat=True).distinct())


@require_POST
@door(Perm.ROSTER_UPLOAD)
def departures(request: HttpRequest, pk: int) -> HttpResponse:
    """Why people who were in the list before are missing now."""
    found = parts.roster_or_404(pk)
    form = DeparturesForm(request.POST)
    actions.note_departures(by=request.actor, roster=found, answers=form.answers())
    return _back(request, found)
