"""What the public may know of an issued proof."""

import datetime as dt
from dataclasses import dataclass

from django.db import connection, transaction


@dataclass(frozen=True)
class ProofCheck:
    """A paper by the address behind its QR code; initials only."""

    number: str
    day: dt.date
    answer: str
    issued_at: dt.datetime
    initials: str
    regency: str
    sha256: str


def check_proof(token: str) -> ProofCheck | None:
    """The paper of a token; None when there is none."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM reports_proof_check(%s)", [token])
        row = cursor.fetchone()
    return ProofCheck(*row) if row else None
