"""Saving a checked roster: confirm, approve, write, and take back within a day."""

import datetime as dt

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from accounts.roles import Perm
from audit.actions import record
from cadres import findings, moving, queries, staging
from cadres.actions.people import record_death
from cadres.actions.rosters import start
from cadres.models import Departure, Finding, RosterImport
from core import numbers, plans
from core.errors import DomainError
from regions.models import Regency
from regions.queries import regency_today

APPLY = "roster.apply"
UNDO = "roster.undo"
AT_ONCE = 2_000  # lines that are taken back while the person waits
LOCK = 0x6B6A01
UNDO_WITHIN = dt.timedelta(hours=24)
Status = RosterImport.Status


def apply_roster(*, by: Actor, roster: RosterImport) -> RosterImport:
    """Confirm a checked roster; asking twice, or at the same time, applies it once.

    Where the regency wants approval and `by` may not give it, the roster waits for it. Raises
    DomainError `roster_not_ready`, `roster_without_changes` or `posyandu_unanswered`.
    """
    roster = RosterImport.objects.select_for_update().get(pk=roster.pk)
    if roster.status in (Status.APPLYING, Status.APPLIED, Status.WAITING):
        return roster
    if roster.status != Status.READY:
        raise DomainError("roster_not_ready", _("Daftar ini belum selesai diperiksa atau ditolak."))
    _need_something_to_do(roster)
    roster.refusal_code = roster.returned_text = ""
    roster.confirmed_by_id = by.id
    roster.save(update_fields=["refusal_code", "returned_text", "confirmed_by_id"])
    if roster.regency.rosters_need_approval and not by.may(Perm.ROSTER_APPROVE):
        roster.status = Status.WAITING
        roster.save(update_fields=["status"])
        record("roster.confirmed", roster, by=by, village_id=roster.village_id)
        return roster
    return _let_write(roster, by)


def _need_something_to_do(roster: RosterImport) -> None:
    leaving = Departure.objects.filter(roster=roster).exclude(reason=Departure.Reason.STAYS)
    if not (roster.counts.get("new") or roster.counts.get("changed") or leaving.exists()):
        raise DomainError(
            "roster_without_changes", _("Tidak ada orang baru atau berubah di daftar ini.")
        )
    unanswered = Finding.objects.filter(roster=roster, code="posyandu_near").count()
    if unanswered:
        message = _(
            "Jawab dulu %(n)s nama posyandu yang mirip dengan yang sudah ada: sama, atau baru."
        )
        raise DomainError("posyandu_unanswered", message % {"n": unanswered})


def _let_write(roster: RosterImport, by: Actor) -> RosterImport:
    roster.status, roster.applied_by_id = Status.APPLYING, by.id
    roster.save(update_fields=["status", "applied_by_id"])
    start(roster, APPLY, by)
    return roster


def approve_roster(*, by: Actor, roster: RosterImport) -> RosterImport:
    """Let a roster that somebody else confirmed be saved. Raises DomainError `own_work`."""
    roster = RosterImport.objects.select_for_update().get(pk=roster.pk)
    if roster.status in (Status.APPLYING, Status.APPLIED):
        return roster
    _need_waiting(roster)
    if by.id in (roster.confirmed_by_id, roster.uploaded_by_id):
        raise DomainError("own_work", _("Anda tidak dapat menyetujui daftar Anda sendiri."))
    record("roster.approved", roster, by=by, village_id=roster.village_id)
    return _let_write(roster, by)


def return_roster(*, by: Actor, roster: RosterImport, text: str) -> RosterImport:
    """Give a waiting roster back to who confirmed it, saying what to put right."""
    text = " ".join(text.split())[:500]
    if len(text) < 5:
        message = _("Tulis apa yang perlu diperbaiki, paling sedikit 5 huruf.")
        raise DomainError("text_missing", message, {"text": message})
    roster = RosterImport.objects.select_for_update().get(pk=roster.pk)
    _need_waiting(roster)
    roster.status, roster.returned_text = Status.READY, text
    roster.save(update_fields=["status", "returned_text"])
    record("roster.returned", roster, by=by, village_id=roster.village_id, facts={"text": text})
    return roster


def _need_waiting(roster: RosterImport) -> None:
    if roster.status != Status.WAITING:
        raise DomainError("roster_not_waiting", _("Daftar ini tidak sedang menunggu persetujuan."))


