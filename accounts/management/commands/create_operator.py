"""`manage.py create_operator EMAIL`: the first platform operator of a new installation."""

import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.beginning import create_first_operator
from accounts.models import User
from core.errors import DomainError


class Command(BaseCommand):
    """Asks for a password, or reads it from standard input when that is not a terminal."""

    help = "Create the first platform operator; everybody else is invited on the site."

    def add_arguments(self, parser: CommandParser) -> None:
        """Address and name."""
        parser.add_argument("email")
        parser.add_argument("--name", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse a weak password and a second operator."""
        email = options["email"]
        password = _ask_password()
        try:
            validate_password(password, User(email=email, name=options["name"]))
            create_first_operator(email=email, name=options["name"], password=password)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from None
        except DomainError as error:
            raise CommandError(str(error.message)) from None
        self.stdout.write(f"{email} may sign in and set up regencies.")


def _ask_password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Password: ")
    if first != getpass.getpass("Password again: "):
        raise CommandError("The two passwords differ.")
    return first
