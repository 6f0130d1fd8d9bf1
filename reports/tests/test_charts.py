import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.utils import translation

from reports.charts import Chart, Series, drawn

SVG = "{http://www.w3.org/2000/svg}"
RATES = [Decimal("13.65"), Decimal("8.39"), Decimal("14.72")]
LATER = [Decimal("3.32"), Decimal("4.74"), Decimal("5.28")]
GRADES = ["X", "XI", "XII"]
NUMBERS = {"x", "y", "width", "height", "x1", "x2", "y1", "y2", "rx"}


def rate_chart(groups: int = 3) -> Chart:
    names = GRADES if groups == len(GRADES) else [f"X MIPA {n}" for n in range(groups)]
    values = [(RATES[n % 3], LATER[n % 3]) for n in range(groups)]
    return Chart(
        "graph-1",
        "Grafik 1",
        names,
        [
            Series("Semester 1", "s1", [first for first, _ in values]),
            Series("Semester 2", "s2", [second for _, second in values]),
        ],
        "Kelas",
        places=2,
    )


def handling_chart(groups: int = 3) -> Chart:
    names = GRADES if groups == len(GRADES) else [f"X MIPA {n}" for n in range(groups)]
    return Chart(
        "graph-2",
        "Grafik 2",
        names,
        [
            Series("WA/telepon", "contact", [17] * groups),
            Series("Panggilan", "summons", [13] * groups),
            Series("Kunjungan", "visit", [0] * groups),
        ],
        "Kelas",
        adds_up=True,
    )


def trend(semesters: int) -> Chart:
    values = [RATES[n % 3] for n in range(semesters - 1)] + [LATER[0]]
    names = [f"Ganjil {n:02d}/{n + 1:02d}" for n in range(semesters)]
    return Chart("trend", "T", names, [Series("%", "s1", values)], "S", places=2, is_over_time=True)


EVERY_FORM = [trend(2), rate_chart(), rate_chart(24), handling_chart(), handling_chart(24)]


def words_of(svg: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in svg.iter(f"{SVG}text")]


@pytest.mark.parametrize("chart", EVERY_FORM)
@pytest.mark.parametrize("language", ["id", "en"])
def test_numbers_in_attributes_are_never_localised(chart, language):
    with translation.override(language):
        svg = ElementTree.fromstring(drawn(chart))
    for element in svg.iter():
        for name, value in element.attrib.items():
            if name in NUMBERS:
                assert re.fullmatch(r"-?\d+(\.\d)?", value), (name, value)
    assert re.fullmatch(r"0 0 360 \d+(\.\d)?", svg.attrib["viewBox"])


@pytest.mark.parametrize("chart", EVERY_FORM)
def test_nothing_of_a_chart_stands_outside_it(chart):
    svg = ElementTree.fromstring(drawn(chart))
    height = float(svg.attrib["viewBox"].split()[3])
    for bar in svg.iter(f"{SVG}rect"):
        box = {name: float(bar.attrib[name]) for name in ("x", "y", "width", "height")}
        assert min(box.values()) >= 0
        assert box["x"] + box["width"] <= 360
        assert box["y"] + box["height"] <= height
    for text in svg.iter(f"{SVG}text"):
        assert 0 <= float(text.attrib["x"]) < 360
        assert 0 < float(text.attrib["y"]) <= height


@pytest.mark.parametrize(
    ("language", "said"), [("id", ["13,65", "3,32"]), ("en", ["13.65", "3.32"])]
)
def test_numbers_on_a_chart_are_in_the_words_of_the_language(language, said):
    with translation.override(language):
        words = words_of(ElementTree.fromstring(drawn(rate_chart())))
    assert words[:3] == ["X", *said]


@pytest.mark.parametrize("chart", EVERY_FORM)
def test_a_chart_has_a_title_and_says_all_its_numbers_in_words(chart):
    svg = ElementTree.fromstring(drawn(chart))
    assert svg.attrib["role"] == "img"
    title, desc = svg.attrib["aria-labelledby"].split()
    found = {element.attrib.get("id"): element.text for element in svg}
    assert found[title] == chart.title
    for group, values in chart.rows:
        assert all(value in found[desc] for value in [group, *values])


@pytest.mark.parametrize("chart", EVERY_FORM)
def test_every_number_stands_on_the_chart(chart):
    words = " ".join(words_of(ElementTree.fromstring(drawn(chart))))
    for group, values in chart.rows:
        assert group in words
        assert all(value in words for value in values if value != "0")


def test_each_kind_of_handling_has_its_word_before_its_bar_and_needs_no_legend():
    chart = handling_chart()
    assert words_of(ElementTree.fromstring(drawn(chart)))[:3] == ["X", "WA/telepon", "17"]
    assert not chart.has_legend
    assert handling_chart(24).has_legend
    assert rate_chart().has_legend


def test_a_trend_of_forty_semesters_has_words_where_there_is_room():
    svg = ElementTree.fromstring(drawn(trend(40)))
    names = ["Ganjil 03/04", "Ganjil 15/16", "Ganjil 27/28", "Ganjil 39/40"]
    assert words_of(svg) == ["14,72", "3,32", *names]
    assert len(list(svg.iter(f"{SVG}rect"))) == 40


@pytest.mark.parametrize("values", [[], [0], [0, 0, 0], [None], [None, 3]])
def test_a_chart_of_nothing_can_be_drawn(values):
    groups = [str(number) for number in range(len(values))]
    for form in ({}, {"adds_up": True}, {"is_over_time": True}):
        chart = Chart("g", "G", groups, [Series("S", "s1", values)], "Kelas", **form)
        ElementTree.fromstring(drawn(chart))


def test_names_are_text_in_a_chart_and_long_ones_are_cut():
    awkward = "<script>\"&'" + "x" * 30
    chart = Chart("g", awkward, [awkward] * 9, [Series(awkward, "s1", [1] * 9)], "Kelas")
    svg = ElementTree.fromstring(drawn(chart))
    assert svg.find(f"{SVG}title").text == awkward
    assert all(len(word) <= 18 for word in words_of(svg))
