"""What people do with a difference: settle it, ask the branch, answer, open it again."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.access import Actor
from accounts.roles import Perm
from audit.actions import record
from cadres.actions.employment import note_employment
from cadres.models import Cadre
from core.errors import DomainError
from enrollment.actions.coverages import end_coverages
from enrollment.actions.reconciliations import told_reason
from enrollment.models import Coverage, Reconciliation, ReconciliationDifference
from enrollment.reconciliation.classes import OLDEST
from enrollment.reconciliation.wording import WAYS

Settlement = ReconciliationDifference.Settlement
LONGEST_QUERY = 500


@dataclass(frozen=True)
class Ending:
    """The last day of covers and why they end (`Coverage.EndReason`)."""

    on: dt.date
    reason: str


@dataclass
class Settled:
    """How many differences were settled, and how many were left out by reason code."""

    done: int = 0
    left_out: dict[str, int] = field(default_factory=dict)


LEFT_OUT = {
    "settled_before": _("sudah diselesaikan"),
    "not_answered": _("belum dijawab cabang"),
    "no_cover": _("tidak punya kepesertaan yang berjalan"),
    "not_dead": _("belum tercatat meninggal"),
    "not_65": _("belum berusia 65 tahun"),
    "starts_later": _("kepesertaannya baru mulai sesudah hari terakhir itu"),
}


def held(*, by: Actor, reconciliation: Reconciliation) -> Reconciliation:
    """The reconciliation while it is open, so that nobody closes it meanwhile.

    Raises DomainError `reconciliation_not_open`.
    """
    found = Reconciliation.objects.select_for_update().get(pk=reconciliation.pk)
    if found.status != Reconciliation.Status.OPEN:
        raise DomainError(
            "reconciliation_not_open", _("Rekonsiliasi ini tidak sedang diselesaikan.")
        )
    return found


def settle(
    *,
    by: Actor,
    reconciliation: Reconciliation,
    wanted: QuerySet[ReconciliationDifference],
    how: str,
    reason: str,
    ending: Ending | None = None,
    employment: str = "",
) -> Settled:
    """Settle differences of one reconciliation for a reason; who cannot be is left out and told.

    `query` needs the branch's answer; `cover_ended` ends the running covers as `ending` says, of
    the dead on the day of death. `employment` notes on the people what they are besides
    (`Cadre.Employment`). Raises DomainError `reason_missing`, `settlement_unknown`,
    `ending_missing`, `ending_not_allowed` or `nothing_to_settle`.
    """
    reconciliation = held(by=by, reconciliation=reconciliation)
    reason = told_reason(by=by, text=reason)
    if how not in ReconciliationDifference.BY_HAND:
        message = _("Pilih cara menyelesaikannya.")
        raise DomainError("settlement_unknown", message, {"how": message})
    found = wanted.filter(reconciliation=reconciliation)
    ids, report = _usable(found, how, ending)
    if not ids:
        raise DomainError("nothing_to_settle", _nothing(report))
    if how == Settlement.COVER_ENDED and ending is not None:
        _end_covers(by, ids, ending)
    if employment:
        people = Cadre.objects.filter(
            pk__in=ReconciliationDifference.objects.filter(pk__in=ids).values("cadre")
        )
        note_employment(by=by, people=people, employment=employment, reason=reason)
    report.done = ReconciliationDifference.objects.filter(pk__in=ids).update(
        settlement=how, reason=reason, settled_by_id=by.id, settled_at=timezone.now()
    )
    with override("id"):
        facts = {
            "people": report.done,
            "how": str(WAYS[how]),
            "reason": reason,
        }
    record("reconciliation.settled", reconciliation, by=by, facts=facts)
    return report


def _usable(
    found: QuerySet[ReconciliationDifference], how: str, ending: Ending | None
) -> tuple[list[int], Settled]:
    """The differences that can be settled so, and how many of the others for which reason."""
    report = Settled()

    def leave_out(code: str, which: Q) -> None:
        nonlocal found
        left = found.filter(which).count()
        if left:
            report.left_out[code] = left
            found = found.exclude(which)

    leave_out("settled_before", ~Q(settlement=""))
    if how == Settlement.QUERY:
        leave_out("not_answered", Q(answer=""))
    if how == Settlement.COVER_ENDED:
        if ending is None:
            message = _("Isi hari terakhir dan alasan berakhirnya kepesertaan.")
            raise DomainError("ending_missing", message, {"on": message})
        leave_out("no_cover", Q(coverage=None) | Q(coverage__ends_on__isnull=False))
        if ending.reason == Coverage.EndReason.DIED:
            leave_out("not_dead", Q(cadre__died_on__isnull=True))
        if ending.reason == Coverage.EndReason.OVER_AGE:
            latest = ending.on.replace(year=ending.on.year - OLDEST, day=min(ending.on.day, 28))
            leave_out("not_65", Q(cadre__birth_date__gt=latest))
        leave_out("starts_later", Q(coverage__starts_on__gt=ending.on, cadre__died_on__isnull=True))
    return list(found.values_list("pk", flat=True)), report


def _nothing(report: Settled) -> str:
    words = "; ".join(f"{count} {LEFT_OUT[code]}" for code, count in report.left_out.items())
    message = str(_("Tidak ada yang dapat diselesaikan begitu."))
    return f"{message} ({words})" if words else message


def _end_covers(by: Actor, ids: list[int], ending: Ending) -> None:
    """End the running covers: of the dead on the day of death, of the others as said."""
    if not by.may(Perm.BATCH_PREPARE):
        raise DomainError("ending_not_allowed", _("Peran Anda tidak boleh mengakhiri kepesertaan."))
    covers = Coverage.objects.filter(
        pk__in=ReconciliationDifference.objects.filter(pk__in=ids).values("coverage")
    )
    dead = covers.filter(cadre__died_on__gte=F("starts_on"))
    days = set(dead.values_list("cadre__died_on", flat=True))
    for day in sorted(day for day in days if day is not None):
        end_coverages(
            by=by,
            coverages=covers.filter(cadre__died_on=day),
            on=day,
            reason=Coverage.EndReason.DIED,
        )
    end_coverages(by=by, coverages=covers, on=ending.on, reason=ending.reason)


def reopen(
    *, by: Actor, difference: ReconciliationDifference, reason: str
) -> ReconciliationDifference:
    """Take back a settlement; a cover that was ended stays ended.

    Raises DomainError `reconciliation_not_open`, `not_settled` or `reason_missing`.
    """
    held(by=by, reconciliation=difference.reconciliation)
    reason = told_reason(by=by, text=reason)
    found = _locked(difference)
    if not found.settlement:
        raise DomainError("not_settled", _("Selisih ini belum diselesaikan."))
    found.settlement, found.reason = "", ""
    found.settled_by_id = found.settled_at = None
    found.save(update_fields=["settlement", "reason", "settled_by_id", "settled_at"])
    record("difference.reopened", found, by=by, facts={"reason": reason})
    return found


def ask_branch(
    *,
    by: Actor,
    reconciliation: Reconciliation,
    wanted: QuerySet[ReconciliationDifference],
    text: str,
) -> int:
    """Put a question about unsettled differences to the branch; an earlier answer makes way.

    Raises DomainError `query_missing` or `nothing_to_ask`.
    """
    reconciliation = held(by=by, reconciliation=reconciliation)
    query = " ".join(text.split())[:LONGEST_QUERY]
    if not query:
        message = _("Tulis pertanyaannya.")
        raise DomainError("query_missing", message, {"query": message})
    asked = wanted.filter(reconciliation=reconciliation, settlement="")
    done = ReconciliationDifference.objects.filter(
        pk__in=list(asked.values_list("pk", flat=True))
    ).update(
        query=query,
        asked_by_id=by.id,
        asked_at=timezone.now(),
        answer="",
        answered_by_id=None,
        answered_at=None,
    )
    if not done:
        raise DomainError("nothing_to_ask", _("Tidak ada selisih terbuka yang dipilih."))
    record("reconciliation.asked", reconciliation, by=by, facts={"people": done})
    return done


def answer_query(
    *, by: Actor, difference: ReconciliationDifference, text: str
) -> ReconciliationDifference:
    """Answer a question; until the difference is settled the answer may be written again.

    Raises DomainError `reconciliation_not_open`, `no_query` or `answer_missing`.
    """
    held(by=by, reconciliation=difference.reconciliation)
    found = _locked(difference)
    if not found.query or found.settlement:
        raise DomainError("no_query", _("Tidak ada pertanyaan yang menunggu jawaban di sini."))
    answer = " ".join(text.split())[:LONGEST_QUERY]
    if not answer:
        message = _("Tulis jawabannya.")
        raise DomainError("answer_missing", message, {"answer": message})
    found.answer, found.answered_by_id, found.answered_at = answer, by.id, timezone.now()
    found.save(update_fields=["answer", "answered_by_id", "answered_at"])
    record("difference.answered", found, by=by)
    return found


def _locked(difference: ReconciliationDifference) -> ReconciliationDifference:
    return ReconciliationDifference.objects.select_for_update().get(pk=difference.pk)
