"""What a programme of the demonstration rests on: its target and its agreements."""

import datetime as dt
from typing import Any

from demo.steps import Stage
from enrollment.actions.agreements import Drafted, create_agreement
from enrollment.actions.targets import set_target
from enrollment.models import Agreement, Target


def target(
    stage: Stage, category: str, people: int, baseline: int, source: str, **known: Any
) -> None:
    """How many people the programme means to cover by the end of the year."""
    until = stage.today.replace(month=12, day=31)
    told = {"people": people, "until": until, "source": source, "baseline": baseline, **known}
    with stage.acting(stage.officer) as officer:
        if not Target.objects.filter(category=category).exists():
            set_target(by=officer, category=category, **told)


def agreement(
    stage: Stage,
    number: str,
    title: str,
    *,
    party: str,
    category: str,
    quota: int,
    signed_on: dt.date,
    valid_from: dt.date,
    valid_until: dt.date,
) -> Agreement:
    """An agreement of the branch with a department; the same number gives the same one."""
    drafted = Drafted(
        number=number,
        title=title,
        signed_on=signed_on,
        valid_from=valid_from,
        valid_until=valid_until,
        branch=stage.branch.membership.branch,
        branch_signatory=f"Kepala Cabang {stage.regency.name} (contoh)",
        party=party,
        party_signatory="Kepala Dinas (contoh)",
        legal_basis="inpres_2_2021",
        categories=[category],
        quota=quota,
    )
    with stage.acting(stage.officer) as officer:
        found = Agreement.objects.filter(number=number).first()
        return found or create_agreement(by=officer, drafted=drafted)
