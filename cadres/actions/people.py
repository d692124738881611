"""What people do with one person in the list: look up, correct, move, note a death."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from audit.actions import record
from cadres import moving, queries, values
from cadres.models import Assignment, Cadre, Posyandu, Sex
from core import sealed
from core.errors import DomainError
from core.tenancy import current_regency_id
from regions.models import Village

Died = Assignment.EndReason.DIED
# What a correction may change, in the words that the trail keeps.
CORRECTED: dict[str, str | Promise] = {
    "name": _("nama"),
    "birth_place": _("tempat lahir"),
    "birth_date": _("tanggal lahir"),
    "sex": _("jenis kelamin"),
    "phone": _("nomor HP"),
    "mother_name": _("nama ibu kandung"),
}


def reveal_nik(*, by: Actor, cadre: Cadre, reason: str) -> str:
    """The NIK in clear, for a reason that the trail keeps."""
    reason = _reason(reason, _("Tulis alasan melihat NIK, paling sedikit 5 huruf."))
    record(
        "cadre.nik_revealed", cadre, by=by, village_id=cadre.village_id, facts={"reason": reason}
    )
    return cadre.nik


def correct_person(*, by: Actor, cadre: Cadre, **details: Any) -> Cadre:
    """Correct what the KTP says, the phone or the mother's name; only given details change.

    Details are named as in `CORRECTED`. Nothing is written when nothing differs.
    """
    cadre = queries.held(cadre.pk)
    changed = []
    for field in CORRECTED:
        if field in details:
            wanted = _detail(cadre, field, details[field])
            if wanted != getattr(cadre, field):
                setattr(cadre, field, wanted)
                changed.append(field)
    if changed:
        cadre.name_key = values.name_key(cadre.name)
        cadre.save(update_fields=[*changed, "name_key"])
        with translation.override("id"):
            words = ", ".join(str(CORRECTED[field]) for field in changed)
        record(
            "cadre.corrected", cadre, by=by, village_id=cadre.village_id, facts={"fields": words}
        )
    return cadre


def correct_nik(*, by: Actor, cadre: Cadre, nik: str, reason: str) -> Cadre:
    """Replace a NIK that was written down wrongly, for a reason that the trail keeps.

    Raises DomainError for digits that cannot be a NIK and for one that somebody else has.
    """
    reason = _reason(reason, _("Tulis alasan perbaikan NIK, paling sedikit 5 huruf."))
    cadre = queries.held(cadre.pk)
    digits = _nik(nik)
    digest = sealed.digest(digits)
    if digest == bytes(cadre.nik_digest):
        raise _refused("nik_same", "nik", _("NIK ini sudah yang tercatat."))
    cadre.nik_sealed, cadre.nik_digest = sealed.seal(digits), digest
    try:
        with transaction.atomic():
            cadre.save(update_fields=["nik_sealed", "nik_digest"])
    except IntegrityError:
        message = _(
            "NIK ini sudah tercatat pada orang lain di kabupaten ini. Bila orangnya sama, "
            "gabungkan kedua catatan."
        )
        raise _refused("nik_taken", "nik", message) from None
    record(
        "cadre.nik_corrected", cadre, by=by, village_id=cadre.village_id, facts={"reason": reason}
    )
    return cadre


def move_person(
    *, by: Actor, cadre: Cadre, village: Village, on: dt.date, posyandu: Posyandu | None = None
) -> Cadre:
    """Move a person to another village of the regency from a day on.

    Services in the old village end on the day before, and the same kinds begin in the new one,
    without a decree: that of another village does not hold there. A posyandu of the new village
    may be given for posyandu cadres.
    """
    cadre = queries.held(cadre.pk)
    if village.regency_id != current_regency_id():
        raise _refused("village_unknown", "village", _("Desa ini tidak ada di kabupaten ini."))
    if village.pk == cadre.village_id:
        raise _refused("village_same", "village", _("Orang ini sudah tercatat di desa itu."))
    if posyandu is not None and posyandu.village_id != village.pk:
        raise _refused("posyandu_elsewhere", "posyandu", _("Posyandu ini bukan di desa tujuan."))
    if cadre.died_on is not None:
        raise DomainError("person_died", _("Orang ini sudah tercatat meninggal."))
    if on > timezone.localdate():
        raise _refused("day_in_future", "on", _("Tanggal ini belum tiba."))
    left = cadre.village
    services = list(
        Assignment.objects.select_for_update()
        .filter(cadre=cadre, village=left, ended_on=None)
        .order_by("id")
    )
    for service in services:
        service.ended_on = max(service.started_on, on - dt.timedelta(days=1))
        service.end_reason = Assignment.EndReason.MOVED
        service.save(update_fields=["ended_on", "end_reason"])
    cadre.village = village
    cadre.save(update_fields=["village"])
    for category in dict.fromkeys(service.category for service in services):
        _open_there(cadre, category, posyandu, on)
    moving.follow(moving.Move([cadre.pk], on, by))
    record(
        "cadre.moved",
        cadre,
        by=by,
        village_id=village.pk,
        facts={"from": left.name, "to": village.name, "on": on.isoformat()},
    )
    return cadre


def _open_there(cadre: Cadre, category: str, posyandu: Posyandu | None, on: dt.date) -> None:
    """Begin a kind of service in the person's village unless it runs there already."""
    there = Assignment.objects.filter(
        cadre=cadre, category=category, village=cadre.village, ended_on=None
    )
    if not there.exists():
        at_post = category == "posyandu_cadre"
        Assignment.objects.create(
            cadre=cadre,
            village=cadre.village,
            posyandu=posyandu if at_post else None,
            category=category,
            started_on=on,
        )


