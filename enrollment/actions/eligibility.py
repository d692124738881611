"""What a regency sets about eligibility, and exceptions: asked by one, answered by another."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from audit.actions import record
from cadres.models import Cadre
from core import months
from core.errors import DomainError
from enrollment.eligibility_rules import Rule, Weight, default_rules
from enrollment.models import EligibilityOverride, EligibilityRule, EnrollmentBatch
from enrollment.queries.eligibility import answer_for, rules_of

PROGRAMME = EnrollmentBatch.Programme.JKK_JKM
STATUS = EligibilityOverride.Status
RANGES = {"years": (0, 100), "months": (0, 36)}
LONGEST = dt.timedelta(days=366)


def set_rule(
    *,
    by: Actor | None,
    code: str,
    weight: str,
    basis: str,
    value: int | None = None,
    confirmed: bool = False,
    programme: str = PROGRAMME,
) -> EligibilityRule:
    """How the regency applies a rule from now on; what is submitted keeps its findings.

    `value` is in years or months as the rule says, None for the file's. Setting the same again
    changes nothing. Raises DomainError `rule_unknown`, `rule_fixed`, `rule_value` or
    `rule_basis_missing`.
    """
    rule = _rule(code, programme)
    if rule.fixed:
        raise DomainError("rule_fixed", _("Aturan ini tidak dapat diubah."))
    if weight not in EligibilityRule.Weight.values:
        message = _("Pilih akibat aturan ini.")
        raise DomainError("rule_weight", message, {"weight": message})
    _check_value(rule, value)
    basis = " ".join(basis.split())[:200]
    if len(basis) < 3:
        message = _("Tulis dasarnya, misalnya nomor surat cabang.")
        raise DomainError("rule_basis_missing", message, {"basis": message})
    wanted: dict[str, Any] = {
        "weight": weight,
        "value": value,
        "basis": basis,
        "confirmed": confirmed,
    }
    made, fresh = EligibilityRule.objects.get_or_create(
        programme=programme, code=code, defaults=wanted
    )
    if not fresh:
        made = EligibilityRule.objects.select_for_update().get(pk=made.pk)
        if all(getattr(made, name) == each for name, each in wanted.items()):
            return made
        for name, each in wanted.items():
            setattr(made, name, each)
        made.save(update_fields=list(wanted))
    with translation.override("id"):
        weighs = str(made.get_weight_display())
    record(
        "eligibility.rule_set",
        made,
        by=by,
        facts={
            "rule": rule.words.title % {"value": rule.value if value is None else value},
            "weight": weighs,
            "basis": basis,
        },
    )
    return made


def _rule(code: str, programme: str) -> Rule:
    found = default_rules(programme).get(code)
    if found is None:
        raise DomainError("rule_unknown", _("Aturan ini tidak dikenal."))
    return found


def _check_value(rule: Rule, value: int | None) -> None:
    if rule.value is None:
        if value is not None:
            message = _("Aturan ini tidak mempunyai angka.")
            raise DomainError("rule_value", message, {"value": message})
        return
    low, high = RANGES[rule.unit]
    if value is not None and not low <= value <= high:
        limits = _("Angka antara %(low)s dan %(high)s.") % {"low": low, "high": high}
        raise DomainError("rule_value", limits, {"value": limits})


def ask_override(
    *,
    by: Actor,
    cadre: Cadre,
    code: str,
    reason: str,
    valid_until: dt.date,
    programme: str = PROGRAMME,
) -> EligibilityOverride:
    """Ask to lift one rule for one person until a day; somebody else answers.

    Raises DomainError `override_not_needed` while the rule does not refuse this person,
    `override_exists`, `override_reason_missing` or `override_day`.
    """
    rule = _rule(code, programme)
    reason = " ".join(reason.split())[:300]
    if len(reason) < 3:
        message = _("Tulis alasannya, paling sedikit 3 huruf.")
        raise DomainError("override_reason_missing", message, {"reason": message})
    _check_day(valid_until)
    _let_go_of_expired(cadre, code, programme, by)
    existing = EligibilityOverride.objects.filter(
        cadre=cadre, programme=programme, code=code, status__in=[STATUS.ASKED, STATUS.GRANTED]
    )
    if existing.exists():
        raise _exists()
    _check_refuses(cadre, code, programme)
    try:
        with transaction.atomic():
            made = EligibilityOverride.objects.create(
                cadre=cadre,
                village_id=cadre.village_id,
                programme=programme,
                code=code,
                reason=reason,
                valid_until=valid_until,
                asked_by_id=by.id,
            )
    except IntegrityError as error:  # two asked at once: the second waited for the first
        if "enrollment_override_once" not in str(error):
            raise
        raise _exists() from error
    _tell("override.asked", made, rule, by, reason=reason)
    return made


def _exists() -> DomainError:
    return DomainError(
        "override_exists", _("Pengecualian untuk aturan ini sudah diminta atau sudah berlaku.")
    )


def _let_go_of_expired(cadre: Cadre, code: str, programme: str, by: Actor) -> None:
    """An exception whose time is over no longer stands in the way of a new one."""
    over = EligibilityOverride.objects.select_for_update().filter(
        cadre=cadre,
        programme=programme,
        code=code,
        status=STATUS.GRANTED,
        valid_until__lt=months.add_months(months.this_month(), 1),
    )
    for each in over:
        each.status = STATUS.WITHDRAWN
        each.save(update_fields=["status"])
        _tell("override.ended", each, _rule(code, programme), by)


def _check_day(day: dt.date) -> None:
    """An exception holds for a first month: the next one at least, a year at most."""
    first = months.add_months(months.this_month(), 1)
    if not first <= day <= timezone.localdate() + LONGEST:
        message = _("Paling awal tanggal 1 bulan depan, paling lama setahun.")
        raise DomainError("override_day", message, {"valid_until": message})


def _check_refuses(cadre: Cadre, code: str, programme: str) -> None:
    """The rule must refuse this person for the next month; a fixed one is nobody's to lift."""
    rule = rules_of(programme)[code]
    month = months.add_months(months.this_month(), 1)
    refuses = not rule.fixed and rule.weight == Weight.REFUSES
    if refuses:
        said = answer_for(cadre.pk, first_month=month, programme=programme)
        refuses = code in said.refusals
    if not refuses:
        raise DomainError(
            "override_not_needed",
            _("Aturan ini tidak menolak orang ini, jadi tidak ada yang dikecualikan."),
        )


