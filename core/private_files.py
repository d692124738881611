"""Files that nobody reaches by address: random names, one folder per tenant."""

import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from core.tenancy import current_regency_id


def path_of(name: str) -> Path:
    """Where a stored file lies; raises ValueError for a name that leaves the store."""
    root = Path(settings.KJ_PRIVATE_ROOT).resolve()
    found = (root / name).resolve()
    if not found.is_relative_to(root):
        raise ValueError("not a stored name")
    return found


def save(chunks: Iterable[bytes], suffix: str) -> tuple[str, str, int]:
    """Write a file under a random name and return (name, SHA-256 in hex, size in bytes)."""
    name = f"{current_regency_id()}/{secrets.token_hex(16)}{suffix}"
    target = path_of(name)
    target.parent.mkdir(parents=True, exist_ok=True)
    seen, size = hashlib.sha256(), 0
    partial = target.with_suffix(".part")
    with partial.open("wb") as out:
        for chunk in chunks:
            out.write(chunk)
            seen.update(chunk)
            size += len(chunk)
        out.flush()
        os.fsync(out.fileno())
    partial.rename(target)
    return name, seen.hexdigest(), size
