"""One real month of an empty regency in the browser, each step by the person whose step it is."""

import datetime as dt
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from core.months import add_months, month_of
from tests.journeys.conftest import PEOPLE, member_list, whole_roster
from tests.product import DESK, PHONE, Product, sign_in

pytestmark = pytest.mark.xdist_group("journeys")
REGENCY = "situbondo"
LONG = 60_000


@pytest.fixture
def at_desk(product: Product, chromium: Browser):
    """A signed-in page for a role, at the size of an office PC unless told otherwise."""
    opened = []

    def open_for(role: str, size: dict[str, int] = DESK, place: int = 0) -> Page:
        opened.append(chromium.new_context(viewport=size, locale="id-ID"))
        page = opened[-1].new_page()
        page.set_default_timeout(LONG)
        sign_in(page, product, product.login(role, REGENCY, place=place))
        return page

    yield open_for
    for context in opened:
        context.close()


def go(page: Page, product: Product, path: str) -> None:
    answer = page.goto(f"{product.address}/r/{REGENCY}/{path}")
    assert answer is not None, page.url
    assert answer.status == 200, page.url


def press(page: Page, words: str) -> None:
    """The button in the page's main part that says these words, or else the link."""
    main = page.locator("main")
    buttons = main.get_by_role("button", name=re.compile(words))
    links = main.get_by_role("link", name=re.compile(words))
    expect(buttons.or_(links).first).to_be_visible(timeout=LONG)
    (buttons if buttons.count() else links).first.click()
    page.wait_for_load_state()


def reads(page: Page, words: str) -> None:
    expect(page.locator("main")).to_contain_text(words, timeout=LONG)


