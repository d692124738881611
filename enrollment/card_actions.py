"""Issuing cards: one token for each cover for ever, and orders that become one PDF."""

import datetime as dt
import hashlib
import secrets
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pypdf import PdfWriter

from accounts.access import Actor
from audit.actions import record
from cadres.models import Posyandu
from core import papers, plans, private_files, runs
from core.errors import DomainError
from core.models import Paper, Run, RunPart
from core.tenancy import current_regency_id
from enrollment import card_queries
from enrollment.card_faces import Face, draw
from enrollment.models import Card, CardOrder, Coverage
from regions.models import Regency, Village

PRINT = "cards.print"
LINGER = dt.timedelta(days=1)
PART = 200  # cards in one transaction of a run; a multiple of the eight on a sheet


def issue_cards(coverage_ids: Sequence[int]) -> int:
    """Give each of these covers a card where it has none; returns how many were new.

    The token is 128 random bits and never changes; who comes second finds it there.
    """
    tokens = [secrets.token_urlsafe(16) for _each in coverage_ids]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO enrollment_card (regency_id, coverage_id, village_id, token, issued_at) "
            "SELECT c.regency_id, c.id, c.village_id, fresh.token, now() "
            "FROM unnest(%s::bigint[], %s::text[]) AS fresh (coverage_id, token) "
            "JOIN enrollment_coverage c ON c.id = fresh.coverage_id "
            "ON CONFLICT (regency_id, coverage_id) DO NOTHING",
            [list(coverage_ids), tokens],
        )
        issued = cursor.rowcount
    plans.grown(issued, "enrollment_card")
    return issued


def order_cards(
    *, by: Actor, village: Village | None, layout: str, posyandu: Posyandu | None = None
) -> CardOrder:
    """Order the cards of a posyandu, a village, or the whole regency with neither, as one PDF.

    While an order for the same set and layout is being made, that one is returned. Raises
    DomainError `village_not_yours` and `no_cards`.
    """
    village = _within(by, posyandu.village if posyandu else village)
    places = (village.pk if village else 0, posyandu.pk if posyandu else 0)
    with connection.cursor() as cursor:  # two people may order the same set at once
        key = f"cards:{current_regency_id()}:{places}:{layout}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [key])
    being_made = card_queries.orders().filter(
        village=village,
        posyandu_id=posyandu.pk if posyandu else None,
        layout=layout,
        run__status__in=Run.OPEN,
    )
    found = being_made.first()
    if found is not None:
        return found
    coverage_ids = card_queries.coverages_to_print(timezone.localdate(), village, posyandu)
    if not coverage_ids:
        raise DomainError("no_cards", _("Belum ada peserta yang kartunya dapat dicetak."))
    issue_cards(coverage_ids)
    order = CardOrder.objects.create(
        village=village,
        posyandu_id=posyandu.pk if posyandu else None,
        posyandu_name=posyandu.name if posyandu else "",
        layout=layout,
        people=len(coverage_ids),
        ordered_by_id=by.id,
    )
    order.run = runs.start(
        runs.kind_named(PRINT), _parts(coverage_ids), plan={"order": order.pk}, by=by.id
    )
    order.save(update_fields=["run"])
    record(
        "card_order.created", order, by=by, village_id=order.village_id, facts=_order_facts(order)
    )
    return order


def cancel_order(*, by: Actor, order: CardOrder) -> CardOrder:
    """Stop an order that is being made. Raises DomainError `card_order_closed`."""
    run = Run.objects.select_for_update().get(pk=order.run_id) if order.run_id else None
    if run is None or not run.is_open:
        raise DomainError("card_order_closed", _("Pesanan kartu ini sudah selesai."))
    runs.cancel(run)
    transaction.on_commit(_remover(_part_files(run)))
    record(
        "card_order.cancelled", order, by=by, village_id=order.village_id, facts=_order_facts(order)
    )
    return order


def print_part(run: Run, part: RunPart) -> None:
    """Draw one part of an order and keep its file with the part."""
    order = CardOrder.objects.get(run_id=run.pk)
    made = draw(
        card_queries.faces(part.payload["coverages"]),
        order.layout,
        _regency(),
        first=part.payload["first"],
        total=order.people,
    )
    name, _sha256, _size = private_files.save([made], ".pdf")
    part.payload = {**part.payload, "file": name}
    part.save(update_fields=["payload"])


