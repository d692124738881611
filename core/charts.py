"""Charts as server-rendered SVG: the same markup shows on screen and prints in papers.

Pure functions from plain values to a `Chart`, which holds the drawing and the table behind it.
Colours are written into the marks, because papers do not see the stylesheet of the screen.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil, cos, floor, log10, pi, radians

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from core import formats

COLOURS = {
    "green": "#0f7a66",
    "gold": "#e3a008",
    "red": "#a8281f",
    "blue": "#1c5d99",
    "grey": "#b9b3a4",
    "deep": "#083f36",
    "light": "#8cc5b7",
}
LETTERS = {"g": "green", "y": "gold", "r": "red", "b": "blue", "": "grey"}
SERIES = ("green", "gold", "blue", "red", "light", "grey")
INK = "#17231f"
INK_SOFT = "#4a5752"
RULE = "#e3e0d8"
TRACK = "#efece4"
WIDTH = 440


@dataclass(frozen=True)
class Chart:
    """A drawing, its words, and the rows that it was drawn from."""

    svg: SafeString
    title: str
    desc: str = ""
    headers: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    legend: Sequence[tuple[str, str]] = field(default=())

    def __html__(self) -> str:
        return self.svg


def colour(name: str) -> str:
    """A colour name, a tag letter, or a hex value, as hex."""
    name = LETTERS.get(name, name)
    return COLOURS.get(name, name)


def _number(value: float) -> str:
    """Short coordinates: one decimal, no trailing zero."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def _svg(width: float, height: float, title: str, desc: str, body: Iterable[str]) -> SafeString:
    head = (
        f'<svg class="chart" viewBox="0 0 {_number(width)} {_number(height)}" role="img"'
        f' xmlns="http://www.w3.org/2000/svg" font-family="inherit"><title>{escape(title)}</title>'
    )
    about = f"<desc>{escape(desc)}</desc>" if desc else ""
    # Texts are escaped where they enter; the rest is numbers and our own markup.
    return mark_safe(head + about + "".join(body) + "</svg>")  # noqa: S308


def _text(
    x: float,
    y: float,
    words: str,
    *,
    anchor: str = "start",
    size: int = 13,
    bold=False,
    fill=INK_SOFT,
) -> str:
    weight = ' font-weight="600"' if bold else ""
    place = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return (
        f'<text x="{_number(x)}" y="{_number(y)}" font-size="{size}" fill="{fill}"{place}{weight}>'
        f"{escape(words)}</text>"
    )


def _rect(x: float, y: float, width: float, height: float, fill: str, radius: float = 0) -> str:
    corner = f' rx="{_number(radius)}"' if radius else ""
    return (
        f'<rect x="{_number(x)}" y="{_number(y)}" width="{_number(max(width, 0))}"'
        f' height="{_number(max(height, 0))}" fill="{fill}"{corner}/>'
    )


def nice_ceiling(value: float) -> float:
    """The next number that holds the value and whose quarter is round too, such as 1.2 or 4."""
    if value <= 0:
        return 1
    power = 10 ** floor(log10(value))
    return next(
        step * power for step in (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10) if value <= step * power
    )


def _shorten(words: str, limit: int) -> str:
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"


def sparkline(
    values: Sequence[float], *, width=150, height=30, colour: str = "green"
) -> SafeString:
    """A line of recent values without axes: decoration beside a figure that is written in words.

    The height stands for a tenth of the highest value at least, so that nine people fewer of
    eleven thousand do not look like a collapse.
    """
    values = list(values)
    if len(values) < 2:
        return mark_safe("")
    high = max(values)
    span = max(high - min(values), abs(high) / 10) or 1
    low = high - span
    step = width / (len(values) - 1)
    points = " ".join(
        f"{_number(i * step)},{_number(height - 3 - (value - low) / span * (height - 6))}"
        for i, value in enumerate(values)
    )
    stroke = COLOURS.get(LETTERS.get(colour, colour), colour)
    return mark_safe(  # noqa: S308 - numbers and our own markup
        f'<svg class="spark" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        ' aria-hidden="true" focusable="false">'
        f'<polygon points="0,{height} {points} {width},{height}" fill="{stroke}" opacity=".09"/>'
        f'<polyline points="{points}" fill="none" stroke="{stroke}" stroke-width="2"'
        ' stroke-linejoin="round" stroke-linecap="round"/></svg>'
    )


def thin_bar(parts: Iterable[tuple[float, str]], total: float | None = None) -> SafeString:
    """A thin stacked bar for a table cell; the numbers stand in the cells beside it."""
    parts = list(parts)
    total = total or sum(value for value, _ in parts) or 1
    left, body = 0.0, []
    for value, letter in parts:
        share = min(100 * value / total, 100 - left)
        body.append(
            f'<rect x="{left:.2f}%" width="{share:.2f}%" height="9" fill="{colour(letter)}"/>'
        )
        left += share
    return mark_safe(  # noqa: S308 - numbers and our own markup
        '<svg class="bar" height="9" width="100%" aria-hidden="true" focusable="false">'
        f'<rect width="100%" height="9" fill="{TRACK}"/>{"".join(body)}</svg>'
    )


