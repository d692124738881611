"""The demonstration worlds: five regencies, four of them in the middle of their programmes.

Sources of the figures: domain reference, section 11 (D0 to D4). People, papers and office
holders are made up. Months are counted back from the present one, which is left unpaid.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cadres.models import Assignment, Category
from claims.models import Claim
from core.months import add_months, month_of
from demo import bpjs_lists, logins, posyandu, steps, under_review
from demo.deaths import Death, Event, bring
from demo.desk import desk
from demo.families import families
from demo.officials import officials
from demo.programmes import agreement, target
from demo.rosters import Plan
from demo.steps import Stage
from enrollment.models import EnrollmentBatch, FundSource, Segment
from enrollment.queries import Choice
from enrollment.terms import BatchTerms
from regions.models import Regency, Village

Status = Claim.Status


@dataclass(frozen=True)
class Size:
    """How large a world becomes: tests divide the people and shorten the history."""

    divisor: int = 1
    months: int = 8

    def of(self, number: int) -> int:
        """A number of people or posyandu in this size."""
        return max(1, number // self.divisor)

    def history(self, stage: Stage, wanted: int) -> list[dt.date]:
        """The last months up to the present one, oldest first; later, the same ones again."""
        count = min(wanted, self.months)
        with stage.acting(stage.officer):
            batch = EnrollmentBatch.objects.order_by("id").first()
        first = batch.first_month if batch else add_months(month_of(stage.today), 1 - count)
        return [add_months(first, place) for place in range(count)]


def banyuwangi(stage: Stage, size: Size) -> None:
    """The regency pays for 11,498 posyandu cadres of 2,310 posyandu (D0, D3)."""
    people = size.of(11_498)
    plan = Plan(people=people, posyandu=size.of(2_310))
    steps.load_roster(stage, "kader-posyandu.xlsx", plan, Category.POSYANDU_CADRE, stage.villages)
    steps.seats(stage, "SK Bupati tentang posyandu (contoh)", 5)
    target(stage, Category.POSYANDU_CADRE, size.of(11_584), people, "Dinas Kesehatan, contoh")
    source = steps.fund_source(
        stage,
        "APBD Kabupaten",
        kind=FundSource.Kind.REGENCY_BUDGET,
        department="Dinas Kesehatan Kabupaten Banyuwangi",
    )
    months = size.history(stage, 8)
    for year in sorted({month.year for month in months}):
        steps.budget(
            stage,
            source,
            year,
            steps.for_people(size.of(11_584)),
            document=f"DPA Dinas Kesehatan {year} (contoh)",
        )
    everybody = Choice(category=Category.POSYANDU_CADRE)
    batch = steps.prepare_batch(
        stage, "Seluruh kader posyandu", source, Segment.BPU, months[0], everybody
    )
    steps.enrol(stage, batch)
    event = Event(
        "Jambore Kader Posyandu, Hutan De Djawatan, Desa Benculuk", "Asisten Bupati (contoh)"
    )
    deaths = list(_deaths_of_banyuwangi(stage, months))
    for month in months:
        steps.bill(stage, month)
        if month != months[-1]:
            steps.pay(stage, month)
        for death in deaths:
            if month_of(death.died_on) == month:
                bring(stage, death, event, len(deaths))
    families(stage, 6, links=2)
    posyandu.decrees(stage, 4, own_seats=(6, 4))
    posyandu.replacement(stage)
    bpjs_lists.asks_for_columns(stage, months[-1])


def _deaths_of_banyuwangi(stage: Stage, months: list[dt.date]) -> Iterator[Death]:
    """Five benefits handed over at the jambore, and one claim at each step before it."""
    course = (
        (1, Status.HANDED_OVER, "Sakit jantung"),
        (3, Status.HANDED_OVER, "Sakit lambung"),
        (3, Status.HANDED_OVER, "Stroke"),
        (4, Status.HANDED_OVER, "Sakit ginjal"),
        (4, Status.HANDED_OVER, "Tekanan darah tinggi"),
        (5, Status.PAID, "Demam berdarah"),
        (5, Status.APPROVED, "Sakit paru"),
        (6, Status.SUBMITTED, "Diabetes"),
        (6, Status.REPORTED, "Kanker"),
        (7, Status.REPORTED, "Sakit saraf"),
    )
    for turn, (place, until, cause) in enumerate(course):
        if place < len(months):
            day = min(months[place] + dt.timedelta(days=5 + 2 * turn), stage.today)
            yield Death(turn, day, until, cause, documents=turn != len(course) - 1)


def tanah_bumbu(stage: Stage, size: Size) -> None:
    """Every village pays for its own cadres; half are covered, the others' data is ready (D1)."""
    people, half = size.of(2_790), size.of(2_790) // 2
    plan = Plan(people=people, posyandu=size.of(558))
    steps.load_roster(stage, "kader-posyandu.xlsx", plan, Category.POSYANDU_CADRE, stage.villages)
    target(stage, Category.POSYANDU_CADRE, people, half, "Dinas PMD, contoh")
    source = steps.fund_source(
        stage,
        "APBDes",
        kind=FundSource.Kind.VILLAGE_BUDGET,
        billed_to=FundSource.BilledTo.VILLAGE,
    )
    months = size.history(stage, 4)
    with stage.acting(stage.officer):
        ordered = list(
            Assignment.objects.filter(category=Category.POSYANDU_CADRE)
            .order_by("village__code", "cadre_id")
            .values_list("cadre_id", "village_id")
        )
    first, paying = ordered[:half], dict.fromkeys(village for _id, village in ordered[:half])
    batch = steps.prepare_batch(
        stage,
        "Tahap pertama: desa yang sudah menganggarkan",
        source,
        Segment.BPU,
        months[0],
        Choice(cadre_ids=[pk for pk, _village in first]),
    )
    steps.enrol(stage, batch)
    officials(stage, months)
    by_id = {village.pk: village for village in stage.villages}
    counted = Counter(village for _id, village in first)
    for year in sorted({month.year for month in months}):
        for pk in paying:
            steps.budget(
                stage,
                source,
                year,
                steps.for_people(counted[pk], len(months) + 1),
                village=by_id[pk],
                document=f"APBDes Perubahan {year} (contoh)",
                accounts={"JKK": "5.2.2.05.01", "JKM": "5.2.2.05.02"},
            )
    late = list(paying)[-3:]
    event = Event(
        "Rapat evaluasi ekosistem desa, Kantor Bupati Tanah Bumbu",
        "Kepala Dinas PMD (contoh)",
        "Kepala Desa Pematang Ulin (contoh)",
        "Kepala Desa",
    )
    for month in months:
        steps.bill(stage, month)
        if month != months[-1]:
            steps.pay(stage, month, unpaid=late if month == months[-2] else ())
        if month == months[-1]:
            day = min(month + dt.timedelta(days=3), stage.today)
            village = _first_with_cover(stage, PEMATANG_ULIN, by_id, paying)
            bring(stage, Death(0, day, Status.HANDED_OVER, village=village.code), event, 1)
    _vulnerable_workers(stage, size)
    under_review.exceptions(stage)
    under_review.workers_in_review(stage, source)
    rest = Choice(cadre_ids=[pk for pk, _village in ordered[half:]])
    steps.prepare_batch(
        stage,
        "Tahap kedua: data siap, menunggu anggaran desa",
        source,
        Segment.BPU,
        add_months(months[-1], 1),
        rest,
    )
    families(stage, 4)
    desk(stage)


