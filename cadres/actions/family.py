"""The family of one person: heirs, school children, the yearly confirmation, and its address."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from audit.actions import record, record_many
from cadres import queries, values
from cadres.models import Cadre, FamilyLink, Heir, SchoolChild
from core import sealed
from core.errors import DomainError

HEIR_FIELDS = ("name", "relation", "birth_date", "phone", "bank_name", "account_holder")
LINK_DAYS = 30
MOST_LINKS = 100
MOST_CHILDREN = 2
OLDEST_CHILD = 23  # the scholarship ends at 23, at marriage or at work; domain reference 2.2


@dataclass(frozen=True)
class Child:
    """What is kept about a school child: `level` as in `SchoolChild.Level`."""

    name: str
    birth_date: dt.date
    level: str


def add_heir(*, by: Actor, cadre: Cadre, name: str, relation: str, **details: Any) -> Heir:
    """Add somebody who may receive a benefit; `nik` and `account` are sealed.

    `details`: `nik`, `birth_date`, `phone`, `bank_name`, `account`, `account_holder`.
    """
    heir = Heir(cadre=queries.held(cadre.pk))
    return _tell("heir.added", by, heir, {"name": name, "relation": relation, **details})


def update_heir(*, by: Actor, heir: Heir, **details: Any) -> Heir:
    """Correct an heir; only the given details change."""
    heir = Heir.objects.select_for_update().select_related("cadre").get(pk=heir.pk)
    return _tell("heir.changed", by, heir, details)


def remove_heir(*, by: Actor, heir: Heir) -> None:
    """Take somebody off the heirs; the history keeps the row. An heir of a claim stays."""
    cadre = queries.held(heir.cadre_id)
    relation = heir.relation
    try:
        heir.delete()
    except ProtectedError:
        raise DomainError(
            "heir_in_claim", _("Ahli waris ini penerima santunan pada sebuah klaim.")
        ) from None
    record("heir.removed", cadre, by=by, village_id=cadre.village_id, facts={"relation": relation})


@transaction.atomic  # so that a refused second child does not leave the first
def set_school_children(*, by: Actor, cadre: Cadre, children: Sequence[Child]) -> Cadre:
    """Write the children whom the scholarship is for, two at most, in place of those there.

    Raises DomainError for a third child, one without a name, or one of 23 years or older.
    """
    cadre = queries.held(cadre.pk)
    _write_children(cadre, children)
    record(
        "family.children",
        cadre,
        by=by,
        village_id=cadre.village_id,
        facts={"number": len(children)},
    )
    return cadre


def confirm_family(*, by: Actor, cadre: Cadre) -> Cadre:
    """Note that heirs and school children are right today; needs one heir at least."""
    cadre = queries.held(cadre.pk)
    if not cadre.heirs.exists():
        raise DomainError("heirs_missing", _("Isi sedikitnya satu ahli waris dahulu."))
    cadre.heirs_confirmed_on = timezone.localdate()
    cadre.save(update_fields=["heirs_confirmed_on"])
    record("family.confirmed", cadre, by=by, village_id=cadre.village_id)
    return cadre


def make_family_link(*, by: Actor, cadre: Cadre) -> str:
    """A new address for the person's own phone; returns its secret, which is not kept.

    It opens once within thirty days. A new one closes those that were made before.
    """
    cadre = queries.held(cadre.pk)
    if cadre.died_on is not None:
        raise DomainError("person_died", _("Orang ini sudah tercatat meninggal."))
    return _new_links([cadre], by)[cadre.pk]


def make_family_links(*, by: Actor, cadres: Collection[Cadre]) -> dict[int, str]:
    """New addresses for many people at once, {person: secret}; who died or was merged gets none.

    Raises DomainError `people_missing` without anybody, `people_too_many` beyond a hundred.
    """
    if not cadres:
        raise DomainError("people_missing", _("Pilih dulu orangnya."))
    if len(cadres) > MOST_LINKS:
        raise DomainError("people_too_many", _("Pilih paling banyak 100 orang sekali buat."))
    living = Cadre.objects.select_for_update().filter(died_on=None, merged_into=None)
    return _new_links(list(living.filter(pk__in=[each.pk for each in cadres]).order_by("pk")), by)


def _new_links(cadres: Sequence[Cadre], by: Actor) -> dict[int, str]:
    now = timezone.now()
    FamilyLink.objects.filter(cadre__in=cadres, used_at=None, expires_at__gt=now).update(
        expires_at=now
    )
    tokens = {cadre.pk: secrets.token_urlsafe(16) for cadre in cadres}
    FamilyLink.objects.bulk_create(
        FamilyLink(
            cadre_id=pk,
            token_digest=hashlib.sha256(token.encode()).digest(),
            made_by_id=by.id,
            expires_at=now + dt.timedelta(days=LINK_DAYS),
        )
        for pk, token in tokens.items()
    )
    record_many("family.link_made", [(cadre, {}) for cadre in cadres], by=by)
    return tokens


@transaction.atomic  # a refusal half-way leaves nothing written
def answer_family_link(
    *,
    by: Actor | None,
    link_id: int,
    heirs: Sequence[Mapping[str, Any]],
    children: Sequence[Child],
) -> Cadre:
    """What a person wrote behind an address: heirs are added or corrected, children replaced.

    Nobody is taken off: whom the family leaves out stays until an operator looks. Raises
    DomainError for an address that was used or has run out.
    """
    link = FamilyLink.objects.select_for_update().get(pk=link_id)
    if link.used_at is not None:
        raise DomainError("link_used", _("Tautan ini sudah dipakai."))
    if link.expires_at <= timezone.now():
        raise DomainError("link_expired", _("Tautan ini sudah tidak berlaku."))
    if not heirs:
        raise DomainError("heirs_missing", _("Isi sedikitnya satu ahli waris."))
    cadre = queries.held(link.cadre_id)
    known = {(each.relation, values.name_key(each.name)): each for each in cadre.heirs.all()}
    for details in heirs:
        key = (details.get("relation", ""), values.name_key(str(details.get("name", ""))))
        given = {name: value for name, value in details.items() if value}
        _write_heir(known.get(key) or Heir(cadre=cadre), given)
    _write_children(cadre, children)
    cadre.heirs_confirmed_on = timezone.localdate()
    cadre.save(update_fields=["heirs_confirmed_on"])
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    record(
        "family.answered",
        cadre,
        by=by,
        village_id=cadre.village_id,
        facts={"heirs": len(heirs), "children": len(children)},
    )
    return cadre


def _tell(kind: str, by: Actor, heir: Heir, details: Mapping[str, Any]) -> Heir:
    _write_heir(heir, details)
    record(
        kind,
        heir.cadre,
        by=by,
        village_id=heir.cadre.village_id,
        facts={"relation": heir.relation, "fields": sorted(details)},
    )
    return heir


def _write_heir(heir: Heir, details: Mapping[str, Any]) -> None:
    for field in HEIR_FIELDS:
        if field in details and field != "birth_date":
            setattr(heir, field, " ".join(str(details[field] or "").split()))
    if "birth_date" in details:
        heir.birth_date = details["birth_date"]
    if "nik" in details:
        heir.nik_sealed = sealed.seal(_heir_nik(details["nik"] or ""))
    if "account" in details:
        heir.account_sealed = sealed.seal((details["account"] or "").translate(values.NIK_NOISE))
    if not heir.name:
        raise _refused("name_missing", "name", _("Isi nama ahli waris."))
    if heir.relation not in Heir.Relation.values:
        raise _refused("relation_unknown", "relation", _("Pilih hubungan keluarga."))
    if heir.birth_date is not None and heir.birth_date > timezone.localdate():
        raise _refused(
            "birth_in_future", "birth_date", _("Tanggal lahir tidak boleh di masa depan.")
        )
    heir.save()


def _heir_nik(text: str) -> str:
    try:
        return values.nik(text)
    except values.Unreadable:
        raise _refused("nik_invalid", "nik", _("NIK terdiri atas 16 angka.")) from None


def _write_children(cadre: Cadre, children: Sequence[Child]) -> None:
    if len(children) > MOST_CHILDREN:
        raise DomainError("children_many", _("Beasiswa untuk paling banyak dua anak."))
    today = timezone.localdate()
    for position, child in enumerate(children, 1):
        place = f"child{position}_"
        name = " ".join(child.name.split())
        if not name:
            raise _refused("name_missing", f"{place}name", _("Isi nama anak."))
        if child.birth_date > today:
            message = _("Tanggal lahir tidak boleh di masa depan.")
            raise _refused("birth_in_future", f"{place}birth_date", message)
        if values.age_on(child.birth_date, today) >= OLDEST_CHILD:
            message = _("Beasiswa berakhir pada usia 23 tahun.")
            raise _refused("child_too_old", f"{place}birth_date", message)
        if child.level not in SchoolChild.Level.values:
            raise _refused("level_unknown", f"{place}level", _("Pilih jenjang sekolah."))
        SchoolChild.objects.update_or_create(
            cadre=cadre,
            position=position,
            defaults={"name": name, "birth_date": child.birth_date, "level": child.level},
        )
    SchoolChild.objects.filter(cadre=cadre, position__gt=len(children)).delete()


def _refused(code: str, field: str, message: str | Promise) -> DomainError:
    return DomainError(code, message, {field: message})
