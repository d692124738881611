"""A pasted text or an uploaded file as lines; what cannot be read is refused in words."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core import sheets
from core.errors import DomainError
from core.sheets import SheetRefused
from reports.bulk.lines import Asked, TooManyLines, of_text, read


def pasted(text: str) -> list[Asked]:
    """The lines of a text. Raises DomainError `nothing_asked` or `too_many_lines`."""
    return _checked(lambda: read(of_text(text.replace("\0", ""))), "text")


def uploaded(chunks: Iterable[bytes]) -> list[Asked]:
    """The lines of an XLSX, XLS, ODS or CSV file, of all its visible sheets.

    Raises DomainError with a code of `core.sheets.REFUSALS`, `nothing_asked` or `too_many_lines`.
    """
    with tempfile.NamedTemporaryFile() as file:
        size = 0
        for chunk in chunks:
            size += len(chunk)
            if size > settings.KJ_ROSTER_MAX_BYTES:
                raise _refused("too_large", {"limit": f"{settings.KJ_ROSTER_MAX_BYTES >> 20} MB"})
            file.write(chunk)
        file.flush()
        try:
            with sheets.opened(Path(file.name)) as book:
                found = _checked(lambda: read(book.rows()), "file")
        except SheetRefused as error:
            raise _refused(error.code, error.facts) from error
    if len({each.sheet for each in found}) == 1:  # the name of the only sheet says nothing
        return [each._replace(sheet="") for each in found]
    return found


def _refused(code: str, facts: dict) -> DomainError:
    message = str(sheets.REFUSALS.get(code, code)) % facts
    return DomainError(code, message, {"file": message})


def _checked(work, field: str) -> list[Asked]:
    try:
        found = work()
    except TooManyLines as error:
        message = _("Satu pertanyaan paling banyak 100.000 baris. Bagi daftarnya menjadi beberapa.")
        raise DomainError("too_many_lines", message, {field: message}) from error
    if not found:
        message = _("Tidak ada NIK atau nama di dalamnya.")
        raise DomainError("nothing_asked", message, {field: message})
    return found
