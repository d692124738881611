"""What people do with posyandu and their seats: the norm, a name, a merge, a replacement."""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from audit.actions import record
from cadres import seats, values
from cadres.models import Assignment, Cadre, Posyandu, PosyanduChoice, SeatNorm, Sex
from cadres.queries import district_codes
from core import sealed
from core.errors import DomainError
from core.months import add_months, this_month

MONTHS_AHEAD = 3


def set_norm(*, by: Actor, seats_each: int, basis: str, confirmed: bool) -> SeatNorm:
    """How many seats a posyandu has unless it has its own number; raises `seats_range`."""
    _check_seats(seats_each)
    norm, _new = SeatNorm.objects.update_or_create(
        defaults={"seats": seats_each, "basis": basis.strip(), "confirmed": confirmed}
    )
    record("posyandu.norm_set", norm, by=by, facts={"seats": seats_each, "basis": norm.basis})
    return norm


def change_posyandu(
    *,
    by: Actor,
    posyandu: Posyandu,
    name: str,
    decree_number: str = "",
    decree_date: dt.date | None = None,
) -> Posyandu:
    """Another name or decree; raises `posyandu_name_missing` or `posyandu_name_taken`."""
    posyandu = Posyandu.objects.select_for_update().get(pk=posyandu.pk)
    before = posyandu.name
    posyandu.name = " ".join(name.split())[:100]
    posyandu.name_key = values.place_key(posyandu.name)
    if not posyandu.name_key:
        message = _("Isi nama posyandu.")
        raise DomainError("posyandu_name_missing", message, {"name": message})
    posyandu.decree_number, posyandu.decree_date = decree_number.strip(), decree_date
    try:
        with transaction.atomic():
            posyandu.save(update_fields=["name", "name_key", "decree_number", "decree_date"])
    except IntegrityError as error:
        if "cadres_posyandu_name" not in str(error):
            raise
        message = _("Desa ini sudah punya posyandu dengan nama ini. Gabungkan keduanya.")
        raise DomainError("posyandu_name_taken", message, {"name": message}) from error
    record("posyandu.changed", posyandu, by=by, facts={"before": before, "name": posyandu.name})
    return posyandu


def fund_seats(*, by: Actor, posyandu: Posyandu, seats_each: int | None) -> Posyandu:
    """How many people of a posyandu are paid for; None follows the norm. Raises `seats_range`."""
    if seats_each is not None:
        _check_seats(seats_each, least=0)
    posyandu = Posyandu.objects.select_for_update().get(pk=posyandu.pk)
    posyandu.seats = seats_each
    posyandu.save(update_fields=["seats"])
    kind = "posyandu.seats_by_norm" if seats_each is None else "posyandu.seats_set"
    record(kind, posyandu, by=by, facts={"name": posyandu.name, "seats": seats_each})
    return posyandu


def _check_seats(number: int, least: int = 1) -> None:
    if not least <= number <= seats.MOST_SEATS:
        message = _("Jumlah kursi antara %(least)s dan %(most)s.") % {
            "least": least,
            "most": seats.MOST_SEATS,
        }
        raise DomainError("seats_range", message, {"seats": message})


def merge_posyandu(*, by: Actor, posyandu: Posyandu, into: Posyandu) -> Posyandu:
    """Move everybody of a posyandu to another one of the same village, and remove the first.

    Who serves in both keeps one open service. Raises `posyandu_same` or `posyandu_other_village`.
    """
    if posyandu.pk == into.pk:
        raise DomainError("posyandu_same", _("Pilih posyandu lain sebagai tujuan."))
    # Locked in the order of ids, so that two opposite merges at once do not wait for each other.
    both = {
        post.pk: post
        for post in Posyandu.objects.select_for_update()
        .filter(pk__in=[posyandu.pk, into.pk])
        .order_by("pk")
    }
    if len(both) < 2:
        raise DomainError("posyandu_gone", _("Salah satu posyandu ini sudah digabungkan."))
    gone, kept = both[posyandu.pk], both[into.pk]
    if gone.village_id != kept.village_id:
        raise DomainError(
            "posyandu_other_village", _("Hanya posyandu dari desa yang sama dapat digabungkan.")
        )
    running = Assignment.objects.filter(ended_on=None)
    there = running.filter(
        posyandu=kept, cadre_id=OuterRef("cadre_id"), category=OuterRef("category")
    )
    running.filter(Exists(there), posyandu=gone).update(
        ended_on=Greatest(F("started_on"), timezone.localdate()),
        end_reason=Assignment.EndReason.CORRECTED,
    )
    people = running.filter(posyandu=gone).update(posyandu=kept)
    Assignment.objects.filter(posyandu=gone).update(posyandu=kept)
    PosyanduChoice.objects.filter(posyandu=gone).update(posyandu=kept)
    name = gone.name
    gone.delete()
    record(
        "posyandu.merged",
        kept,
        by=by,
        facts={"name": kept.name, "gone": name, "people": people},
    )
    return kept


@dataclass(frozen=True)
class NewPerson:
    """What a person who is not known yet needs; the rules of values are those of a roster."""

    nik: str
    name: str
    birth_date: dt.date
    sex: str
    birth_place: str = ""
    phone: str = ""
    mother_name: str = ""


