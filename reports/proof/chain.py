"""The chain behind an answer, from the line of a spreadsheet to the receipt, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from core import formats
from core.formats import moment, rupiah
from enrollment.models import Coverage
from reports.proof.records import Records


@dataclass(frozen=True)
class Link:
    """One fact of the chain: its name, what it says, when and by whom, and where it is seen.

    `missing` facts are named too: a gap in the chain is what a dispute is about.
    """

    name: str
    text: str
    when: str = ""
    who: str = ""
    url: str = ""
    missing: bool = False

    @property
    def state(self) -> str:
        """How a timeline marks it."""
        return "bad" if self.missing else ""


def links(found: Records, slug: str) -> list[Link]:
    """The facts in the order in which they came about."""
    names = _names(found)
    return [
        _roster(found, slug, names),
        _decree(found),
        _batch(found, slug, names),
        _cover(found, slug),
        _bill(found, slug),
        _payment(found, names),
        _receipt(found),
    ]


def _names(found: Records) -> dict[int, str]:
    """Who uploaded, submitted, decided and paid, by name; one query."""
    ids: set[Any] = set()
    if found.roster_row:
        roster = found.roster_row.roster
        ids |= {roster.uploaded_by_id, roster.applied_by_id}
    if found.cover:
        row = found.cover.batch_row
        ids |= {row.batch.submitted_by_id, row.decided_by_id or row.batch.reviewed_by_id}
    if found.bill:
        ids |= {payment.recorded_by_id for payment in found.bill.payments}
    return dict(User.objects.filter(pk__in=ids - {None}).values_list("pk", "name"))


def _people(names: dict[int, str], *ids: int | None) -> str:
    found = [names[pk] for pk in ids if pk in names]
    return ", ".join(dict.fromkeys(found))


def _moment(when) -> str:
    return moment(timezone.localtime(when), get_language()) if when else ""


def _roster(found: Records, slug: str, names: dict[int, str]) -> Link:
    name = _("Daftar dari desa")
    row = found.roster_row
    if row is None:
        return Link(name, _("Dicatat langsung, bukan dari daftar yang diunggah."), missing=True)
    words = {"file": row.roster.file_name, "line": row.number, "sheet": row.sheet}
    text = (
        _("%(file)s, lembar %(sheet)s, baris %(line)s") % words
        if row.sheet
        else _("%(file)s, baris %(line)s") % words
    )
    return Link(
        name,
        text,
        _moment(row.roster.created_at),
        _people(names, row.roster.uploaded_by_id, row.roster.applied_by_id),
        reverse("cadres:roster", args=[slug, row.roster_id]),
    )


def _decree(found: Records) -> Link:
    name = _("SK penugasan")
    service = found.service
    if service is None:
        return Link(name, _("Tidak ada tugas yang tercatat pada hari itu."), missing=True)
    told = service.get_category_display()
    if service.posyandu:
        told = f"{told}, Posyandu {service.posyandu.name}"
    if not service.decree_number:
        text = _("%(service)s, tanpa nomor SK") % {"service": told}
        return Link(name, text, missing=True)
    words = {"service": told, "number": service.decree_number}
    when = formats.day(service.decree_date, get_language()) if service.decree_date else ""
    return Link(name, _("%(service)s, SK %(number)s") % words, when)


def _batch(found: Records, slug: str, names: dict[int, str]) -> Link:
    name = _("Pendaftaran dan keputusan cabang")
    if found.cover is None:
        return Link(name, _("Tidak ada pendaftaran untuk hari itu."), missing=True)
    row = found.cover.batch_row
    batch = row.batch
    text = _("%(number)s, diterima cabang") % {"number": batch.number}
    if found.cover.agreement:
        text += ", " + _("perjanjian %(number)s") % {"number": found.cover.agreement.number}
    who = _people(names, batch.submitted_by_id, row.decided_by_id or batch.reviewed_by_id)
    when = _moment(row.decided_at or batch.reviewed_at)
    return Link(name, text, when, who, reverse("enrollment:batch", args=[slug, batch.pk]))


def _cover(found: Records, slug: str) -> Link:
    name = _("Kepesertaan")
    cover: Coverage | None = found.cover
    if cover is None:
        return Link(name, _("Tidak ada kepesertaan yang berjalan pada hari itu."), missing=True)
    language = get_language()
    words = {
        "number": cover.member_no_masked,
        "source": cover.fund_source.name,
        "start": formats.day(cover.starts_on, language),
        "end": formats.day(cover.ends_on, language) if cover.ends_on else _("sekarang"),
    }
    text = _("Nomor peserta %(number)s, %(start)s sampai %(end)s, dibayar %(source)s") % words
    url = reverse("enrollment:coverage", args=[slug, cover.pk])
    return Link(name, text, _moment(cover.created_at), "", url)


def _bill(found: Records, slug: str) -> Link:
    name = _("Tagihan bulan itu")
    bill = found.bill
    if bill is None:
        return Link(name, _("Bulan itu belum ditagih."), missing=True)
    shown = ", ".join(f"{part} {rupiah(amount)}" for part, amount in bill.amounts.items())
    text = _("%(number)s: %(amounts)s") % {"number": bill.number, "amounts": shown}
    url = reverse("budgets:invoice", args=[slug, bill.invoice_id])
    return Link(name, text, _moment(bill.issued_at), "", url)


def _payment(found: Records, names: dict[int, str]) -> Link:
    name = _("Pembayaran")
    bill = found.bill
    if bill is None or not bill.payments:
        return Link(name, _("Belum ada pembayaran yang tercatat."), missing=True)
    told = _joined(
        _("SP2D %(number)s, %(amount)s")
        % {"number": each.sp2d_number, "amount": rupiah(each.amount)}
        for each in bill.payments
    )
    if not bill.paid:
        told = _("%(told)s; tagihannya belum lunas") % {"told": told}
    last = bill.payments[-1]
    who = _people(names, *(each.recorded_by_id for each in bill.payments))
    when = formats.day(last.sp2d_date, get_language())
    return Link(name, told, when, who, missing=not bill.paid)


def _receipt(found: Records) -> Link:
    name = _("Tercatat di BPJS")
    if found.listed is None:
        return Link(name, _("Belum dicocokkan dengan daftar BPJS bulan itu."), missing=True)
    listed, row = found.listed.reconciliation, found.listed.row
    words = {"number": listed.number, "file": listed.file_name, "line": row.line if row else 0}
    if row is None:
        text = _("Daftar BPJS %(file)s (%(number)s) tidak memuat orang ini") % words
        return Link(name, text, _moment(listed.uploaded_at), missing=True)
    text = _("%(file)s (%(number)s), baris %(line)s") % words
    return Link(name, text, _moment(listed.uploaded_at))


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(parts)
