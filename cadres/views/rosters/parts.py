"""What the pages of a roster are made of: counts, findings by kind, changes in words."""

from collections import defaultdict
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Perm
from cadres import findings, fixing, queries
from cadres.models import (
    Cadre,
    Category,
    Departure,
    Finding,
    ImportRow,
    RosterImport,
    RowFix,
    Sex,
)
from cadres.views.rosters import questions
from cadres.views.rosters.words import iso_day, masked
from core import formats, sealed

Status = RosterImport.Status
TONES = {
    Status.CHECKING: "y",
    Status.MAPPING: "y",
    Status.READY: "b",
    Status.WAITING: "y",
    Status.REFUSED: "r",
    Status.APPLYING: "y",
    Status.APPLIED: "g",
    Status.FAILED: "r",
    Status.UNDOING: "y",
    Status.UNDONE: "",
}
LEVEL_TONES = {"reject": "r", "warning": "y", "info": "b"}
ASKED = questions.ASKED
# What a table's days of birth may be read as, in one tap: the month first, or as written.
DATES = {"dates_swapped_all": "1", "dates_month_first": "0"}
NEAR, NEW = "posyandu_near", "posyandu_new"  # shown as cards with their answers
SHOWN = 3
INLINE = 10
FIXABLE_AT_ONCE = 50


def roster_or_404(pk: int) -> RosterImport:
    """A roster of the scope with its village and run."""
    found = RosterImport.objects.select_related("village__district", "run")
    return get_object_or_404(found, pk=pk)


def steps() -> list[str]:
    """The steps that every roster takes; matching columns is asked within the second."""
    return [_("Unggah"), _("Periksa"), _("Konfirmasi"), _("Selesai")]


def base(roster: RosterImport) -> dict[str, Any]:
    """What every page about one roster shows."""
    return {"roster": roster, "steps": steps(), "tone": TONES[Status(roster.status)]}


def counts(roster: RosterImport) -> list[dict[str, Any]]:
    """Figures of a checked roster for `<c-counts>`."""
    told = roster.counts
    found = [
        {"label": _("baru"), "value": told["new"], "tone": "g" if told["new"] else ""},
        {"label": _("berubah"), "value": told["changed"]},
        {"label": _("sama"), "value": told["unchanged"]},
        {"label": _("keluar"), "value": told["missing"], "tone": "y" if told["missing"] else ""},
        {
            "label": _("peringatan"),
            "value": told["warnings"],
            "tone": "y" if told["warnings"] else "",
        },
        {"label": _("ditolak"), "value": told["rejected"], "tone": "r" if told["rejected"] else ""},
    ]
    if told.get("skipped"):
        found.append({"label": _("dilewati"), "value": told["skipped"]})
    return found


def may_fix(request: HttpRequest, roster: RosterImport) -> bool:
    """Whether this person may change what was read: an uploader, while nothing is decided yet."""
    return roster.status == Status.READY and request.actor.may(Perm.ROSTER_UPLOAD)


def needs_approval(request: HttpRequest) -> bool:
    """Whether what this person confirms waits for somebody else."""
    return request.regency.rosters_need_approval and not request.actor.may(Perm.ROSTER_APPROVE)


def groups(roster: RosterImport) -> list[dict[str, Any]]:
    """Findings by kind, each with its first lines; what cannot be used comes first."""
    kinds = [each for each in queries.groups(roster) if each["code"] != NEAR]
    first = lines(roster, queries.first_findings(roster, INLINE))
    by_code: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for each in first:
        by_code[each["code"]].append(each)
    return [_group(kind, by_code[kind["code"]]) for kind in kinds]


def _group(kind: dict[str, Any], first: list[dict[str, Any]]) -> dict[str, Any]:
    code, count = kind["code"], kind["count"]
    asked = code in ASKED
    fixable = any(each["cells"] for each in first)
    inline = fixable and kind["level"] == "reject" and count <= INLINE
    shown = first if inline else first[:SHOWN]
    link = ""
    if asked:
        link = _("Jawab %(count)s pertanyaan")
    elif fixable and not inline:
        link = _("Perbaiki %(count)s baris")
    elif count > len(shown):
        link = _("Lihat %(count)s baris")
    return {
        "code": code,
        "level": kind["level"],
        "tone": LEVEL_TONES[kind["level"]],
        "title": findings.title(code, count),
        "fix": findings.KINDS[code].fix,
        "count": count,
        "inline": inline,
        "lines": shown,
        "dates": DATES.get(code, ""),
        "link": link % {"count": formats.thousands(count)} if link else "",
        "strong": asked or (fixable and kind["level"] == "reject"),
    }


