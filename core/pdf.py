"""Papers as PDF: a template rendered from our own files only; equal input gives equal bytes.

What draws them is loaded with the first paper: it would take a second of every start otherwise.
"""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string


class Refused(Exception):
    """A paper asked for something that is not one of our static files."""


def render(template: str, context: Mapping[str, Any]) -> bytes:
    """The PDF of a template, in the active language; the same context gives the same bytes.

    Raises Refused when the template points anywhere but to static files.
    """
    return from_html(render_to_string(template, dict(context)))


def from_html(html: str) -> bytes:
    """The PDF of a whole HTML document; see `render`."""
    from core import pdf_engine

    return pdf_engine.draw(html)


def stamped(html: str, drawings: Mapping[str, bytes]) -> bytes:
    """The PDF of many alike pages; see `core.pdf_stamps`."""
    from core import pdf_stamps

    return pdf_stamps.draw(html, drawings)
