"""What rosters, families and risks ask of a person."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import Actor
from accounts.roles import Perm
from cadres.models import RosterImport
from cadres.queries import families_due
from core.formats import thousands
from regions.models import Regency, Village
from reports.queries.radar import RISKS, silent_villages
from reports.todo.item import NAMED, Item, Numbers, Waiting

RISK = "risk_"


def waiting(actor: Actor, day: dt.date, villages: QuerySet[Village]) -> Waiting:
    """What the actor may have to do; `villages` are those in sight."""
    found: Waiting = {}
    if actor.may(Perm.PEOPLE_EDIT) or actor.may(Perm.BATCH_REVIEW):
        found |= {
            RISK + risk.code: risk.find(day, villages) for risk in RISKS if not risk.of_villages
        }
    if actor.may(Perm.ROSTER_UPLOAD):
        found["ready"] = RosterImport.objects.filter(status=RosterImport.Status.READY)
        found["silent"] = silent_villages(day, villages)
    if actor.may(Perm.ROSTER_APPROVE):
        own = Q(uploaded_by_id=actor.id) | Q(confirmed_by_id=actor.id)
        waits = RosterImport.objects.filter(status=RosterImport.Status.WAITING)
        found["to_approve"] = waits.exclude(own)
    if actor.membership.village and actor.may(Perm.PEOPLE_EDIT):
        found["families"] = families_due(actor.membership.village_id)
    return found


def items(
    actor: Actor, regency: Regency, day: dt.date, villages: QuerySet[Village], n: Numbers
) -> list[Item]:
    """The things to do, by their numbers."""
    found = _risks(regency, n) + _rosters(regency, n)
    if quiet := n.get("silent"):
        found += [_silent(actor, regency, silent_villages(day, villages), quiet)]
    village = actor.membership.village
    return found + (_families(regency, village, n.get("families", 0)) if village else [])


def _risks(regency: Regency, n: Numbers) -> list[Item]:
    """What the risk radar found."""
    return [
        Item(
            risk.tone,
            f"{risk.title}: {thousands(n[RISK + risk.code])}",
            str(risk.text),
            reverse("reports:risk", args=[regency.slug, risk.code]),
            _("Lihat"),
        )
        for risk in RISKS
        if n.get(RISK + risk.code)
    ]


def _rosters(regency: Regency, n: Numbers) -> list[Item]:
    """Lists to approve, never one's own, and lists to save."""
    address = reverse("cadres:imports", args=[regency.slug])
    steps = (
        (
            "to_approve",
            _("%(n)s daftar desa menunggu persetujuan Anda"),
            _("Orang di dalamnya belum tercatat sampai Anda menyetujuinya."),
            f"{address}?status=waiting",
            _("Periksa"),
        ),
        (
            "ready",
            _("%(n)s daftar sudah diperiksa dan belum disimpan"),
            _("Lihat temuannya, lalu simpan."),
            f"{address}?status=ready",
            _("Lanjutkan"),
        ),
    )
    return [
        Item("y", title % {"n": thousands(n[name])}, text, url, action)
        for name, title, text, url, action in steps
        if n.get(name)
    ]


def _silent(actor: Actor, regency: Regency, quiet: QuerySet[Village], number: int) -> Item:
    """Villages without a roster in this quarter; a village is told of its own."""
    if actor.membership.village_id:
        return Item(
            "r",
            _("Desa Anda belum mengirim daftar kader pada triwulan ini"),
            _("Unggah berkas Excel yang biasa dikirim lewat WhatsApp."),
            reverse("cadres:upload", args=[regency.slug]),
            _("Unggah daftar"),
        )
    names = ", ".join(quiet.order_by("code").values_list("name", flat=True)[:NAMED])
    return Item(
        "y",
        ngettext(
            "%(n)s desa belum mengirim daftar pada triwulan ini",
            "%(n)s desa belum mengirim daftar pada triwulan ini",
            number,
        )
        % {"n": thousands(number)},
        names + (" …" if number > NAMED else ""),
        reverse("reports:risk", args=[regency.slug, "daftar"]),
        _("Lihat daftar"),
    )


def _families(regency: Regency, village: Village, people: int) -> list[Item]:
    """People of a village whose heirs and school children were not confirmed within a year."""
    if not people:
        return []
    return [
        Item(
            "y",
            _("Data keluarga %(n)s orang perlu dipastikan") % {"n": thousands(people)},
            _("Ahli waris dan anak sekolah ditanyakan setahun sekali, juga lewat tautan WhatsApp."),
            reverse("cadres:families", args=[regency.slug, village.code]),
            _("Pastikan"),
        )
    ]
