"""Every number on the page that Panah was made after is in the register, with its words, and the interface shows it."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse

from panah.programmes.figures import actions as figures
from panah.programmes.figures import queries as figures_queries
from panah.programmes.figures.delivered import given
from panah.programmes.figures.models import Figure, Source, SourceFile, Tension
from panah.programmes.figures.rules.intervals import Unreadable, printed
from panah.programmes.figures.shown import Shown
from panah.programmes.library import actions as library
from panah.programmes.library import queries as library_queries

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def numbers_of(text: str) -> list[tuple[int, str]]:
    return [(found.start(), found[0]) for found in NUMBER.finditer(text)]


def unaccounted(text: str, quotes: list[str], words_of_no_figure: dict[str, str]) -> list[str]:
    """The numbers of a text that stand in none of the quotations and are not said to count nothing."""
    inside = [range(at, at + len(quote)) for quote in quotes for at in [text.find(quote)] if at >= 0]
    return [
        number
        for at, number in numbers_of(text)
        if not any(at in one for one in inside) and number not in words_of_no_figure
    ]


@pytest.fixture(scope="module")
def page() -> str:
    _name, body = library_queries.delivered_file()
    return plain(body.decode())


def of_the_page():
    return {key: one for key, one in given().figures.items() if one.source == "presentation"}


def test_each_quotation_stands_on_the_page_word_for_word_and_holds_its_number(page):
    for key, one in of_the_page().items():
        assert one.claim.quote in page, key
        assert plain(one.claim.as_printed) in one.claim.quote, key


def test_every_number_of_the_page_is_in_the_register(page):
    quotes = sorted({one.claim.quote for one in of_the_page().values()})
    assert unaccounted(page, quotes, dict(given().no_figures)) == []
    # Control: a page with one number more is found out, and so is a register with one quotation less.
    assert unaccounted(f"{page} and 777 more", quotes, dict(given().no_figures)) == ["777"]
    assert unaccounted(page, quotes[1:], dict(given().no_figures))
    # Within a quotation, each number is a figure of its own, its year, or the number beside it.
    for quote in quotes:
        said = [one.claim for one in of_the_page().values() if one.claim.quote == quote]
        known = {number for claim in said for _at, number in numbers_of(claim.as_printed)}
        years = {str(claim.data_year) for claim in said} | {"2000"}
        assert {number for _at, number in numbers_of(quote)} <= known | years, quote


def test_each_printed_value_is_the_number_that_is_kept():
    by_words = {
        "six",
        "did not identify",
        "any convictions for a third consecutive year",
        "no victims",
        "them all",
    }
    for key, one in given().figures.items():
        if one.claim.kind == "rate" or one.claim.as_printed in by_words:
            continue
        # The dot of the volunteers may be either: a person said that it divides thousands.
        value = printed(one.claim.as_printed, decimal="," if key == "ca-volunteers" else "")
        assert (value.low, value.high) == (one.claim.low, one.claim.high), key
    with pytest.raises(Unreadable):
        printed(given().figures["ca-volunteers"].claim.as_printed)


def test_they_come_once_to_each_society_and_stay_as_they_are(world, delivered):
    assert len(delivered) == len(given().figures)
    assert figures.bring_delivered(society=world.societies["north"].pk, at=world.at) == []
    row = delivered["kz-calls-2019"]
    figures.withdraw(figure=row, reason="A copy of 2018.", by=world.staff["nurlan"], at=world.at)
    assert figures.bring_delivered(society=world.societies["north"].pk, at=world.at) == []
    row.refresh_from_db()
    assert row.state == "withdrawn"
    before = Figure.objects.count(), Source.objects.count(), Tension.objects.count()
    assert len(figures.bring_delivered(society=world.societies["south"].pk, at=world.at)) == len(delivered)
    assert (Figure.objects.count(), Source.objects.count(), Tension.objects.count()) == tuple(
        2 * n for n in before
    )


def test_what_a_newer_panah_adds_comes_in_alone(world, delivered):
    Tension.objects.filter(delivered="calls-twice").delete()
    Figure.objects.filter(delivered="kz-calls-referred-2019").delete()
    Figure.objects.filter(delivered="kz-calls-2019").delete()
    assert len(figures.bring_delivered(society=world.societies["north"].pk, at=world.at)) == 2
    assert Tension.objects.filter(delivered="calls-twice").count() == 1
    assert Tension.objects.count() == len(given().tensions)


def test_the_interface_shows_each_with_its_words_its_value_and_its_flags(world, delivered):
    amina = world.client("amina")
    for key, one in given().figures.items():
        row = delivered[key]
        text = plain(unescape(amina.get(reverse("figures:figure", args=[row.number])).text))
        assert plain(one.claim.quote) in text and one.claim.as_printed in text, key
        assert Shown(row).value in text and one.who["en"] in text, key
        for flag in Shown(row).flags:
            assert flag in text, key


def test_in_russian_they_are_said_in_russian_and_quoted_as_they_are(world, delivered):
    client = world.client("amina")
    client.cookies["django_language"] = "ru"
    row = delivered["uz-thailand-2000"]
    text = unescape(
        client.get(reverse("figures:figure", args=[row.number]), headers={"accept-language": "ru"}).text
    )
    assert row.quote in text
    for one in given().figures.values():
        assert {"en", "ru"} <= one.who.keys() and all(one.who.values()) and re.search("[а-я]", one.who["ru"])
        assert bool(one.note["en"]) == bool(one.note["ru"]) and bool(one.base["en"]) == bool(one.base["ru"])


def test_doubled_is_shown_beside_what_it_is(world, delivered):
    page = (
        world.client("amina").get(reverse("figures:figure", args=[delivered["uz-thailand-2000"].number])).text
    )
    assert "× 1.86" in page and "“doubled”" in page and "2,695" in page
    [told] = figures_queries.tensions_of(delivered["uz-thailand-1999"], to=world.staff["amina"])
    assert told.times is not None and round(told.times.low, 2) == Decimal("1.86")


def test_forty_times_is_kept_as_a_multiple_and_never_as_a_number(world, delivered):
    row = delivered["kz-registered-2001"]
    assert (row.kind, row.low, row.denominator) == ("times", 40, None) and row.denominator_text
    page = world.client("amina").get(reverse("figures:figure", args=[row.number])).text
    assert "40 times another number" in page and "1,000: each reading" in page


def test_a_rate_is_worked_out_whenever_it_is_read_with_both_figures_beside_it(world, delivered):
    row = delivered["kz-sdg-2021"]
    assert (row.low, row.high) == (None, None)
    page = world.client("amina").get(reverse("figures:figure", args=[row.number])).text
    assert "20 ÷ 19,186,015 × 100,000 = 0.10" in page
    for one in ("kz-identified-2021", "kz-population-2021"):
        assert delivered[one].number in page
    assert "19,186,015 people as of Sept. 1, 2021" in delivered["kz-population-2021"].quote


def test_1834_twice_is_flagged_in_both_years(world, delivered):
    for key in ("kz-calls-2018", "kz-calls-2019"):
        assert "repeated" in delivered[key].flags
        assert (
            "repeats"
            in world.client("amina").get(reverse("figures:figure", args=[delivered[key].number])).text
        )


def test_men_women_and_children_are_parts_of_the_whole_and_foreigners_are_not_added_to_them(world, delivered):
    [found] = figures_queries.parts_of(delivered["kz-assisted-2025"], to=world.staff["amina"])
    assert {one.delivered for one in found.figures} == {
        f"kz-assisted-2025-{who}" for who in ("men", "women", "children")
    }
    assert found.sum is not None and found.sum.value.low == 171 and found.meets


def test_the_presentation_leads_to_the_librarys_document_and_back(world, delivered):
    row = delivered["kz-korea-2002"]
    assert row.file is not None and SourceFile.objects.filter(sha256=row.file.sha256).count() == 1
    before = figures_queries.cited_by([row.number], to=world.staff["amina"]).get(row.number, [])
    assert before == []
    document = library.bring_source(by=world.staff["bakyt"], at=world.at)
    cited = figures_queries.cited_by([row.number], to=world.staff["amina"])[row.number]
    [link] = [one for one in cited if one not in before]
    assert link.address == reverse("library:document", args=[document.number])
    page = unescape(world.client("amina").get(link.address).text)
    assert reverse("figures:figure", args=[row.number]) in page and row.quote in page
    other = world.client("rustam").get(link.address).text
    assert reverse("figures:figure", args=[row.number]) not in other, (
        "the register of the North is the North's"
    )
