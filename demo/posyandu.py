"""What posyandu and their people have besides a list: decrees, seats, trainings, a successor."""

import datetime as dt

from cadres import competencies
from cadres.actions import (
    NewPerson,
    change_posyandu,
    fund_seats,
    record_training,
    replace_cadre,
    set_competences,
)
from cadres.models import Assignment, Cadre, Category, Posyandu, Training
from cadres.models.training import Level
from core.months import add_months, month_of
from demo.people import people
from demo.steps import Stage

TRAINED_ON = dt.date(2024, 7, 27)  # the day on which Teluk Lingga trained its cadres (D2)
# How many of the trained people hold which rank, and when it was given.
RANKS = (
    (Level.PURWA, 12, dt.date(2024, 11, 12)),
    (Level.MADYA, 6, dt.date(2025, 8, 21)),
    (Level.UTAMA, 2, dt.date(2026, 5, 5)),
)


def decrees(stage: Stage, number: int, own_seats: tuple[int, ...]) -> None:
    """Village decrees of the first posyandu, and seat numbers of their own for some of them."""
    with stage.acting(stage.officer) as officer:
        if Posyandu.objects.exclude(decree_number="").exists():
            return
        first = list(
            Posyandu.objects.select_related("village").order_by("village__code", "id")[:number]
        )
        for place, post in enumerate(first):
            change_posyandu(
                by=officer,
                posyandu=post,
                name=post.name,
                decree_number=f"188/{int(post.village.code[6:]):04d}/POS/2026 (contoh)",
                decree_date=dt.date(2026, 1, 5 + place),
            )
        for post, seats in zip(first, own_seats, strict=False):
            fund_seats(by=officer, posyandu=post, seats_each=seats)


def trainings(stage: Stage, title: str, skilled: int) -> None:
    """One training of every posyandu cadre, ranks of a few, and skills of `skilled` of them."""
    with stage.acting(stage.officer) as officer:
        if Training.objects.filter(title=title).exists():
            return
        everybody = list(
            Assignment.objects.filter(category=Category.POSYANDU_CADRE, ended_on=None)
            .order_by("posyandu_id", "cadre_id")
            .values_list("cadre_id", flat=True)
        )
        record_training(
            by=officer,
            cadre_ids=everybody,
            title=title,
            starts_on=TRAINED_ON,
            organiser="Puskesmas Teluk Lingga (contoh)",
        )
        for level, number, day in RANKS:
            record_training(
                by=officer,
                cadre_ids=everybody[:number],
                title=f"Penyematan tanda kecakapan {level.label} (contoh)",
                starts_on=day,
                organiser="Dinas Kesehatan Kabupaten Kutai Timur (contoh)",
                level=level,
            )
        codes = [skill.code for group in competencies.groups() for skill in group.skills]
        for turn, cadre in enumerate(Cadre.objects.filter(pk__in=everybody[:skilled])):
            known = len(codes) if turn < RANKS[-1][1] else 6 + turn * 5 % 14
            set_competences(by=officer, cadre=cadre, codes=codes[:known])
        stage.say(f"{title}: {len(everybody)} people, skills of {len(everybody[:skilled])}")


def replacement(stage: Stage) -> None:
    """Ganti kader: somebody takes over a seat of the second posyandu next month."""
    with stage.acting(stage.officer) as officer:
        if Assignment.objects.exclude(replaces=None).exists():
            return
        post = Posyandu.objects.order_by("village__code", "id")[1]
        service = (
            Assignment.objects.filter(posyandu=post, ended_on=None, cadre__died_on=None)
            .select_related("village", "cadre")
            .order_by("id")
            .last()
        )
        if service is None:
            return
        new = next(
            people(
                [service.village.code[:6]], stage.regency.name, seed="pengganti", first_serial=9801
            )
        )
        replace_cadre(
            by=officer,
            service=service,
            takes_over=add_months(month_of(stage.today), 1),
            person=NewPerson(
                new.nik,
                new.name,
                new.birth_date,
                new.sex,
                new.birth_place,
                new.phone,
                new.mother_name,
            ),
            reason="Pindah ikut keluarga ke kabupaten lain (contoh)",
            decree_number="141/12/KEP/2026 (contoh)",
            decree_date=stage.today,
        )
        stage.say(f"{service.cadre.name} hands a seat over to {new.name}")
