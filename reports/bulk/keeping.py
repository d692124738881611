"""A list that was asked about is not stored: it travels sealed with its answer, or waits a day.

Short lists go back to the page that showed them, so that it can be filtered, turned over and
taken along; only who asked can open them again. Long ones lie sealed in a private file until
their run has answered them.
"""

import base64
import datetime as dt
import json
import zlib
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from core import private_files
from core.errors import DomainError
from core.sealed import SealBroken, seal, unseal
from core.tenancy import current_regency_id
from reports.bulk.lines import Asked

KEPT = dt.timedelta(hours=24)
SUFFIX = ".asked"


@dataclass(frozen=True)
class Question:
    """Lines and the day that is asked about."""

    lines: list[Asked]
    day: dt.date


def packed(question: Question, by: Actor) -> str:
    """A question as text that only its asker's next request can open."""
    said = {
        "regency": current_regency_id(),
        "membership": by.membership.pk,
        "at": timezone.now().timestamp(),
        "day": question.day.isoformat(),
        "lines": [list(line) for line in question.lines],
    }
    small = base64.b85encode(zlib.compress(json.dumps(said).encode())).decode()
    return base64.urlsafe_b64encode(seal(small)).decode()


def unpacked(text: str, by: Actor) -> Question:
    """The question behind a text; raises DomainError `list_gone` when another's or too old."""
    try:
        small = unseal(base64.urlsafe_b64decode(text.encode()))
        said = json.loads(zlib.decompress(base64.b85decode(small)))
    except (ValueError, SealBroken, zlib.error) as error:
        raise _gone() from error
    mine = (said["regency"], said["membership"]) == (current_regency_id(), by.membership.pk)
    if not mine or timezone.now().timestamp() - said["at"] > KEPT.total_seconds():
        raise _gone()
    lines = [Asked(*line) for line in said["lines"]]
    return Question(lines, dt.date.fromisoformat(said["day"]))


def _gone() -> DomainError:
    return DomainError("list_gone", _("Daftarnya tidak disimpan lagi. Tempel sekali lagi."))


def put_aside(question: Question, by: Actor) -> str:
    """Keep a long question in a private file; its name."""
    return private_files.save([packed(question, by).encode()], SUFFIX)[0]


def taken_up(name: str, by: Actor) -> Question:
    """The question of a private file; raises DomainError `list_gone` when it is no longer kept."""
    path = private_files.path_of(name)
    if not path.exists():
        raise _gone()
    return unpacked(path.read_text(), by)


def forget(name: str) -> None:
    """Delete the file of a question."""
    private_files.path_of(name).unlink(missing_ok=True)


def forget_expired(now: dt.datetime) -> int:
    """Delete the questions of the regency in scope that nobody answered within a day; how many."""
    folder, count = private_files.path_of(str(current_regency_id())), 0
    for path in folder.glob(f"*{SUFFIX}"):
        if path.stat().st_mtime < (now - KEPT).timestamp():
            path.unlink(missing_ok=True)
            count += 1
    return count
