"""Death claims of the demonstration worlds, brought as far as each of them has come."""

import datetime as dt
from dataclasses import dataclass

from cadres.models import Cadre, Heir
from claims.actions import (
    decide,
    hand_over,
    pay,
    record_documents,
    report_death,
    set_heir,
    submit,
)
from claims.models import Claim
from demo.steps import Stage

Status = Claim.Status
ORDER = (Status.REPORTED, Status.SUBMITTED, Status.APPROVED, Status.PAID, Status.HANDED_OVER)
BANKS = ("Bank Jatim", "BRI", "BNI", "Bank Kalsel")


@dataclass(frozen=True)
class Death:
    """One death: when, why, how far its claim has come, and who receives the benefit.

    The cause is different for each death of a world: a later seeding knows the claim by it.
    `turn` spreads the deaths over the people by name; `village` picks somebody of one village
    instead. `documents` tells whether the family has brought its papers.
    """

    turn: int
    died_on: dt.date
    until: str
    cause: str = "Sakit"
    relation: str = Heir.Relation.SPOUSE
    village: str = ""
    documents: bool = True


@dataclass(frozen=True)
class Event:
    """Where benefits are handed over, by whom, and who stands in for the family, if anybody."""

    place: str
    handed_by: str
    representative: str = ""
    office: str = ""


def bring(stage: Stage, death: Death, event: Event, of: int) -> None:
    """Report a death and take its claim to the state that it has in the world.

    `of` is how many deaths the people are spread over.
    """
    with stage.acting(stage.officer) as officer:
        claim = _claim(stage, death, of)
        if ORDER.index(Status(death.until)) <= _place(claim):
            return
        if claim.status == Status.REPORTED:
            submit(claim_id=claim.pk, by=officer)
    with stage.acting(stage.branch) as branch:
        claim.refresh_from_db()
        if claim.status == Status.SUBMITTED and death.until != Status.SUBMITTED:
            _decide(claim, branch)
        claim.refresh_from_db()
        if claim.status == Status.APPROVED and death.until != Status.APPROVED:
            reference = f"TRF-{claim.number.partition('/')[0]}-CONTOH"
            pay(claim_id=claim.pk, paid_on=stage.today, reference=reference, by=branch)
    if death.until == Status.HANDED_OVER:
        with stage.acting(stage.officer) as officer:
            hand_over(
                claim_id=claim.pk,
                on=stage.today,
                place=event.place,
                handed_by=event.handed_by,
                representative=event.representative,
                representative_office=event.office,
                by=officer,
            )


def _place(claim: Claim) -> int:
    """How far a claim is; one that was rejected by somebody since is left alone."""
    return len(ORDER) if claim.status == Status.REJECTED else ORDER.index(Status(claim.status))


def _claim(stage: Stage, death: Death, of: int) -> Claim:
    """The claim of this death, reported with its heir and papers when it is not there yet."""
    found = Claim.objects.filter(cause=death.cause).first()
    if found is not None:
        return found
    person = _somebody(death, of)
    claim, _new = report_death(
        cadre_id=person.pk,
        died_on=death.died_on,
        place=f"Rumah, Desa {person.village.name}",
        cause=death.cause,
        by=stage.officer,
    )
    surname = person.name.split()[-1]
    claim = set_heir(
        claim_id=claim.pk,
        name=f"{'Surya Bagus' if person.sex == 'P' else 'Sekar Ayu'} {surname}",
        relation=death.relation,
        bank_name=BANKS[death.turn % len(BANKS)],
        account_number=f"9990{death.turn:06d}",
        account_holder=f"{'Surya Bagus' if person.sex == 'P' else 'Sekar Ayu'} {surname}",
        by=stage.officer,
    )
    if death.documents:
        needed = claim.documents.filter(need="required").values_list("code", flat=True)
        record_documents(claim_id=claim.pk, received=dict.fromkeys(needed, True), by=stage.officer)
    stage.say(f"claim {claim.number}: {claim.outcome}, Rp{claim.total:,}, to {death.until}")
    return claim


def _somebody(death: Death, of: int) -> Cadre:
    """A covered person: the first of the village, or the one whose turn it is by name."""
    people = Cadre.objects.filter(died_on=None, coverages__ends_on=None, coverages__isnull=False)
    if death.village:
        people = people.filter(village__code=death.village)
    # Numbers alone: the whole rows of a regency would be sorted and read for each death.
    in_turn = list(people.order_by("name_key", "id").values_list("id", flat=True))
    turn = 0 if death.village else (death.turn + 1) * len(in_turn) // (of + 2)
    return Cadre.objects.select_related("village").get(pk=in_turn[turn])


def _decide(claim: Claim, branch) -> None:
    """Approve; where the law leaves it open, the branch confirms the first option with a reason."""
    options = [option["code"] for option in claim.benefit["options"]]
    is_open = claim.outcome == Claim.Outcome.NEEDS_CONFIRMATION
    decide(
        claim_id=claim.pk,
        approve=True,
        outcome=options[0] if is_open else "",
        note="Masa kepesertaan dikonfirmasi cabang (contoh)." if is_open else "",
        by=branch,
    )
