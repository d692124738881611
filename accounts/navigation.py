"""The side navigation: apps name their entry, its permission decides who sees it."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from accounts.roles import Perm


@dataclass(frozen=True)
class Item:
    """One entry: words, name of its address, permission, and the path part that marks it."""

    label: str | Promise
    url_name: str
    perm: Perm
    section: str


ITEMS = (
    Item(_("Beranda"), "reports:dashboard", Perm.PEOPLE_VIEW, "beranda"),
    Item(_("Radar risiko"), "reports:radar", Perm.COVERAGE_VIEW, "radar"),
    Item(_("Kader"), "cadres:list", Perm.PEOPLE_VIEW, "kader"),
    Item(_("Unggah daftar"), "cadres:imports", Perm.ROSTER_VIEW, "unggah"),
    Item(_("Pendaftaran"), "enrollment:batches", Perm.BATCH_VIEW, "pendaftaran"),
    Item(_("Kepesertaan"), "enrollment:coverages", Perm.COVERAGE_VIEW, "kepesertaan"),
    Item(_("Rekonsiliasi"), "enrollment:reconciliations", Perm.RECONCILE_VIEW, "rekonsiliasi"),
    Item(_("Kartu"), "enrollment:cards", Perm.CARD_PRINT, "kartu"),
    Item(_("Tagihan"), "budgets:invoices", Perm.INVOICE_VIEW, "tagihan"),
    Item(_("Anggaran"), "budgets:budgets", Perm.BUDGET_VIEW, "anggaran"),
    Item(_("Klaim"), "claims:list", Perm.CLAIM_VIEW, "klaim"),
    Item(_("Jejak audit"), "audit:trail", Perm.AUDIT_VIEW, "jejak"),
    Item(_("Pengguna"), "accounts:members", Perm.MEMBERS_MANAGE, "pengguna"),
)

PLATFORM = (
    Item(_("Kabupaten dan kota"), "accounts:regencies", Perm.PLATFORM_MANAGE, ""),
    Item(_("Cabang BPJS"), "accounts:branches", Perm.PLATFORM_MANAGE, "cabang"),
    Item(_("Pengguna"), "accounts:people", Perm.PLATFORM_MANAGE, "pengguna"),
    Item(_("Kesehatan sistem"), "accounts:health", Perm.PLATFORM_MANAGE, "kesehatan"),
)

# A person's own pages lie outside every regency.
OWN = (
    (_("Beranda"), "home"),
    (_("Profil"), "accounts:profile"),
    (_("Kata sandi"), "account_change_password"),
    (_("Verifikasi dua langkah"), "mfa_index"),
)


def _of_branch(actor: Actor | None, request: HttpRequest) -> list[dict]:
    """The queue over all regencies of a branch, for those who review."""
    if actor is None or not actor.may(Perm.BATCH_REVIEW):
        return []
    address = reverse("branch_queue")
    return [
        {
            "label": _("Antrean cabang"),
            "url": address,
            "current": request.path.startswith(address),
        }
    ]


def items_for(request: HttpRequest) -> list[dict]:
    """The entries that the present membership may open, with the current one marked.

    Outside a regency: the person's own pages.
    """
    actor = getattr(request, "actor", None)
    regency = getattr(request, "regency", None)
    if actor is not None and actor.may(Perm.PLATFORM_MANAGE):
        section = request.path.split("/")[2] if request.path.count("/") > 2 else ""
        return [
            {
                "label": item.label,
                "url": reverse(item.url_name),
                "current": section == item.section,
            }
            for item in PLATFORM
        ]
    if actor is None or regency is None:
        return _of_branch(actor, request) + [
            {"label": label, "url": reverse(name), "current": request.path == reverse(name)}
            for label, name in OWN
        ]
    section = request.path.split("/")[3] if request.path.count("/") > 3 else ""
    return _of_branch(actor, request) + [
        {
            "label": item.label,
            "url": reverse(item.url_name, args=[regency.slug]),
            "current": section == item.section,
        }
        for item in ITEMS
        if actor.may(item.perm)
    ]
