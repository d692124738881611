"""Papers: made from our own files, the same bytes each time, frozen once."""

from pathlib import Path

import pytest

from core import papers, pdf, private_files
from core.errors import DomainError
from tests import factories

LETTER = {"regency": {"full_name": "Kabupaten Banyuwangi", "department": "Dinas Kesehatan"}}


def test_the_same_paper_has_the_same_bytes():
    assert pdf.render("pdf/base.html", LETTER) == pdf.render("pdf/base.html", LETTER)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/a.png",
        "https://kaderjamsos.example/a.png",
        "//kaderjamsos.example/a.png",
        "file:///etc/hostname",
        "file://elsewhere/static/img/favicon.svg",
        "ftp://kaderjamsos.example/a.png",
    ],
)
def test_a_paper_fetches_nothing_but_static_files(address):
    with pytest.raises(pdf.Refused):
        pdf.from_html(f'<base href="https://kaderjamsos.example/"><img src="{address}">')


def test_a_path_that_climbs_out_of_the_static_files_is_refused(settings):
    root = Path(settings.STATICFILES_DIRS[0])
    with pytest.raises(pdf.Refused):
        pdf.from_html(f'<img src="file://{root}/../manage.py">')


def test_a_static_picture_is_drawn(settings):
    root = Path(settings.STATICFILES_DIRS[0])
    assert pdf.from_html(f'<img src="file://{root}/img/favicon.svg">').startswith(b"%PDF")


def _issue(subject, render, number="1"):
    return papers.issue(kind="letter", number=number, subject=subject, render=render, by=None)


def test_a_second_issue_returns_the_first_paper(world):
    with world.scope():
        source = factories.fund_source()
        first = _issue(source, lambda: pdf.render("pdf/base.html", LETTER))
        second = _issue(source, lambda: pytest.fail("rendered again"))
        assert (second.pk, second.file, first.pages) == (first.pk, first.file, 1)
        assert papers.open_paper(first).read().startswith(b"%PDF")


def test_another_number_is_another_paper(world):
    with world.scope():
        source = factories.fund_source()
        render = lambda: pdf.render("pdf/base.html", LETTER)  # noqa: E731
        assert _issue(source, render).pk != _issue(source, render, "2").pk


def test_a_changed_file_is_not_handed_out(world):
    with world.scope():
        paper = _issue(factories.fund_source(), lambda: pdf.render("pdf/base.html", LETTER))
        with private_files.path_of(paper.file).open("ab") as file:
            file.write(b" ")
        with pytest.raises(DomainError) as refused:
            papers.open_paper(paper)
    assert refused.value.code == "paper_damaged"


def test_a_missing_file_is_said_so(world):
    with world.scope():
        paper = _issue(factories.fund_source(), lambda: pdf.render("pdf/base.html", LETTER))
        private_files.path_of(paper.file).unlink()
        with pytest.raises(papers.PaperDamaged):
            papers.open_paper(paper)


def test_a_download_carries_a_neutral_name(world):
    with world.scope():
        paper = _issue(factories.fund_source(), lambda: pdf.render("pdf/base.html", LETTER))
        response = papers.serve(paper, "KJ/2026/XI/0001")
        assert b"".join(response.streaming_content).startswith(b"%PDF-")
    assert response["Content-Disposition"] == 'attachment; filename="KJ-2026-XI-0001.pdf"'
