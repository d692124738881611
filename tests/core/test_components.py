"""Components render in both languages, under the strict policy, and with nothing given."""

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path

import django_tables2 as tables
import pytest
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler

from core.components_page import SampleForm, sample_context
from core.form_fields import DayField, DigitsField, MonthField, RupiahField
from core.listing import chips

ROOT = Path(__file__).parents[2]
COMPONENTS = sorted(path.stem for path in (ROOT / "templates/cotton").glob("*.html"))
VOID = {
    "area",
    "br",
    "circle",
    "col",
    "ellipse",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "path",
    "rect",
}


class Page(HTMLParser):
    """What a browser complains about: lost closing tags, repeated ids, inline style and script."""

    def __init__(self, html: str):
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.problems: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if named.get("id"):
            self.ids.append(named["id"])
        for name in ("for", "aria-describedby", "aria-labelledby"):
            self.targets += (named.get(name) or "").split()
        self.problems += [
            f"{tag} {name}" for name in named if name == "style" or name.startswith("on")
        ]
        if tag == "script" and "src" not in named:
            self.problems.append("inline script")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.problems.append(f"</{tag}> closes {self.open[-1:]}")
        else:
            self.open.pop()


def render(source: str, **context) -> str:
    request = RequestFactory().get("/", {"q": "sri", "page": "2"})
    compiled = CottonCompiler().process("{% load kj %}" + source)
    return engines["django"].from_string(compiled).render(context, request)


@pytest.fixture(params=["id", "en"])
def page(request):
    with translation.override(request.param):
        return render_to_string(
            "development/components.html", sample_context(), RequestFactory().get("/")
        )


def test_the_page_is_whole_and_obeys_the_policy(page):
    seen = Page(page)
    assert seen.problems == []
    assert seen.open == []


def test_ids_are_unique_and_every_reference_finds_its_target(page):
    seen = Page(page)
    assert len(seen.ids) == len(set(seen.ids))
    assert set(seen.targets) <= set(seen.ids)


def test_no_template_syntax_is_left_over(page):
    assert not re.search(r"\{\{|\{%|<c-|\bNone\b", page)


@pytest.mark.parametrize("name", [c for c in COMPONENTS if c not in {"field", "error_summary"}])
def test_a_component_survives_with_nothing_given(name):
    seen = Page(render(f"<c-{name.replace('_', '-')}></c-{name.replace('_', '-')}>"))
    assert seen.problems == []
    assert seen.open == []


def test_a_component_does_not_take_the_words_of_the_page_around_it():
    html = render(
        "<c-card></c-card><c-notice>isi</c-notice>", title="Judul halaman", link="/x", items=[1]
    )
    assert "Judul halaman" not in html


def test_text_from_people_is_escaped():
    html = render(
        "<c-todo :items='items' /><c-card title='{{ name }}'>{{ name }}</c-card>",
        name="<b>Sri</b>",
        items=[{"title": "<b>Sri</b>", "url": "/x", "action": "Buka"}],
    )
    assert "<b>Sri" not in html


def test_the_shell_survives_a_visitor_without_regency():
    html = render_to_string("base.html", {}, RequestFactory().get("/"))
    assert Page(html).problems == []
    assert "KaderJamsos" in html


def test_the_public_page_carries_its_stylesheet_with_the_nonce():
    request = RequestFactory().get("/")
    request.csp_nonce = "abc123"
    html = render_to_string("404.html", {}, request)
    assert '<style nonce="abc123">' in html
    assert '<link rel="stylesheet"' not in html


def test_papers_name_their_fonts_by_file():
    html = render_to_string("pdf/base.html", {"regency": {"name": "Kabupaten Banyuwangi"}})
    assert "file://" in html
    assert "../fonts" not in html


def test_pages_keep_the_filter_and_show_exact_totals():
    html = render(
        "<c-pagination :page='page' unit='kader' />", page=Paginator(range(11498), 50).page(7)
    )
    assert "301 sampai 350 dari 11.498" in html
    assert 'href="?q=sri&amp;page=8"' in html
    assert html.count("…") == 2


def test_nothing_yet_differs_from_nothing_matching():
    first = render("<c-empty title='Belum ada daftar' href='/unggah' action='Unggah daftar' />")
    second = render("<c-empty filtered='1' clear_url='/daftar' />")
    assert "/unggah" in first
    assert 'href="/daftar"' in second
    assert "Unggah" not in second


