"""What people do with quotas: make one, give a village its number, keep the list in order.

Whoever enters or changes a number holds the lock of the quota, so that two at once never pass
the number of a village.
"""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from audit.actions import record
from cadres.models import Cadre, Category, Quota, QuotaPlace, QuotaShare
from cadres.queries import by_village, candidates, next_inside
from core.errors import DomainError
from core.formats import thousands
from regions.models import Village

MOST_PLACES = 100_000
STATUS = QuotaPlace.Status


def save_quota(
    *,
    by: Actor,
    quota: Quota | None = None,
    name: str,
    category: str,
    per_village: int,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    legal_basis: str = "",
    note: str = "",
) -> Quota:
    """A new quota, or the given one changed; people inside stay when the number sinks.

    Raises `quota_name_missing`, `quota_name_taken`, `quota_number` or `quota_period`.
    """
    fresh = quota is None
    quota = _locked(quota) if quota else Quota()
    quota.name, quota.category = " ".join(name.split()), Category(category)
    quota.per_village, quota.starts_on, quota.ends_on = per_village, starts_on, ends_on
    quota.legal_basis, quota.note = legal_basis.strip(), note.strip()
    if not quota.name:
        message = _("Isi nama kuota.")
        raise DomainError("quota_name_missing", message, {"name": message})
    _check_number(per_village, "per_village")
    if ends_on is not None and ends_on < starts_on:
        message = _("Tanggal berakhir tidak boleh sebelum tanggal mulai.")
        raise DomainError("quota_period", message, {"ends_on": message})
    try:
        with transaction.atomic():
            quota.save()
    except IntegrityError as error:
        if "cadres_quota_name" not in str(error):
            raise
        message = _("Sudah ada kuota dengan nama ini.")
        raise DomainError("quota_name_taken", message, {"name": message}) from error
    record(
        "quota.created" if fresh else "quota.changed",
        quota,
        by=by,
        facts={"name": quota.name, "places": per_village},
    )
    return quota


def set_share(*, by: Actor, quota: Quota, village: Village, places: int | None) -> None:
    """A village's own number, or None for the number of every village; raises `quota_number`."""
    quota = _locked(quota)
    if places is None:
        QuotaShare.objects.filter(quota=quota, village=village).delete()
    else:
        _check_number(places, "places")
        QuotaShare.objects.update_or_create(
            quota=quota, village=village, defaults={"places": places}
        )
    record(
        "quota.village_set",
        quota,
        by=by,
        village_id=village.pk,
        facts={
            "name": quota.name,
            "village": village.name,
            "places": quota.per_village if places is None else places,
        },
    )


def enlist(*, by: Actor, quota: Quota, village: Village, cadre: Cadre) -> QuotaPlace:
    """Put one person at the end of a village's list.

    Raises `quota_not_of_kind` when the person does not serve the village in the quota's kind,
    and `quota_listed` when the person is on the list already.
    """
    quota = _locked(quota)
    if not candidates(quota, village).filter(pk=cadre.pk).exists():
        if QuotaPlace.objects.filter(quota=quota, cadre=cadre).exclude(status=STATUS.LEFT).exists():
            raise DomainError("quota_listed", _("Orang ini sudah ada dalam daftar kuota."))
        message = _("Orang ini tidak tercatat sebagai %(kind)s di desa ini.") % {
            "kind": Category(quota.category).label
        }
        raise DomainError("quota_not_of_kind", message, {"cadre": message})
    place = QuotaPlace.objects.create(
        quota=quota, village=village, cadre=cadre, since=timezone.localdate()
    )
    record("quota.listed", place, by=by, facts={"name": quota.name, "person": cadre.name})
    return place


def enlist_all(*, by: Actor | None, quota: Quota, village: Village) -> int:
    """Put everybody who serves the village in the quota's kind on the list, by name."""
    quota = _locked(quota)
    since = timezone.localdate()
    people = candidates(quota, village).order_by("name_key", "pk").values_list("pk", flat=True)
    made = QuotaPlace.objects.bulk_create(
        [QuotaPlace(quota=quota, village=village, cadre_id=pk, since=since) for pk in people]
    )
    if made:
        record(
            "quota.listed_all",
            quota,
            by=by,
            village_id=village.pk,
            facts={"name": quota.name, "village": village.name, "people": len(made)},
        )
    return len(made)


def admit(*, by: Actor | None, quota: Quota, village: Village, most: int = 1) -> int:
    """Take the next people of the list into free places, at most `most`; how many entered.

    People from outside the quota hold places, too; who of them is on the list brings the place
    along. Who died meanwhile is passed over. Raises `quota_full` or `quota_nobody_waits`.
    """
    quota = _locked(quota)
    listed = QuotaPlace.objects.filter(quota=quota, village=village)
    [state] = by_village(quota, [village])
    chosen = next_inside(quota, state)[:most]
    if not chosen and state.free:
        raise DomainError("quota_nobody_waits", _("Tidak ada orang dalam daftar tunggu."))
    if not chosen and state.outside:
        message = _(
            "Kuota desa ini sudah penuh: %(outside)s tempat dipakai orang di luar kuota yang sudah "
            "terlindungi atau sedang didaftarkan."
        )
        raise DomainError("quota_full", message % {"outside": thousands(state.outside)})
    if not chosen:
        raise DomainError("quota_full", _("Kuota desa ini sudah penuh."))
    entered = listed.filter(pk__in=chosen).update(
        status=STATUS.INSIDE, entered_on=timezone.localdate()
    )
    record(
        "quota.admitted",
        quota,
        by=by,
        village_id=village.pk,
        facts={"name": quota.name, "village": village.name, "people": entered},
    )
    return entered


def leave_quota(*, by: Actor, place: QuotaPlace, reason: str) -> QuotaPlace:
    """Take a person off the list or out of a quota; raises `reason_missing`, `quota_left`."""
    _locked(place.quota)
    place = (
        QuotaPlace.objects.select_for_update(of=("self",))
        .select_related("cadre", "quota")
        .get(pk=place.pk)
    )
    if place.status == STATUS.LEFT:
        raise DomainError("quota_left", _("Orang ini sudah keluar dari kuota."))
    reason = " ".join(reason.split())[:200]
    if len(reason) < 3:
        message = _("Tulis alasannya, paling sedikit 3 huruf.")
        raise DomainError("reason_missing", message, {"reason": message})
    place.status, place.left_on, place.reason = STATUS.LEFT, timezone.localdate(), reason
    place.save(update_fields=["status", "left_on", "reason"])
    record(
        "quota.left",
        place,
        by=by,
        facts={"name": place.quota.name, "person": place.cadre.name, "reason": reason},
    )
    return place


def _locked(quota: Quota) -> Quota:
    return Quota.objects.select_for_update().get(pk=quota.pk)


def _check_number(number: int, field: str) -> None:
    if not 0 <= number <= MOST_PLACES:
        message = _("Jumlah orang antara 0 dan 100.000.")
        raise DomainError("quota_number", message, {field: message})
