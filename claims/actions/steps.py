"""The steps of a claim, from the report of a death to the hand-over."""

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from audit.actions import record
from cadres.actions import add_heir, record_death, update_heir
from cadres.models import Cadre, Heir
from claims import papers, queries
from claims.actions.common import locked, record_step, refuse_field
from claims.benefits import BRANCH_RULE, NOT_COVERED, REDUCED
from claims.models import Claim, ClaimDocument, HandOver
from claims.rulebook import Document, death_documents
from core import numbers, private_files, scans, tenancy
from core.errors import DomainError
from enrollment.actions import end_for_death

REQUIRED = "required"


def report_death(
    *, cadre_id: int, died_on: dt.date, place: str = "", cause: str = "", by: Actor | None
) -> tuple[Claim, bool]:
    """Open the claim of a person who died; returns (claim, whether it is new).

    Records the death, ends the cover on its day and keeps what the rules pay. Who reports a
    death that is already reported gets the same claim. Raises DomainError for an impossible
    day, Cadre.DoesNotExist for somebody who is not in scope.
    """
    cadre = Cadre.objects.select_for_update().get(pk=cadre_id)
    found = queries.open_claim_of(cadre.pk)
    if found:
        return found, False
    _check_day_of_death(cadre, died_on)
    # Cover and bills of a village where the person lived before count, whoever reports.
    with tenancy.scope(tenancy.current_regency_id(), by=by.id if by else None):
        facts = queries.cover_facts(cadre, died_on)
        benefit = queries.benefit_of(facts, died_on)
        today = timezone.localdate()
        claim = Claim.objects.create(
            number=f"{numbers.take('claim', today.year):04d}/JKM/"
            f"{numbers.roman_month(today.month)}/{today.year}",
            cadre=cadre,
            coverage=facts.coverage,
            village_id=cadre.village_id,
            died_on=died_on,
            died_at_place=place.strip(),
            cause=cause.strip(),
            outcome=benefit.outcome,
            benefit=benefit.snapshot(),
            total=benefit.total,
            reported_by_id=by.id if by else 0,
        )
        ClaimDocument.objects.bulk_create(
            ClaimDocument(
                claim=claim,
                village_id=cadre.village_id,
                code=item.code,
                label=item.label,
                need=item.need,
                condition=item.condition,
                source=item.source,
                position=position,
            )
            for position, item in enumerate(death_documents().values(), 1)
        )
        record_death(by=by, cadre=cadre, died_on=died_on)
        end_for_death(by=by, cadre=cadre, died_on=died_on)
    record(
        "claim.reported",
        claim,
        by=by,
        village_id=claim.village_id,
        facts={"number": claim.number, "name": cadre.name, "died_on": died_on.isoformat()},
    )
    return claim, True


def record_documents(
    *,
    claim_id: int,
    received: Mapping[str, bool],
    files: Mapping[str, scans.Upload] | None = None,
    by: Actor,
) -> Claim:
    """Note which documents of the checklist are there; a scan makes its document received.

    `received` and `files` are keyed by the document's code; codes that are left out stay as
    they are. Raises DomainError for an unknown code, a refused scan, or a claim already sent.
    """
    claim = locked(claim_id, Claim.Status.REPORTED)
    files = files or {}
    wanted = {**received, **dict.fromkeys(files, True)}
    documents = {each.code: each for each in claim.documents.all()}
    unknown = sorted(wanted.keys() - documents.keys())
    if unknown:
        message = _("Dokumen ini tidak ada dalam daftar klaim: %(code)s.") % {
            "code": ", ".join(unknown)
        }
        raise DomainError("document_unknown", message, {"code": message})
    changed = []
    for code, is_there in wanted.items():
        document = documents[code]
        if code in files:
            blocks, suffix = scans.accept(files[code])
            document.file = private_files.save(blocks, suffix)[0]
        elif is_there == (document.received_at is not None):
            continue
        document.received_at = timezone.now() if is_there else None
        document.received_by_id = by.id if is_there else None
        document.save(update_fields=["file", "received_at", "received_by_id"])
        changed.append(document)
    if changed:
        there = [each.label for each in changed if each.received_at]
        kind = "claim.documents_received" if there else "claim.documents_missing"
        names = there or [each.label for each in changed]
        record_step(kind, claim, by, documents="; ".join(names))
    return claim


