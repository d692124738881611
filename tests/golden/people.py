"""The fictitious people of the corpus, clean; each trap spoils what it is about."""

import datetime as dt

HEAD = [
    "No",
    "NIK",
    "Nama",
    "Tempat Lahir",
    "Tanggal Lahir",
    "L/P",
    "No HP",
    "Nama Ibu Kandung",
    "Posyandu",
    "Jabatan",
    "Nomor SK",
]
BORN = [dt.date(1985, 3, 12), dt.date(1990, 7, 25), dt.date(1979, 11, 4), dt.date(1988, 2, 9)]
NAMES = ["Sri Wahyuni", "Siti Aminah", "Sulastri", "Nur'aini", "Dewi Lestari", "Endang Rahayu"]
MOTHERS = ["Kasiyem", "Tumini", "Painah", "Ngatmi"]


def nik(born: dt.date, serial: int, man: bool = False, district: str = "351006") -> str:
    """A structurally right NIK."""
    return f"{district}{born.day + (0 if man else 40):02d}{born:%m%y}{serial:04d}"


def person(number: int, **cells: object) -> dict:
    """The clean person of this number; `cells` replace values, with `_` for what HEAD spaces."""
    born, man = BORN[number % 4], number % 5 == 4
    clean = {
        "No": number,
        "NIK": nik(born, 10 + number, man),
        "Nama": ("Budi Santoso" if man else NAMES[number % 6]).upper(),
        "Tempat Lahir": "Banyuwangi",
        "Tanggal Lahir": born,
        "L/P": "L" if man else "P",
        "No HP": f"0812345678{number:02d}",
        "Nama Ibu Kandung": MOTHERS[number % 4],
        "Posyandu": "Melati 1" if number % 2 else "Mawar",
        "Jabatan": "Kader",
        "Nomor SK": "188/12/2026",
    }
    return clean | {name.replace("_", " "): value for name, value in cells.items()}


def people(count: int, start: int = 1) -> list[dict]:
    """Clean people with running numbers."""
    return [person(number) for number in range(start, start + count)]


def lines(persons: list[dict], head: list[str] | None = None) -> list[list]:
    """Their cells in the order of a heading."""
    return [[each.get(name) for name in head or HEAD] for each in persons]


def table(persons: list[dict], head: list[str] | None = None) -> list[list]:
    """A heading and their cells."""
    return [list(head or HEAD), *lines(persons, head)]


def spoiled(count: int = 4, **cells: object) -> list[list]:
    """A table of clean people whose second one has other cells."""
    persons = people(count)
    names = {name.replace("_", " "): value for name, value in cells.items()}
    persons[1] |= names
    return table(persons)


def each(count: int, **made: object) -> list[list]:
    """A table in which every person's cell is made from the clean one."""
    persons = people(count)
    for one in persons:
        for name, make in made.items():
            key = name.replace("_", " ")
            one[key] = make(one[key])  # type: ignore[operator]
    return table(persons)


def renamed(rows: list[list], **names: str) -> list[list]:
    """The table under other words."""
    given = {key.replace("_", " "): word for key, word in names.items()}
    return [[given.get(word, word) for word in rows[0]], *rows[1:]]
