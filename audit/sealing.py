"""Sealing events into their regency's chain, and proving that nothing was changed since.

Events get their ids before they commit, so an event may appear after one with a higher id has
been sealed. That does not matter to the chain, whose order is that of sealing; it matters for
finding events without looking through all of them. The head therefore keeps a floor,
`event_id`: every event up to it is sealed. The floor rises in two steps. One round notes the
highest event that it sees (`seen_id`) and the next transaction id that will be given out
(`seen_xid`): whoever holds a lower event id has a lower transaction id. Once a later round finds
every transaction below `seen_xid` ended, no event up to `seen_id` can still appear, and after
sealing what is there the floor rises to it.
"""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, Max, OuterRef

from audit import chain
from audit.models import ChainHead, Event, Seal

CHUNK = 5000
_HAS_SEAL = Exists(Seal.objects.filter(event=OuterRef("pk")))


def seal_waiting() -> int:
    """Seal every event of the regency in scope that has no seal yet; returns how many.

    The head's row is locked, so two sealers take turns.
    """
    ChainHead.objects.bulk_create([ChainHead()], ignore_conflicts=True)
    head = ChainHead.objects.select_for_update().get()
    settled = head.seen_xid > 0 and _transactions()[0] >= head.seen_xid
    count = 0
    while waiting := _waiting(head.event_id):
        _seal(head, waiting)
        count += len(waiting)
    if settled:
        head.event_id, head.seen_id, head.seen_xid = head.seen_id, 0, 0
    if head.seen_xid == 0:
        highest = Event.objects.aggregate(highest=Max("id"))["highest"] or 0
        if highest > head.event_id:
            head.seen_id, head.seen_xid = highest, _transactions()[1]
    head.save()
    return count


def _transactions() -> tuple[int, int]:
    """(the oldest transaction still open, the next one to be given out)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint "
            "FROM pg_current_snapshot() s"
        )
        return cursor.fetchone()


def _waiting(floor: int) -> list[dict]:
    unsealed = Event.objects.filter(~_HAS_SEAL, id__gt=floor).order_by("id")
    return list(unsealed.values(*chain.FIELDS)[:CHUNK])


def _seal(head: ChainHead, events: list[dict]) -> None:
    seals = []
    for event in events:
        number, previous = head.number + 1, head.digest
        digest = chain.link(previous, number, event)
        seals.append(Seal(event_id=event["id"], number=number, previous=previous, digest=digest))
        head.number, head.digest = number, digest
    Seal.objects.bulk_create(seals, batch_size=CHUNK)


@dataclass(frozen=True)
class Verdict:
    """What a verification found: `bad_seal` is the first number at fault, with the `reason`."""

    seals: int
    digest: str
    unsealed: int
    bad_seal: int | None = None
    reason: str = ""

    @property
    def sound(self) -> bool:
        """Whether every seal holds."""
        return self.bad_seal is None and not self.reason


def verify(*, expected: tuple[int, str] | None = None) -> Verdict:
    """Recompute the chain of the regency in scope from its first event.

    `expected` is a (number, digest) that somebody noted earlier: a chain that was rewritten as a
    whole is sound in itself and differs there. Reasons: `seal_missing`, `link_broken`,
    `event_missing`, `event_changed`, `head_differs`, `event_without_seal`, `noted_seal_differs`.
    """
    head = ChainHead.objects.first() or ChainHead(number=0, digest="", event_id=0)
    number, digest = 0, ""
    while chunk := _chunk(number):
        events = {
            each["id"]: each
            for each in Event.objects.filter(id__in=[seal["event_id"] for seal in chunk]).values(
                *chain.FIELDS
            )
        }
        for seal in chunk:
            reason = _fault(seal, number, digest, events.get(seal["event_id"]))
            if reason:
                return Verdict(number, digest, 0, number + 1, reason)
            number, digest = seal["number"], seal["digest"]
            if expected and expected[0] == number and expected[1] != digest:
                return Verdict(number, digest, 0, number, "noted_seal_differs")
    if head.number > number or (expected and expected[0] > number):
        return Verdict(number, digest, 0, number + 1, "seal_missing")
    if (head.number, head.digest) != (number, digest):
        return Verdict(number, digest, 0, number, "head_differs")
    if _waiting_up_to(head.event_id):
        return Verdict(number, digest, 0, None, "event_without_seal")
    return Verdict(number, digest, len(_waiting(head.event_id)))


def _chunk(after: int) -> list[dict]:
    found = Seal.objects.filter(number__gt=after).order_by("number")
    return [dict(row) for row in found.values("number", "previous", "digest", "event_id")[:CHUNK]]


def _fault(seal: dict, number: int, digest: str, event: dict | None) -> str:
    """Why this seal does not follow the one before it; empty when it does."""
    if seal["number"] != number + 1:
        return "seal_missing"
    if seal["previous"] != digest:
        return "link_broken"
    if event is None:
        return "event_missing"
    if chain.link(digest, seal["number"], event) != seal["digest"]:
        return "event_changed"
    return ""


def _waiting_up_to(floor: int) -> bool:
    """Whether an event below the floor has no seal: somebody put it there afterwards."""
    return Event.objects.filter(~_HAS_SEAL, id__lte=floor).exists()