def replace_cadre(
    *,
    by: Actor,
    service: Assignment,
    takes_over: dt.date,
    person: Cadre | NewPerson,
    reason: str = "",
    decree_number: str = "",
    decree_date: dt.date | None = None,
) -> Assignment:
    """Somebody takes over the seat of a service on a day; returns the new service.

    The old service ends the day before as replaced, unless it had ended already (a death, a
    resignation): then the day must lie after its end. A seat is handed over once. Raises
    `service_replaced`, `takes_over_range`, `person_same`, `person_died`, `person_serves`,
    `person_elsewhere` and what a NIK can be refused for.
    """
    service = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("cadre", "posyandu")
        .get(pk=service.pk)
    )
    if Assignment.objects.filter(replaces=service).exists():
        raise DomainError("service_replaced", _("Tugas ini sudah diteruskan oleh orang lain."))
    _check_day(service, takes_over)
    cadre = person if isinstance(person, Cadre) else _register(by, service, person)
    _check_successor(service, cadre)
    if service.ended_on is None:
        service.ended_on = takes_over - dt.timedelta(days=1)
        service.end_reason = Assignment.EndReason.REPLACED
        service.save(update_fields=["ended_on", "end_reason"])
    successor = _take_over(service, cadre, takes_over, decree_number.strip(), decree_date)
    record(
        "cadre.replaced",
        successor,
        by=by,
        village_id=service.village_id,
        facts={
            "leaves": service.cadre.name,
            "takes_over": cadre.name,
            "on": takes_over.isoformat(),
            "reason": reason.strip()[:200],
        },
    )
    return successor


def _check_day(service: Assignment, takes_over: dt.date) -> None:
    message = None
    if takes_over <= service.started_on:
        message = _("Tanggal mulai harus sesudah kader lama mulai bertugas.")
    elif service.ended_on is not None and takes_over <= service.ended_on:
        message = _("Tanggal mulai harus sesudah tugas kader lama berakhir.")
    elif takes_over >= add_months(this_month(), MONTHS_AHEAD + 1):
        message = _("Tanggal mulai paling jauh tiga bulan ke depan.")
    if message is not None:
        raise DomainError("takes_over_range", message, {"takes_over": message})


def _check_successor(service: Assignment, cadre: Cadre) -> None:
    if cadre.pk == service.cadre_id:
        message = _("Pengganti harus orang lain.")
        raise DomainError("person_same", message, {"person": message})
    if cadre.died_on is not None:
        message = _("Orang ini tercatat meninggal.")
        raise DomainError("person_died", message, {"person": message})
    if cadre.merged_into_id is not None:
        message = _("Data orang ini sudah digabungkan ke data lain.")
        raise DomainError("person_merged", message, {"person": message})


def _take_over(
    service: Assignment,
    cadre: Cadre,
    takes_over: dt.date,
    decree_number: str,
    decree_date: dt.date | None,
) -> Assignment:
    try:
        with transaction.atomic():
            return Assignment.objects.create(
                cadre=cadre,
                village_id=service.village_id,
                posyandu=service.posyandu,
                category=service.category,
                decree_number=decree_number,
                decree_date=decree_date,
                started_on=takes_over,
                replaces=service,
            )
    except IntegrityError as error:
        if "cadres_assignment_open_once" not in str(error):
            raise
        message = _("Orang ini sudah bertugas di tempat yang sama.")
        raise DomainError("person_serves", message, {"person": message}) from error


def _register(by: Actor, service: Assignment, new: NewPerson) -> Cadre:
    """The person of a NIK, known or written down now; never somebody of another village unseen."""
    digits = _nik(new.nik)
    digest = sealed.digest(digits)
    known = Cadre.objects.filter(nik_digest=digest).first()
    if known is not None:
        return known
    name = " ".join(new.name.split())[:120]
    if not name:
        message = _("Isi nama sesuai KTP.")
        raise DomainError("name_missing", message, {"name": message})
    if new.sex not in Sex.values:
        message = _("Pilih jenis kelamin.")
        raise DomainError("sex_missing", message, {"sex": message})
    if new.birth_date >= timezone.localdate():
        message = _("Tanggal lahir tidak boleh di masa depan.")
        raise DomainError("birth_in_future", message, {"birth_date": message})
    try:
        with transaction.atomic():
            cadre = Cadre.objects.create(
                village_id=service.village_id,
                name=name,
                name_key=values.name_key(name),
                nik_sealed=sealed.seal(digits),
                nik_digest=digest,
                birth_date=new.birth_date,
                birth_place=" ".join(new.birth_place.split())[:80],
                sex=new.sex,
                phone=_phone(new.phone),
                mother_name=" ".join(new.mother_name.split())[:120],
            )
    except IntegrityError as error:
        if "cadres_cadre_nik" not in str(error):
            raise
        # Known behind the wall of one's own village: the office that sees both decides.
        message = _("NIK ini sudah tercatat di desa lain. Minta petugas dinas memindahkannya.")
        raise DomainError("person_elsewhere", message, {"nik": message}) from error
    record("cadre.registered", cadre, by=by, facts={"name": cadre.name})
    return cadre


NIK_FAULTS = {
    "nik_number": _("Tulis NIK sebagai 16 angka."),
    "nik_letters": _("NIK hanya berisi angka."),
    "nik_length": _("NIK harus 16 angka."),
    "nik_serial": _("Empat angka terakhir NIK tidak boleh 0000."),
    "nik_date": _("Tanggal lahir di dalam NIK tidak ada di kalender."),
    "nik_district": _("Enam angka pertama NIK bukan kode kecamatan."),
    "nik_province": _("Dua angka pertama NIK bukan kode provinsi."),
}


def _nik(written: str) -> str:
    try:
        digits = values.nik(written)
        fault = values.nik_fault(digits, district_codes()) if digits else "nik_length"
    except values.Unreadable as error:
        fault = error.code
    if fault:
        raise DomainError(fault, NIK_FAULTS[fault], {"nik": NIK_FAULTS[fault]})
    return digits


def _phone(written: str) -> str:
    try:
        return values.phone(written)
    except values.Unreadable as error:
        message = _("Nomor HP tidak terbaca. Tulis seperti 0812 3456 7890.")
        raise DomainError("phone", message, {"phone": message}) from error
