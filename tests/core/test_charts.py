"""Charts are safe, small, complete and carry their table."""

from xml.etree import ElementTree

import pytest

from core import charts
from core.components_page import sample_context

SVG = "{http://www.w3.org/2000/svg}"
SAMPLES = {name: chart for name, chart in sample_context().items() if name.endswith("_chart")}


def parse(chart):
    return ElementTree.fromstring(chart.svg)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_chart_is_well_formed_named_and_has_its_table(name):
    chart = SAMPLES[name]
    root = parse(chart)
    assert root.tag == f"{SVG}svg"
    assert root.attrib["role"] == "img"
    assert root.find(f"{SVG}title").text == chart.title
    assert chart.rows
    assert all(len(row) == len(chart.headers) for row in chart.rows)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_chart_is_small_and_needs_no_stylesheet(name):
    svg = SAMPLES[name].svg
    assert len(svg) < 4000
    assert "style=" not in svg
    assert "var(" not in svg


def test_names_from_people_cannot_become_markup():
    evil = '<script>alert("1")</script>'
    chart = charts.bar([(evil, 3)], title=evil, desc=evil)
    assert "<script" not in chart.svg
    assert "<script" not in charts.line([evil], [(evil, [1])], title="x").svg


def test_a_bar_is_as_long_as_its_share_of_the_longest():
    widths = [
        float(rect.attrib["width"])
        for rect in parse(charts.bar([("a", 50), ("b", 100)], title="x")).iter(f"{SVG}rect")
    ]
    assert widths[0] == pytest.approx(widths[1] / 2, abs=0.1)


def test_a_small_value_stays_visible_and_nothing_stays_nothing():
    widths = [
        float(rect.attrib["width"])
        for rect in parse(charts.bar([("a", 100000), ("b", 1), ("c", 0)], title="x")).iter(
            f"{SVG}rect"
        )
    ]
    assert widths[1] >= 2
    assert widths[2] == 0


@pytest.mark.parametrize(
    "draw",
    [
        lambda: charts.bar([], title="x"),
        lambda: charts.stacked_bar([], ["a"], title="x"),
        lambda: charts.line([], [], title="x"),
        lambda: charts.donut([], title="x"),
        lambda: charts.dot_map([], title="x"),
        lambda: charts.choropleth([], title="x"),
    ],
)
def test_no_data_draws_an_empty_chart(draw):
    parse(draw())


def test_a_month_without_a_value_is_a_gap_and_a_dash():
    chart = charts.line(["Okt", "Nov"], [("Terlindungi", [5, None])], title="x")
    assert chart.rows[1] == ("Nov", "–")


@pytest.mark.parametrize(
    ("value", "top"), [(0, 1), (9, 10), (11498, 12000), (13000, 16000), (193_166_400, 200_000_000)]
)
def test_an_axis_ends_at_a_round_number(value, top):
    assert charts.nice_ceiling(value) == top


def test_a_donut_closes():
    total = sum(
        float(ring.attrib["stroke-dasharray"].split()[0])
        for ring in parse(SAMPLES["donut_chart"]).iter(f"{SVG}circle")
        if "stroke-dasharray" in ring.attrib
    )
    assert total == pytest.approx(2 * 3.14159 * 80, abs=0.1)


def test_the_map_keeps_north_up_and_the_worst_on_top():
    chart = charts.dot_map([(-8.1, 114.0, 10, "r"), (-8.5, 114.3, 10, "g")], title="x")
    paths = list(parse(chart).iter(f"{SVG}path"))
    assert [path.attrib["stroke"] for path in paths] == [
        charts.COLOURS["green"],
        charts.COLOURS["red"],
    ]
    south, north = (float(path.attrib["d"].split()[1].split("h")[0]) for path in paths)
    assert north < south


def test_boundaries_become_one_path_each():
    square = [[(114.0, -8.0), (114.1, -8.0), (114.1, -8.1), (114.0, -8.1)]]
    assert (
        len(
            list(
                parse(charts.choropleth([(square, "g"), (square, "r")], title="x")).iter(
                    f"{SVG}path"
                )
            )
        )
        == 2
    )


def test_a_sparkline_needs_two_values():
    assert charts.sparkline([5]) == ""
    assert "polyline" in charts.sparkline([5, 5])


def test_a_thin_bar_never_passes_its_track():
    assert 'width="100.00%"' in charts.thin_bar([(12, "g")], 10)
