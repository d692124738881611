"""What a membership card says and how cards lie on paper: plain values to PDF bytes."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from core import formats, pdf, qr
from enrollment.models import CardOrder

CARD_WIDTH, CARD_HEIGHT = 85.6, 54.0  # ISO/IEC 7810 ID-1, millimetres
BLEED = 2.0
MARK_ROOM = 5.0  # around each card on A4: bleed, then the cut marks
A4_WIDTH, A4_HEIGHT = 210.0, 297.0


@dataclass(frozen=True)
class Face:
    """The changing words of one card; `key` is unique in a document."""

    key: int
    name: str
    role: str
    place: str
    member_no: str
    starts_on: dt.date
    token: str

    @property
    def number(self) -> str:
        """The member number in readable groups: `2408 1234 512`."""
        return formats.NO_BREAK.join(
            self.member_no[i : i + 4] for i in range(0, len(self.member_no), 4)
        )

    @property
    def since(self) -> str:
        """The first month of cover: `Nov 2026`."""
        return formats.short_month(self.starts_on, "id")

    @property
    def name_size(self) -> str:
        """The class that lets a long name keep to its two lines."""
        if len(self.name) <= 40:
            return "long" if len(self.name) > 26 or _longest_word(self.name) > 18 else ""
        return "long" if len(self.name) <= 60 else "longer"

    @property
    def url(self) -> str:
        """The public address behind the QR code."""
        return card_url(self.token)


@dataclass(frozen=True)
class Layout:
    """Where cards lie on a page; all measures in millimetres."""

    paper: str
    page_height: float
    edge: float
    columns: int
    rows: int

    @property
    def per_page(self) -> int:
        """How many cards a page holds."""
        return self.columns * self.rows

    @property
    def width(self) -> float:
        """Width of a card with the room around it."""
        return CARD_WIDTH + 2 * self.edge

    @property
    def height(self) -> float:
        """Height of a card with the room around it."""
        return CARD_HEIGHT + 2 * self.edge

    @property
    def bleed_at(self) -> float:
        """Where the colour begins inside that room."""
        return max(self.edge - BLEED, 0)

    @property
    def gold(self) -> float:
        """Height of the gold line, of which the bleed is cut off."""
        return 1.3 + (BLEED if self.edge else 0)

    @property
    def slots(self) -> list[tuple[float, float]]:
        """Left and top of each place on the page, row by row."""
        left, top = 0.0, 0.0
        if self.per_page > 1:
            left = (A4_WIDTH - self.columns * self.width) / 2
            top = (A4_HEIGHT - self.rows * self.height) / 2
        return [
            (round(left + column * self.width, 3), round(top + row * self.height, 3))
            for row in range(self.rows)
            for column in range(self.columns)
        ]

    @property
    def marks(self) -> list[tuple[float, float, str]]:
        """Left, top and direction of the cut marks around one card; none on single cards."""
        if not self.edge:
            return []
        near, length = self.edge, 2.4
        right, bottom = near + CARD_WIDTH, near + CARD_HEIGHT
        flat = [(x, y, "h") for y in (near, bottom) for x in (0.2, self.width - 0.2 - length)]
        upright = [(x, y, "v") for x in (near, right) for y in (0.2, self.height - 0.2 - length)]
        return [(round(x, 3), round(y, 3), kind) for x, y, kind in (*flat, *upright)]


LAYOUTS = {
    CardOrder.Layout.CARD: Layout(f"{CARD_WIDTH}mm {CARD_HEIGHT}mm", CARD_HEIGHT, 0, 1, 1),
    CardOrder.Layout.A4: Layout("A4", A4_HEIGHT, MARK_ROOM, 2, 4),
}


def card_url(token: str) -> str:
    """The public address of a card: `<base>/k/<token>`."""
    return f"{settings.KJ_BASE_URL.rstrip('/')}/k/{token}"


def draw(
    faces: Sequence[Face], layout: str, regency: Any, *, first: int = 0, total: int = 0
) -> bytes:
    """The PDF of cards; equal faces give equal bytes.

    `first` is how many cards of the whole order come before these and `total` how many there
    are, for the sheet numbers of A4.
    """
    shape = LAYOUTS[CardOrder.Layout(layout)]
    with override("id"):
        html = render_to_string(
            "pdf/card_sheets.html",
            {
                "regency": regency,
                "layout": shape,
                "sheets": list(_sheets(faces, shape, first, total or len(faces))),
            },
        )
    drawings = {f"qr-{face.key}": qr.operators(face.url) for face in faces}
    return pdf.stamped(html, drawings)


def _sheets(faces: Sequence[Face], shape: Layout, first: int, total: int) -> Iterator[dict]:
    size = shape.per_page
    sheets = -(-total // size)
    for start in range(0, len(faces), size):
        foot = ""
        if size > 1:
            foot = _("Lembar %(number)s dari %(sheets)s. Potong pada tanda di tepi kartu.") % {
                "number": formats.thousands((first + start) // size + 1),
                "sheets": formats.thousands(sheets),
            }
        yield {"faces": list(enumerate(faces[start : start + size])), "foot": foot}


def _longest_word(text: str) -> int:
    return max(map(len, text.split()), default=0)
