"""Charts and corridors: nothing outside its box or on top of another, and heard and read as they are seen."""

import re
from decimal import Decimal
from itertools import combinations

from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from panah.ground.kit import corridor_svg, panel_chart
from panah.ground.kit.corridor_svg import Route
from panah.ground.kit.drawing import Picture, printable, width_of, wrapped
from panah.ground.kit.jinja import engine
from panah.ground.kit.panel_chart import Row, Shape

NUMBERS = st.decimals(min_value=0, max_value=40_000_000, places=0) | st.sampled_from(
    [Decimal("1.84"), Decimal(0)]
)
TEXTS = st.text(max_size=70) | st.sampled_from(
    ["2,695 doubled", "Ещё одна очень длинная подпись", "<b>&\x00", "W" * 60]
)


@st.composite
def rows(draw):
    shape = draw(st.sampled_from(Shape))
    low, high = sorted([draw(NUMBERS), draw(NUMBERS)])
    ends = draw(st.sampled_from([(low, high), (low, None), (None, high), (low, low)]))
    if shape is Shape.EXACT:
        ends = (low, low)
    best = draw(st.sampled_from([None, low, high])) if shape is Shape.RANGE and None not in ends else None
    return Row(
        draw(TEXTS),
        shape,
        *ends,
        best,
        draw(TEXTS),
        draw(st.booleans()),
        draw(st.sampled_from(["", "another law"])),
    )


CHARTS = st.lists(st.tuples(TEXTS, st.lists(rows(), max_size=6)), max_size=3)


def must_be_tidy(picture: Picture) -> None:
    """Refuse a picture with something outside of it, or a text on top of another."""
    boxes = [one.box for one in picture.texts]
    boxes_of_all = boxes + [(r.x, r.y, r.x + r.width, r.y + r.height) for r in picture.rects]
    boxes_of_all += [(x, y, x, y) for line in picture.lines for x, y in line.points]
    for left, top, right, bottom in boxes_of_all:
        assert left >= -0.1 and top >= -0.1
        assert right <= picture.width + 0.1 and bottom <= picture.height + 0.1
    for one, other in combinations(boxes, 2):
        apart = (
            one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] + 0.2 or other[3] <= one[1] + 0.2
        )
        assert apart, (one, other)


def page_of(chart) -> str:
    env = engine().env
    text = '{% from "kit/panels.html" import panels %}{{ panels(chart, "c", "Year") }}'
    return str(env.from_string(text).render(chart=chart))


def numbers_in(text: str) -> list[str]:
    return re.findall(r"\d[\d,.\xa0]*\d|\d", text)


@given(given_panels=CHARTS)
@example(given_panels=[("Ministry", [Row("2015", Shape.HIDDEN, Decimal(1), Decimal(4))])])
@settings(max_examples=60)
def test_whatever_the_numbers_a_chart_is_whole_within_its_box_and_nothing_overlaps(given_panels):
    chart = panel_chart.drawn("People <identified>", given_panels)
    drawn = page_of(chart)
    for svg in re.findall(r"<svg.*?</svg>", drawn, re.S):
        etree.fromstring(svg)
    for panel in chart.panels:
        must_be_tidy(panel.picture)
    assert 'style="' not in drawn


@given(given_panels=CHARTS)
@settings(max_examples=40)
def test_the_sentence_the_table_and_the_picture_say_the_same(given_panels):
    chart = panel_chart.drawn("People", given_panels)
    for panel, (_name, given_rows) in zip(chart.panels, given_panels, strict=True):
        table = [f"{row.label} {row.said} {row.remark}" for row in panel.rows]
        heard, seen = panel.sentence[len(panel.title) :], " ".join(table)
        assert sorted(numbers_in(heard)) == sorted(numbers_in(seen))
        # What the picture says of each number is what stands in its row, but for where a line ends.
        written = "".join(text.text for text in panel.picture.texts).replace(" ", "")
        for row in panel.rows:
            assert row.said.replace(" ", "").replace("\xa0", "") in written.replace("\xa0", "")
        assert len(panel.rows) == len(list(given_rows))


def test_bars_on_one_scale_are_as_long_as_their_numbers():
    chart = panel_chart.drawn(
        "People",
        [
            ("Ministry", [Row("2015", Shape.EXACT, Decimal(100)), Row("2016", Shape.EXACT, Decimal(0))]),
            ("Institute", [Row("2015", Shape.EXACT, Decimal(50))]),
        ],
    )
    first, second = (panel.picture.rects for panel in chart.panels)
    assert first[0].width == 2 * second[0].width
    # A zero was counted and is seen; a year without a figure has no bar.
    assert first[1].width == 1
    assert "2016: 0" in chart.sentence


