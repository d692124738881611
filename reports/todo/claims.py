"""What claims ask of a person."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import Actor
from accounts.roles import Perm
from claims.models import Claim
from claims.queries import unreported_deaths
from core.formats import thousands
from regions.models import Regency
from reports.todo.item import NAMED, Item, Numbers, Waiting


def waiting(actor: Actor) -> Waiting:
    """Deaths that a list or a page told of, without a claim."""
    return {"deaths": unreported_deaths()} if actor.may(Perm.CLAIM_REPORT) else {}


def items(actor: Actor, regency: Regency, counts: Mapping[str, int], n: Numbers) -> list[Item]:
    """Steps of claims, by their `counts` of status, and deaths to report."""
    return _steps(actor, regency, counts) + _deaths(regency, n.get("deaths", 0))


def _steps(actor: Actor, regency: Regency, counts: Mapping[str, int]) -> list[Item]:
    steps = (
        (
            Perm.CLAIM_PREPARE,
            Claim.Status.REPORTED,
            _("%(n)s laporan kematian menunggu dokumen"),
            _("Lengkapi ahli waris dan dokumen, lalu kirim ke cabang."),
            _("Lengkapi"),
        ),
        (
            Perm.CLAIM_DECIDE,
            Claim.Status.SUBMITTED,
            _("%(n)s klaim menunggu keputusan Anda"),
            _("Batas tiga hari kerja sejak dokumen lengkap."),
            _("Putuskan"),
        ),
        (
            Perm.CLAIM_DECIDE,
            Claim.Status.APPROVED,
            _("%(n)s klaim disetujui dan belum dibayar"),
            _("Catat tanggal dan nomor pembayaran kepada ahli waris."),
            _("Catat pembayaran"),
        ),
        (
            Perm.CLAIM_HAND_OVER,
            Claim.Status.PAID,
            _("%(n)s santunan belum diserahterimakan"),
            _("Catat berita acara serah terima kepada keluarga."),
            _("Catat"),
        ),
    )
    address = reverse("claims:list", args=[regency.slug])
    return [
        Item("r", title % {"n": thousands(counts[status])}, text, f"{address}?status={status}", act)
        for perm, status, title, text, act in steps
        if counts.get(status) and actor.may(perm)
    ]


def _deaths(regency: Regency, number: int) -> list[Item]:
    """People whose death a list or a page told of, and who have no claim yet: one at a time."""
    if not number:
        return []
    dead = list(unreported_deaths().values_list("id", "name")[:NAMED])
    names = ", ".join(name for _pk, name in dead)
    return [
        Item(
            "r",
            _("%(n)s orang meninggal saat terlindungi dan belum dilaporkan")
            % {"n": thousands(number)},
            names + (" …" if number > len(dead) else ""),
            reverse("claims:report", args=[regency.slug, dead[0][0]]),
            _("Laporkan"),
        )
    ]
