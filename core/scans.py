"""Scans of documents: what is accepted, told by the bytes and not by the name."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError

MAX_BYTES = 5 * 1024 * 1024
KINDS = (
    (b"%PDF-", ".pdf", "application/pdf"),
    (b"\xff\xd8\xff", ".jpg", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", ".png", "image/png"),
)
TYPES = {suffix: content_type for _start, suffix, content_type in KINDS}


class Upload(Protocol):
    """What Django and DRF hand over for an uploaded file."""

    size: int

    def chunks(self) -> Iterator[bytes]:
        """The bytes in blocks."""
        ...


def accept(file: Upload, field: str = "file") -> tuple[Iterable[bytes], str]:
    """The blocks of a scan and its suffix. Raises DomainError for other kinds and sizes."""
    if file.size > MAX_BYTES:
        message = _("Berkas ini lebih dari 5 MB. Kecilkan gambarnya, lalu unggah lagi.")
        raise DomainError("scan_too_large", message, {field: message})
    blocks = file.chunks()
    first = next(blocks, b"")
    for start, suffix, _type in KINDS:
        if first.startswith(start):
            return _joined(first, blocks), suffix
    message = _("Unggah berkas PDF, JPG atau PNG.")
    raise DomainError("scan_kind_refused", message, {field: message})


def _joined(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
