"""Lists of BPJS for a month, their differences, and the paper that answers for one person."""

import csv
import datetime as dt
import io
from collections.abc import Iterator

from core.sealed import unseal
from demo.people import people
from demo.steps import SeedFailed, Stage
from enrollment.actions.differences import answer_query, ask_branch, settle
from enrollment.actions.reconciliations import upload_list
from enrollment.models import Coverage, FundSource, Reconciliation, ReconciliationDifference
from reports.actions import issue_proof
from reports.models import Proof

Kind = ReconciliationDifference.Kind
Settlement = ReconciliationDifference.Settlement
HEADINGS = ("No", "NIK", "Nama Peserta", "No KPJ", "Segmen", "Iuran", "Status")
RATE = 16_800  # rupiah a month in the lowest band
STRANGERS = 2


def reconciled(stage: Stage, month: dt.date, source: FundSource) -> None:
    """The bill of a month compared: some differences settled, one question open to the branch."""
    name = f"tagihan-bpjs-{month:%Y-%m}.csv"
    found = _uploaded(stage, month, name, source)
    if found is None:
        return
    if found.status != Reconciliation.Status.OPEN:
        raise SeedFailed(f"{name}: {found.status} {found.refusal_code} {found.refusal_facts}")
    differences = ReconciliationDifference.objects.filter(reconciliation=found).order_by("id")
    unbilled = differences.filter(kind=Kind.NOT_BILLED)
    with stage.acting(stage.officer) as officer:
        settle(
            by=officer,
            reconciliation=found,
            wanted=differences.filter(kind=Kind.AMOUNT_DIFFERS),
            how=Settlement.ACCEPTED,
            reason="Potongan iuran yang dihitung cabang sejak bulan ini (contoh)",
        )
        twice = differences.filter(kind=Kind.TWICE_SAME_PAYER)
        text = "Orang ini tertagih dua kali. Mohon satu baris dihapus (contoh)."
        ask_branch(by=officer, reconciliation=found, wanted=twice, text=text)
    with stage.acting(stage.branch) as branch:
        for each in twice:
            answer = "Benar, satu baris dihapus dari tagihan bulan depan (contoh)."
            answer_query(by=branch, difference=each, text=answer)
    with stage.acting(stage.officer) as officer:
        settle(
            by=officer,
            reconciliation=found,
            wanted=twice,
            how=Settlement.QUERY,
            reason="Dijawab cabang: dihapus dari tagihan bulan depan (contoh)",
        )
        first = unbilled.filter(pk__in=list(unbilled.values_list("pk", flat=True)[:1]))
        text = "Sudah diterima dan punya nomor peserta, tetapi tidak ditagih. Mengapa? (contoh)"
        ask_branch(by=officer, reconciliation=found, wanted=first, text=text)
        left = differences.filter(settlement="").count()
        stage.say(f"{name}: {differences.count()} differences, {left} open")


def _uploaded(stage: Stage, month: dt.date, name: str, source: FundSource) -> Reconciliation | None:
    """The list of the month, read and compared; None when it had been before."""
    with stage.acting(stage.officer) as officer:
        found = Reconciliation.objects.filter(file_name=name).select_related("run").first()
        if found is not None and found.status != Reconciliation.Status.READING:
            return None
        if found is None:
            found = upload_list(
                by=officer,
                chunks=[_text(_listed(month, stage))],
                file_name=name,
                month=month,
                kind=Reconciliation.Kind.BILL,
                fund_source=source,
            ).reconciliation
        reading = found.run
    stage.drive(reading)
    with stage.acting(stage.officer):
        found.refresh_from_db()
    return found


def _listed(month: dt.date, stage: Stage) -> Iterator[list]:
    """Every cover that ran up to the month, with the faults that such lists have.

    Who died before the month is still on it; each fault hits a few people in every sixty.
    """
    covers = (
        Coverage.objects.filter(starts_on__lte=month, cadre__merged_into=None)
        .order_by("id")
        .values_list("cadre__nik_sealed", "cadre__name", "member_no_sealed")
    )
    total = covers.count()
    for number, (nik, name, member_no) in enumerate(covers):
        if number in (3, total // 2):
            continue  # BPJS forgot to bill them
        line = [unseal(nik), name.upper(), unseal(member_no), "BPU", RATE, "Aktif"]
        if number in (5, total // 3):
            line[4] = RATE // 2
        if number in (7, total - 4):
            line[5] = "PNS"
        yield line
        if number == 9:
            yield line
    district = stage.villages[0].code[:6]
    made = people([district] * STRANGERS, stage.regency.name, seed="tamu", first_serial=9901)
    for place, person in enumerate(made, 1):
        yield [person.nik, person.name.upper(), f"99{place:09d}", "BPU", RATE, "Aktif"]


def _text(lines: Iterator[list]) -> bytes:
    text = io.StringIO()
    table = csv.writer(text, delimiter=";")
    table.writerow(HEADINGS)
    for number, line in enumerate(lines, 1):
        table.writerow([number, *line])
    return text.getvalue().encode()


def asks_for_columns(stage: Stage, month: dt.date) -> None:
    """A list of active members whose headings nobody knows: somebody points out its columns."""
    name = f"peserta-aktif-{month:%Y-%m}.csv"
    with stage.acting(stage.branch) as branch:
        found = Reconciliation.objects.filter(file_name=name).select_related("run").first()
        if found is not None and found.status != Reconciliation.Status.READING:
            return
        if found is None:
            covers = Coverage.objects.order_by("id").values_list(
                "cadre__nik_sealed", "cadre__name"
            )[:20]
            lines = [f"{unseal(nik)};{who.upper()};{RATE}" for nik, who in covers]
            found = upload_list(
                by=branch,
                chunks=["\n".join(["Kode A;Kode B;Kode C", *lines]).encode()],
                file_name=name,
                month=month,
                kind=Reconciliation.Kind.ACTIVE,
            ).reconciliation
        reading = found.run
    stage.drive(reading)
    with stage.acting(stage.branch):
        found.refresh_from_db()
    stage.say(f"{name}: {found.status}")


def proof(stage: Stage, day: dt.date) -> None:
    """The paper that says whether the first covered person is covered on a day to come.

    Of a day that is over it would say "disputed": seeding wrote every cover down today.
    """
    with stage.acting(stage.officer) as officer:
        if Proof.objects.exists():
            return
        cover = Coverage.objects.active_on(day).select_related("cadre").order_by("id").first()
        if cover is None:
            return
        made = issue_proof(by=officer, cadre=cover.cadre, day=day, regency=stage.regency)
        stage.say(f"proof {made.number}: {made.answer}")
