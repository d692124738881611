"""Test objects with the least that is needed; made inside a scope, by the application's role."""

import datetime as dt
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.contrib.auth.hashers import make_password

from accounts.access import Actor
from accounts.models import Membership, User
from accounts.roles import Role
from cadres.models import Assignment, Cadre, Category, Posyandu
from core import sealed, tenancy
from enrollment.models import BatchRow, Coverage, EnrollmentBatch, FundSource, Segment
from regions.models import Branch, HealthCentre, Regency, Village

_serial = count(1)
PASSWORD = "rahasia-kader-2026"


def nik_for(
    village: Village, birth: dt.date, *, woman: bool = True, serial: int | None = None
) -> str:
    """A structurally right NIK: district code, birth date (+40 for women), serial."""
    day = birth.day + (40 if woman else 0)
    number = serial if serial is not None else 1 + next(_serial) % 9999
    return f"{village.code[:6]}{day:02d}{birth:%m%y}{number:04d}"


@dataclass
class World:
    """One regency with an actor in every role; `scope()` opens it."""

    regency: Regency
    villages: list[Village]
    branch: Branch
    health_centre: HealthCentre
    actors: dict[str, Actor] = field(default_factory=dict)

    @classmethod
    def make(cls, slug: str = "banyuwangi") -> "World":
        """The regency, its first villages, and `<role>@<slug>.test` for each role."""
        regency = Regency.objects.get(slug=slug)
        if not regency.active:
            regency.active = True
            regency.save(update_fields=["active"])
        villages = list(
            Village.objects.filter(regency=regency).select_related("district").order_by("code")[:4]
        )
        branch, _ = Branch.objects.get_or_create(name=f"Cabang {regency.name}")
        branch.regencies.add(regency)
        centre, _ = HealthCentre.objects.get_or_create(regency=regency, name="Puskesmas Satu")
        centre.villages.set(villages[:2])
        world = cls(regency, villages, branch, centre)
        password = make_password(PASSWORD)  # one hash and two statements for everybody
        people = User.objects.bulk_create(
            User(email=f"{role}@{slug}.test", name=f"{role} {regency.name}", password=password)
            for role in Role
        )
        places = Membership.objects.bulk_create(
            Membership(user=user, role=role, **world.place_of(role))
            for user, role in zip(people, Role, strict=True)
        )
        for place in places:
            world.actors[place.role] = Actor(place.user, place.role, place)
        return world

    def actor(self, role: str, email: str | None = None, village: Village | None = None) -> Actor:
        """A new person in a role of this regency."""
        user = User.objects.create_user(
            email or f"{role}@{self.regency.slug}.test",
            PASSWORD,
            name=f"{role} {self.regency.name}",
        )
        place = self.place_of(role)
        if village is not None and role == Role.VILLAGE_OPERATOR:
            place["village"] = village
        membership = Membership.objects.create(user=user, role=role, **place)
        return Actor(user, role, membership)

    def place_of(self, role: str) -> dict[str, Any]:
        """Where somebody in a role works: the fields of the membership."""
        if role == Role.BRANCH_OFFICER:
            return {"branch": self.branch}
        if role == Role.PLATFORM_OPERATOR:
            return {}
        place: dict[str, Any] = {"regency": self.regency}
        if role == Role.VILLAGE_OPERATOR:
            place["village"] = self.villages[0]
        elif role == Role.HEALTH_CENTRE_OFFICER:
            place["health_centre"] = self.health_centre
        return place

    def scope(self, role: str = Role.DISTRICT_OFFICER):
        """The wall's opening for one of the actors."""
        actor = self.actors[role]
        return tenancy.scope(self.regency.pk, villages=actor.membership.village_ids(), by=actor.id)

    def __getitem__(self, role: str) -> Actor:
        return self.actors[role]


def posyandu(village: Village, name: str = "Melati 1") -> Posyandu:
    """A posyandu of a village; the same name gives the same one."""
    return Posyandu.objects.get_or_create(
        village=village, name_key=name.upper(), defaults={"name": name}
    )[0]


def cadre(village: Village, name: str | None = None, **fields) -> Cadre:
    """A woman born in 1985 who serves as posyandu cadre."""
    birth = fields.pop("birth_date", dt.date(1985, 3, 12))
    nik = fields.pop("nik", None) or nik_for(village, birth)
    category = fields.pop("category", Category.POSYANDU_CADRE)
    name = name or f"Kader {next(_serial)}"
    person = Cadre.objects.create(
        village=village,
        name=name,
        name_key=name.upper(),
        nik_sealed=sealed.seal(nik),
        nik_digest=sealed.digest(nik),
        birth_date=birth,
        sex=fields.pop("sex", "P"),
        **fields,
    )
    Assignment.objects.create(
        cadre=person,
        village=village,
        posyandu=posyandu(village),
        category=category,
        started_on=dt.date(2024, 1, 1),
    )
    return person


def many_cadres(
    village: Village, count: int, category: str = Category.POSYANDU_CADRE
) -> list[Cadre]:
    """Many cadres of one village, made in bulk; NIKs are unique but not structured."""
    serials = [f"9{next(_serial):015d}" for _ in range(count)]
    people = Cadre.objects.bulk_create(
        [
            Cadre(
                village=village,
                name=f"Kader {nik[-6:]}",
                name_key=f"KADER {nik[-6:]}",
                nik_sealed=sealed.seal(nik),
                nik_digest=sealed.digest(nik),
                birth_date=dt.date(1985, 3, 12),
                sex="P",
            )
            for nik in serials
        ]
    )
    place = posyandu(village)
    Assignment.objects.bulk_create(
        [
            Assignment(
                cadre=person,
                village=village,
                posyandu=place,
                category=category,
                started_on=dt.date(2024, 1, 1),
            )
            for person in people
        ]
    )
    return people


def fund_source(name: str = "APBD 2026", **fields) -> FundSource:
    """A source that pays one bill for the regency, unless told otherwise."""
    fields.setdefault("kind", FundSource.Kind.REGENCY_BUDGET)
    return FundSource.objects.get_or_create(name=name, defaults=fields)[0]


def coverage(
    person: Cadre, *, source: FundSource | None = None, starts_on: dt.date, **fields
) -> Coverage:
    """A running cover with its accepted batch row."""
    source = source or fund_source()
    serial = next(_serial)
    batch = EnrollmentBatch.objects.create(
        number=f"B-{serial}",
        status=EnrollmentBatch.Status.ACTIVE,
        fund_source=source,
        first_month=starts_on,
        prepared_by_id=1,
    )
    row = BatchRow.objects.create(
        batch=batch, cadre=person, village=person.village, status=BatchRow.Status.ACCEPTED
    )
    number = f"26{serial:09d}"
    return Coverage.objects.create(
        cadre=person,
        village=person.village,
        batch_row=row,
        fund_source=source,
        programme=EnrollmentBatch.Programme.JKK_JKM,
        segment=Segment.BPU,
        category=fields.pop("category", Category.POSYANDU_CADRE),
        member_no_sealed=sealed.seal(number),
        member_no_digest=sealed.digest(number),
        starts_on=starts_on,
        **fields,
    )
