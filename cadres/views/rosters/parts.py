"""What the pages of a roster are made of: counts, findings by kind, changes in words."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cadres import findings, fixing, queries
from cadres.models import Category, Finding, ImportRow, RosterImport, RowFix, Sex
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
    Status.UNDONE: "",
}
LEVEL_TONES = {"reject": "r", "warning": "y", "info": "b"}
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


def groups(roster: RosterImport) -> list[dict[str, Any]]:
    """Findings by kind, each with its first lines; what cannot be used comes first."""
    kinds = queries.groups(roster)
    first = queries.first_findings(roster, INLINE)
    fixes = fixes_of(roster, first)
    found = []
    for kind in kinds:
        lines = [line(each, fixes) for each in first if each.code == kind["code"]]
        inline = kind["level"] == "reject" and kind["count"] <= INLINE
        found.append(
            {
                "code": kind["code"],
                "level": kind["level"],
                "tone": LEVEL_TONES[kind["level"]],
                "title": findings.title(kind["code"], kind["count"]),
                "fix": findings.KINDS[kind["code"]].fix,
                "count": kind["count"],
                "fixable": any(each["cells"] for each in lines),
                "inline": inline and any(each["cells"] for each in lines),
                "lines": lines if inline else lines[:SHOWN],
                "rest": 0 if inline else kind["count"] - SHOWN,
            }
        )
    return found


def fixes_of(roster: RosterImport, shown: Iterable[Finding]) -> dict[tuple[str, int, str], str]:
    """What was typed already on the lines of these findings."""
    numbers = {each.number for each in shown}
    kept = RowFix.objects.filter(roster=roster, number__in=numbers)
    return {
        (each.sheet, each.number, each.column): sealed.unseal(each.value_sealed) for each in kept
    }


def line(finding: Finding, fixes: dict[tuple[str, int, str], str]) -> dict[str, Any]:
    """One finding as a line: where, who, what was found, and the cells to type again."""
    column = fixing.column_of(finding.code)
    return {
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


def masked(nik_sealed: bytes | None) -> str:
    """`3510 •••• •••• 0012`, or empty when the line has no readable NIK."""
    return formats.mask_nik(sealed.unseal(nik_sealed)) if nik_sealed else ""


LABELS = {
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
        if name == "category":
            old, new = ("", Category(new).label)
        elif name == "sex":
            old, new = Sex(old).label, Sex(new).label
        elif name.endswith("_date"):
            old, new = _day(old), _day(new)
        fields.append({"label": LABELS[name], "old": old, "new": new})
    return {"row": row, "fields": fields}


def _day(value: str) -> str:
    return formats.day(dt.date.fromisoformat(value), get_language() or "id") if value else ""
