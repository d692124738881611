"""What one code of a finding says."""

from dataclasses import dataclass

from django.utils.functional import Promise

Words = str | Promise
REJECT, WARNING, INFO = "reject", "warning", "info"


@dataclass(frozen=True)
class Kind:
    """The level and the words of one code; `%(name)s` in them are facts."""

    level: str
    title: Words
    message: Words
    fix: Words