def test_a_hidden_number_a_range_and_a_break_are_told_apart_without_colour():
    hidden = Row("2015", Shape.HIDDEN, Decimal(1), Decimal(4))
    between = Row("2016", Shape.RANGE, Decimal(1000), Decimal(2000), Decimal(1500), breaks="another law")
    gone = Row("2017", Shape.EXACT, Decimal(70), Decimal(70), note="withdrawn by its publisher", stands=False)
    chart = panel_chart.drawn("People", [("Ministry", [hidden, between, gone, Row("2018", Shape.NONE)])])
    assert hidden.said == "fewer than 5 (1 to 4)"
    assert between.said == "1,500 (1,000 to 2,000)"
    picture = chart.panels[0].picture
    assert [one.fill for one in picture.rects] == ["hatch", "full", "none"]
    assert picture.rects[2].dash
    assert len(picture.lines) == 4
    assert "2018: no figure" in chart.sentence
    assert "break in the series: another law" in chart.sentence
    drawn = page_of(chart)
    for said in ("hatched bar", "between two strokes", "not a zero", "outline", "broken line across"):
        assert said in drawn
    with translation.override("ru"):
        assert hidden.said == "меньше 5 (от 1 до 4)"


def test_an_open_range_says_its_one_end():
    assert Row("", Shape.RANGE, Decimal(25)).said == "at least 25"
    assert Row("", Shape.RANGE, None, Decimal(25)).said == "at most 25"


COUNTRIES = st.sampled_from(["KZ", "KR", "GR", "AE", "TR", "UZ"])
NAMES = {"KZ": "Kazakhstan", "KR": "Democratic People's Republic of a very long name", "GR": "Греция"}


@given(ways=st.lists(st.lists(COUNTRIES, min_size=2, max_size=4), max_size=12))
@settings(max_examples=60)
def test_corridors_stay_in_their_box_and_every_way_has_its_number_at_both_ends(ways):
    routes = [Route(tuple((key, NAMES.get(key, key)) for key in way)) for way in ways]
    picture = corridor_svg.drawn(routes)
    must_be_tidy(picture)
    assert len(picture.lines) == len(ways)
    for number in range(1, len(ways) + 1):
        assert sum(one.text == str(number) for one in picture.texts) == 2
    # No way is told apart by how thick it is.
    text = '{% from "kit/picture.html" import picture %}{{ picture(p, "m", "Ways", "as said") }}'
    drawn = str(engine().env.from_string(text).render(p=picture))
    root = etree.fromstring(drawn)
    lines = list(root.iter("polyline"))
    assert len(lines) == len(ways)
    assert {one.get("stroke-width") for one in lines} <= {"1.5"}


def test_a_way_through_no_country_passes_none():
    picture = corridor_svg.drawn(
        [
            Route((("KZ", "Kazakhstan"), ("TR", "Turkey"), ("GR", "Greece"))),
            Route((("UZ", "Uzbekistan"), ("GR", "Greece"))),
        ]
    )
    places = sorted({one.x for one in picture.rects})
    transit = next(one for one in picture.rects if one.x == places[1])
    passes = [y for _x, y in picture.lines[1].points[1:3]]
    assert all(y > transit.y + transit.height for y in passes)


def test_ways_leave_a_country_in_the_order_of_where_they_lead():
    kz, kg, tr, gr = (("KZ", "Kazakhstan"), ("KG", "Kyrgyzstan"), ("TR", "Turkey"), ("GR", "Greece"))
    # Turkey stands above Greece, since a way leads there first.
    picture = corridor_svg.drawn([Route((kg, tr)), Route((kz, gr)), Route((kz, tr))])
    to_greece, to_turkey = picture.lines[1].points[0], picture.lines[2].points[0]
    assert to_turkey[1] < to_greece[1], "else the two would cross"


@given(text=TEXTS)
def test_a_text_is_wrapped_without_losing_a_letter(text):
    lines = wrapped(text, 14, 100)
    assert all(width_of(one, 14) <= 100 for one in lines)
    kept = re.sub(r"\s", "", "".join(lines))
    assert all(one in text for one in kept)


def test_a_persian_word_is_not_torn_where_its_letters_do_not_join_and_what_is_not_seen_goes():
    assert printable("می\u200cخواهم") == "می\u200cخواهم"
    assert printable("traf\u00adficking \u202eabc\x07d") == "trafficking abc d"
