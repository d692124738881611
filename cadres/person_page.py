"""What a person's page shows: services, family, trainings, and what is still missing."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Actor
from accounts.roles import Perm
from audit.timeline import trail
from cadres import competencies, heirs, queries
from cadres.models import Assignment, Cadre, Category, Competence, Training
from cadres.person_sections import sections_for


def context(cadre: Cadre, actor: Actor, slug: str) -> dict[str, Any]:
    """Everything on the page of one person."""
    services = services_of(cadre)
    running = [service for service in services if service.ended_on is None]
    trainings = list(cadre.trainings.order_by("-starts_on", "-id"))
    family = list(cadre.heirs.order_by("id"))
    merged = cadre.merged_into_id is not None
    sections = sections_for(cadre, actor)
    may = {perm.name.lower(): actor.may(perm) and not merged for perm in PERMS}
    return {
        "cadre": cadre,
        "may": may,
        "may_reveal": actor.may(Perm.PEOPLE_REVEAL),
        "services": services,
        "running": running,
        "ranks": heirs.in_order(family),
        "children": list(cadre.school_children.order_by("position")),
        "family_due": queries.family_is_due(cadre, timezone.localdate()),
        "trainings": trainings,
        "level": level_of(trainings),
        "skills": skills_of(cadre),
        "steps": [] if merged else steps(cadre, running, family, trainings, may, slug),
        "sections": sections,
        "tags": [each["tag"] for cards in sections.values() for each in cards if each["tag"]],
        "trail": trail(cadre),
    }


PERMS = (Perm.PEOPLE_EDIT, Perm.PEOPLE_MANAGE, Perm.TRAINING_RECORD)


def services_of(cadre: Cadre) -> list[Assignment]:
    """The services of a person: those in force first, then the latest."""
    found = Assignment.objects.filter(cadre=cadre).select_related("posyandu", "village")
    by_start = sorted(found, key=lambda service: (service.started_on, service.pk), reverse=True)
    return sorted(by_start, key=lambda service: service.ended_on is not None)


def level_of(trainings: Sequence[Training]) -> str:
    """The rank of the latest certificate that gave one, in words; empty where none did."""
    ranked = [each for each in trainings if each.level]
    latest = max(ranked, key=lambda each: (each.ends_on, each.pk), default=None)
    return str(latest.get_level_display()) if latest else ""


def skills_of(cadre: Cadre) -> dict[str, Any]:
    """The checklist of skills with how many of each group are mastered."""
    known = dict(Competence.objects.filter(cadre=cadre).values_list("code", "confirmed_on"))
    groups = [
        {
            "label": group.label,
            "skills": [(skill, known.get(skill.code)) for skill in group.skills],
            "done": sum(skill.code in known for skill in group.skills),
            "total": len(group.skills),
        }
        for group in competencies.groups()
    ]
    return {
        "groups": groups,
        "done": sum(group["done"] for group in groups),
        "total": sum(group["total"] for group in groups),
        "unconfirmed": not competencies.all_confirmed(),
    }


def steps(
    cadre: Cadre,
    running: Sequence[Assignment],
    family: Sequence[Any],
    trainings: Sequence[Training],
    may: dict[str, bool],
    slug: str,
) -> list[dict[str, Any]]:
    """What is missing about a person who serves, for `<c-todo>`, most pressing first."""
    if cadre.died_on is not None:
        return []
    found: list[dict[str, Any]] = []

    def add(allowed: str, tone: str, title: str, text: str, name: str, *args: int) -> None:
        item: dict[str, Any] = {"tone": tone, "title": title, "text": text}
        if may[allowed]:
            item |= {"url": reverse(f"cadres:{name}", args=[slug, *args]), "action": _("Lengkapi")}
        found.append(item)

    if not running:
        text = _("Tanpa tugas yang berjalan, orang ini tidak dapat didaftarkan.")
        add("people_edit", "r", _("Tidak ada tugas"), text, "service_add", cadre.pk)
        return found
    for service in running:
        kind = str(service.get_category_display())
        if service.category == Category.POSYANDU_CADRE and service.posyandu_id is None:
            text = _("Pilih posyandu tempat bertugas.")
            add(
                "people_edit", "y", _("Posyandu belum diisi"), text, "service", cadre.pk, service.pk
            )
        if not service.decree_number:
            title = _("Belum ada SK: %(kind)s") % {"kind": kind}
            text = _("SK kepala desa adalah dasar pembayaran iuran.")
            add("people_edit", "y", title, text, "service", cadre.pk, service.pk)
    if not family:
        text = _("Tanpa ahli waris, santunan terlambat sampai ke keluarga.")
        add("people_edit", "y", _("Ahli waris belum diisi"), text, "heir_add", cadre.pk)
    elif queries.family_is_due(cadre, timezone.localdate()):
        text = _confirmed_words(cadre.heirs_confirmed_on)
        add("people_edit", "y", _("Data keluarga perlu dipastikan"), text, "family", cadre.pk)
    if not trainings and any(service.category == Category.POSYANDU_CADRE for service in running):
        text = _("Catat pelatihan yang pernah diikuti.")
        add("training_record", "b", _("Belum ada pelatihan"), text, "training_add", cadre.pk)
    return found


def _confirmed_words(day: dt.date | None) -> str:
    if day is None:
        return _("Belum pernah dipastikan. Tanyakan setahun sekali.")
    return _("Terakhir dipastikan lebih dari setahun yang lalu.")
