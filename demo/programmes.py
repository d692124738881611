"""What a programme of the demonstration rests on: its target and its agreement."""

import datetime as dt
from typing import Any

from cadres.models import Category
from core.months import add_months
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


def agreement(stage: Stage, month: dt.date, people: int) -> Agreement:
    """The memorandum of the branch with the department, signed before the first month."""
    drafted = Drafted(
        number="CONTOH/MoU/1555/PPPAKB",
        title="Perlindungan jaminan sosial bagi kader stunting",
        signed_on=month - dt.timedelta(days=12),
        valid_from=month,
        valid_until=add_months(month, 24) - dt.timedelta(days=1),
        branch=stage.branch.membership.branch,
        branch_signatory="Kepala Cabang Jember (contoh)",
        party="Dinas PPPAKB Kabupaten Jember",
        party_signatory="Kepala Dinas (contoh)",
        legal_basis="inpres_2_2021",
        categories=[Category.STUNTING_CADRE],
        quota=people,
    )
    with stage.acting(stage.officer) as officer:
        found = Agreement.objects.filter(number=drafted.number).first()
        return found or create_agreement(by=officer, drafted=drafted)