def record_death(*, by: Actor | None, cadre: Cadre, died_on: dt.date) -> Cadre:
    """Note the day of a death and end the services on it."""
    cadre = queries.held(cadre.pk)
    if cadre.died_on is not None:
        if cadre.died_on == died_on:
            return cadre
        raise DomainError("died_already", _("Kematian orang ini sudah tercatat."))
    if died_on > timezone.localdate():
        raise _refused(
            "died_in_future", "died_on", _("Tanggal meninggal tidak boleh di masa depan.")
        )
    if died_on < cadre.birth_date:
        raise _refused(
            "died_before_birth",
            "died_on",
            _("Tanggal meninggal lebih awal daripada tanggal lahir."),
        )
    cadre.died_on = died_on
    cadre.save(update_fields=["died_on"])
    services = Assignment.objects.filter(cadre=cadre, ended_on=None)
    services.filter(started_on__lte=died_on).update(ended_on=died_on, end_reason=Died)
    for service in services.filter(started_on__gt=died_on):
        service.ended_on, service.end_reason = service.started_on, Died
        service.save(update_fields=["ended_on", "end_reason"])
    record(
        "cadre.died",
        cadre,
        by=by,
        village_id=cadre.village_id,
        facts={"died_on": died_on.isoformat()},
    )
    return cadre


def take_back_death(*, by: Actor, cadre: Cadre) -> Cadre:
    """A death that was recorded by mistake: the person lives, the services it ended go on.

    Raises DomainError `not_dead`, or `service_taken` when somebody took over such a service.
    """
    cadre = queries.held(cadre.pk)
    if cadre.died_on is None:
        raise DomainError("not_dead", _("Orang ini tidak tercatat meninggal."))
    ended = Assignment.objects.filter(cadre=cadre, end_reason=Died)
    if Assignment.objects.filter(replaces__in=ended).exists():
        raise DomainError(
            "service_taken",
            _("Tempatnya sudah digantikan orang lain. Catat tugas barunya di halaman orang ini."),
        )
    cadre.died_on = None
    cadre.save(update_fields=["died_on"])
    ended.update(ended_on=None, end_reason="")
    record("cadre.death_withdrawn", cadre, by=by, village_id=cadre.village_id)
    return cadre


def _detail(cadre: Cadre, field: str, value: Any) -> Any:
    """A given detail as it is kept; raises DomainError for what cannot be."""
    if field == "birth_date":
        if value is None or value > timezone.localdate():
            raise _refused("birth_in_future", field, _("Tanggal lahir tidak boleh di masa depan."))
        if cadre.died_on is not None and value > cadre.died_on:
            raise _refused("born_after_death", field, _("Tanggal lahir sesudah tanggal meninggal."))
        return value
    text = " ".join(str(value or "").split())
    if field == "name" and not values.name_key(text):
        raise _refused("name_missing", field, _("Isi nama sesuai KTP."))
    if field == "sex" and text not in Sex.values:
        raise _refused("sex_unknown", field, _("Pilih jenis kelamin."))
    if field == "phone":
        try:
            return values.phone(text)
        except values.Unreadable:
            raise _refused(
                "phone_invalid", field, _("Tulis nomor HP seperti 0812 3456 7890.")
            ) from None
    return text


def _nik(text: str) -> str:
    """The digits of a NIK that somebody typed; raises DomainError for what cannot be one."""
    try:
        digits = values.nik(text)
    except values.Unreadable:
        digits = ""
    if not digits:
        raise _refused("nik_invalid", "nik", _("NIK terdiri atas 16 angka."))
    if values.nik_fault(digits, queries.district_codes()):
        message = _("Angka ini tidak mungkin sebuah NIK. Cocokkan lagi dengan KTP atau KK.")
        raise _refused("nik_impossible", "nik", message)
    return digits


def _reason(text: str, message: str | Promise) -> str:
    reason = " ".join(text.split())
    if len(reason) < 5:
        raise _refused("reason_missing", "reason", message)
    return reason[:200]


def _refused(code: str, field: str, message: str | Promise) -> DomainError:
    return DomainError(code, message, {field: message})