def _vulnerable_workers(stage: Stage, size: Size) -> None:
    """1 Desa 100 Pekerja Rentan (D1): three villages have sent lists, one of them a long one."""
    people = max(12, size.of(60))
    plan = Plan(
        people=people,
        position="Pekerja Rentan",
        women=0.4,
        series="pekerja",
        first_serial=9601,
    )
    villages = stage.villages[:3]
    steps.load_roster(stage, "pekerja-rentan.xlsx", plan, Category.VULNERABLE_WORKER, villages)
    steps.quota(
        stage,
        "1 Desa 100 Pekerja Rentan",
        villages,
        category=Category.VULNERABLE_WORKER,
        per_village=100,
        own={villages[0]: people // 5},
        legal_basis="Program kabupaten 2023 (contoh)",
        note="Pekerja berpenghasilan rendah dan tidak tetap, bukan penerima upah.",
    )


PEMATANG_ULIN = "6310072005"


def _first_with_cover(
    stage: Stage, code: str, villages: dict[int, Village], paying: dict[int, None]
) -> Village:
    """The village of the article when it is among those that pay, else the first that does."""
    return next(
        (villages[pk] for pk in paying if villages[pk].code == code), villages[next(iter(paying))]
    )


def kutai_timur(stage: Stage, size: Size) -> None:
    """Vulnerable workers against a target of 85,000, and 87 cadres of Teluk Lingga (D2)."""
    workers = Plan(
        people=size.of(3_000),
        position="Pekerja Rentan",
        women=0.35,
        series="pekerja",
        decree_date=dt.date(2026, 3, 2),
    )
    steps.load_roster(
        stage, "pekerja-rentan.xlsx", workers, Category.VULNERABLE_WORKER, stage.villages
    )
    target(
        stage,
        Category.VULNERABLE_WORKER,
        85_000,
        14_000,
        "Perintah Bupati kepada Disnakertrans, Juli 2024 (contoh)",
        baseline_on=dt.date(2024, 7, 1),
        baseline_source="Data Disnakertrans sebelum program (contoh)",
    )
    cadres = Plan(
        people=max(9, size.of(87)), posyandu=max(3, size.of(28)), series="kader", first_serial=9501
    )
    sangatta = [village for village in stage.villages if village.code.startswith("640804")]
    steps.load_roster(stage, "kader-teluk-lingga.xlsx", cadres, Category.POSYANDU_CADRE, sangatta)
    source = steps.fund_source(
        stage,
        "APBD Pekerja Rentan",
        kind=FundSource.Kind.REGENCY_BUDGET,
        department="Dinas Tenaga Kerja dan Transmigrasi Kabupaten Kutai Timur",
    )
    months = size.history(stage, 5)
    for year in sorted({month.year for month in months}):
        steps.budget(
            stage,
            source,
            year,
            steps.for_people(size.of(5_000), 6),
            document=f"DPPA {year} (contoh)",
        )
    ending = agreement(
        stage,
        "CONTOH/PKS/3000/DISNAKERTRANS",
        "Perlindungan pekerja rentan Kabupaten Kutai Timur tahap 1",
        party="Dinas Tenaga Kerja dan Transmigrasi Kabupaten Kutai Timur",
        category=Category.VULNERABLE_WORKER,
        quota=5_000,
        signed_on=months[0] - dt.timedelta(days=20),
        valid_from=months[0],
        valid_until=stage.today + dt.timedelta(days=45),
    )
    batch = steps.prepare_batch(
        stage,
        "Pekerja rentan tahap 1",
        source,
        Segment.BPU,
        months[0],
        Choice(category=Category.VULNERABLE_WORKER),
        agreement=ending,
    )
    sent_back = steps.reasons(nik_mismatch=size.of(25), already_member=size.of(12))
    steps.enrol(stage, batch, sent_back)
    event = Event("Kantor Dinas Tenaga Kerja, Sangatta", "Kepala Dinas (contoh)")
    for place, month in enumerate(months):
        steps.bill(stage, month)
        if place < len(months) - 2:
            steps.pay(stage, month)
        elif place == len(months) - 2:
            steps.pay(stage, month, share=0.5)
        if place == 3:
            bring(stage, Death(0, month + dt.timedelta(days=11), Status.SUBMITTED), event, 1)
    posyandu.trainings(stage, "Pelatihan kader posyandu Teluk Lingga (contoh)", 20)
    posyandu.decrees(stage, 3, own_seats=(3,))


def jember(stage: Stage, size: Size) -> None:
    """1,555 stunting cadres under an agreement of the branch with the department (D4)."""
    people = size.of(1_555)
    plan = Plan(people=people, posyandu=size.of(622), position="Kader Stunting", series="stunting")
    steps.load_roster(stage, "kader-stunting.xlsx", plan, Category.STUNTING_CADRE, stage.villages)
    target(stage, Category.STUNTING_CADRE, people, 0, "Dinas PPPAKB, contoh")
    months = size.history(stage, 6)
    paper = agreement(
        stage,
        "CONTOH/MoU/1555/PPPAKB",
        "Perlindungan jaminan sosial bagi kader stunting",
        party="Dinas PPPAKB Kabupaten Jember",
        category=Category.STUNTING_CADRE,
        quota=people,
        signed_on=months[0] - dt.timedelta(days=12),
        valid_from=months[0],
        valid_until=add_months(months[0], 24) - dt.timedelta(days=1),
    )
    source = steps.fund_source(
        stage,
        "APBD Kader Stunting",
        kind=FundSource.Kind.REGENCY_BUDGET,
        department="Dinas Pemberdayaan Perempuan, Perlindungan Anak dan KB Kabupaten Jember",
    )
    for year in sorted({month.year for month in months}):
        steps.budget(
            stage, source, year, steps.for_people(people, 6), document=f"DPA {year} (contoh)"
        )
    batch = steps.prepare_batch(
        stage,
        "Kader stunting sesuai nota kesepahaman",
        source,
        Segment.BPU,
        months[0],
        Choice(category=Category.STUNTING_CADRE),
        agreement=paper,
        begin_with=BatchTerms(
            occupation="kader stunting", works_from=dt.time(8), works_until=dt.time(12)
        ),
    )
    steps.enrol(stage, batch)
    event = Event("Pendopo Wahyawibawagraha, Jember", "Kepala Cabang (contoh)")
    for place, month in enumerate(months):
        steps.bill(stage, month)
        if place < len(months) - 2:
            steps.pay(stage, month)
        if place == 3:
            bring(stage, Death(0, month + dt.timedelta(days=20), Status.PAID), event, 1)
    bpjs_lists.reconciled(stage, months[-2], source)
    bpjs_lists.proof(stage, add_months(months[-1], 1))


def situbondo(stage: Stage, size: Size) -> None:
    """Areas and logins and nothing else, so that a whole month can be run from nothing."""


@dataclass(frozen=True)
class World:
    """One regency of the demonstration and how it is filled."""

    fill: Callable[[Stage, Size], None]
    department: str
    palette: str


WORLDS = {
    "banyuwangi": World(banyuwangi, "Dinas Kesehatan", ""),
    "tanah-bumbu": World(tanah_bumbu, "Dinas Pemberdayaan Masyarakat dan Desa", "merah"),
    "kutai-timur": World(kutai_timur, "Dinas Tenaga Kerja dan Transmigrasi", "laut"),
    "jember": World(jember, "Dinas PPPAKB", "ungu"),
    "situbondo": World(situbondo, "Dinas Kesehatan", "cokelat"),
}


def open_all() -> int:
    """Open the five regencies and make every login; how many logins were new."""
    for slug, world in WORLDS.items():
        regency = Regency.objects.get(slug=slug)
        logins.open_regency(regency, department=world.department, palette=world.palette)
    return logins.make_logins()


def seed(slug: str, say: Callable[[str], None], size: Size | None = None) -> None:
    """Fill one world; what is there already stays as it is."""
    stage = Stage(Regency.objects.get(slug=slug), say)
    WORLDS[slug].fill(stage, size or Size())
