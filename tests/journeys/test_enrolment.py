"""Fifty people of Jember from a draft to cover, at a desk and on a phone, in few taps."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import APIRequestContext, Browser, Page, Playwright, expect

from core.months import this_month
from tests.product import DESK, PHONE, Product, sign_in

pytestmark = pytest.mark.xdist_group("journeys")
REGENCY = "jember"
ROLES = ("district_officer", "district_approver", "branch_officer")
PEOPLE = 50
LONG = 60_000
SIZES = (DESK, PHONE)
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Taps:
    """One person's window, with a count of what was tapped in it."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def tap(self, words: str) -> None:
        """The button in the page's main part that says these words, or else the link."""
        main = self.page.locator("main")
        buttons = main.get_by_role("button", name=re.compile(words))
        links = main.get_by_role("link", name=re.compile(words))
        expect(buttons.or_(links).first).to_be_visible(timeout=LONG)
        (buttons if buttons.count() else links).first.click()
        self.page.wait_for_load_state()
        self.count += 1

    def reads(self, words: str) -> None:
        """The page says so, and nothing on it is wider than the screen."""
        expect(self.page.locator("main")).to_contain_text(words, timeout=LONG)
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert self.page.viewport_size
        assert wide <= self.page.viewport_size["width"], self.page.url


@pytest.fixture(scope="module")
def villages(product: Product, playwright: Playwright, tmp_path_factory) -> list[tuple[str, str]]:
    """Two villages, code and name, each with fifty cadres; and a source that pays."""
    token = product.login("district_officer", REGENCY)["token"]
    api = playwright.request.new_context(
        base_url=f"{product.address}/api/v1/r/{REGENCY}/",
        extra_http_headers={"Authorization": f"Bearer {token}"},
        timeout=LONG,
    )
    operated = {each["village"] for each in product.logins if each["village"]}
    listed = api.get("villages/?page_size=50").json()["results"]
    chosen = [(each["code"], each["name"]) for each in listed if each["code"] not in operated]
    folder: Path = tmp_path_factory.mktemp("rosters")
    for place, (code, _name) in enumerate(chosen[:2]):
        known(api, roster(folder / f"{code}.xlsx", code, place), code)
    body = {"name": "APBD Kader", "kind": "regency_budget", "billed_to": "regency"}
    assert api.post("fund-sources/", data=body).status == 201
    return chosen[:2]


def niks(code: str, place: int) -> list[str]:
    """The identity numbers of the people of a village."""
    return [f"{code[:6]}520385{8000 + place * PEOPLE + at}" for at in range(PEOPLE)]


def member_no(nik: str) -> str:
    """The number of eleven digits that the branch gives."""
    return f"26{nik[-9:]}"


def written(path: Path, lines: list[tuple[str, ...]]) -> Path:
    """A spreadsheet of text cells."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate(lines):
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell)
    return path


def roster(path: Path, code: str, place: int) -> Path:
    """Fifty clean people."""
    heading = ("Posyandu", "NIK", "Nama", "Tanggal Lahir", "L/P")
    people = [
        (f"Anggrek {at % 10 + 1}", nik, f"SRI CONTOH {at + 1:02d}", "12-03-1985", "P")
        for at, nik in enumerate(niks(code, place))
    ]
    return written(path, [heading, *people])


def known(api: APIRequestContext, file: Path, code: str) -> None:
    """Upload a roster of one village and save it."""
    part = {"name": file.name, "mimeType": SPREADSHEET, "buffer": file.read_bytes()}
    sent = api.post("roster-imports/", multipart={"file": part, "village": code})
    assert sent.status == 201, sent.text()
    address = f"roster-imports/{sent.json()['id']}/"
    until(api, address, "ready")
    applied = api.post(address + "apply/")
    assert applied.status == 200, applied.text()
    until(api, address, "applied")


def until(api: APIRequestContext, address: str, wanted: str) -> None:
    end = time.monotonic() + LONG / 1000
    while (told := api.get(address).json())["status"] != wanted:
        assert time.monotonic() < end, told
        time.sleep(0.2)


@pytest.fixture(scope="module")
def windows(product: Product, chromium: Browser) -> Iterator[dict[str, Page]]:
    """A signed-in window for each of the three whose step it is."""
    found = {}
    for role in ROLES:
        page = chromium.new_context(viewport=DESK, locale="id-ID").new_page()
        page.set_default_timeout(LONG)
        sign_in(page, product, product.login(role, REGENCY))
        found[role] = page
    yield found
    for page in found.values():
        page.context.close()


@pytest.mark.parametrize("place", range(len(SIZES)), ids=["at a desk", "on a phone"])
def test_fifty_clean_people_become_members(
    place: int,
    product: Product,
    villages: list[tuple[str, str]],
    windows: dict[str, Page],
    tmp_path: Path,
) -> None:
    code, name = villages[place]
    for page in windows.values():
        page.set_viewport_size(SIZES[place])
    officer, approver, branch = (Taps(windows[role]) for role in ROLES)
    root = f"{product.address}/r/{REGENCY}/pendaftaran/"

    officer.page.goto(root + "baru/")
    officer.page.fill("input[name=first_month]", f"{this_month():%Y-%m}")
    village = officer.page.locator("select[name=village]")
    value = village.locator("option", has_text=name).first.get_attribute("value")
    village.select_option(value)
    officer.tap("Hitung orangnya")
    officer.reads("50 orang didaftarkan")
    officer.tap("Simpan rancangan 50 orang")
    officer.reads("disusun")
    number = officer.page.locator("h1").inner_text().strip()

    approver.page.goto(officer.page.url)
    approver.tap("Ajukan ke cabang")
    approver.tap("Ajukan ke cabang")
    approver.reads("menunggu cabang")

    branch.page.goto(product.address + "/antrean/")
    branch.reads(number)
    branch.tap(number)
    branch.tap("Terima semua yang bersih")
    branch.reads("50 orang diterima")
    assert branch.count <= 4
    branch.tap("Unggah hasil")
    unknown = ("3509010101900001", "24000000001")
    answers = [(nik, member_no(nik)) for nik in niks(code, place)]
    file = written(tmp_path / "hasil.xlsx", [("NIK", "No KPJ"), *answers, unknown])
    branch.page.set_input_files("input[type=file]", file)
    branch.tap("Unggah hasil")
    branch.reads("50 orang diterima")
    branch.reads("Orang ini tidak ada dalam pendaftaran ini")
    branch.tap("Lanjut meninjau")
    branch.tap("Selesaikan")
    branch.tap("Selesaikan")
    branch.reads(f"Peninjauan {number} selesai")
    officer.page.reload()
    officer.reads("aktif")
