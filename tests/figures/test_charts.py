"""Charts and corridors of the register: publishers beside each other, nothing added, the same in picture and table."""

import html
import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.kit import corridor_svg
from panah.programmes.figures import actions as figures
from panah.programmes.figures import queries
from panah.programmes.figures.actions import Claim, printed


def text(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


@pytest.fixture
def enter(world):
    by, at = world.staff["bakyt"], timezone.now()
    sources = {}

    def one(value, *, publisher="Practice Ministry", kind="statistics", **said):
        if (publisher, kind) not in sources:
            sources[publisher, kind] = figures.add_source(
                publisher=publisher, title="Practice yearbook", kind=kind, by=by, at=at
            )
        interval = printed(value, hides_from=1)
        given = {
            "measure": "identified",
            "country": "XA",
            "quote": f"Practice: {value}",
            "quote_language": "en",
            **said,
        }
        claim = Claim(as_printed=value, low=interval.low, high=interval.high, **given)
        return figures.enter(claim=claim, source=sources[publisher, kind], by=by, at=at)

    return one


def chart(world, measure="identified"):
    return world.client("amina").get(reverse("figures:chart", args=["XA", measure]))


def test_publishers_stand_beside_each_other_and_no_number_on_the_page_is_a_sum(world, enter):
    for publisher, value in (("Practice Ministry", "94"), ("Practice Institute", "52")):
        enter(value, publisher=publisher, data_year=2020)
    enter("25", data_year=2020, age="children")
    enter("600", data_year=2020, measure="assisted")
    page = text(chart(world))
    assert "Practice Ministry" in page and "Practice Institute" in page
    # The version of the register is eight letters of a hash: any number may stand in it.
    shown = re.findall(r"\d+", page.replace(queries.version(to=world.staff["amina"]), ""))
    assert "94" in shown and "52" in shown, "control"
    assert "600" not in shown, "another measure is another chart"
    assert not {"146", "119", "171"} & {*shown}
    rows = queries.chart_figures(to=world.staff["amina"], country="XA", measure="identified")
    drawn = queries.chart_of("Practice", rows)
    assert [len(panel.rows) for panel in drawn.panels] == [1, 2], "each figure is one bar of its publisher"


def test_a_gap_is_no_zero_a_break_is_told_and_what_is_hidden_stays_a_range(world, enter):
    enter("53", data_year=2017)
    enter("<5", data_year=2019)
    later = enter("0", data_year=2020)
    figures.mark_break(figure=later, reason="Practice: a new law", by=world.staff["bakyt"], at=timezone.now())
    page = text(chart(world))
    assert "2018: no figure" in page and "2019: fewer than 5 (1 to 4)" in page and "2020: 0" in page
    assert "break in the series: Practice: a new law" in page


def test_what_its_publisher_withdrew_stays_to_be_seen_as_an_outline(world, enter):
    row = enter("53", data_year=2017)
    figures.withdraw(figure=row, reason="Practice: an error", by=world.staff["bakyt"], at=timezone.now())
    answer = chart(world)
    assert "withdrawn by its publisher" in text(answer) and "stroke-dasharray" in answer.content.decode()


def test_a_chart_is_a_lasting_page_with_its_table_and_how_to_cite_it(world, enter):
    enter("2,695", data_year=2018)
    page = text(chart(world))
    assert "register of figures, version" in page and "/figures/charts/XA/identified/" in page
    table = world.client("amina").get(reverse("figures:chart_csv", args=["XA", "identified"]))
    assert "2,695" in table.content.decode() and table["Content-Type"].startswith("text/csv")
    nothing = world.client("amina").get(reverse("figures:chart", args=["XA", "convicted"]))
    assert nothing.status_code == 404
    assert world.client("amina").get(reverse("figures:chart", args=["XX", "nonsense"])).status_code == 404


def test_of_many_figures_those_that_are_not_split_further_are_drawn_and_the_rest_is_told(world, enter):
    for year in range(1990, 2020):
        enter("171", data_year=year)
        enter("94", data_year=year, sex="male", dimensions={"agency": "Total"})
    answer = chart(world)
    assert "men and boys" not in text(answer) and "has them: 30" in text(answer)
    table = world.client("amina").get(reverse("figures:chart_csv", args=["XA", "identified"]))
    assert table.content.decode().count("male") == 30


def test_a_quarter_says_its_days_and_a_total_of_its_table_is_no_part(world, enter):
    enter(
        "53",
        data_year=2024,
        period_from=date(2024, 1, 1),
        period_to=date(2024, 3, 31),
        dimensions={"agency": "Total"},
    )
    page = text(chart(world))
    assert "31 Mar 2024: 53" in page and "Total" not in page


def test_the_south_sees_no_chart_of_what_the_north_entered(world, enter):
    # Longer than any number of a page: the hour and the addresses of files hold short ones.
    enter("734851", data_year=2017)
    daler = world.client("daler")
    assert daler.get(reverse("figures:chart", args=["XA", "identified"])).status_code == 404
    assert not re.search(r"734\D?851", text(daler.get(reverse("figures:charts"))))


def test_a_corridor_is_a_line_for_each_publisher_and_own_facts_stand_by_country_alone(world, enter):
    way = {"origin": "XA", "destination": "GR", "measure": "repatriated", "data_year": 1999}
    enter("25", **way)
    enter("16", publisher="Practice Institute", transit="TR", **way)
    own = {"kind": "own", "publisher": "Practice Society", "denominator_text": "Practice: of 90 who called"}
    enter("<5", dimensions={"place": "Practice quarter"}, **own, **way)
    enter("40", **own, **way)
    answer = world.client("amina").get(reverse("figures:corridors"))
    page = text(answer)
    assert page.count("Greece") >= 3 and page.count("Türkiye") >= 2
    assert "Practice quarter" not in page, "where in the country somebody was helped is on no map"
    ways = queries.ways(to=world.staff["amina"])
    assert len(ways) == 3 and len({one.number for one in ways}) == 3
    assert answer.content.decode().count("<polyline") == 3
    narrowed = world.client("amina").get(reverse("figures:corridors"), {"country": "TR"})
    assert narrowed.content.decode().count("<polyline") == 1


def test_pages_without_figures_say_so(world):
    for name in ("charts", "corridors", "briefs"):
        page = text(world.client("amina").get(reverse(f"figures:{name}")))
        assert "yet" in page


def test_the_picture_of_corridors_shows_every_country_on_a_telephone():
    names = ("United Arab Emirates", "Туркменистан", "Таджикистан")
    for depth in (2, 3):
        stops = tuple((str(number), name) for number, name in enumerate(names[:depth]))
        picture = corridor_svg.drawn([corridor_svg.Route(stops), corridor_svg.Route(stops[:1] + stops[-1:])])
        assert picture.width <= corridor_svg.FITS, "nothing lies beyond the edge of a page 360 wide"
        assert all(one.x >= 0 and one.x + one.width <= picture.width for one in picture.rects)
        said = "".join(one.text for one in picture.texts).replace(" ", "")
        assert all(name.replace(" ", "") in said for _key, name in stops)
        lines = {one.text for one in picture.texts}
        assert {"Туркменистан", "Emirates"} & lines and "Туркмен" not in lines, (
            "no name of this region is cut"
        )
