"""Photograph the seeded site at 390 and 1366 px into docs/screens/: `make shots`, then look.

python -m tests.shots [name ...]     only the shots whose name contains a word
"""

import os
import sys
from dataclasses import dataclass

from PIL import Image
from playwright.sync_api import Page

from tests.product import DESK, PHONE, ROOT, Product, browser, running, sign_in

SCREENS = ROOT / "docs" / "screens"
TALLEST = 2200


@dataclass(frozen=True)
class Shot:
    """A page: who looks, where, and which links are followed from there, by their CSS selector."""

    name: str
    role: str
    regency: str
    path: str
    follow: tuple[str, ...] = ()
    place: int = 0


ROW = "main table tbody a"
SHOTS = (
    Shot("beranda-dinas", "district_officer", "banyuwangi", "beranda/"),
    Shot("beranda-desa", "village_operator", "banyuwangi", "beranda/"),
    Shot("beranda-cabang", "branch_officer", "jember", "beranda/"),
    Shot("beranda-kosong", "district_officer", "situbondo", "beranda/"),
    Shot("radar", "district_officer", "banyuwangi", "radar/"),
    Shot("kader", "district_officer", "banyuwangi", "kader/"),
    Shot("desa-peta", "district_officer", "banyuwangi", "kader/desa/?view=map"),
    Shot("kader-orang", "district_officer", "banyuwangi", "kader/", (ROW,)),
    Shot("daftar", "district_officer", "banyuwangi", "unggah/"),
    Shot("daftar-unggah", "village_operator", "banyuwangi", "unggah/baru/", place=1),
    Shot("daftar-periksa", "district_officer", "banyuwangi", "unggah/", (ROW,)),
    Shot("pendaftaran", "district_approver", "tanah-bumbu", "pendaftaran/"),
    Shot("pendaftaran-rinci", "district_approver", "tanah-bumbu", "pendaftaran/", (ROW,)),
    Shot("kepesertaan", "district_officer", "banyuwangi", "kepesertaan/"),
    Shot("kepesertaan-rinci", "district_officer", "banyuwangi", "kepesertaan/", (ROW,)),
    Shot("kartu", "village_operator", "banyuwangi", "kartu/"),
    Shot("anggaran", "district_officer", "banyuwangi", "anggaran/"),
    Shot("tagihan", "district_officer", "banyuwangi", "tagihan/"),
    Shot("tagihan-rinci", "district_officer", "banyuwangi", "tagihan/", (ROW,)),
    Shot("tagihan-desa", "district_officer", "tanah-bumbu", "tagihan/"),
    Shot("klaim", "district_officer", "banyuwangi", "klaim/"),
    Shot("klaim-rinci", "district_officer", "banyuwangi", "klaim/", (ROW,)),
    Shot("jejak", "auditor", "banyuwangi", "jejak/"),
    Shot("pengguna", "district_officer", "banyuwangi", "pengguna/"),
)


def take(page: Page, product: Product, shot: Shot, width: str) -> None:
    """One picture of one page; a page that answers an error fails the whole."""
    answer = page.goto(f"{product.address}/r/{shot.regency}/{shot.path}")
    for link in shot.follow:
        target = page.locator(link).first.get_attribute("href")
        answer = page.goto(
            product.address + target if target.startswith("/") else page.url + target
        )
    if answer is None or answer.status != 200:
        raise SystemExit(f"{shot.name}: {page.url} answered {answer and answer.status}")
    picture(page, f"{shot.name}-{width}.png")


def picture(page: Page, name: str) -> None:
    """The page from its top, as a small file; a long list is cut where it says nothing new."""
    height = page.evaluate("document.documentElement.scrollHeight")
    width = page.viewport_size["width"] if page.viewport_size else 390
    path = SCREENS / name
    page.screenshot(
        path=path,
        full_page=True,
        clip={"x": 0, "y": 0, "width": width, "height": min(height, TALLEST)},
    )
    # Maximum coverage keeps the few pixels of a dot in their own colour, the means those of paper.
    plain = Image.open(path).convert("RGB")
    plain.quantize(256, Image.Quantize.MAXCOVERAGE, 2, dither=Image.Dither.NONE).save(
        path, optimize=True
    )
    print(f"  {name}", flush=True)


def main(words: list[str]) -> None:
    """Sign in once per person and width, and take every picture that is asked for."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    wanted = [shot for shot in SHOTS if not words or any(word in shot.name for word in words)]
    with running(dict(os.environ)) as product, browser() as opened:
        for width, size in (("390", PHONE), ("1366", DESK)):
            people: dict[str, Page] = {}
            for shot in wanted:
                login = product.login(shot.role, shot.regency, place=shot.place)
                if login["email"] not in people:
                    page = opened.new_context(viewport=size, locale="id-ID").new_page()
                    sign_in(page, product, login)
                    people[login["email"]] = page
                take(people[login["email"]], product, shot, width)
            page = opened.new_context(viewport=size, locale="id-ID").new_page()
            page.goto(product.address + "/akun/login/")
            picture(page, f"masuk-{width}.png")


if __name__ == "__main__":
    main(sys.argv[1:])
