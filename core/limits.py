"""How often one address may ask for something that needs no sign-in."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def too_often(request: HttpRequest, purpose: str, *, limit: int, seconds: int) -> bool:
    """Whether this address asked more than `limit` times for `purpose` within so many seconds."""
    address = get_adapter(request).get_client_ip(request)
    key = f"{purpose}:{address}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) > limit
    except ValueError:  # the window ended between the two commands
        return False
