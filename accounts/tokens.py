"""API tokens: shown once, kept as a digest, revocable."""

import hashlib
import secrets

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import ApiToken, User


def digest_of(token: str) -> str:
    """What is stored of a token: tokens are random, so one plain SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def create(user: User, name: str, token: str | None = None) -> tuple[ApiToken, str]:
    """A new token and its text, which is never shown again."""
    text = token or f"kj_{secrets.token_urlsafe(32)}"
    row = ApiToken.objects.create(user=user, name=name, prefix=text[:8], digest=digest_of(text))
    return row, text


class BearerAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>`."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The user behind the token; None without the header."""
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != b"bearer":
            return None
        if len(words) != 2:
            raise AuthenticationFailed
        found = (
            ApiToken.objects.select_related("user")
            .filter(
                digest=hashlib.sha256(words[1]).hexdigest(), revoked_at=None, user__is_active=True
            )
            .first()
        )
        if found is None:
            raise AuthenticationFailed
        today = timezone.localdate()
        if found.last_used_on != today:
            ApiToken.objects.filter(pk=found.pk).update(last_used_on=today)
        return found.user, found

    def authenticate_header(self, request: Request) -> str:
        """Makes a missing token a 401."""
        return "Bearer"


class BearerScheme(OpenApiAuthenticationExtension):
    """The token in the OpenAPI file."""

    target_class = "accounts.tokens.BearerAuthentication"
    name = "bearerAuth"

    def get_security_definition(self, auto_schema) -> dict:
        """Plain HTTP bearer."""
        return {"type": "http", "scheme": "bearer"}