def set_heir(
    *,
    claim_id: int,
    name: str,
    relation: str,
    nik: str = "",
    phone: str = "",
    bank_name: str = "",
    account_number: str = "",
    account_holder: str = "",
    by: Actor,
) -> Claim:
    """Write who receives the benefit; the event is the one of `cadres` about the heir.

    An empty `nik` or `account_number` keeps the number that is there. The relation decides which
    conditional documents become required.
    """
    claim = locked(claim_id, Claim.Status.REPORTED)
    if nik and not (len(nik) == 16 and nik.isascii() and nik.isdigit()):
        refuse_field("nik_invalid", "nik", _("NIK terdiri atas 16 angka."))
    if account_number and not (account_number.isascii() and account_number.isdigit()):
        refuse_field(
            "account_invalid", "account_number", _("Nomor rekening terdiri atas angka saja.")
        )
    details = {
        "name": name,
        "relation": relation,
        "phone": phone,
        "bank_name": bank_name,
        "account_holder": account_holder,
        **({"nik": nik} if nik else {}),
        **({"account": account_number} if account_number else {}),
    }
    if claim.heir:
        heir = claim.heir = update_heir(by=by, heir=claim.heir, **details)
    else:
        heir = claim.heir = add_heir(by=by, cadre=claim.cadre, **details)
        claim.save(update_fields=["heir"])
    _fit_documents(claim, heir)
    return claim


def submit(*, claim_id: int, by: Actor) -> Claim:
    """Send the claim to the branch once the heir and every required document are there."""
    claim = locked(claim_id, Claim.Status.REPORTED)
    if claim.outcome == NOT_COVERED:
        raise DomainError(
            "claim_not_covered",
            _("Pada tanggal meninggal tidak ada kepesertaan, jadi tidak ada yang dapat diajukan."),
        )
    if claim.heir_id is None:
        raise DomainError("heir_missing", _("Isi ahli warisnya dahulu."))
    missing = queries.missing_documents(claim)
    if missing:
        raise DomainError(
            "documents_missing",
            _("Dokumen wajib belum lengkap: %(documents)s.")
            % {"documents": "; ".join(each.label for each in missing)},
        )
    claim.status = Claim.Status.SUBMITTED
    claim.submitted_by_id, claim.submitted_at = by.id, timezone.now()
    claim.save(update_fields=["status", "submitted_by_id", "submitted_at"])
    record_step("claim.submitted", claim, by)
    return claim


def decide(*, claim_id: int, approve: bool, outcome: str = "", note: str = "", by: Actor) -> Claim:
    """The branch's decision; never by who reported or submitted the claim.

    Where the rules ask for the branch's confirmation, `outcome` names one of the stored options
    (`full`, `reduced`, `alternative`) and `note` gives the reason. Rejecting needs a reason too.
    """
    claim = locked(claim_id, Claim.Status.SUBMITTED)
    if by.id in (claim.reported_by_id, claim.submitted_by_id):
        raise DomainError(
            "claim_same_person",
            _("Klaim ini Anda laporkan atau ajukan sendiri. Orang lain harus memutuskannya."),
        )
    note = note.strip()
    if not approve and not note:
        refuse_field("reason_missing", "note", _("Tulis alasannya."))
    fields = ["status", "decided_by_id", "decided_at", "decision_note"]
    if approve:
        _confirm(claim, outcome, note)
        fields += ["outcome", "benefit", "total"]
    claim.status = Claim.Status.APPROVED if approve else Claim.Status.REJECTED
    claim.decided_by_id, claim.decided_at, claim.decision_note = by.id, timezone.now(), note
    claim.save(update_fields=fields)
    if not approve:
        record_step("claim.rejected", claim, by, note=note)
    elif note:
        record_step("claim.confirmed", claim, by, total=claim.total, note=note)
    else:
        record_step("claim.approved", claim, by, total=claim.total)
    return claim


def pay(*, claim_id: int, paid_on: dt.date, reference: str, by: Actor) -> Claim:
    """Record that the branch transferred the benefit to the heir."""
    claim = locked(claim_id, Claim.Status.APPROVED)
    if not reference.strip():
        refuse_field("reference_missing", "reference", _("Isi nomor bukti transfer."))
    decided_on = timezone.localtime(claim.decided_at).date()
    _check_day(paid_on, decided_on, "paid_on", _("Pembayaran tidak mungkin sebelum keputusan."))
    claim.status = Claim.Status.PAID
    claim.paid_on, claim.payment_reference = paid_on, reference.strip()
    claim.save(update_fields=["status", "paid_on", "payment_reference"])
    record_step("claim.paid", claim, by, total=claim.total, paid_on=paid_on.isoformat())
    return claim


