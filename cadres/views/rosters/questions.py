"""Questions that only a person can answer about a line: does she move here, is it the same one."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadres.models import Cadre, ImportRow, RosterImport, RowDecision
from cadres.views.rosters.words import day, masked
from core.formats import NO_BREAK

MOVE, SAME = RowDecision.Question.MOVE, RowDecision.Question.SAME
# Findings that are questions, and which one.
ASKED = {"person_moves": MOVE, "person_similar": SAME}
WORDS: dict[str, tuple[str | Promise, str | Promise]] = {
    MOVE: (gettext_lazy("Ya, pindah ke desa ini"), gettext_lazy("Tidak, tetap di desa lama")),
    SAME: (gettext_lazy("Ya, orang yang sama"), gettext_lazy("Bukan, orang lain")),
}
TOLD: dict[tuple[str, bool], str | Promise] = {
    (MOVE, True): gettext_lazy("Jawaban Anda: pindah ke desa ini."),
    (MOVE, False): gettext_lazy("Jawaban Anda: tetap di desa lama, barisnya tidak ikut."),
    (SAME, True): gettext_lazy("Jawaban Anda: orang yang sama. NIK yang tercatat dibetulkan."),
    (SAME, False): gettext_lazy("Jawaban Anda: orang lain, jadi dicatat sebagai orang baru."),
}


def add(roster: RosterImport, lines: list[dict[str, Any]]) -> None:
    """Give each line its buttons, its answer so far and, for two records, what differs."""
    numbers = {line["number"] for line in lines}
    answers = {
        (each.sheet, each.number, each.question): each
        for each in RowDecision.objects.filter(roster=roster, number__in=numbers)
    }
    rows = {
        (each.sheet, each.number): each
        for each in ImportRow.objects.filter(roster=roster, number__in=numbers)
    }
    others = Cadre.objects.select_related("village").in_bulk(
        {line["facts"]["cadre"] for line in lines if "cadre" in line["facts"]}
    )
    for line in lines:
        answer = answers.get((line["sheet"], line["number"], line["ask"]))
        line["yes"], line["no"] = WORDS[line["ask"]]
        line["yes_value"] = "ya"
        line["answered"] = None if answer is None else int(answer.yes)
        line["told"] = TOLD[line["ask"], answer.yes] if answer else ""
        other = others.get(line["facts"].get("cadre"))
        row = rows.get((line["sheet"], line["number"]))
        if line["ask"] == SAME and other and row:
            line["yes_value"], line["pair"] = other.pk, compare(row, other)


def compare(row: ImportRow, other: Cadre) -> list[dict[str, Any]]:
    """What a line and a recorded person say side by side; NIK masked on both."""
    niks_differ = row.nik_digest != other.nik_digest
    pairs = (
        (_("Nama"), row.name, other.name),
        (_("NIK"), _loose(masked(row.nik_sealed)), _loose(other.nik_masked)),
        (_("Tanggal lahir"), day(row.birth_date), day(other.birth_date)),
        (_("Nama ibu"), row.mother_name, other.mother_name),
        (_("Nomor HP"), row.phone, other.phone),
        (_("Desa"), row.village.name if row.village else "", other.village.name),
    )
    return [
        {
            "label": label,
            "here": here,
            "there": there,
            "differs": niks_differ if label == _("NIK") else _differ(here, there),
        }
        for label, here, there in pairs
    ]


def _differ(here: str, there: str) -> bool:
    return bool(here and there) and here.upper() != there.upper()


def _loose(nik: str) -> str:
    """With spaces where a narrow column may break it."""
    return nik.replace(NO_BREAK, " ")
