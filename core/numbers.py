"""Numbers of papers: per tenant, series and year, without gaps."""

from django.db import connection

from core.tenancy import current_regency_id


def take(series: str, year: int, count: int = 1) -> int:
    """Take `count` consecutive numbers and return the first; waits for others taking theirs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_counter (regency_id, series, year, last) VALUES (%s, %s, %s, %s) "
            "ON CONFLICT (regency_id, series, year) "
            "DO UPDATE SET last = core_counter.last + excluded.last RETURNING last",
            [current_regency_id(), series, year, count],
        )
        return cursor.fetchone()[0] - count + 1


ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def roman_month(month: int) -> str:
    """The month 1 to 12 as Indonesian office numbers write it: XI for 11."""
    return ROMAN[month - 1]