def hand_over(
    *,
    claim_id: int,
    on: dt.date,
    place: str,
    handed_by: str,
    received_by: str = "",
    representative: str = "",
    representative_office: str = "",
    by: Actor,
) -> HandOver:
    """Record the hand-over (BAST). The payee is the heir; a representative only stands in.

    `received_by` is who signs for the family; left out, it is the heir.
    """
    claim = locked(claim_id, Claim.Status.PAID)
    for name, value in (("place", place), ("handed_by", handed_by)):
        if not value.strip():
            refuse_field("field_missing", name, _("Bagian ini wajib diisi."))
    _check_day(on, claim.paid_on or on, "on", _("Serah terima tidak mungkin sebelum pembayaran."))
    claim.status = Claim.Status.HANDED_OVER
    claim.save(update_fields=["status"])
    paper = HandOver.objects.create(
        claim=claim,
        village_id=claim.village_id,
        number=f"{numbers.take('hand_over', on.year):04d}/BAST-JKM/"
        f"{numbers.roman_month(on.month)}/{on.year}",
        on=on,
        place=place.strip(),
        handed_by=handed_by.strip(),
        received_by=received_by.strip() or claim.heir.name,
        representative=representative.strip(),
        representative_office=representative_office.strip(),
        recorded_by_id=by.id,
    )
    papers.hand_over_paper(paper, by=by.id)
    record_step("claim.handed_over", claim, by, number=paper.number, on=on.isoformat())
    return paper


def open_scan(*, claim_id: int, code: str, by: Actor) -> ClaimDocument:
    """The document whose scan somebody opens; opening it is recorded, since scans show a NIK.

    Raises ClaimDocument.DoesNotExist where there is no such scan.
    """
    document = (
        ClaimDocument.objects.select_related("claim")
        .exclude(file="")
        .get(claim_id=claim_id, code=code)
    )
    record_step("claim.scan_opened", document.claim, by, document=document.label)
    return document


def needed(document: Document, relation: str) -> str:
    """`required` for a conditional document whose condition the heir's relation meets."""
    return REQUIRED if relation in document.when_relation else document.need


def _fit_documents(claim: Claim, heir: Heir) -> None:
    """The checklist follows the heir's relation."""
    rules = death_documents()
    for document in claim.documents.all():
        need = needed(rules[document.code], heir.relation) if document.code in rules else ""
        if need and need != document.need:
            document.need = need
            document.save(update_fields=["need"])


def _confirm(claim: Claim, outcome: str, note: str) -> None:
    """Set the outcome that is approved; where it was open, by the branch's choice."""
    options = {option["code"]: option for option in claim.benefit["options"]}
    is_open = claim.outcome == Claim.Outcome.NEEDS_CONFIRMATION
    outcome = outcome or ("" if is_open else claim.outcome)
    if outcome not in options:
        refuse_field(
            "outcome_not_possible",
            "outcome",
            _("Pilih manfaat yang dikonfirmasi: %(options)s.") % {"options": ", ".join(options)},
        )
    if not is_open:
        return
    if not note:
        refuse_field("reason_missing", "note", _("Tulis alasan pilihan Anda."))
    option = options[outcome]
    claim.outcome = Claim.Outcome.REDUCED if outcome == REDUCED else Claim.Outcome.FULL
    claim.total = option["total"]
    claim.benefit = {
        **claim.benefit,
        "total": option["total"],
        "components": option["components"],
        "rule": BRANCH_RULE,
        "decision": {"option": outcome, "rule": BRANCH_RULE, "law": option["rule"], "note": note},
    }


def _check_day_of_death(cadre: Cadre, died_on: dt.date) -> None:
    _check_day(
        died_on, cadre.birth_date, "died_on", _("Tanggal meninggal mendahului tanggal lahir.")
    )


def _check_day(day: dt.date, first: dt.date, field: str, too_early: str | Promise) -> None:
    if day > timezone.localdate():
        refuse_field("day_in_future", field, _("Tanggal ini belum tiba."))
    if day < first:
        refuse_field("day_too_early", field, too_early)
