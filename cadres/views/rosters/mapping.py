"""Matching columns: asked only when a heading does not tell, with three samples beside each."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.access import door
from accounts.roles import Perm
from cadres import actions, headings, queries
from cadres.importing import Shape
from cadres.views.rosters import parts
from core.errors import DomainError

TWICE = _("Dua kolom dipilih sebagai %(column)s. Pilih satu saja.")


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.ROSTER_UPLOAD)
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """One table whose columns have to be matched; POST keeps the answer and checks again."""
    found = parts.roster_or_404(pk)
    if found.status != parts.Status.MAPPING:
        return redirect("cadres:roster", request.regency.slug, found.pk)
    error = ""
    if request.method == "POST":
        try:
            actions.map_columns(
                by=request.actor,
                roster=found,
                shape=request.POST.get("shape", ""),
                places=chosen(request),
                remember="remember" in request.POST,
            )
        except DomainError as fault:
            error = str(fault.message)
        else:
            return redirect("cadres:roster", request.regency.slug, found.pk)
    shapes = queries.unmatched(found)
    context = {
        **parts.base(found),
        "tables": len(shapes),
        "shape": shapes[0] if shapes else None,
        "columns": _columns(shapes[0], request) if shapes else [],
        "choices": list(headings.LABELS.items()),
        "error": error,
    }
    return render(request, "cadres/roster_mapping.html", context, status=422 if error else 200)


def chosen(request: HttpRequest) -> dict[str, int]:
    """{column: place} of the form. Raises DomainError when two columns have one meaning."""
    found: dict[str, int] = {}
    for name, column in request.POST.items():
        head, _mark, place = name.partition("-")
        if head == "kolom" and column and place.isdecimal():
            if column in found:
                label = headings.LABELS.get(column, column)
                raise DomainError("columns_twice", TWICE % {"column": label})
            found[column] = int(place)
    return found


def _columns(shape: Shape, request: HttpRequest) -> list[dict[str, Any]]:
    """Each column that has anything in it: its heading, its samples and what it seems to mean."""
    guessed = {place: column for column, place in shape.guesses.items()}
    found = []
    for place, words in enumerate(shape.words):
        samples = [row[place] for row in shape.samples if place < len(row) and row[place]]
        if words or samples:
            asked = request.POST.get(f"kolom-{place}")
            found.append(
                {
                    "place": place,
                    "letter": letter(place),
                    "words": words,
                    "samples": samples,
                    "value": guessed.get(place, "") if asked is None else asked,
                }
            )
    return found


def letter(place: int) -> str:
    """The name of a column in a spreadsheet: 0 is A, 26 is AA."""
    name, rest = "", place + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        name = chr(65 + digit) + name
    return name
