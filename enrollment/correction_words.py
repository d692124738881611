"""What a returned row asks for: what to do for each reason, and the text for WhatsApp."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import formats
from enrollment.models import BatchRow
from regions.models import Village

Reason = BatchRow.Reason


@dataclass(frozen=True)
class ToDo:
    """What to do about a reason, and which of the forms does it.

    `form` is `person` (name, birth date, phone), `nik`, `terms` or `note` (only words).
    """

    text: str | Promise
    form: str


TODO: dict[str, ToDo] = {
    Reason.NIK_MISMATCH: ToDo(
        gettext_lazy(
            "Cocokkan NIK dengan KTP dan Kartu Keluarga. NIK yang salah catat dibetulkan oleh "
            "petugas dinas. NIK yang benar tetapi tidak terbaca diurus di Dukcapil."
        ),
        "nik",
    ),
    Reason.NAME_MISMATCH: ToDo(
        gettext_lazy("Tulis nama persis seperti di KTP, tanpa gelar dan singkatan."), "person"
    ),
    Reason.OVER_AGE: ToDo(
        gettext_lazy(
            "Cocokkan tanggal lahir dengan KTP. Bila memang sudah 65 tahun, minta dinas "
            "mengeluarkan orang ini dari pendaftaran."
        ),
        "person",
    ),
    Reason.ALREADY_MEMBER: ToDo(
        gettext_lazy(
            "Tanyakan siapa yang membayar iurannya sekarang. Bila benar sudah dibayar pihak lain, "
            "minta dinas mengeluarkan orang ini; bila tidak, jelaskan dalam catatan."
        ),
        "note",
    ),
    Reason.DECEASED: ToDo(
        gettext_lazy(
            "Bila benar meninggal, laporkan kematiannya. Bila orangnya masih hidup, jelaskan dalam "
            "catatan."
        ),
        "note",
    ),
    Reason.INCOMPLETE: ToDo(
        gettext_lazy(
            "Lengkapi data diri: tempat dan tanggal lahir, nama ibu kandung, nomor HP. Lengkapi "
            "juga pekerjaan, lokasi, dan jam kerja."
        ),
        "person",
    ),
    Reason.OTHER: ToDo(
        gettext_lazy("Ikuti penjelasan cabang, lalu tulis dalam catatan apa yang diperbaiki."),
        "note",
    ),
}


def todo_for(row: BatchRow) -> ToDo:
    """What a row asks for; words of the branch alone where it gave no reason."""
    return TODO.get(row.reason, TODO[Reason.OTHER])


def request_text(
    village: Village | None, reasons: dict[str, int], link: str, department: str
) -> str:
    """The text that an officer copies into WhatsApp: counts and the address, nobody's data.

    `village` is None for all villages together.
    """
    people = sum(reasons.values())
    labels = dict(Reason.choices)
    listed = "; ".join(
        f"{labels.get(code, labels[Reason.OTHER])}: {formats.thousands(count)}"
        for code, count in sorted(reasons.items(), key=lambda pair: -pair[1])
    )
    head = (
        _("Yth. %(village)s, Kec. %(district)s.")
        % {"village": village.full_name, "district": village.district.name}
        if village
        else _("Yth. Bapak/Ibu operator desa.")
    )
    asked = ngettext(
        "Cabang BPJS Ketenagakerjaan mengembalikan %(n)s orang (%(reasons)s). Mohon diperbaiki "
        "dan dikirim kembali, supaya terlindungi: %(link)s",
        "Cabang BPJS Ketenagakerjaan mengembalikan %(n)s orang (%(reasons)s). Mohon diperbaiki "
        "dan dikirim kembali, supaya terlindungi: %(link)s",
        people,
    ) % {"n": formats.thousands(people), "reasons": listed, "link": link}
    return _("%(head)s %(asked)s Terima kasih. %(sender)s") % {
        "head": head,
        "asked": asked,
        "sender": department,
    }