def test_a_finished_step_says_so_and_the_present_one_is_marked():
    html = render(
        "<c-stepper :steps='steps' :current='2' />", steps=["Unggah", "Periksa", "Selesai"]
    )
    assert html.count('aria-current="step"') == 1
    assert html.count("selesai") == 1


def test_running_work_asks_again_and_finished_work_does_not():
    running = render("<c-progress :done='3' :total='10' poll='/kerja/1/' />")
    finished = render("<c-progress :done='10' :total='10' poll='/kerja/1/' state='done' />")
    assert 'data-poll="/kerja/1/"' in running
    assert "data-poll" not in finished


class People(tables.Table):
    name = tables.Column(verbose_name="Nama")
    amount = tables.Column(verbose_name="Iuran", attrs={"cell": {"class": "n"}})


def people_page(rows, **words) -> str:
    table = People(rows, template_name="components/table.html")
    request = RequestFactory().get("/", {"sort": "name", "q": "sri"})
    tables.RequestConfig(request, paginate={"per_page": 2}).configure(table)
    for name, value in words.items():
        setattr(table, name, value)
    return table.as_html(request)


def test_a_table_labels_its_cells_for_the_phone_and_keeps_the_filter_when_sorting():
    html = people_page(
        [{"name": name, "amount": 16800} for name in ("Sri", "Yuni", "Ani")], unit="kader"
    )
    seen = Page(html)
    assert seen.problems == []
    assert 'data-label="Nama"' in html
    assert 'aria-sort="ascending"' in html
    assert "sort=-name" in html
    assert "q=sri" in html
    assert "1 sampai 2 dari 3 kader" in re.sub(r"\s+", " ", html)
    assert html.index("Ani") < html.index("Sri")


def test_an_empty_table_names_the_next_action():
    html = people_page(
        [], empty_title="Belum ada kader", empty_url="/unggah", empty_action="Unggah daftar"
    )
    assert "<table" not in html
    assert 'href="/unggah"' in html
    assert "Tidak ada yang cocok" in people_page([], filtered=True, clear_url="?")


def test_errors_stand_in_the_summary_and_at_the_field():
    html = render("<c-form :form='form' />", form=SampleForm({"nik": "351"}))
    assert 'href="#id_nik"' in html
    assert 'href="#id_reason_0"' in html
    assert 'id="id_nik_error"' in html
    assert 'aria-invalid="true"' in html
    assert "govuk-input--error" in html


def test_a_file_form_is_multipart():
    assert 'enctype="multipart/form-data"' in render("<c-form :form='form' />", form=SampleForm())


@pytest.mark.parametrize(
    "typed", ["1250000", "1.250.000", "Rp 1.250.000", "Rp1.250.000,00", "1.250.000,-"]
)
def test_rupiah_is_read_however_it_is_written(typed):
    assert RupiahField().clean(typed) == 1250000


@pytest.mark.parametrize(
    "typed", ["1,250,000.00", "12.50", "1.25.000", "-5", "seribu", "1250000,50", "١٢٣"]
)
def test_rupiah_that_could_mean_two_things_is_refused(typed):
    with pytest.raises(ValidationError):
        RupiahField().clean(typed)


def test_digits_keep_their_zeros_and_say_how_many_are_missing():
    assert DigitsField(length=16).clean("0510 0652-0385.0012") == "0510065203850012"
    with pytest.raises(ValidationError, match="16") as caught:
        DigitsField(length=16).clean("3510 0652 0385 012")
    assert "15" in str(caught.value)


def test_dates_are_read_as_people_here_write_them():
    assert (
        DayField().clean("22-11-2026")
        == DayField().clean("22/11/2026")
        == DayField().clean("2026-11-22")
    )
    assert MonthField().clean("2026-11").day == 1


def test_a_chip_removes_only_its_own_filter():
    form = SampleForm()
    found = chips(form, {"fund": ["apbd"], "name": ["sri"], "page": ["4"], "sort": ["name"]})
    assert {chip["label"] for chip in found} == {"Nama lengkap: sri", "Sumber dana: APBD Kabupaten"}
    fund = next(chip for chip in found if "APBD" in chip["label"])
    assert fund["url"] == "?name=sri&sort=name"


def test_the_stylesheet_and_script_stay_light():
    assert len(gzip.compress((ROOT / "static/css/kj.css").read_bytes())) <= 16_000
    assert len(gzip.compress((ROOT / "static/js/kj.js").read_bytes())) <= 6_000