def set_roster_approval(*, by: Actor, regency: Regency, needed: bool) -> Regency:
    """Whether what village operators send waits for an officer's approval."""
    regency = Regency.objects.select_for_update().get(pk=regency.pk)
    if regency.rosters_need_approval != needed:
        regency.rosters_need_approval = needed
        regency.save(update_fields=["rosters_need_approval"])
        kind = "regency.roster_approval_on" if needed else "regency.roster_approval_off"
        record(kind, regency, by=by)
    return regency


def write_roster(*, roster_id: int, by: Actor | None) -> RosterImport:
    """Judge a confirmed roster against the present state and write it, in one transaction."""
    roster = RosterImport.objects.select_for_update().get(pk=roster_id)
    if roster.status != Status.APPLYING:
        return roster
    _one_at_a_time(roster)
    today = regency_today(roster.regency)
    with plans.for_many(), staging.marked(roster):
        staging.lock_people(roster)
        if staging.classify_again(roster):
            staging.note_known(roster)
            roster.counts = queries.counts(roster)
        left = staging.apply(roster, today)
        moving.follow(moving.Move(staging.moved(roster), today, by, roster.pk))
        for died, day in staging.deaths(roster):
            record_death(by=by, cadre=died, died_on=day or today)
            left += 1
    plans.grown(
        roster.counts["new"] + roster.counts["changed"],
        "cadres_cadre",
        "cadres_assignment",
        "cadres_posyandu",
    )
    roster.status = Status.APPLIED
    roster.applied_at = timezone.now()
    roster.number = f"DK-{today.year}-{numbers.take('roster', today.year):05d}"
    roster.save(update_fields=["status", "applied_at", "number", "counts"])
    facts = {name: roster.counts[name] for name in ("new", "changed", "unchanged", "rejected")}
    record(
        "roster.applied",
        roster,
        by=by,
        village_id=roster.village_id,
        facts={**facts, "left": left, "number": roster.number},
    )
    return roster


def _one_at_a_time(roster: RosterImport) -> None:
    """One roster of a regency is written, or taken back, at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, roster.regency_id])


def can_be_undone(roster: RosterImport) -> bool:
    """Whether a roster was saved within the last day; whether it stands free is asked later."""
    return (
        roster.status == Status.APPLIED
        and roster.applied_at is not None
        and timezone.now() - roster.applied_at < UNDO_WITHIN
    )


def undo_roster(*, by: Actor, roster: RosterImport) -> RosterImport:
    """Take back everything that saving a roster did, within a day; a second time changes nothing.

    That of more than two thousand lines is taken back by a worker; the roster says meanwhile that
    it is being undone. Raises DomainError `roster_not_undoable`, or `roster_built_upon` when
    something that came later stands on it: a change of a person, an enrolment, a claim.
    """
    roster = RosterImport.objects.select_for_update().get(pk=roster.pk)
    if roster.status in (Status.UNDOING, Status.UNDONE):
        return roster
    if not can_be_undone(roster):
        raise DomainError(
            "roster_not_undoable",
            _("Daftar hanya dapat dibatalkan dalam 24 jam sesudah disimpan."),
        )
    if roster.counts["rows"] <= AT_ONCE:
        return _take_back(roster, by)
    roster.status, roster.refusal_code = Status.UNDOING, ""
    roster.save(update_fields=["status", "refusal_code"])
    start(roster, UNDO, by)
    return roster


def take_back_roster(*, roster_id: int, by: Actor | None) -> RosterImport:
    """Take back a roster that somebody asked to undo, in one transaction. Raises as `undo_roster`.

    That it was asked for within a day counts, not when a worker comes to it.
    """
    roster = RosterImport.objects.select_for_update().get(pk=roster_id)
    return _take_back(roster, by) if roster.status == Status.UNDOING else roster


def _take_back(roster: RosterImport, by: Actor | None) -> RosterImport:
    _one_at_a_time(roster)
    built_upon = DomainError("roster_built_upon", findings.refusal("roster_built_upon", {}))
    with plans.for_many():
        if staging.was_built_upon(roster):
            raise built_upon
        try:
            with transaction.atomic():
                moved = staging.moved(roster)
                facts = staging.take_back(roster)
                moving.take_back(roster.pk, moved)
        except IntegrityError as error:
            raise built_upon from error
    roster.status, roster.undone_at = Status.UNDONE, timezone.now()
    roster.refusal_code = ""
    roster.save(update_fields=["status", "undone_at", "refusal_code"])
    record(
        "roster.undone",
        roster,
        by=by,
        village_id=roster.village_id,
        facts={**facts, "number": roster.number},
    )
    return roster
