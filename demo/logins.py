"""Who may sign in to the demonstration worlds: always the same addresses, password and tokens."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from django.contrib.auth.hashers import make_password

from accounts import tokens
from accounts.access import Actor
from accounts.models import ApiToken, Membership, User
from accounts.roles import Role
from demo.rosters import without_roster
from regions.models import Branch, HealthCentre, Regency, Village
from regions.queries import districts_of, villages_of

PASSWORD = "kader-jamsos-2026"  # noqa: S105 - public, for fictitious people only
REGENCIES = ("banyuwangi", "tanah-bumbu", "kutai-timur", "jember", "situbondo")
PLATFORM_EMAIL = "pengelola@kaderjamsos.test"
OFFICES = {
    Role.HEALTH_CENTRE_OFFICER: "puskesmas",
    Role.DISTRICT_OFFICER: "petugas",
    Role.DISTRICT_APPROVER: "penyetuju",
    Role.BRANCH_OFFICER: "cabang",
    Role.AUDITOR: "auditor",
}


@dataclass(frozen=True, slots=True)
class Login:
    """One demonstration login as `make logins` prints it; `village` is a code without dots."""

    email: str
    password: str
    token: str
    role: str
    regency: str | None
    village: str | None


def token_of(email: str) -> str:
    """The API token of a demonstration login; fixed, so that examples can be copied."""
    return f"kj_demo_{hashlib.sha256(f'KaderJamsos {email}'.encode()).hexdigest()[:40]}"


def operated_villages(regency: Regency) -> list[Village]:
    """The two villages whose operators can sign in: the first with a roster, the first without."""
    villages = list(villages_of(regency))
    missing = without_roster(villages)
    return [villages[0], missing[0]]


def all_logins() -> list[Login]:
    """Every demonstration login, regency by regency, and the platform operator."""
    regencies = {each.slug: each for each in Regency.objects.filter(slug__in=REGENCIES)}
    found = [
        each for slug in REGENCIES if slug in regencies for each in _of_regency(regencies[slug])
    ]
    return [*found, _login(PLATFORM_EMAIL, Role.PLATFORM_OPERATOR, None)]


def as_rows() -> list[dict[str, str | None]]:
    """Who of `all_logins` is here, as plain values for JSON; nobody without the worlds."""
    logins = all_logins()
    there = _there(logins)
    return [asdict(login) for login in logins if login.email in there]


def _there(logins: Iterable[Login]) -> set[str]:
    emails = [login.email for login in logins]
    return set(User.objects.filter(email__in=emails).values_list("email", flat=True))


def _of_regency(regency: Regency) -> Iterator[Login]:
    slug = regency.slug
    for village in operated_villages(regency):
        yield _login(_of_village(village, slug), Role.VILLAGE_OPERATOR, slug, village.code)
    for role, name in OFFICES.items():
        yield _login(f"{name}@{slug}.test", role, slug)


def _of_village(village: Village, slug: str) -> str:
    return f"desa.{village.code}@{slug}.test"


def _login(email: str, role: Role, regency: str | None, village: str | None = None) -> Login:
    return Login(email, PASSWORD, token_of(email), role.value, regency, village)


NAMES = {
    Role.HEALTH_CENTRE_OFFICER: "Ratna Dahlia Semeru",
    Role.DISTRICT_OFFICER: "Citra Seruni Cakrawala",
    Role.DISTRICT_APPROVER: "Bima Surya Khatulistiwa",
    Role.BRANCH_OFFICER: "Galih Pandu Samudra",
    Role.AUDITOR: "Wulan Teratai Mandala",
    Role.PLATFORM_OPERATOR: "Raka Langit Nusantara",
}
OPERATOR_NAMES = ("Sekar Kenanga Pertiwi", "Arya Banyu Lembayung")


def open_regency(regency: Regency, *, department: str, palette: str) -> None:
    """Make a regency a tenant, with a health centre for each district and a branch of its own."""
    Regency.objects.filter(pk=regency.pk).update(
        active=True, department=department, palette=palette
    )
    branch, _ = Branch.objects.get_or_create(name=f"BPJS Ketenagakerjaan Cabang {regency.name}")
    branch.regencies.add(regency)
    if not HealthCentre.objects.filter(regency=regency).exists():
        _make_health_centres(regency)


def _make_health_centres(regency: Regency) -> None:
    """One puskesmas for each district, which looks after its villages; two statements."""
    HealthCentre.objects.bulk_create(
        HealthCentre(regency=regency, name=f"Puskesmas {district.name}")
        for district in districts_of(regency)
    )
    by_name = dict(HealthCentre.objects.filter(regency=regency).values_list("name", "id"))
    link = HealthCentre.villages.through
    link.objects.bulk_create(
        link(healthcentre_id=by_name[f"Puskesmas {village.district.name}"], village_id=village.pk)
        for village in villages_of(regency)
    )


def make_logins() -> int:
    """Users, memberships and tokens of every login that is missing; how many were made."""
    wanted = all_logins()
    there = _there(wanted)
    missing = [login for login in wanted if login.email not in there]
    if missing:
        # One hash for all: hashing is slow on purpose, and this password is printed anyway.
        hashed = make_password(PASSWORD)
        for login in missing:
            _make(login, hashed)
    return len(missing)


def _make(login: Login, hashed: str) -> None:
    role = Role(login.role)
    village = Village.objects.filter(code=login.village, valid_to=None).first()
    regency = Regency.objects.filter(slug=login.regency).first() if login.regency else None
    name = NAMES.get(role, "")
    if village is not None and regency is not None:
        name = OPERATOR_NAMES[operated_villages(regency).index(village)]
    user = User.objects.create(email=login.email, name=name, password=hashed)
    place: dict = {"regency": regency}
    if role == Role.VILLAGE_OPERATOR:
        place["village"] = village
    elif role == Role.HEALTH_CENTRE_OFFICER and regency is not None:
        place["health_centre"] = _first_health_centre(regency)
    elif role == Role.BRANCH_OFFICER:
        place = {"branch": Branch.objects.get(regencies=regency)}
    elif role == Role.PLATFORM_OPERATOR:
        place = {}
    Membership.objects.create(user=user, role=role, **place)
    if not ApiToken.objects.filter(digest=tokens.digest_of(login.token)).exists():
        tokens.create(user, "demo", token=login.token)


def _first_health_centre(regency: Regency) -> HealthCentre:
    """The health centre of the operators' villages, so that their rosters are in its view."""
    return HealthCentre.objects.get(regency=regency, villages=operated_villages(regency)[0])


def actor(slug: str, role: Role) -> Actor:
    """The demonstration actor of a role in a regency; the first village's for village operators."""
    if role == Role.VILLAGE_OPERATOR:
        first = operated_villages(Regency.objects.get(slug=slug))[0]
        email = _of_village(first, slug)
    else:
        email = f"{OFFICES[role]}@{slug}.test"
    membership = Membership.objects.select_related("user", "village", "branch").get(
        user__email=email
    )
    return Actor(membership.user, membership.role, membership)
