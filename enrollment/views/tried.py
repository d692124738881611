"""What the forms of these pages have in common: a refusal stands at its field."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.forms import Form

from core.errors import DomainError


def tried(form: Form, work: Callable[[], Any]) -> Any:
    """What `work` gives; None when the rules refuse it, which undoes what it wrote."""
    try:
        with transaction.atomic():
            return work()
    except DomainError as error:
        tell_at(form, error)
    return None


def tell_at(form: Form, error: DomainError) -> None:
    """Put a refusal at the fields that it names, or above the form."""
    for name, message in (error.fields or {"": error.message}).items():
        form.add_error(name if name in form.fields else None, message)
