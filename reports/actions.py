"""Issuing the paper that answers whether somebody was covered on a day."""

import datetime as dt
import hashlib
import json
import secrets

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.access import Actor
from audit.actions import record
from cadres.models import Cadre
from core import numbers, papers, pdf
from core.errors import DomainError
from regions.models import Regency
from reports.models import Proof
from reports.proof.answer import Verdict, judge
from reports.proof.chain import Link, links
from reports.proof.records import Records, look_up

KIND = "proof"
SERIES = "proof"
EARLIEST = dt.date(2014, 1, 1)  # BPJS Ketenagakerjaan began on this day


def check_day(day: dt.date) -> None:
    """Raise DomainError `day_out_of_range` for a day of which nobody can ask."""
    if not EARLIEST <= day <= timezone.localdate() + dt.timedelta(days=366):
        message = _("Pilih hari antara 1 Januari 2014 dan setahun dari sekarang.")
        raise DomainError("day_out_of_range", message, {"day": message})


def issue_proof(*, by: Actor, cadre: Cadre, day: dt.date, regency: Regency) -> Proof:
    """Freeze the answer for a person and day as a paper; the same facts give the same paper.

    Raises DomainError `day_out_of_range`.
    """
    check_day(day)
    found = look_up(cadre, day)
    verdict = judge(found.evidence)
    with override("id"):
        chain = links(found, regency.slug)
        said = _fingerprint(cadre, found, verdict, chain)
    proof, fresh = Proof.objects.get_or_create(
        cadre=cadre,
        day=day,
        fingerprint=said,
        defaults={
            "village_id": cadre.village_id,
            "number": _number(),
            "answer": verdict.answer,
            "token": secrets.token_urlsafe(16),
            "issued_by_id": by.id,
        },
    )
    if not fresh:
        return proof
    proof.paper = papers.issue(
        kind=KIND,
        number=proof.number,
        subject=proof,
        render=lambda: _draw(proof, regency, found, verdict, chain),
        by=by.id,
    )
    proof.save(update_fields=["paper"])
    record(
        "proof.issued",
        proof,
        by=by,
        village_id=cadre.village_id,
        facts={"number": proof.number, "day": day.isoformat(), "answer": proof.answer},
    )
    return proof


def _fingerprint(cadre: Cadre, found: Records, verdict: Verdict, chain: list[Link]) -> str:
    """SHA-256 of what the paper says, in hex."""
    said = {
        "cadre": cadre.pk,
        "name": cadre.name,
        "day": found.day.isoformat(),
        "answer": verdict.answer,
        "reasons": list(verdict.reasons),
        "then": found.evidence.covered_then,
        "chain": [[link.name, link.text, link.when, link.who] for link in chain],
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def _number() -> str:
    today = timezone.localdate()
    taken = numbers.take(SERIES, today.year)
    return f"{taken:04d}/BKT/{numbers.roman_month(today.month)}/{today.year}"


def _draw(
    proof: Proof, regency: Regency, found: Records, verdict: Verdict, chain: list[Link]
) -> bytes:
    address = settings.KJ_BASE_URL.rstrip("/") + reverse("proof_check", args=[proof.token])
    with override("id"):
        return pdf.render(
            "pdf/proof.html",
            {
                "regency": regency,
                "proof": proof,
                "cadre": proof.cadre,
                "found": found,
                "verdict": verdict,
                "chain": chain,
                "address": address,
                "qr": segno.make(address, error="m", micro=False).svg_data_uri(border=0),
                "now": timezone.localtime(),
            },
        )
