"""Two records of one person become one."""

import secrets
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from audit.actions import record
from cadres import merging, values
from cadres.models import Assignment, Cadre, Competence, FamilyLink, Heir, Training
from core.errors import DomainError

# Values of which the kept record may take the other's.
FIELDS = ("name", "nik", "birth_place", "birth_date", "sex", "phone", "mother_name", "village")
Reason = Assignment.EndReason


@transaction.atomic  # a refusal half-way leaves nothing changed
def merge_people(
    *, by: Actor, kept: Cadre, other: Cadre, take: Collection[str] = (), reason: str
) -> Cadre:
    """Let `kept` be the one record of a person; `take` names values that are the other's.

    Services, heirs, trainings and what other apps hold move to the kept record; what it has
    already stays behind, so nothing is double. Raises DomainError where covers or claims of the
    two contradict each other, and for two different days of death.
    """
    reason = " ".join(reason.split())
    if len(reason) < 5:
        raise _refused(
            "reason_missing", "reason", _("Tulis alasan penggabungan, paling sedikit 5 huruf.")
        )
    if kept.pk == other.pk:
        raise DomainError("merge_same", _("Pilih catatan lain: ini catatan yang sama."))
    # Locked in the order of ids, so that two opposite merges at once do not wait for each other.
    both = {
        each.pk: each
        for each in Cadre.objects.select_for_update()
        .filter(pk__in=[kept.pk, other.pk])
        .order_by("pk")
    }
    kept, other = both[kept.pk], both[other.pk]
    if kept.merged_into_id is not None or other.merged_into_id is not None:
        raise DomainError("person_merged", _("Salah satu catatan ini sudah digabungkan."))
    if kept.died_on and other.died_on and kept.died_on != other.died_on:
        raise DomainError(
            "merge_deaths",
            _("Tanggal meninggal pada kedua catatan berbeda. Samakan dahulu, lalu gabungkan."),
        )
    kept.died_on = kept.died_on or other.died_on
    _take(kept, other, set(take) & set(FIELDS))
    _move_services(kept, other)
    _move_family(kept, other)
    _move_skills(kept, other)
    other.merged_into = kept
    other.save(update_fields=["merged_into"])
    merging.follow(kept, other)
    record(
        "cadre.merged",
        kept,
        by=by,
        village_id=kept.village_id,
        facts={"other": other.name, "reason": reason[:200]},
    )
    record(
        "cadre.merged_away",
        other,
        by=by,
        village_id=other.village_id,
        facts={"kept": kept.name, "reason": reason[:200]},
    )
    return kept


def _take(kept: Cadre, other: Cadre, fields: set[str]) -> None:
    """Copy the chosen values; the two NIKs change places, since each may stand once only."""
    if "nik" in fields:
        mine, theirs = ((bytes(each.nik_sealed), bytes(each.nik_digest)) for each in (kept, other))
        other.nik_sealed, other.nik_digest = mine[0], secrets.token_bytes(16)
        other.save(update_fields=["nik_sealed", "nik_digest"])
        kept.nik_sealed, kept.nik_digest = theirs
        kept.save(update_fields=["nik_sealed", "nik_digest"])
        other.nik_digest = mine[1]
        other.save(update_fields=["nik_digest"])
    for field in fields - {"nik"}:
        setattr(kept, field, getattr(other, field))
    kept.name_key = values.name_key(kept.name)
    kept.save(update_fields=[*(fields - {"nik"}), "name_key", "died_on"])


def _move_services(kept: Cadre, other: Cadre) -> None:
    """Services that the kept record has in the same place and time end where they are."""
    mine = list(Assignment.objects.select_for_update().filter(cadre=kept).order_by("id"))
    for service in Assignment.objects.select_for_update().filter(cadre=other).order_by("id"):
        twin = next((each for each in mine if _same_service(each, service)), None)
        if twin is None:
            service.cadre = kept
            mine.append(service)
        else:
            _absorb(twin, service)
        service.save(update_fields=["cadre", "ended_on", "end_reason"])
    if kept.died_on is not None:
        for service in mine:
            if service.ended_on is None:
                service.ended_on = max(service.started_on, kept.died_on)
                service.end_reason = Reason.DIED
                service.save(update_fields=["ended_on", "end_reason"])


def _absorb(twin: Assignment, service: Assignment) -> None:
    """Let `twin` stand for both: from the earlier day on, with a decree if either has one."""
    twin.started_on = min(twin.started_on, service.started_on)
    if not twin.decree_number:
        twin.decree_number, twin.decree_date = service.decree_number, service.decree_date
    twin.save(update_fields=["started_on", "decree_number", "decree_date"])
    if service.ended_on is None:
        service.ended_on = max(service.started_on, timezone.localdate())
        service.end_reason = Reason.CORRECTED


def _same_service(one: Assignment, other: Assignment) -> bool:
    """The same kind in the same place with days in common."""
    if (one.category, one.village_id, one.posyandu_id) != (
        other.category,
        other.village_id,
        other.posyandu_id,
    ):
        return False
    starts = max(one.started_on, other.started_on)
    return all(each.ended_on is None or each.ended_on >= starts for each in (one, other))


def _move_family(kept: Cadre, other: Cadre) -> None:
    """Heirs and children whom the kept record does not have; open addresses are closed."""
    known = {_heir_key(heir) for heir in kept.heirs.all()}
    _repoint(Heir, kept, (each for each in other.heirs.all() if _heir_key(each) not in known))
    children = list(kept.school_children.order_by("position"))
    names = {(values.name_key(each.name), each.birth_date) for each in children}
    for child in other.school_children.order_by("position"):
        key = (values.name_key(child.name), child.birth_date)
        if len(children) < 2 and key not in names:
            child.cadre, child.position = kept, len(children) + 1
            child.save(update_fields=["cadre", "position"])
            children.append(child)
    FamilyLink.objects.filter(cadre=other, used_at=None).update(expires_at=F("created_at"))


def _move_skills(kept: Cadre, other: Cadre) -> None:
    trained = set(kept.trainings.values_list("title", "starts_on"))
    fresh = (each for each in other.trainings.all() if (each.title, each.starts_on) not in trained)
    _repoint(Training, kept, fresh)
    mastered = set(kept.competences.values_list("code", flat=True))
    _repoint(Competence, kept, (e for e in other.competences.all() if e.code not in mastered))


def _heir_key(heir: Heir) -> tuple[str, str]:
    return heir.relation, values.name_key(heir.name)


def _repoint(
    model: type[Heir | Training | Competence],
    kept: Cadre,
    rows: Iterable[Heir | Training | Competence],
) -> None:
    model.objects.filter(pk__in=[row.pk for row in rows]).update(cadre=kept)


def _refused(code: str, field: str, message: str | Promise) -> DomainError:
    return DomainError(code, message, {field: message})
