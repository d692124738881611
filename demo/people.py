"""People who do not exist: the same ones every time, with numbers of the right structure.

Names are made of flowers, stars and virtues; NIKs carry a real district code and the birth date,
but serials from 9001 upwards, which no registry has reached for one day; phones begin with 0840,
which no operator holds.
"""

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

FIRST_SERIAL = 9001
WOMEN_ADD = 40
BORN_FIRST = dt.date(1966, 1, 1)
BORN_LAST = dt.date(2004, 12, 31)
BORN_DAYS = (BORN_LAST - BORN_FIRST).days + 1

FLOWERS = (
    "Melati Mawar Kenanga Dahlia Cempaka Seruni Anggrek Teratai Kamboja Tanjung Flamboyan "
    "Bougenvil Asoka Lavender Kantil Alamanda Edelweis Seroja Soka Krisan"
).split()
WOMEN = (
    "Sekar Laras Kirana Ayu Dewi Sri Siti Ratna Wulan Intan Puspa Lestari Indah Kartika Citra "
    "Mutiara Permata Nirmala Widya Utami Rahayu Endah Purnama Sukma Gita Tirta Embun Pelangi"
).split()
MEN = (
    "Bayu Surya Guntur Bagus Budi Satria Wahyu Jaya Arya Bima Damar Eka Fajar Galih Hadi Jati "
    "Krisna Langit Pandu Raka Sakti Tegar Teguh Wisnu Yuda Agung Banyu Candra"
).split()
LAST = (
    "Cakrawala Lembayung Bianglala Samudra Nusantara Pertiwi Khatulistiwa Senja Rembulan Bintang "
    "Mentari Gemintang Buana Pratiwi Kencana Mandala Segara Angkasa Lintang Pagi Halimun Telaga "
    "Arunika Swastika Rinjani Semeru Bromo Merbabu Lawu Kelana Sentosa Raharja Waskita Pinasti"
).split()
PLACE_FLOWERS = tuple(
    "Melati Mawar Kenanga Dahlia Cempaka Seruni Anggrek Teratai Kamboja Tanjung Flamboyan "
    "Bougenvil Asoka Lavender Kantil Matahari Alamanda Edelweis Seroja Krisan".split()
)


@dataclass(frozen=True, slots=True)
class Person:
    """One fictitious person; `nik` has 16 digits, `phone` is as people type it."""

    nik: str
    name: str
    birth_place: str
    birth_date: dt.date
    sex: str
    phone: str
    mother_name: str


def nik_of(district_code: str, birth: dt.date, sex: str, serial: int) -> str:
    """Six digits of the district, the birth date with 40 added to a woman's day, the serial."""
    day = birth.day + (WOMEN_ADD if sex == "P" else 0)
    return f"{district_code}{day:02d}{birth.month:02d}{birth.year % 100:02d}{serial:04d}"


def people(
    district_codes: Sequence[str],
    birth_place: str,
    *,
    seed: str,
    women: float = 0.97,
    first_serial: int = FIRST_SERIAL,
) -> Iterator[Person]:
    """One person for each district code given, all different, the same for the same seed.

    `women` is the share of women. Two series in one regency need different `first_serial`.
    """
    chance = random.Random(seed)
    draw, pick = chance.random, chance.choice
    taken: Counter[str] = Counter()
    names: set[tuple[str, int]] = set()
    for number, code in enumerate(district_codes, chance.randrange(90_000_000)):
        sex = "P" if draw() < women else "L"
        given = WOMEN if sex == "P" else MEN
        while True:
            born = int(draw() * BORN_DAYS)
            name = f"{pick(given)} {pick(FLOWERS if sex == 'P' else MEN)} {pick(LAST)}"
            if (name, born) not in names:
                names.add((name, born))
                break
        birth = BORN_FIRST + dt.timedelta(days=born)
        prefix = nik_of(code, birth, sex, 0)[:12]
        serial = first_serial + taken[prefix]
        taken[prefix] += 1
        yield Person(
            nik=f"{prefix}{serial:04d}",
            name=name,
            birth_place=birth_place,
            birth_date=birth,
            sex=sex,
            phone=f"0840{number % 100_000_000:08d}",
            mother_name=f"{pick(WOMEN)} {pick(LAST)}",
        )