def answer_override(
    *,
    by: Actor,
    override: EligibilityOverride,
    grant: bool,
    note: str = "",
    valid_until: dt.date | None = None,
) -> EligibilityOverride:
    """Grant or decline what somebody else asked for; never one's own.

    `valid_until` shortens what was asked. Raises DomainError `override_answered`,
    `override_same_person`, `override_note_missing`, `override_day`, or `override_not_needed`
    when the rule meanwhile does not refuse the person.
    """
    override = _locked(override)
    if override.status != STATUS.ASKED:
        raise DomainError("override_answered", _("Permintaan ini sudah dijawab atau ditarik."))
    if override.asked_by_id == by.id:
        raise DomainError(
            "override_same_person",
            _("Yang menjawab harus orang lain daripada yang meminta."),
        )
    note = " ".join(note.split())[:300]
    if not grant and len(note) < 3:
        message = _("Tulis mengapa ditolak, paling sedikit 3 huruf.")
        raise DomainError("override_note_missing", message, {"note": message})
    if grant:
        until = valid_until or override.valid_until or timezone.localdate()
        _check_day(until)
        override.valid_until = until
        _check_refuses(override.cadre, override.code, override.programme)
    override.status = STATUS.GRANTED if grant else STATUS.DECLINED
    override.answer_note = note
    override.answered_by_id, override.answered_at = by.id, timezone.now()
    override.save(
        update_fields=["status", "answer_note", "answered_by_id", "answered_at", "valid_until"]
    )
    rule = _rule(override.code, override.programme)
    kind = "override.granted" if grant else "override.declined"
    day = override.valid_until.isoformat() if override.valid_until else ""
    _tell(kind, override, rule, by, until=day, reason=note)
    return override


def withdraw_override(*, by: Actor, override: EligibilityOverride) -> EligibilityOverride:
    """Take back what was asked and not yet answered; raises DomainError `override_answered`."""
    override = _locked(override)
    if override.status != STATUS.ASKED:
        raise DomainError("override_answered", _("Permintaan ini sudah dijawab atau ditarik."))
    override.status = STATUS.WITHDRAWN
    override.save(update_fields=["status"])
    _tell("override.withdrawn", override, _rule(override.code, override.programme), by)
    return override


def end_override(*, by: Actor, override: EligibilityOverride) -> EligibilityOverride:
    """End an exception before its time; rows that stand on it keep showing it.

    Raises DomainError `override_not_granted`.
    """
    override = _locked(override)
    if override.status != STATUS.GRANTED:
        raise DomainError("override_not_granted", _("Pengecualian ini tidak sedang berlaku."))
    override.status = STATUS.WITHDRAWN
    today = timezone.localdate()
    override.valid_until = min(override.valid_until or today, today)
    override.save(update_fields=["status", "valid_until"])
    _tell("override.ended", override, _rule(override.code, override.programme), by)
    return override


def _locked(override: EligibilityOverride) -> EligibilityOverride:
    """The row, locked: of two who answer at once, the second waits here and is refused."""
    return (
        EligibilityOverride.objects.select_for_update(of=("self",))
        .select_related("cadre")
        .get(pk=override.pk)
    )


def _tell(kind: str, override: EligibilityOverride, rule: Rule, by: Actor, **facts: str) -> None:
    record(
        kind,
        override,
        by=by,
        village_id=override.village_id,
        facts={"person": override.cadre.name, "rule": rule.words.title % {"value": rule.value}}
        | facts,
    )
