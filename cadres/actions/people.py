"""What people do with the people in the list; nothing else writes these tables."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from audit.actions import record
from cadres import values
from cadres.models import Assignment, Cadre, Heir
from core import sealed
from core.errors import DomainError


def reveal_nik(*, by: Actor, cadre: Cadre, reason: str) -> str:
    """The NIK in clear, for a reason that the trail keeps."""
    reason = " ".join(reason.split())
    if len(reason) < 5:
        message = _("Tulis alasan melihat NIK, paling sedikit 5 huruf.")
        raise DomainError("reason_missing", message, {"reason": message})
    record(
        "cadre.nik_revealed",
        cadre,
        by=by,
        village_id=cadre.village_id,
        facts={"reason": reason[:200]},
    )
    return cadre.nik


def record_death(*, by: Actor | None, cadre: Cadre, died_on: dt.date) -> Cadre:
    """Note the day of a death and end the services on it."""
    cadre = Cadre.objects.select_for_update().get(pk=cadre.pk)
    if cadre.died_on is not None:
        if cadre.died_on == died_on:
            return cadre
        raise DomainError("died_already", _("Kematian orang ini sudah tercatat."))
    if died_on > timezone.localdate():
        message = _("Tanggal meninggal tidak boleh di masa depan.")
        raise DomainError("died_in_future", message, {"died_on": message})
    if died_on < cadre.birth_date:
        message = _("Tanggal meninggal lebih awal daripada tanggal lahir.")
        raise DomainError("died_before_birth", message, {"died_on": message})
    cadre.died_on = died_on
    cadre.save(update_fields=["died_on"])
    services = Assignment.objects.filter(cadre=cadre, ended_on=None)
    services.filter(started_on__lte=died_on).update(ended_on=died_on)
    for service in services.filter(started_on__gt=died_on):
        service.ended_on = service.started_on
        service.save(update_fields=["ended_on"])
    record(
        "cadre.died",
        cadre,
        by=by,
        village_id=cadre.village_id,
        facts={"died_on": died_on.isoformat()},
    )
    return cadre


HEIR_FIELDS = ("name", "relation", "phone", "bank_name", "account_holder")


def add_heir(*, by: Actor, cadre: Cadre, name: str, relation: str, **details: Any) -> Heir:
    """Add somebody who may receive a benefit; `nik` and `account` are sealed.

    `details`: `nik`, `phone`, `bank_name`, `account`, `account_holder`.
    """
    heir = Heir(cadre=cadre)
    return _write_heir(heir, "heir.added", by, {"name": name, "relation": relation, **details})


def update_heir(*, by: Actor, heir: Heir, **details: Any) -> Heir:
    """Correct an heir; only the given details change."""
    heir = Heir.objects.select_for_update().select_related("cadre").get(pk=heir.pk)
    return _write_heir(heir, "heir.changed", by, details)


def _write_heir(heir: Heir, kind: str, by: Actor, details: dict[str, Any]) -> Heir:
    for field in HEIR_FIELDS:
        if field in details:
            setattr(heir, field, " ".join(str(details[field] or "").split()))
    if "nik" in details:
        heir.nik_sealed = sealed.seal(details["nik"] or "")
    if "account" in details:
        heir.account_sealed = sealed.seal((details["account"] or "").translate(values.NIK_NOISE))
    if not heir.name:
        message = _("Isi nama ahli waris.")
        raise DomainError("name_missing", message, {"name": message})
    if heir.relation not in Heir.Relation.values:
        message = _("Pilih hubungan keluarga.")
        raise DomainError("relation_unknown", message, {"relation": message})
    heir.save()
    record(
        kind,
        heir.cadre,
        by=by,
        village_id=heir.cadre.village_id,
        facts={"relation": heir.relation, "fields": sorted(details)},
    )
    return heir