def bind_order(run: Run) -> None:
    """Bind the parts of an order into its one paper; the parts are deleted afterwards."""
    order = CardOrder.objects.select_for_update().get(run_id=run.pk)
    names = _part_files(run)
    with tempfile.TemporaryDirectory() as directory:
        whole = Path(directory) / "whole.pdf"
        order.paper = papers.issue(
            kind="cards",
            number=str(order.pk),
            subject=order,
            render=lambda: merge([private_files.path_of(name) for name in names], whole),
            by=run.started_by_id,
        )
    order.save(update_fields=["paper"])
    transaction.on_commit(_remover(names))


def sweep_parts(*, by: Actor | None) -> int:
    """Delete the part files of orders that closed over a day ago; returns how many were left.

    Binding and cancelling delete them at once. What stays is from a worker that died between the
    commit and the deleting, or that drew a part while the order was cancelled.
    """
    closed = Run.objects.filter(kind=PRINT, finished_at__lt=timezone.now() - LINGER)
    left = list(RunPart.objects.filter(run__in=closed, payload__has_key="file"))
    for part in left:
        private_files.path_of(part.payload.pop("file")).unlink(missing_ok=True)
    RunPart.objects.bulk_update(left, ["payload"], batch_size=500)
    return len(left)


def merge(parts: Iterable[Path], into: Path) -> Path:
    """One PDF of many, page after page."""
    writer = PdfWriter()
    for part in parts:
        writer.append(part, import_outline=False)
    writer.write(into)
    writer.close()
    return into


def issue_single(*, by: Actor, coverage: Coverage) -> Paper:
    """One person's card as a paper; the same words give the same paper, changed ones a new one.

    Raises DomainError `coverage_over` when the cover has ended.
    """
    if coverage.ends_on is not None and coverage.ends_on < timezone.localdate():
        raise DomainError("coverage_over", _("Kepesertaan ini sudah berakhir."))
    issue_cards([coverage.pk])
    face = card_queries.faces([coverage.pk])[0]
    card = Card.objects.get(coverage=coverage)
    number = f"{card.pk}-{_digest(face)}"
    if papers.issued(kind="card", number=number, subject=card) is None:
        record("card.printed", coverage, by=by, village_id=coverage.village_id)
    return papers.issue(
        kind="card",
        number=number,
        subject=card,
        render=lambda: draw([face], CardOrder.Layout.CARD, _regency()),
        by=by.id,
    )


def _within(by: Actor, village: Village | None) -> Village | None:
    """The village that is meant: one's own where the membership names villages."""
    own = list(by.membership.village_ids() or ())
    if not own:
        return village
    if village is None and len(own) == 1:
        return Village.objects.get(pk=own[0])
    if village is None or village.pk not in own:
        message = _("Anda hanya dapat mencetak kartu desa Anda sendiri.")
        raise DomainError("village_not_yours", message, {"village": message})
    return village


def _parts(coverage_ids: Sequence[int]) -> Iterable[runs.PlannedPart]:
    for first in range(0, len(coverage_ids), PART):
        chunk = coverage_ids[first : first + PART]
        yield runs.PlannedPart({"first": first, "coverages": chunk}, weight=len(chunk))


def _part_files(run: Run) -> list[str]:
    payloads = run.parts.order_by("number").values_list("payload", flat=True)
    return [payload["file"] for payload in payloads if "file" in payload]


def _remover(names: Iterable[str]) -> Callable[[], None]:
    def remove() -> None:
        for name in names:
            private_files.path_of(name).unlink(missing_ok=True)

    return remove


def _order_facts(order: CardOrder) -> dict:
    """Names only: the trail is read in either language, whoever ordered."""
    place = (order.village or _regency()).name
    if order.posyandu_name:
        place = f"Posyandu {order.posyandu_name}, {place}"
    return {"people": order.people, "place": place}


def _digest(face: Face) -> str:
    words = (face.name, face.role, face.place, face.member_no, face.since, face.token)
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:12]


def _regency() -> Regency:
    return Regency.objects.get(pk=current_regency_id())
