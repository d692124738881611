"""Texts that an officer copies into WhatsApp: plain words with the address, nobody's data."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from core import formats
from regions.models import Village

NAMED = 40


def reminder(village: Village, last: dt.datetime | None, link: str, department: str) -> str:
    """What one village is asked for: its first roster, or a new one since the last."""
    if last is None:
        asked = _(
            "Yth. Kepala %(village)s, Kec. %(district)s. Daftar kader belum kami terima. Mohon "
            "unggah berkas Excel daftar kader, supaya kader terlindungi jaminan kecelakaan kerja "
            "dan kematian: %(link)s"
        )
    else:
        asked = _(
            "Yth. Kepala %(village)s, Kec. %(district)s. Daftar kader terakhir kami terima "
            "%(day)s. Mohon unggah daftar terbaru, supaya kader yang berhenti dan penggantinya "
            "tercatat: %(link)s"
        )
    text = asked % {
        "village": village.full_name,
        "district": village.district.name,
        "day": formats.day(last.date()) if last else "",
        "link": link,
    }
    return _("%(text)s Terima kasih. %(sender)s") % {"text": text, "sender": department}


def reminder_for_all(villages: Sequence[Village], link: str, department: str) -> str:
    """One text for every village without a roster, by district; at most forty are named."""
    by_district: dict[str, list[str]] = {}
    for village in villages[:NAMED]:
        by_district.setdefault(village.district.name, []).append(village.name)
    lines = [
        _("Kec. %(district)s: %(villages)s") % {"district": name, "villages": ", ".join(names)}
        for name, names in by_district.items()
    ]
    if len(villages) > NAMED:
        lines.append(_("dan %(n)s desa lain") % {"n": formats.thousands(len(villages) - NAMED)})
    head = _("Bapak/Ibu, daftar kader desa berikut belum kami terima:")
    tail = _("Mohon unggah berkas Excel daftar kader: %(link)s Terima kasih. %(sender)s") % {
        "link": link,
        "sender": department,
    }
    return "\n".join([head, *lines, tail])
