"""Many alike pages in one PDF: the words are set page by page, what never changes only once.

WeasyPrint draws the first page of the document like any other; it then leaves the page tree
and becomes one form XObject, the backdrop, drawn under every element whose id starts with
`at-`. Other drawings (a QR code) are plain PDF operators in the unit square of an element.
Positions come from the laid-out page, so the template alone decides the layout.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pydyf
from weasyprint.document import Document

from core import pdf_engine

POINTS = 0.75  # points in a CSS pixel
BACKDROP_AT = "at-"


def draw(html: str, drawings: Mapping[str, bytes]) -> bytes:
    """The PDF of `html` with its first page as backdrop; equal input gives equal bytes.

    `drawings` maps an element's id to operators for a square of 1 by 1 with the origin at its
    bottom left. Raises Refused as `core.pdf` does.
    """
    return pdf_engine.draw(html, lambda made, pdf: _stamp(made, pdf, drawings))


def _stamp(document: Document, pdf: pydyf.PDF, drawings: Mapping[str, bytes]) -> None:
    backdrop_page, *pages = _pages_of(pdf)
    backdrop = pdf.objects[_number(backdrop_page["Contents"])]
    resources = pdf.objects[_number(backdrop_page["Resources"])]
    backdrop.extra = {
        "Type": "/XObject",
        "Subtype": "/Form",
        "BBox": backdrop_page["MediaBox"],
        "Resources": backdrop_page["Resources"],
    }
    shared = pydyf.Dictionary(resources)
    shared["XObject"] = pydyf.Dictionary({**resources["XObject"], "Backdrop": backdrop.reference})
    pdf.add_object(shared)
    height = backdrop_page["MediaBox"][3]
    for laid_out, page in zip(document.pages[1:], pages, strict=True):
        page["Resources"] = shared.reference
        stream = pdf.objects[_number(page["Contents"])]
        stream.stream[:0] = _operators(laid_out, page["MediaBox"][3], height, drawings)
    del pdf.pages["Kids"][:3]
    pdf.pages["Count"] -= 1
    pdf.catalog.pop("Names", None)


def _operators(
    page: Any, page_height: float, backdrop_height: float, drawings: Mapping[str, bytes]
) -> Iterator[bytes]:
    """What is drawn under the words of one page; backdrops first."""
    boxes = sorted(page.anchors.items(), key=lambda box: not box[0].startswith(BACKDROP_AT))
    for name, (left, top, right, bottom) in boxes:
        x, below = left * POINTS, page_height - bottom * POINTS
        if name.startswith(BACKDROP_AT):
            y = page_height - top * POINTS - backdrop_height
            yield b"q 1 0 0 1 %.3f %.3f cm /Backdrop Do Q" % (x, y)
        elif name in drawings:
            size = (right - left) * POINTS
            yield b"q %.4f 0 0 %.4f %.3f %.3f cm" % (size, size, x, below)
            yield drawings[name]
            yield b"Q"


def _pages_of(pdf: pydyf.PDF) -> list[pydyf.Dictionary]:
    return [pdf.objects[_number(reference)] for reference in pdf.page_references]


def _number(reference: bytes) -> int:
    return int(reference.split()[0])
