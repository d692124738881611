"""Three programmes and three people, walked through the pages by everybody whose step it is."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cadres.models import Cadre, Category, QuotaPlace
from claims.models import Claim
from core import formats, months
from enrollment.models import Agreement, BatchRow, Coverage, EnrollmentBatch
from tests import factories
from tests.enrollment.offices import (
    APPROVER,
    BRANCH,
    OFFICER,
    PDF,
    VILLAGE,
    Office,
    batch_size,
    member_no,
    words_of,
)

# -- Jember: an agreement, one kind of cadre, one list of results


@pytest.fixture
def jember(db) -> Office:
    """1,555 stunting cadres in four villages; another regency covers one of them already."""
    office = Office(factories.World.make("jember"))
    world = office.world
    with world.scope():
        world.people = [
            person
            for village, count in zip(world.villages, (389, 389, 389, 388), strict=True)
            for person in factories.many_cadres(village, count, Category.STUNTING_CADRE)
        ]
        factories.cadre(world.villages[0])  # of a kind that the agreement does not name
    return office


def test_jember_puts_its_stunting_cadres_under_one_agreement(jember, elsewhere_covered):
    world, first = jember.world, months.this_month()
    elsewhere_covered(world.people[0])
    source = jember.source("APBD Kader Stunting", "regency_budget")
    answer = jember.sends(
        OFFICER,
        "pendaftaran/perjanjian/baru/",
        number="440/1555/PKS",
        title="Perlindungan kader stunting",
        signed_on=first.isoformat(),
        valid_from=first.isoformat(),
        valid_until=months.add_months(first, 12).isoformat(),
        branch=world.branch.pk,
        branch_signatory="Kepala Cabang",
        party="Dinas PPPAKB",
        party_signatory="Kepala Dinas",
        legal_basis="inpres_2_2021",
        categories=["stunting_cadre"],
        segment="BPU",
        quota=1555,
    )
    paper = SimpleUploadedFile("pks.pdf", PDF, content_type="application/pdf")
    filed = jember.client(OFFICER).post(answer.url, {"file": paper})
    assert filed.status_code == 302
    with world.scope():
        agreement = Agreement.objects.get()

    told = {"fund_source": source.pk, "agreement": agreement.pk}
    refused = jember.client(OFFICER).post(
        jember.root + "pendaftaran/baru/",
        told | {"segment": "BPU", "first_month": f"{first:%Y-%m}"},
    )
    assert "hanya untuk: Kader stunting" in words_of(refused)
    seen = jember.reads(
        OFFICER,
        "pendaftaran/baru/",
        category="stunting_cadre",
        segment="BPU",
        first_month=f"{first:%Y-%m}",
        **told,
    )
    assert "1.555 orang didaftarkan pada JKK dan JKM, segmen BPU" in seen
    assert "1 orang terlindungi di kabupaten lain" in seen

    batch = jember.prepared(category="stunting_cadre", **told)
    jember.sends(OFFICER, f"pendaftaran/{batch.pk}/ajukan/", expect=403)
    jember.sends(APPROVER, f"pendaftaran/{batch.pk}/ajukan/")
    assert batch.number in jember.reads(BRANCH, "/antrean/")

    # The branch: everything without findings in one press, then its own list of results.
    jember.sends(BRANCH, f"pendaftaran/{batch.pk}/tinjau/", act="accept_rest")
    with world.scope():
        (asked,) = batch.rows.filter(status=BatchRow.Status.WAITING)
        assert (asked.cadre_id, asked.findings) == (world.people[0].pk, ["covered_elsewhere"])
    lines = jember.list_of(batch)
    assert len(lines) == 1555
    result = [
        {"NIK": line["NIK"], "No KPJ": member_no(line["NIK"]), "Hasil": "", "Alasan": ""}
        for line in lines
    ]
    result[4] |= {"No KPJ": "", "Hasil": "Ditolak", "Alasan": "NIK tidak cocok dengan Dukcapil"}
    result[7] |= {"No KPJ": "", "Hasil": "Ditolak", "Alasan": "over_age"}
    (own,) = (line for line in result if line["NIK"] == world.people[0].nik)
    own |= {"No KPJ": "", "Hasil": "Ditolak", "Alasan": "Sudah terdaftar oleh pembayar lain"}
    result += [
        {"NIK": "3509010101900001", "No KPJ": "24000000001", "Hasil": "", "Alasan": ""},
        {"NIK": "35090101019", "No KPJ": "24000000002", "Hasil": "", "Alasan": ""},
        {"NIK": result[1]["NIK"], "No KPJ": result[1]["No KPJ"], "Hasil": "", "Alasan": ""},
    ]
    told_back = words_of(jember.uploads(batch, result))
    assert "1.552 orang diterima, 3 orang dikembalikan" in told_back
    for line, why in (
        (1557, "Orang ini tidak ada dalam pendaftaran ini"),
        (1558, "NIK bukan 16 angka"),
        (1559, "Orang ini tertulis dua kali"),
    ):
        assert f"{line} {why}" in told_back
    assert "3509010101900001" not in told_back

    jember.sends(BRANCH, f"pendaftaran/{batch.pk}/tinjau/selesai/")
    assert jember.status(batch) == EnrollmentBatch.Status.ACTIVE
    assert jember.covered() == 1552
    with world.scope():
        numbers = {cover.member_no for cover in Coverage.objects.all()}
        accepted = [line for line in result[:1555] if line["No KPJ"]]
        assert numbers == {line["No KPJ"] for line in accepted}
        reasons = batch.rows.filter(status="returned").values_list("reason", flat=True)
        assert sorted(reasons) == ["already_member", "other", "over_age"]
    assert "1.552" in jember.reads(OFFICER, f"pendaftaran/perjanjian/{agreement.pk}/")
    assert "Tidak ada yang menunggu" in jember.reads(BRANCH, "/antrean/")
    back = jember.reads(OFFICER, "kepesertaan/dikembalikan/")
    assert "NIK tidak cocok dengan Dukcapil" in back


# -- Tanah Bumbu: villages pay, half of them first


def test_tanah_bumbu_enrols_its_second_half_when_villages_have_corrected(own_database):
    office = Office(factories.World.make("tanah-bumbu"))
    world = office.world
    first, second = world.villages[:2], world.villages[2:]
    with world.scope():
        for village in world.villages:
            village.people = [factories.cadre(village) for _ in range(5)]
    source = office.source("APBDes", "village_budget", "village")
    for village in first:
        batch = office.submitted(fund_source=source.pk, village=village.pk)
        office.accepts_all(batch)
    assert office.covered() == 10

    # Nobody of the first half goes twice; the second half is all that is left.
    seen = office.reads(
        OFFICER,
        "pendaftaran/baru/",
        fund_source=source.pk,
        segment="BPU",
        first_month=f"{months.this_month():%Y-%m}",
    )
    assert "10 orang sudah terlindungi pada bulan pertama" in seen
    batch = office.submitted(fund_source=source.pk)
    with world.scope():
        villages = set(batch.rows.values_list("village_id", flat=True))
        assert villages == {village.pk for village in second}

    # The operator of this test works in a village of the second half.
    world.actors[VILLAGE] = world.actor(VILLAGE, "operator.dua@tanah-bumbu.test", second[0])
    person = second[0].people[0]
    result = office.list_of(batch)
    for line in result:
        line["Nomor peserta"] = member_no(line["NIK"])
    for line in result:
        if line["NIK"] in (person.nik, second[1].people[0].nik):
            line |= {"Nomor peserta": "", "Status": "dikembalikan", "Alasan": "name_mismatch"}
    office.uploads(batch, result)
    office.sends(BRANCH, f"pendaftaran/{batch.pk}/tinjau/selesai/")
    assert office.covered() == 18

    mine = office.reads(VILLAGE, "kepesertaan/dikembalikan/")
    assert person.name in mine
    assert second[1].people[0].name not in mine
    with world.scope():
        row = BatchRow.objects.get(batch=batch, cadre=person)
        other = BatchRow.objects.get(batch=batch, cadre=second[1].people[0])
    one = f"kepesertaan/dikembalikan/{row.pk}/"
    assert "Nama berbeda dengan data kependudukan" in office.reads(VILLAGE, one)
    assert (
        office.client(VILLAGE).get(f"{office.root}kepesertaan/dikembalikan/{other.pk}/").status_code
        == 404
    )
    assert "Belum ada yang diperbaiki" in words_of(office.sends(VILLAGE, f"{one}kirim/", 200))
    office.sends(
        VILLAGE,
        f"kader/{person.pk}/perbaiki/",
        name="Siti Aminah",
        birth_date=person.birth_date.isoformat(),
        birth_place="Batulicin",
        sex="P",
        phone="",
        mother_name="",
    )
    office.sends(VILLAGE, f"{one}kirim/")
    assert office.status(batch) == EnrollmentBatch.Status.IN_REVIEW
    assert "1 diperbaiki desa" in office.reads(BRANCH, "/antrean/")
    shown = office.reads(BRANCH, f"pendaftaran/{batch.pk}/tinjau/orang/{row.pk}/")
    assert "Siti Aminah" in shown
    assert person.name in shown
    office.sends(
        BRANCH,
        f"pendaftaran/{batch.pk}/tinjau/orang/{row.pk}/",
        act="accept",
        member_no=member_no(person.nik),
    )
    office.sends(BRANCH, f"pendaftaran/{batch.pk}/tinjau/selesai/")
    assert (office.status(batch), office.covered()) == (EnrollmentBatch.Status.ACTIVE, 19)
    with world.scope():
        assert Coverage.objects.get(cadre=person).fund_source_id == source.pk
        assert batch.rows.count() == 10


# -- Kutai Timur: a fixed number of vulnerable workers for each village


def test_kutai_timur_leaves_out_who_is_beyond_the_quota_and_says_so(db):
    office = Office(factories.World.make("kutai-timur"))
    world = office.world
    full, roomy = world.villages[:2]
    with world.scope():
        for village in (full, roomy):
            village.people = [
                factories.cadre(village, category=Category.VULNERABLE_WORKER) for _ in range(4)
            ]
    source = office.source("APBD Pekerja Rentan", "regency_budget")
    answer = office.sends(
        OFFICER,
        "kader/kuota/baru/",
        name="Pekerja rentan",
        category="vulnerable_worker",
        per_village=3,
        starts_on=months.this_month().isoformat(),
    )
    place = answer.url.removeprefix(office.root)
    for village in (full, roomy):
        office.sends(OFFICER, f"{place}desa/{village.code}/daftar/", all="1")
    office.sends(OFFICER, f"{place}desa/{full.code}/masuk/", all="1")
    office.sends(OFFICER, f"{place}desa/{roomy.code}/masuk/")

    # Of the second village one is inside: two of the three who wait take the places left.
    told = {"fund_source": source.pk, "category": "vulnerable_worker"}
    month = {"segment": "BPU", "first_month": f"{months.this_month():%Y-%m}"}
    seen = office.reads(OFFICER, "pendaftaran/baru/", **told, **month)
    assert "2 orang di luar kuota desa yang sudah penuh" in seen
    assert "daftar tunggu" in seen
    who = office.reads(OFFICER, "pendaftaran/baru/orang/", **told, **month, result="quota_full")
    with world.scope():
        inside = QuotaPlace.objects.filter(village=full, status=QuotaPlace.Status.INSIDE)
        left_out = Cadre.objects.exclude(pk__in=inside.values("cadre")).get(village=full)
        listed = QuotaPlace.objects.filter(village=roomy).select_related("cadre")
        last = listed.order_by("since", "id").last()
    assert left_out.name in who
    assert last.cadre.name in who

    batch = office.submitted(**told)
    with world.scope():
        assert not batch.rows.filter(cadre__in=(left_out, last.cadre)).exists()
        for village in (full, roomy):
            assert batch.rows.filter(village=village).count() == 3
    office.accepts_all(batch)
    assert office.covered() == batch_size(office, batch)
    again = office.reads(OFFICER, "pendaftaran/baru/", **told, **month)
    assert "2 orang di luar kuota desa yang sudah penuh" in again


@pytest.fixture
def office(db) -> Office:
    """Banyuwangi with one cadre who is put forward and covered from this month on."""
    office = Office(factories.World.make())
    with office.world.scope():
        office.world.person = factories.cadre(office.world.villages[0], name="Siti Contoh")
    return office


@pytest.fixture
def elsewhere_covered(db):
    """Lets another regency cover somebody of the same NIK."""

    def cover(person: Cadre) -> None:
        there = factories.World.make("situbondo")
        with there.scope():
            same = factories.cadre(
                there.villages[0], name=person.name, nik=person.nik, birth_date=person.birth_date
            )
            province = factories.fund_source("APBD Provinsi", kind="province_budget")
            factories.coverage(same, source=province, starts_on=months.this_month())

    return cover


def test_who_is_paid_by_province_and_regency_is_for_the_branch_to_decide(office, elsewhere_covered):
    world, person = office.world, office.world.person
    elsewhere_covered(person)
    source = office.source("APBD 2026", "regency_budget")
    batch = office.submitted(fund_source=source.pk)
    page = f"pendaftaran/{batch.pk}/tinjau/"
    office.sends(BRANCH, page, act="accept_rest")
    with world.scope():
        row = batch.rows.get()
        assert (row.status, row.findings) == ("waiting", ["covered_elsewhere"])
    one = f"{page}orang/{row.pk}/"
    assert "Terlindungi di kabupaten lain" in office.reads(BRANCH, page)
    told = office.reads(BRANCH, one)
    assert "kabupaten lain" in told
    assert "Situbondo" not in told
    office.sends(BRANCH, one, act="return", reason="already_member", reason_text="Dibayar provinsi")
    office.sends(BRANCH, f"{page}selesai/")
    assert office.status(batch) == EnrollmentBatch.Status.RETURNED
    assert office.covered() == 0
    assert "Dibayar provinsi" in office.reads(VILLAGE, "kepesertaan/dikembalikan/")


def test_two_sources_of_one_regency_do_not_pay_for_one_person(office):
    regency = office.source("APBD 2026", "regency_budget")
    province = office.source("APBD Provinsi", "province_budget")
    office.accepts_all(office.submitted(fund_source=regency.pk))
    seen = office.sends(
        OFFICER,
        "pendaftaran/baru/",
        200,
        fund_source=province.pk,
        segment="BPU",
        first_month=f"{months.this_month():%Y-%m}",
    )
    assert "1 orang sudah terlindungi pada bulan pertama" in words_of(seen)
    assert office.covered() == 1


def test_who_dies_before_the_first_month_does_not_become_a_member(office):
    world, person = office.world, office.world.person
    with world.scope():
        other = factories.cadre(world.villages[0], name="Sri Contoh")
    source = office.source("APBD 2026", "regency_budget")
    first = months.add_months(months.this_month(), 1)
    batch = office.submitted(fund_source=source.pk, first_month=f"{first:%Y-%m}")
    result = office.list_of(batch)
    for line in result:
        line["Nomor peserta"] = member_no(line["NIK"])
    assert office.uploads(batch, result).status_code == 302

    died_on = dt.date.today()
    office.sends(VILLAGE, f"klaim/lapor/{person.pk}/", died_on=died_on.isoformat(), place="Rumah")
    with world.scope():
        assert Claim.objects.get().outcome == "not_covered"
    office.sends(BRANCH, f"pendaftaran/{batch.pk}/tinjau/selesai/")
    assert office.status(batch) == EnrollmentBatch.Status.PARTLY_ACCEPTED
    with world.scope():
        row = BatchRow.objects.get(batch=batch, cadre=person)
        assert (row.status, row.reason, row.member_no) == ("returned", "deceased", "")
        assert [cover.cadre_id for cover in Coverage.objects.all()] == [other.pk]
    back = office.reads(VILLAGE, "kepesertaan/dikembalikan/")
    assert "Sudah meninggal" in back
    one = f"kepesertaan/dikembalikan/{row.pk}/"
    refused = words_of(office.sends(VILLAGE, f"{one}kirim/", 200, note="Mohon diterima saja"))
    assert "tercatat meninggal" in refused
    office.sends(OFFICER, f"{one}keluarkan/", reason="Meninggal sebelum bulan pertama")
    assert office.status(batch) == EnrollmentBatch.Status.ACCEPTED
    assert formats.month(first) in office.reads(OFFICER, f"pendaftaran/{batch.pk}/")
