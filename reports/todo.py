""" "Perlu tindakan Anda": what waits for a person in a role, most urgent first."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import Actor
from accounts.roles import Perm
from budgets.queries import Figures
from cadres.models import RosterImport
from cadres.queries import families_due
from claims.models import Claim
from claims.queries import unreported_deaths
from core.formats import rupiah, thousands
from enrollment.models import BatchRow, EnrollmentBatch
from enrollment.queries.replacements import still_covered
from regions.models import Regency, Village

NAMED = 4  # people whom one sentence names


@dataclass(frozen=True)
class Item:
    """One thing to do: a sentence, what it means, and where it is done."""

    tone: str
    title: str | Promise
    text: str
    url: str
    action: str | Promise


def items_for(
    actor: Actor,
    regency: Regency,
    *,
    silent: list[Village],
    claims: Mapping[str, int],
    money: Figures | None,
) -> list[dict]:
    """Everything that waits for the actor.

    `silent` are the villages without a roster, `claims` counts by status, `money` is None for
    who may not read bills.
    """
    found = _claims(actor, regency, claims)
    if actor.may(Perm.CLAIM_REPORT):
        found += _deaths(regency)
    if money and actor.may(Perm.PAYMENT_RECORD):
        found += _late_bills(regency, money)
    if money and actor.may(Perm.BUDGET_EDIT):
        found += _budgets(regency, money)
    if actor.may(Perm.BATCH_VIEW):
        found += _batches(actor, regency)
    if actor.may(Perm.BATCH_PREPARE):
        found += _replaced(regency)
    if actor.may(Perm.ROSTER_APPROVE) or actor.may(Perm.ROSTER_UPLOAD):
        found += _rosters(actor, regency, silent)
    if actor.membership.village and actor.may(Perm.PEOPLE_EDIT):
        found += _families(regency, actor.membership.village)
    return [asdict(item) for item in found]


def _claims(actor: Actor, regency: Regency, counts: Mapping[str, int]) -> list[Item]:
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
            _("Bayar"),
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


def _deaths(regency: Regency) -> list[Item]:
    """People whose death a list or a page told of, and who have no claim yet: one at a time."""
    dead = list(unreported_deaths().values_list("id", "name")[:NAMED])
    if not dead:
        return []
    number = len(dead) if len(dead) < NAMED else unreported_deaths().count()
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


def _late_bills(regency: Regency, money: Figures) -> list[Item]:
    if not money.overdue:
        return []
    return [
        Item(
            "r",
            _("%(n)s tagihan lewat jatuh tempo, %(sum)s")
            % {"n": thousands(money.overdue), "sum": rupiah(money.overdue_rest)},
            _(
                "%(people)s iuran orang-bulan belum lunas. Tiga bulan berturut-turut tanpa iuran "
                "membuat kepesertaan nonaktif."
            )
            % {"people": thousands(money.overdue_people)},
            reverse("budgets:invoices", args=[regency.slug]) + "?status=open",
            _("Bayar"),
        )
    ]


def _budgets(regency: Regency, money: Figures) -> list[Item]:
    address = reverse("budgets:budgets", args=[regency.slug])
    found = []
    if money.exceeded_by:
        found.append(
            Item(
                "r",
                _("Tagihan melampaui pagu %(sum)s") % {"sum": rupiah(money.exceeded_by)},
                _("Ubah pagunya, atau pindahkan pembayar ke sumber dana lain."),
                address,
                _("Lihat pagu"),
            )
        )
    if money.without_budget:
        found.append(
            Item(
                "y",
                _("%(n)s pembayar ditagih tanpa pagu") % {"n": thousands(money.without_budget)},
                _("Catat pagu JKK dan JKM supaya tagihannya diperhitungkan."),
                address,
                _("Catat pagu"),
            )
        )
    return found


def _batches(actor: Actor, regency: Regency) -> list[Item]:
    address = reverse("enrollment:batches", args=[regency.slug])
    returned_rows = Q(status=BatchRow.Status.RETURNED)
    counts = {
        row["batch__status"]: row
        for row in BatchRow.objects.filter(
            Q(batch__status__in=[EnrollmentBatch.Status.DRAFT, EnrollmentBatch.Status.SUBMITTED])
            | returned_rows
        )
        .order_by()
        .values("batch__status")
        .annotate(
            n=Count("batch", distinct=True),
            people=Count("id"),
            returned=Count("id", filter=returned_rows),
        )
    }
    found = []
    draft, submitted = counts.get("draft"), counts.get("submitted")
    if draft and actor.may(Perm.BATCH_SUBMIT):
        found.append(
            Item(
                "y",
                _("%(n)s daftar pendaftaran menunggu persetujuan Anda")
                % {"n": thousands(draft["n"])},
                _("%(people)s orang akan diajukan ke cabang BPJS.")
                % {"people": thousands(draft["people"])},
                f"{address}?status=draft",
                _("Periksa"),
            )
        )
    if submitted and actor.may(Perm.BATCH_REVIEW):
        found.append(
            Item(
                "y",
                _("%(n)s daftar pendaftaran menunggu tinjauan cabang")
                % {"n": thousands(submitted["n"])},
                _("%(people)s orang belum terlindungi sampai Anda menerimanya.")
                % {"people": thousands(submitted["people"])},
                f"{address}?status=submitted",
                _("Tinjau"),
            )
        )
    if actor.may(Perm.BATCH_PREPARE):
        returned = sum(row["returned"] for row in counts.values())
        if returned:
            found.append(
                Item(
                    "b",
                    _("Cabang mengembalikan %(n)s orang") % {"n": thousands(returned)},
                    _("Perbaiki datanya, lalu ajukan lagi."),
                    f"{address}?status=reviewed",
                    _("Perbaiki"),
                )
            )
    return found


def _replaced(regency: Regency) -> list[Item]:
    people = still_covered(timezone.localdate()).count()
    if not people:
        return []
    return [
        Item(
            "y",
            _("%(n)s orang sudah digantikan dan masih terlindungi") % {"n": thousands(people)},
            _("Daftarkan penggantinya, supaya satu kursi tidak dibayar dua kali."),
            reverse("enrollment:replaced", args=[regency.slug]),
            _("Lihat"),
        )
    ]


def _families(regency: Regency, village: Village) -> list[Item]:
    """People of a village whose heirs and school children were not confirmed within a year."""
    people = families_due(village.pk).count()
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


def _rosters(actor: Actor, regency: Regency, silent: list[Village]) -> list[Item]:
    """Lists to approve, never one's own, and lists to save; villages that sent none."""
    found = []
    own = Q(uploaded_by_id=actor.id) | Q(confirmed_by_id=actor.id)
    counts = RosterImport.objects.aggregate(
        ready=Count("id", filter=Q(status=RosterImport.Status.READY)),
        waiting=Count("id", filter=Q(status=RosterImport.Status.WAITING) & ~own),
    )
    address = reverse("cadres:imports", args=[regency.slug])
    if counts["waiting"] and actor.may(Perm.ROSTER_APPROVE):
        found.append(
            Item(
                "y",
                _("%(n)s daftar desa menunggu persetujuan Anda")
                % {"n": thousands(counts["waiting"])},
                _("Orang di dalamnya belum tercatat sampai Anda menyetujuinya."),
                f"{address}?status=waiting",
                _("Periksa"),
            )
        )
    if not actor.may(Perm.ROSTER_UPLOAD):
        return found
    if ready := counts["ready"]:
        found.append(
            Item(
                "y",
                _("%(n)s daftar sudah diperiksa dan belum disimpan") % {"n": thousands(ready)},
                _("Lihat temuannya, lalu simpan."),
                f"{address}?status=ready",
                _("Lanjutkan"),
            )
        )
    if silent and actor.membership.village_id:
        found.insert(
            0,
            Item(
                "r",
                _("Desa Anda belum mengirim daftar kader"),
                _("Unggah berkas Excel yang biasa dikirim lewat WhatsApp."),
                reverse("cadres:upload", args=[regency.slug]),
                _("Unggah daftar"),
            ),
        )
    elif silent:
        found.append(
            Item(
                "y",
                ngettext(
                    "%(n)s desa belum mengirim daftar",
                    "%(n)s desa belum mengirim daftar",
                    len(silent),
                )
                % {"n": thousands(len(silent))},
                ", ".join(village.name for village in silent[:4])
                + (" …" if len(silent) > 4 else ""),
                reverse("cadres:villages", args=[regency.slug]) + "?status=never",
                _("Lihat daftar"),
            )
        )
    return found
