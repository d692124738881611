"""WeasyPrint, which draws the papers of `core.pdf` from our own files only.

Equal input gives equal bytes: no creation date is written, the file identifier is derived from
the content, and the fonts are the bundled ones. Nothing is ever fetched from a network.
"""

import logging
import mimetypes
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pydyf
from django.conf import settings
from weasyprint import HTML
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from core.pdf import Refused

logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)
_local = threading.local()


class StaticOnly(URLFetcher):
    """Serves `data:` addresses and files under the static directories; refuses all else."""

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The bytes behind `url`; a refusal stops the rendering instead of leaving a gap."""
        parts = urlsplit(url)
        if parts.scheme == "data":
            return super().fetch(url, headers)
        if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
            raise FatalURLFetchingError(f"papers are made without a network: {parts.scheme}")
        path = Path(unquote(parts.path)).resolve()
        if not any(path.is_relative_to(root) for root in _static_roots()):
            raise FatalURLFetchingError("papers read static files only")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


def draw(html: str, finisher: Callable[[Document, pydyf.PDF], None] | None = None) -> bytes:
    """The PDF of a whole HTML document, changed by `finisher`; see `core.pdf.render`."""
    document = HTML(string=html, url_fetcher=StaticOnly(fail_on_errors=True))
    try:
        return document.write_pdf(font_config=_font_configuration(), finisher=finisher)
    except FatalURLFetchingError as error:
        raise Refused(str(error)) from error


def _font_configuration() -> FontConfiguration:
    """Fontconfig is set up once a thread: the bundled fonts are the same for every paper."""
    if not hasattr(_local, "fonts"):
        _local.fonts = FontConfiguration()
    return _local.fonts


def _static_roots() -> list[Path]:
    roots = [*settings.STATICFILES_DIRS, settings.STATIC_ROOT]
    return [Path(root).resolve() for root in roots if root]
