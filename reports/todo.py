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
from core import formats
from core.formats import rupiah, thousands
from enrollment.models import BatchRow, EnrollmentBatch
from enrollment.queries import returned_rows
from enrollment.queries.agreements import ending_soon
from enrollment.queries.overrides import to_answer
from enrollment.queries.replacements import still_covered
from regions.models import Regency, Village
from reports.queries.radar import RISKS
from reports.todo_reconciliation import reconciliation_items

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
    at_risk: Mapping[str, int],
) -> list[dict]:
    """Everything that waits for the actor.

    `silent` are the villages without a roster, `claims` counts by status, `money` is None for
    who may not read bills, `at_risk` counts the risk radar by its codes.
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
    if actor.may(Perm.RECONCILE_VIEW):
        found += [Item(*each) for each in reconciliation_items(actor, regency)]
    if actor.may(Perm.BATCH_PREPARE) or actor.may(Perm.BATCH_REVIEW):
        found += _agreements(regency)
    if actor.may(Perm.PEOPLE_EDIT):
        found += _returned(actor, regency)
    if actor.may(Perm.ELIGIBILITY_DECIDE):
        found += _overrides(actor, regency)
    if actor.may(Perm.BATCH_PREPARE):
        found += _replaced(regency)
    found += _risks(actor, regency, at_risk)
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
    counts = {
        row["batch__status"]: row
        for row in BatchRow.objects.filter(
            batch__status__in=[EnrollmentBatch.Status.DRAFT, *EnrollmentBatch.AT_BRANCH]
        )
        .order_by()
        .values("batch__status")
        .annotate(
            n=Count("batch", distinct=True),
            people=Count("id", filter=Q(status=BatchRow.Status.WAITING)),
        )
    }
    found = []
    draft = counts.get("draft")
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
    if not actor.may(Perm.BATCH_REVIEW):
        return found
    titles = {
        "submitted": _("%(n)s daftar pendaftaran menunggu tinjauan cabang"),
        "in_review": _("%(n)s daftar pendaftaran sedang Anda tinjau"),
    }
    for status, title in titles.items():
        if at_branch := counts.get(status):
            found.append(
                Item(
                    "y",
                    title % {"n": thousands(at_branch["n"])},
                    _("%(people)s orang belum terlindungi sampai Anda menerimanya.")
                    % {"people": thousands(at_branch["people"])},
                    f"{address}?status={status}",
                    _("Tinjau"),
                )
            )
    return found


def _risks(actor: Actor, regency: Regency, at_risk: Mapping[str, int]) -> list[Item]:
    """What the risk radar found, for those who can do something about it."""
    if not (actor.may(Perm.PEOPLE_EDIT) or actor.may(Perm.BATCH_REVIEW)):
        return []
    return [
        Item(
            risk.tone,
            f"{risk.title}: {thousands(at_risk[risk.code])}",
            str(risk.text),
            reverse("reports:risk", args=[regency.slug, risk.code]),
            _("Lihat"),
        )
        for risk in RISKS
        if at_risk.get(risk.code)
    ]


def _agreements(regency: Regency) -> list[Item]:
    """Agreements that end within sixty days, for those who have to sign anew."""
    ending = list(ending_soon(timezone.localdate())[: NAMED + 1])
    if not ending:
        return []
    named = ", ".join(f"{each.number} ({formats.day(each.last_day)})" for each in ending[:NAMED])
    return [
        Item(
            "y",
            _("Perjanjian yang berakhir dalam 60 hari"),
            named + (" …" if len(ending) > NAMED else ""),
            reverse("enrollment:agreements", args=[regency.slug]) + "?standing=ending",
            _("Lihat"),
        )
    ]


def _returned(actor: Actor, regency: Regency) -> list[Item]:
    """People whom the branch sent back: the village corrects them, the officer helps."""
    people = returned_rows().count()
    if not people:
        return []
    own = bool(actor.membership.village_id)
    return [
        Item(
            "r" if own else "b",
            _("Cabang mengembalikan %(n)s orang") % {"n": thousands(people)},
            _("Mereka belum terlindungi. Perbaiki datanya, lalu kirim kembali ke cabang."),
            reverse("enrollment:returned", args=[regency.slug]),
            _("Perbaiki"),
        )
    ]


def _overrides(actor: Actor, regency: Regency) -> list[Item]:
    """Exceptions that somebody else has asked for."""
    waiting = to_answer(actor).count()
    if not waiting:
        return []
    return [
        Item(
            "y",
            _("%(n)s permintaan pengecualian menunggu jawaban Anda") % {"n": thousands(waiting)},
            _("Orangnya tidak ikut dalam pendaftaran sampai Anda menyetujuinya."),
            reverse("enrollment:overrides", args=[regency.slug]) + "?status=asked",
            _("Jawab"),
        )
    ]


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
