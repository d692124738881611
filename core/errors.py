"""Expected failures, as people see them."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise


class DomainError(Exception):
    """Something that the rules do not allow; `code` for machines, `message` for people.

    `fields` maps a form or API field to its own sentence, where one field is at fault.
    """

    def __init__(
        self,
        code: str,
        message: str | Promise,
        fields: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.fields = dict(fields or {})
