"""The services of one person: begin another one, write its decree, stop."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from audit.actions import record
from cadres import queries
from cadres.models import Assignment, Cadre, Category, Posyandu
from core.errors import DomainError

# Why somebody stops by hand; the other reasons belong to actions of their own.
REASONS = (Assignment.EndReason.STOPPED, Assignment.EndReason.CORRECTED)


def add_service(
    *,
    by: Actor,
    cadre: Cadre,
    category: str,
    started_on: dt.date,
    posyandu: Posyandu | None = None,
    decree_number: str = "",
    decree_date: dt.date | None = None,
) -> Assignment:
    """Begin another service of a person, at a posyandu or in the person's own village.

    Several may run at once; the person is insured once all the same. Raises DomainError for a
    kind that already runs in that place.
    """
    cadre = queries.held(cadre.pk)
    if cadre.died_on is not None:
        raise DomainError("person_died", _("Orang ini sudah tercatat meninggal."))
    if category not in Category.values:
        raise _refused("category_unknown", "category", _("Pilih jenis tugas."))
    if started_on > timezone.localdate():
        raise _refused("day_in_future", "started_on", _("Tanggal ini belum tiba."))
    service = Assignment(
        cadre=cadre,
        village_id=posyandu.village_id if posyandu else cadre.village_id,
        posyandu=posyandu,
        category=category,
        started_on=started_on,
        decree_number=decree_number.strip(),
        decree_date=decree_date,
    )
    _save_once(service)
    _record("service.added", service, by, category=str(service.get_category_display()))
    return service


def change_service(
    *,
    by: Actor,
    service: Assignment,
    decree_number: str,
    decree_date: dt.date | None = None,
    posyandu: Posyandu | None = None,
) -> Assignment:
    """Write the decree that a service rests on, and the posyandu of one that has none yet.

    Another posyandu is another service: this one is stopped and that one begun.
    """
    service = _held(service)
    number = " ".join(decree_number.split())
    if not number and posyandu is None:
        raise _refused("decree_missing", "decree_number", _("Isi nomor SK."))
    if decree_date is not None and decree_date > timezone.localdate():
        raise _refused("day_in_future", "decree_date", _("Tanggal ini belum tiba."))
    if posyandu is not None and service.posyandu_id not in (None, posyandu.pk):
        raise _refused("posyandu_known", "posyandu", _("Tugas ini sudah punya posyandu."))
    if posyandu is not None and posyandu.village_id != service.village_id:
        raise _refused("posyandu_elsewhere", "posyandu", _("Posyandu ini bukan di desa tugasnya."))
    before = (service.decree_number, service.decree_date, service.posyandu_id)
    service.decree_number, service.decree_date = number, decree_date
    service.posyandu = posyandu or service.posyandu
    if (number, decree_date, service.posyandu_id) != before:
        _save_once(service)
        _record("service.changed", service, by, category=str(service.get_category_display()))
    return service


def stop_service(*, by: Actor, service: Assignment, on: dt.date, reason: str) -> Assignment:
    """End a service; `on` is its last day. A second time with the same day changes nothing."""
    service = _held(service)
    if service.ended_on is not None:
        if (service.ended_on, service.end_reason) == (on, reason):
            return service
        raise DomainError("service_ended", _("Tugas ini sudah berakhir."))
    if reason not in REASONS:
        raise _refused("reason_unknown", "reason", _("Pilih alasannya."))
    if on > timezone.localdate():
        raise _refused("day_in_future", "on", _("Tanggal ini belum tiba."))
    if on < service.started_on:
        raise _refused("day_too_early", "on", _("Tugas ini belum dimulai pada tanggal itu."))
    service.ended_on, service.end_reason = on, reason
    service.save(update_fields=["ended_on", "end_reason"])
    _record(
        "service.stopped",
        service,
        by,
        category=str(service.get_category_display()),
        on=on.isoformat(),
        reason=str(service.get_end_reason_display()),
    )
    return service


def _save_once(service: Assignment) -> None:
    """Save a service; one kind runs once in one place."""
    try:
        with transaction.atomic():
            service.save()
    except IntegrityError:
        message = _("Tugas ini sudah berjalan di tempat yang sama.")
        raise _refused("service_open", "category", message) from None


def _held(service: Assignment) -> Assignment:
    """The service as it is now, held with its person until the transaction ends."""
    cadre = queries.held(service.cadre_id)
    found = Assignment.objects.select_for_update().get(pk=service.pk)
    found.cadre = cadre
    return found


def _record(kind: str, service: Assignment, by: Actor, **facts: str) -> None:
    record(kind, service.cadre, by=by, village_id=service.village_id, facts=facts)


def _refused(code: str, field: str, message: str | Promise) -> DomainError:
    return DomainError(code, message, {field: message})
