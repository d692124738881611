"""What is missing until somebody is covered, in words, and where it is done."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import Actor
from accounts.roles import Perm
from reports.queries.bulk import Facts

if TYPE_CHECKING:
    from reports.bulk.answering import Answer


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do; `url` is where, and `link` what its link says."""

    text: str
    link: str = ""
    url: str = ""


def steps_of(answer: "Answer", facts: Facts, by: Actor, slug: str) -> list[Step]:
    """What is missing for one line, as far as this person may do something about it."""
    code, person = answer.kind.code, answer.person
    if code in ("not_found", "several", "similar", "unreadable", "elsewhere"):
        return _of_nobody(code, by, slug)
    if person is None or code == "deceased":
        return []
    page = reverse("cadres:person", args=[slug, person.id])
    row = facts.rows.get(person.id)
    if code in ("covered", "disputed"):
        address = f"{reverse('reports:proof_ask', args=[slug, person.id])}?day={facts.day:%Y-%m-%d}"
        asks = _("Minta konfirmasi cabang.") if code == "disputed" else ""
        return [Step(asks, _("Lihat rantai buktinya"), address)]
    if code == "returned" and row is not None:
        address = reverse("enrollment:returned_row", args=[slug, row.id])
        return [Step(_("Betulkan, lalu kirim kembali."), _("Buka yang dikembalikan"), address)]
    if code in ("waiting", "prepared") and row is not None:
        told = _("Tunggu jawaban cabang.") if code == "waiting" else _("Lengkapi, lalu ajukan.")
        if by.may(Perm.BATCH_VIEW):
            address = reverse("enrollment:batch", args=[slug, row.batch_id])
            return [Step(told, _("Buka pendaftarannya"), address)]
        return [Step(told, _("Buka orangnya"), page)]
    if code == "not_yet":
        return [Step(_("Tidak ada; perlindungannya mulai pada tanggal itu."))]
    told = {
        "ended": _("Daftarkan lagi bila masih bertugas."),
        "not_enrolled": _("Masukkan ke pendaftaran berikutnya."),
    }[code]
    return [Step(told, _("Lihat apakah memenuhi syarat"), page)]


def _of_nobody(code: str, by: Actor, slug: str) -> list[Step]:
    if code == "elsewhere":
        return [Step(_("Jangan didaftarkan lagi untuk program yang sama."))]
    if code in ("several", "similar"):
        return [Step(_("Sertakan NIK-nya, atau pilih orangnya."))]
    if code == "unreadable":
        return [Step(_("Tulis NIK 16 angka dari KTP."))]
    if by.may(Perm.ROSTER_UPLOAD):
        address = reverse("cadres:upload", args=[slug])
        return [Step(_("Masukkan ke daftar kader desanya."), _("Unggah daftar"), address)]
    return [Step(_("Minta desanya mengunggah daftar kader."))]
