"""Fictitious people in a roster, structurally right and the same at every call."""

import datetime as dt
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

import xlsxwriter

from demo.rosters import HEADINGS
from regions.models import Village

FIRST = "Sri Siti Nur Dewi Endang Yuni Lilik Rina Wahyu Ani Kartini Sulastri".split()
LAST = "Contoh Misal Teladan Percobaan Umpama Simulasi Fiktif Rekaan".split()


def people(villages: Sequence[Village], count: int, each_posyandu: int = 5) -> list[tuple]:
    """`count` lines under HEADINGS, spread over the villages; the date of birth is a date."""
    found = []
    for number, village in enumerate(islice(cycle(villages), count)):
        turn = number // len(villages)
        born = dt.date(1960, 1, 1) + dt.timedelta(days=(number * 37) % 15000)
        man = number % 10 == 9
        day = born.day if man else born.day + 40
        nik = f"{village.code[:6]}{day:02d}{born:%m%y}{1 + number % 9998:04d}"
        name = (
            f"{FIRST[number % len(FIRST)]} {LAST[number // 7 % len(LAST)]} "
            f"{chr(65 + number // 5 % 26)}{chr(97 + number // 131 % 26)}{chr(97 + number % 26)}"
        )
        found.append(
            (
                village.district.name,
                village.name,
                f"Melati {1 + turn // each_posyandu}",
                nik,
                name,
                village.district.name,
                born,
                "L" if man else "P",
                f"0812{number:08d}",
                f"Ibu {name}",
                "Kader",
                f"188/{village.code[-4:]}/2026",
                dt.date(2026, 1, 2),
            )
        )
    return found


def write_xlsx(path: Path, lines: Sequence[Sequence], heading: Sequence[str] = HEADINGS) -> Path:
    """A workbook as a district keeps it: NIK as text, dates as date cells."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    sheet = book.add_worksheet("Kader")
    sheet.write_row(0, 0, heading)
    for number, line in enumerate(lines, 1):
        for place, value in enumerate(line):
            if isinstance(value, dt.date):
                sheet.write_datetime(
                    number, place, dt.datetime(value.year, value.month, value.day), day
                )
            elif isinstance(value, str):
                sheet.write_string(number, place, value)
            elif value is not None:
                sheet.write_number(number, place, value)
    book.close()
    return path
