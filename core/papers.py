"""Issued papers: a PDF is made once, kept with its SHA-256, and read back only if it still fits."""

import hashlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from django.db import models
from django.http import FileResponse
from django.utils.translation import gettext_lazy as _
from pypdf import PdfReader

from core import private_files
from core.errors import DomainError
from core.models import Paper

BLOCK = 1024 * 1024


class PaperDamaged(DomainError):
    """The file of a paper is missing or is not the one that was issued."""

    def __init__(self) -> None:
        super().__init__(
            "paper_damaged",
            _("Berkas surat ini tidak sama dengan yang diterbitkan. Hubungi pengelola sistem."),
        )


def issued(*, kind: str, number: str, subject: models.Model) -> Paper | None:
    """The paper of this kind and number about `subject`, if it was issued."""
    return Paper.objects.filter(**_key(kind, number, subject)).first()


def issue(
    *,
    kind: str,
    number: str,
    subject: models.Model,
    render: Callable[[], bytes | Path],
    by: int | None,
) -> Paper:
    """Freeze a PDF once; a second call returns the first paper and does not render again.

    `render` gives the bytes, or the path of a large PDF, which is copied in blocks. `by` is a
    user's id, None for the system.
    """
    found = issued(kind=kind, number=number, subject=subject)
    if found:
        return found
    made = render()
    file, sha256, size = private_files.save(_blocks(made), ".pdf")
    paper, fresh = Paper.objects.get_or_create(
        **_key(kind, number, subject),
        defaults={
            "file": file,
            "sha256": sha256,
            "size": size,
            "pages": _pages(made),
            "issued_by_id": by,
        },
    )
    if not fresh:  # somebody issued it while we rendered; theirs counts
        private_files.path_of(file).unlink()
    return paper


def open_paper(paper: Paper) -> BinaryIO:
    """The file of a paper, opened for reading; raises PaperDamaged when its hash has changed."""
    try:
        file = private_files.path_of(paper.file).open("rb")
    except FileNotFoundError as error:
        raise PaperDamaged from error
    if hashlib.file_digest(file, "sha256").hexdigest() != paper.sha256:
        file.close()
        raise PaperDamaged
    file.seek(0)
    return file


def serve(paper: Paper, name: str, *, inline: bool = False) -> FileResponse:
    """The paper as a download called `<name>.pdf`; `name` holds a number, never a person."""
    return download(open_paper(paper), name, inline=inline)


def download(file: BinaryIO, name: str, *, inline: bool = False) -> FileResponse:
    """An opened PDF as a download called `<name>.pdf`."""
    response = FileResponse(
        file,
        as_attachment=not inline,
        filename=f"{safe_name(name)}.pdf",
        content_type="application/pdf",
    )
    response["Cache-Control"] = "private, no-store"
    return response


def safe_name(text: str) -> str:
    """A file name of letters, digits and dashes: `KJ/2026/XI/0001` -> `KJ-2026-XI-0001`."""
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in text)
    return "-".join(part for part in kept.split("-") if part) or "berkas"


def _key(kind: str, number: str, subject: models.Model) -> dict:
    return {
        "kind": kind,
        "number": number,
        "subject_type": subject._meta.label_lower,
        "subject_id": subject.pk,
    }


def _blocks(made: bytes | Path) -> Iterator[bytes]:
    if isinstance(made, bytes):
        yield made
        return
    with made.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


def _pages(made: bytes | Path) -> int:
    return len(PdfReader(BytesIO(made) if isinstance(made, bytes) else made).pages)
