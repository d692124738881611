"""Identity numbers at rest: AES-256-GCM, and a keyed digest for equality.

A sealed value is one version byte, four bytes naming the key, a 12-byte nonce and the
ciphertext. The first key of KJ_FIELD_KEY seals; every key listed there opens, so keys can be
rotated by putting a new one in front and running `manage.py rotate_keys`.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Callable
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

VERSION = b"\x01"


class SealBroken(Exception):
    """A sealed value names a key that is not configured, or is damaged."""


@lru_cache(maxsize=4)
def _keyring(configured: str) -> dict[bytes, AESGCM]:
    keys = [base64.b64decode(part.strip()) for part in configured.split(",") if part.strip()]
    return {hashlib.sha256(key).digest()[:4]: AESGCM(key) for key in keys}


def current_key_id() -> bytes:
    """The four bytes that name the key which seals new values."""
    return next(iter(_keyring(settings.KJ_FIELD_KEY)))


def seal(text: str) -> bytes:
    """Encrypt a short text; the empty text stays empty bytes."""
    if not text:
        return b""
    key_id = current_key_id()
    nonce = os.urandom(12)
    box = _keyring(settings.KJ_FIELD_KEY)[key_id]
    return VERSION + key_id + nonce + box.encrypt(nonce, text.encode(), VERSION)


def sealer() -> Callable[[str], tuple[bytes, bytes]]:
    """For many short texts that are not empty: (sealed, digest) of each, keys looked up once."""
    key_id = current_key_id()
    head, encrypt = VERSION + key_id, _keyring(settings.KJ_FIELD_KEY)[key_id].encrypt
    key, urandom = _digest_key(settings.KJ_DIGEST_KEY), os.urandom

    def both(text: str) -> tuple[bytes, bytes]:
        nonce, plain = urandom(12), text.encode()
        cipher = encrypt(nonce, plain, VERSION)
        return b"".join((head, nonce, cipher)), hmac.digest(key, plain, "sha256")[:16]

    return both


def unseal(sealed: bytes | memoryview | None) -> str:
    """The text behind a sealed value; raises SealBroken when no configured key opens it."""
    raw = bytes(sealed or b"")
    if not raw:
        return ""
    box = _keyring(settings.KJ_FIELD_KEY).get(raw[1:5])
    if raw[:1] != VERSION or box is None:
        raise SealBroken("no configured key opens this value")
    try:
        return box.decrypt(raw[5:17], raw[17:], VERSION).decode()
    except InvalidTag as error:
        raise SealBroken("this value is damaged") from error


def digest(text: str) -> bytes:
    """Sixteen keyed bytes, the same for the same text; for equality and uniqueness only."""
    return hmac.digest(_digest_key(settings.KJ_DIGEST_KEY), text.encode(), "sha256")[:16]


@lru_cache(maxsize=4)
def _digest_key(configured: str) -> bytes:
    return base64.b64decode(configured)
