"""A village clerk's roster on a phone, with scripts and without, and on a line that drops."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from playwright.sync_api import Browser, Page, expect

from tests.product import PHONE, Product, sign_in

pytestmark = pytest.mark.xdist_group("journeys")
REGENCY = "jember"
LONG = 60_000
SENT = re.compile(r"/unggah/\d+/$")
HEADING = ("Posyandu", "NIK", "Nama", "Tanggal Lahir", "L/P", "Nama Ibu Kandung")


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def phone(request, product: Product, chromium: Browser) -> Iterator[tuple[Page, str]]:
    """A clerk's phone and the six digits of the clerk's district."""
    yield from on_phone(product, chromium, scripts=request.param)


def on_phone(product: Product, chromium: Browser, **options: Any) -> Iterator[tuple[Page, str]]:
    scripts = options["scripts"]
    context = chromium.new_context(viewport=PHONE, locale="id-ID", java_script_enabled=scripts)
    page = context.new_page()
    page.set_default_timeout(LONG)
    login = product.login("village_operator", REGENCY, place=0 if scripts else 1)
    sign_in(page, product, login)
    yield page, login["village"][:6]
    context.close()


def write(path: Path, district: str, serial: int, *more: tuple) -> Path:
    """A list of three clean people and of `more`, whose NIK is given."""
    clean = [
        ("Melati 1", nik(district, serial + at), f"SITI CONTOH {'ABC'[at]}", "12-03-1985", "P", "")
        for at in range(3)
    ]
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Kader")
    for row, cells in enumerate((HEADING, *clean, *more)):
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, cell)
    book.close()
    return path


def nik(district: str, serial: int) -> str:
    return f"{district}520385{serial:04d}"


def reads(page: Page, words: str) -> None:
    """Wait until the page says so; without scripts a person loads it again."""
    for _ in range(120):
        if words in page.locator("main").inner_text():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"{words!r} is not on {page.url}")


def tap(page: Page, words: str) -> None:
    main = page.locator("main")
    found = main.get_by_role("button", name=words).or_(main.get_by_role("link", name=words))
    found.first.click()
    page.wait_for_load_state()


def send(page: Page, product: Product, file: Path) -> None:
    page.goto(f"{product.address}/r/{REGENCY}/unggah/baru/")
    page.set_input_files("input[type=file]", file)
    tap(page, "Unggah dan periksa")
    page.wait_for_url(SENT)


def test_a_clean_list_takes_six_taps_to_its_number(product, phone, tmp_path) -> None:
    page, district = phone
    page.goto(f"{product.address}/r/{REGENCY}/beranda/")
    page.locator("main").get_by_role("link", name="Unggah daftar").first.click()  # 1
    page.wait_for_url("**/unggah/baru/")
    file = write(tmp_path / "kader.xlsx", district, 7000)
    page.set_input_files("input[type=file]", file)  # 2: the field, and 3: the file
    tap(page, "Unggah dan periksa")  # 4
    page.wait_for_url(SENT)
    reads(page, "Lanjut: simpan 3 perubahan")
    tap(page, "Lanjut: simpan 3 perubahan")  # 5
    tap(page, "Simpan")  # 6
    reads(page, "Nomor ini tanda bahwa daftar tersimpan")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_damaged_list_is_fixed_in_place_and_by_its_correction_file(
    product, phone, tmp_path
) -> None:
    page, district = phone
    wrong = (
        ("Melati 1", nik(district, 7104)[:15], "SITI PENDEK", "12-03-1985", "P", ""),
        ("Melati 1", nik(district, 7105), "SITI TANPA TANGGAL", "", "P", ""),
    )
    send(page, product, write(tmp_path / "rusak.xlsx", district, 7100, *wrong))
    reads(page, "NIK bukan 16 angka")
    page.get_by_label("NIK, 16 angka").fill(nik(district, 7104))
    page.locator("#nik_length").get_by_role("button", name="Simpan perbaikan").click()
    reads(page, "Lanjut: simpan 4 perubahan")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Unduh berkas perbaikan").click()
    file = tmp_path / "perbaikan.xlsx"
    taken.value.save_as(file)
    book = openpyxl.load_workbook(file)
    assert book["Kader"]["B5"].value == nik(district, 7104)
    book["Kader"]["D6"] = "12-03-1985"
    book.save(file)
    send(page, product, file)
    reads(page, "Lanjut: simpan 5 perubahan")


def test_a_line_that_drops_loses_nothing(product, chromium, tmp_path) -> None:
    for page, district in on_phone(product, chromium, scripts=True):
        page.goto(f"{product.address}/r/{REGENCY}/unggah/baru/")
        page.set_input_files("input[type=file]", write(tmp_path / "putus.xlsx", district, 7200))
        page.context.set_offline(True)
        page.get_by_role("button", name="Unggah dan periksa").click()
        expect(page.get_by_role("alert")).to_contain_text("Sambungan terputus")
        page.context.set_offline(False)
        tap(page, "Unggah dan periksa")
        page.wait_for_url(SENT)
        address = page.url
        page.close()  # the tab is closed while the file is read
        again = page.context.new_page()
        again.goto(address)
        reads(again, "Lanjut: simpan 3 perubahan")