def bar(
    items: Sequence[tuple[str, float]],
    *,
    title: str,
    desc="",
    value_name="",
    show=formats.thousands,
    fill="green",
) -> Chart:
    """Horizontal bars from zero, one per item, each with its value written at its end."""
    row, label_width, value_width = 28, 124, 72
    top = max([value for _, value in items], default=0) or 1
    room = WIDTH - label_width - value_width
    body = []
    for i, (label, value) in enumerate(items):
        y = i * row
        length = max(value / top * room, 2 if value else 0)
        body.append(_text(label_width - 10, y + 18, _shorten(label, 18), anchor="end", fill=INK))
        body.append(_rect(label_width, y + 5, length, 18, colour(fill), 2))
        body.append(_text(label_width + length + 8, y + 18, show(value), bold=True, fill=INK))
    rows = [(label, show(value)) for label, value in items]
    return Chart(
        _svg(WIDTH, row * len(items), title, desc, body), title, desc, ("", value_name), rows
    )


def stacked_bar(
    items: Sequence[tuple[str, Sequence[float]]],
    names: Sequence[str],
    *,
    title: str,
    desc="",
    colours: Sequence[str] = SERIES,
    show=formats.thousands,
) -> Chart:
    """Horizontal bars of parts, with a legend; every bar is drawn on the scale of the longest."""
    row, label_width, value_width = 28, 124, 72
    top = max([sum(values) for _, values in items], default=0) or 1
    room = WIDTH - label_width - value_width
    body = []
    for i, (label, values) in enumerate(items):
        y, x = i * row, float(label_width)
        body.append(_text(label_width - 10, y + 18, _shorten(label, 18), anchor="end", fill=INK))
        for value, name in zip(values, colours, strict=False):
            length = value / top * room
            body.append(_rect(x, y + 5, length, 18, colour(name)))
            x += length
        body.append(_text(x + 8, y + 18, show(sum(values)), bold=True, fill=INK))
    rows = [(label, *[show(value) for value in values]) for label, values in items]
    legend = tuple(zip([colour(name) for name in colours], names, strict=False))
    return Chart(
        _svg(WIDTH, row * len(items), title, desc, body), title, desc, ("", *names), rows, legend
    )


def line(
    labels: Sequence[str],
    series: Sequence[tuple[str, Sequence[float | None]]],
    *,
    title: str,
    desc="",
    colours: Sequence[str] = SERIES,
    show=formats.thousands,
    show_axis=None,
    height=230,
) -> Chart:
    """Lines over months, from zero, with four rules; None leaves a gap at the end or start."""
    left, right, top, bottom = 58, 10, 12, 26
    show_axis = show_axis or show
    known = [value for _, values in series for value in values if value is not None]
    ceiling = nice_ceiling(max(known, default=0))
    room, tall = WIDTH - left - right, height - top - bottom
    step = room / max(len(labels) - 1, 1)

    def y_of(value: float) -> float:
        return top + tall - value / ceiling * tall

    body = []
    for part in range(5):
        value = ceiling * part / 4
        y = _number(y_of(value))
        body.append(f'<path d="M{left} {y}H{WIDTH - right}" stroke="{RULE}"/>')
        body.append(_text(left - 8, y_of(value) + 4, show_axis(value), anchor="end"))
    every = max(1, ceil(len(labels) / 6))
    for i, label in enumerate(labels):
        if i % every == 0:
            anchor = "start" if i == 0 else "end" if i == len(labels) - 1 else "middle"
            body.append(_text(left + i * step, height - 8, label, anchor=anchor))
    for (_name, values), paint in zip(series, colours, strict=False):
        points = [
            (left + i * step, y_of(value)) for i, value in enumerate(values) if value is not None
        ]
        path = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
        body.append(
            f'<polyline points="{path}" fill="none" stroke="{colour(paint)}" stroke-width="2.5"'
            ' stroke-linejoin="round" stroke-linecap="round"/>'
        )
        if points:
            x, y = points[-1]
            body.append(
                f'<circle cx="{_number(x)}" cy="{_number(y)}" r="4" fill="{colour(paint)}"/>'
            )
    rows = [
        (
            label,
            *[formats.EN_DASH if values[i] is None else show(values[i]) for _, values in series],
        )
        for i, label in enumerate(labels)
    ]
    names = [name for name, _ in series]
    legend = (
        tuple(zip([colour(name) for name in colours], names, strict=False))
        if len(series) > 1
        else ()
    )
    return Chart(_svg(WIDTH, height, title, desc, body), title, desc, ("", *names), rows, legend)