def lines(roster: RosterImport, shown: list[Finding]) -> list[dict[str, Any]]:
    """Findings as lines, with what was typed and answered on them already."""
    numbers = {each.number for each in shown}
    kept = RowFix.objects.filter(roster=roster, number__in=numbers)
    fixes = {
        (each.sheet, each.number, each.column): sealed.unseal(each.value_sealed) for each in kept
    }
    found = [line(each, fixes) for each in shown]
    asking = [each for each in found if each["ask"]]
    if asking:
        questions.add(roster, asking)
    return found


def line(finding: Finding, fixes: dict[tuple[str, int, str], str]) -> dict[str, Any]:
    """One finding as a line: where, who, what was found, and the cells to type again."""
    column = fixing.column_of(finding.code)
    return {
        "id": finding.pk,
        "code": finding.code,
        "ask": ASKED.get(finding.code, ""),
        "sheet": finding.sheet,
        "number": finding.number,
        "key": f"{finding.number}:{finding.sheet}",
        "person": getattr(finding, "person", "") or "",
        "nik": masked(getattr(finding, "nik_sealed", None)),
        "column": finding.column,
        "message": findings.message(finding.code, finding.facts),
        "fix": findings.fix(finding.code, finding.facts),
        "facts": finding.facts,
        "cells": [cell(finding, column, fixes)] if column and finding.number else [],
    }


def cell(finding: Finding, column: str, fixes: dict[tuple[str, int, str], str]) -> dict[str, Any]:
    """One cell to type again, as the form shows it."""
    entry = fixing.ENTRIES[column]
    return {
        "name": f"sel:{finding.number}:{column}:{finding.sheet}",
        "id": f"sel-{finding.pk}-{column}",
        "entry": entry,
        "label": entry.label,
        "value": fixes.get((finding.sheet, finding.number, column), ""),
    }


def leaver(person: Cadre, gone: dict[int, Departure]) -> dict[str, Any]:
    """One missing person with the answer that was given."""
    answer = gone.get(person.pk)
    if answer is None:
        return {"cadre": person}
    return {
        "cadre": person,
        "reason": answer.reason,
        "answer": answer.get_reason_display(),
        "tone": "r" if answer.reason == Departure.Reason.DIED else "",
        "day": answer.day,
        "by": f"{answer.replaced_by_number}:{answer.replaced_by_sheet}",
    }


def posyandu(unknown: queries.UnknownPosyandu) -> dict[str, Any]:
    """One unknown posyandu with its answer in words."""
    answer = ""
    if unknown.chosen:
        answer = _("Dibaca sebagai Posyandu %(name)s.") % {"name": unknown.chosen.name}
    elif unknown.answered:
        answer = _("Akan dicatat sebagai posyandu baru.")
    return {
        "village": unknown.village,
        "key": unknown.key,
        "name": unknown.name,
        "people": unknown.people,
        "near": unknown.near,
        "others": unknown.others,
        "chosen": unknown.chosen.pk if unknown.chosen else None,
        "is_new": unknown.answered and unknown.chosen is None,
        "answer": answer,
        "tone": "g" if unknown.answered else "y",
    }


LABELS = {
    "nik": gettext_lazy("NIK"),
    "service": gettext_lazy("Tugas tambahan"),
    "village": gettext_lazy("Desa"),
    "name": gettext_lazy("Nama"),
    "birth_place": gettext_lazy("Tempat lahir"),
    "birth_date": gettext_lazy("Tanggal lahir"),
    "sex": gettext_lazy("Jenis kelamin"),
    "phone": gettext_lazy("Nomor HP"),
    "mother_name": gettext_lazy("Nama ibu"),
    "category": gettext_lazy("Jenis"),
    "posyandu": gettext_lazy("Posyandu"),
    "decree_number": gettext_lazy("Nomor SK"),
    "decree_date": gettext_lazy("Tanggal SK"),
}


def change(row: ImportRow) -> dict[str, Any]:
    """A changed line: the person, and each field old -> new in words."""
    fields = []
    for name, (old, new) in row.changes.items():
        if name not in LABELS:
            continue
        if name in ("category", "service"):
            old, new = "", Category(new).label if new in Category.values else new
        elif name == "nik":
            old, new = _("yang tercatat"), _("yang di daftar ini")
        elif name == "sex":
            old, new = Sex(old).label, Sex(new).label
        elif name.endswith("_date"):
            old, new = iso_day(old), iso_day(new)
        fields.append({"label": LABELS[name], "old": old, "new": new})
    return {"row": row, "fields": fields}