def test_a_month_by_hand(product: Product, at_desk, tmp_path: Path) -> None:
    roster = whole_roster(product, REGENCY, tmp_path)
    officer, approver = at_desk("district_officer"), at_desk("district_approver")
    branch = at_desk("branch_officer")
    month = month_of(dt.date.today())
    first = add_months(month, -3)

    go(officer, product, "unggah/baru/")
    officer.set_input_files("input[type=file]", roster)
    press(officer, "Unggah dan periksa")
    reads(officer, "11.498")
    press(officer, "Lanjut: simpan 11.498 perubahan")
    press(officer, "^Simpan")
    reads(officer, "Nomor ini tanda bahwa daftar tersimpan")

    go(officer, product, "anggaran/sumber/baru/")
    officer.fill("input[name=name]", "APBD 2026")
    choose(officer, "kind", "regency_budget")
    choose(officer, "billed_to", "regency")
    press(officer, "Simpan|Tambah")
    go(officer, product, "anggaran/baru/")
    officer.fill("input[name=jkk]", "1.379.760.000")
    officer.fill("input[name=jkm]", "939.436.800")
    press(officer, "Simpan|Catat")
    reads(officer, "Rp2.319.196.800")

    go(officer, product, "pendaftaran/baru/")
    officer.fill("input[name=first_month]", f"{first:%Y-%m}")
    press(officer, "Hitung orangnya")
    press(officer, "Simpan rancangan 11.498 orang")
    reads(officer, "disusun")
    batch = officer.url.rstrip("/").rsplit("/", 1)[1]

    go(approver, product, f"pendaftaran/{batch}/")
    press(approver, "Ajukan ke cabang")
    press(approver, "Ajukan")
    reads(approver, "menunggu cabang")

    go(branch, product, f"pendaftaran/{batch}/tinjau/unggah/")
    branch.set_input_files("input[type=file]", member_list(roster, tmp_path / "hasil.xlsx"))
    press(branch, "Unggah hasil")
    reads(branch, "11.498 orang diterima")
    go(branch, product, f"pendaftaran/{batch}/tinjau/selesai/")
    press(branch, "Selesaikan|Selesai")
    reads(branch, "yang diterima sudah menjadi peserta")

    for back in (3, 2, 1, 0):
        wanted = f"{add_months(month, -back):%Y-%m}"
        go(officer, product, f"tagihan/buat/?month={wanted}")
        press(officer, "^Tagih ")
        go(officer, product, f"tagihan/?month={wanted}")
        for _ in range(60):
            if officer.locator("main table tbody a").count():
                break
            officer.wait_for_timeout(500)
            officer.reload()
        officer.locator("main table tbody a").first.click()
        reads(officer, "Rp193.166.400")
        reads(officer, "Rp114.980.000")
        reads(officer, "Rp78.186.400")
        press(officer, "Catat pembayaran")
        officer.fill("input[name=sp2d_number]", f"SP2D/{wanted}")
        press(officer, "Catat|Simpan")
        reads(officer, "SP2D/")
        reads(officer, "lunas")

    operator = at_desk("village_operator", PHONE)
    go(operator, product, "kartu/")
    press(operator, "Buat|Pesan|Siapkan")
    expect(operator.get_by_role("link", name=re.compile("Unduh PDF"))).to_be_visible(timeout=LONG)

    go(operator, product, "kader/")
    operator.locator("main table tbody a").first.click()
    operator.wait_for_url(re.compile(r"/kader/\d+/$"))
    press(operator, "Laporkan meninggal")
    operator.wait_for_url(re.compile(r"/klaim/lapor/\d+/$"))
    operator.fill("input[name=died_on]", f"{month:%Y-%m-%d}")
    operator.locator("main form button[type=submit]").click()
    reads(operator, "Rp42.000.000")
    claim = operator.url.rstrip("/").rsplit("/", 1)[1]

    go(officer, product, f"klaim/{claim}/ahli-waris/")
    officer.fill("input[name=name]", "Budi Fiktif")
    choose(officer, "relation", "spouse")
    officer.fill("input[name=bank_name]", "Bank Fiktif")
    officer.fill("input[name=account_number]", "1234567890")
    officer.fill("input[name=account_holder]", "Budi Fiktif")
    press(officer, "Simpan")
    go(officer, product, f"klaim/{claim}/dokumen/")
    for box in officer.locator("main input[type=checkbox]").all():
        box.check()
    press(officer, "Simpan daftar dokumen")
    go(officer, product, f"klaim/{claim}/")
    press(officer, "Kirim|Ajukan")
    reads(officer, "menunggu keputusan cabang")
    go(branch, product, f"klaim/{claim}/putusan/")
    choose(branch, "decision", "approve")
    branch.fill("[name=note]", "Lengkap dan sesuai")
    press(branch, "Simpan|Putuskan")
    go(branch, product, f"klaim/{claim}/bayar/")
    branch.fill("input[name=reference]", "TRX-1")
    press(branch, "Simpan|Catat")
    go(officer, product, f"klaim/{claim}/serah-terima/")
    officer.fill("input[name=place]", "Balai desa")
    officer.fill("input[name=handed_by]", "Kepala dinas")
    officer.fill("input[name=received_by]", "Budi Fiktif")
    press(officer, "Simpan|Catat")
    reads(officer, "diserahterimakan")

    following = f"{add_months(month, 1):%Y-%m}"
    go(officer, product, f"tagihan/buat/?month={following}")
    reads(officer, f"{PEOPLE - 1:,}".replace(",", "."))

    auditor = at_desk("auditor")
    for path in ("beranda/", f"klaim/{claim}/", f"pendaftaran/{batch}/", "tagihan/", "jejak/"):
        go(auditor, product, path)
        assert auditor.locator("main form[method=post]:not(.export)").count() == 0, path


def choose(page: Page, name: str, value: str) -> None:
    """Pick a value whether the field is a list or radio buttons."""
    radio = page.locator(f"input[type=radio][name={name}][value={value}]")
    if radio.count():
        radio.check()
    else:
        page.locator(f"select[name={name}]").select_option(value)