def donut(
    parts: Sequence[tuple[str, float, str]],
    *,
    title: str,
    desc="",
    centre="",
    centre_note="",
    show=formats.thousands,
) -> Chart:
    """A ring of at most five parts `(name, value, colour)`, with one figure in the middle."""
    size, radius, thick = 200, 80, 26
    total = sum(value for _, value, _ in parts) or 1
    middle = size // 2
    ring = f'<circle cx="{middle}" cy="{middle}" r="{radius}" fill="none" stroke-width="{thick}"'
    body = [f'{ring} stroke="{TRACK}"/>']
    around, start = 2 * pi * radius, 0.0
    for _name, value, paint in parts:
        length = value / total * around
        body.append(
            f'{ring} stroke="{colour(paint)}" stroke-dasharray="{length:.2f} {around - length:.2f}"'
            f' stroke-dashoffset="{around / 4 - start:.2f}"/>'
        )
        start += length
    if centre:
        body.append(
            _text(
                middle,
                middle + (2 if centre_note else 8),
                centre,
                anchor="middle",
                size=26,
                bold=True,
                fill=INK,
            )
        )
    if centre_note:
        body.append(_text(middle, middle + 22, centre_note, anchor="middle", size=13))
    rows = [(name, show(value), formats.percent(value, total)) for name, value, _ in parts]
    legend = tuple((colour(paint), f"{name} {show(value)}") for name, value, paint in parts)
    return Chart(_svg(size, size, title, desc, body), title, desc, ("", "", "%"), rows, legend)


def dot_map(
    points: Sequence[tuple[float, float, float, str]],
    *,
    title: str,
    desc="",
    width=420,
    legend: Sequence[tuple[str, str]] = (),
    headers: Sequence[str] = (),
    rows: Sequence[Sequence[str]] = (),
) -> Chart:
    """Villages as dots at their centroid: `(latitude, longitude, people, colour)`, north up.

    The area of a dot grows with its people; worse colours are drawn last so that they stay visible.
    """
    if not points:
        return Chart(_svg(width, width / 2, title, desc, []), title, desc, headers, rows)
    order = {"g": 0, "": 1, "b": 2, "y": 3, "r": 4}
    south, north = min(p[0] for p in points), max(p[0] for p in points)
    west, east = min(p[1] for p in points), max(p[1] for p in points)
    shrink = cos(radians((south + north) / 2))
    pad = 12
    across, up = max((east - west) * shrink, 1e-6), max(north - south, 1e-6)
    scale = min((width - 2 * pad) / across, 1.1 * (width - 2 * pad) / up)
    height = up * scale + 2 * pad
    left = (width - across * scale) / 2
    most = max(p[2] for p in points) or 1
    groups: dict[tuple[int, str, float], list[str]] = {}
    for lat, lon, people, paint in points:
        x, y = left + (lon - west) * shrink * scale, pad + (north - lat) * scale
        diameter = 5 + 3 * round(3 * (people / most) ** 0.5)
        groups.setdefault((order.get(paint, 2), paint, diameter), []).append(f"M{x:.0f} {y:.0f}h.1")
    # Strokes of no length with round ends: a third of the bytes of circles.
    body = [
        f'<path d="{"".join(dots)}" stroke="{colour(paint)}" stroke-width="{diameter}"'
        ' stroke-linecap="round" opacity=".85"/>'
        for (_rank, paint, diameter), dots in sorted(groups.items())
    ]
    shown = tuple((colour(paint), name) for paint, name in legend)
    return Chart(_svg(width, height, title, desc, body), title, desc, headers, rows, shown)


def choropleth(
    shapes: Sequence[tuple[Sequence[Sequence[tuple[float, float]]], str]],
    *,
    title: str,
    desc="",
    width=420,
    legend: Sequence[tuple[str, str]] = (),
    headers: Sequence[str] = (),
    rows: Sequence[Sequence[str]] = (),
) -> Chart:
    """Areas from boundaries: `([ring of (longitude, latitude), ...], colour)` for each area."""
    corners = [corner for rings, _ in shapes for ring in rings for corner in ring]
    if not corners:
        return Chart(_svg(width, width / 2, title, desc, []), title, desc, headers, rows)
    west, east = min(c[0] for c in corners), max(c[0] for c in corners)
    south, north = min(c[1] for c in corners), max(c[1] for c in corners)
    shrink = cos(radians((south + north) / 2))
    scale = width / max((east - west) * shrink, 1e-6)
    body = []
    for rings, paint in shapes:
        path = "".join(
            "M"
            + "L".join(
                f"{_number((lon - west) * shrink * scale)},{_number((north - lat) * scale)}"
                for lon, lat in ring
            )
            + "Z"
            for ring in rings
        )
        body.append(
            f'<path d="{path}" fill="{colour(paint)}" stroke="#fff" stroke-width=".7"'
            ' fill-rule="evenodd"/>'
        )
    shown = tuple((colour(paint), name) for paint, name in legend)
    return Chart(
        _svg(width, (north - south) * scale, title, desc, body), title, desc, headers, rows, shown
    )
