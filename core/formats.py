"""How numbers, money, dates and identity numbers are written on screen and on paper.

Pure functions over plain values. Figures use Indonesian separators in both languages,
because one page must never mix `1.234` and `1,234`; only words (months) change language.
"""

from datetime import date, datetime

BULLET = "\N{BULLET}"
NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
EN_DASH = "\N{EN DASH}"

MONTHS = {
    "id": (
        "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
    ).split(),
    "en": (
        "January February March April May June July August September October November December"
    ).split(),
}
SHORT_MONTHS = {
    "id": "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des".split(),
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
}
DAYS = {
    "id": "Senin Selasa Rabu Kamis Jumat Sabtu Minggu".split(),
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
}
ZONES = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Ujung_Pandang": "WITA",
    "Asia/Jayapura": "WIT",
}


def language_key(language: str | None) -> str:
    """`en` for any English, `id` for everything else."""
    return "en" if (language or "").lower().startswith("en") else "id"


def thousands(number: int) -> str:
    """`11498` -> `11.498`; a negative number carries a real minus sign."""
    grouped = f"{abs(int(number)):,}".replace(",", ".")
    return f"{MINUS}{grouped}" if number < 0 else grouped


def rupiah(amount: int) -> str:
    """Whole rupiah: `193166400` -> `Rp193.166.400`."""
    sign = MINUS if amount < 0 else ""
    return f"{sign}Rp{thousands(abs(amount))}"


def rupiah_short(amount: int) -> str:
    """Rupiah rounded for a chart axis: `193166400` -> `Rp193 jt`, in words used in Indonesia."""
    for size, word in (
        (1_000_000_000_000, "T"),
        (1_000_000_000, "M"),
        (1_000_000, "jt"),
        (1_000, "rb"),
    ):
        if abs(amount) >= size:
            value = f"{amount / size:.1f}".removesuffix(".0").replace(".", ",").replace("-", MINUS)
            return f"Rp{value}{NO_BREAK}{word}"
    return rupiah(amount)


def percent(part: float, whole: float, decimals: int = 1) -> str:
    """Share of a whole: `(11498, 11584)` -> `99,3%`; an en dash when the whole is zero.

    Never rounds up to 100 % while somebody is missing, nor down to 0 % while somebody is there.
    """
    if not whole:
        return EN_DASH
    share = 100 * part / whole
    step = 10**-decimals
    rounded = round(share, decimals)
    if rounded >= 100 and part < whole:
        rounded = 100 - step
    elif rounded <= 0 < part:
        rounded = step
    text = f"{rounded:.{decimals}f}"
    if decimals and float(text) == int(float(text)):
        text = str(int(float(text)))
    return f"{text.replace('.', ',').replace('-', MINUS)}%"


def day(value: date, language: str = "id") -> str:
    """`22 Nov 2026`."""
    return f"{value.day} {SHORT_MONTHS[language_key(language)][value.month - 1]} {value.year}"


def long_day(value: date, language: str = "id", weekday: bool = False) -> str:
    """`22 November 2026`, or `Minggu, 22 November 2026` with the weekday."""
    key = language_key(language)
    text = f"{value.day} {MONTHS[key][value.month - 1]} {value.year}"
    return f"{DAYS[key][value.weekday()]}, {text}" if weekday else text


def month(value: date, language: str = "id") -> str:
    """A contribution month by its first day: `November 2026`."""
    return f"{MONTHS[language_key(language)][value.month - 1]} {value.year}"


def short_month(value: date, language: str = "id") -> str:
    """`Nov 2026`, for narrow columns and chart axes."""
    return f"{SHORT_MONTHS[language_key(language)][value.month - 1]} {value.year}"


def zone_name(value: datetime) -> str:
    """WIB, WITA or WIT for Indonesian zones, otherwise the zone's own abbreviation."""
    key = getattr(value.tzinfo, "key", str(value.tzinfo or ""))
    return ZONES.get(key, value.tzname() or "")


def clock(value: datetime) -> str:
    """`10.15 WITA` for an aware local time."""
    return f"{value:%H.%M} {zone_name(value)}".rstrip()


def moment(value: datetime, language: str = "id") -> str:
    """`12 Sep 2024, 10.15 WITA` for an aware local time."""
    return f"{day(value, language)}, {clock(value)}"


def mask_nik(nik: str) -> str:
    """`3510065203850012` -> `3510 •••• •••• 0012`; any other length is hidden whole."""
    nik = "".join(str(nik).split())
    hidden = BULLET * 4
    if len(nik) != 16:
        return NO_BREAK.join([hidden] * 4)
    return NO_BREAK.join([nik[:4], hidden, hidden, nik[-4:]])


def group_nik(nik: str) -> str:
    """A revealed NIK in fours: `3510 0652 0385 0012`."""
    nik = "".join(str(nik).split())
    return NO_BREAK.join(nik[i : i + 4] for i in range(0, len(nik), 4))


def mask_kpj(member_no: str) -> str:
    """`24081234512` -> `2408•••••12`; short values are hidden whole."""
    member_no = "".join(str(member_no).split())
    if len(member_no) < 8:
        return BULLET * 8
    return f"{member_no[:4]}{BULLET * (len(member_no) - 6)}{member_no[-2:]}"


def file_size(size: int) -> str:
    """Bytes for people: `1536` -> `2 KB`, `5242880` -> `5 MB`."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1024))} KB"
    value = f"{size / 1024 / 1024:.1f}".removesuffix(".0").replace(".", ",")
    return f"{value} MB"


def duration(seconds: float, language: str = "id") -> str:
    """Time left, rounded so that it does not flicker: `45 detik`, `2 menit`, `1 jam 5 menit`."""
    words = {"id": ("detik", "menit", "jam"), "en": ("sec", "min", "h")}[language_key(language)]
    seconds = max(0, int(seconds))
    if seconds < 60:
        return f"{max(5, 5 * round(seconds / 5))} {words[0]}"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} {words[1]}"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} {words[2]}" + (f" {minutes} {words[1]}" if minutes else "")


def initials(name: str) -> str:
    """`Sri Wahyuni` -> `S. W.`: what a public page may show of a person."""
    return NO_BREAK.join(f"{part[0].upper()}." for part in name.split() if part[0].isalpha())
