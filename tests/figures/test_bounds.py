"""Where one rule of the figures ends and the next begins: to the day, to the year of age, to the number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from panah.programmes.figures.rules.adding import addable, added, is_total
from panah.programmes.figures.rules.briefs import Review, digest_of, may_be_published, standing, version_of
from panah.programmes.figures.rules.claims import Claim, problem
from panah.programmes.figures.rules.comparing import disagreeing, repeats
from panah.programmes.figures.rules.intervals import Unreadable, exactly, printed
from tests.figures.intervals import between, part

TOTALS = (
    "total", "all", "overall", "grand total", "sum", "any", "both", "both sexes", "subtotal", "total (all)", "totals",
    "total, all", "all ages", "all quarters", "всего", "итого", "все", "оба пола", "все возрасты", "барлығы", "жиыны",
    "жалпы", "jami", "ҷамъ",
)  # fmt: skip


@pytest.mark.parametrize("name", TOTALS)
def test_each_name_of_a_row_that_holds_the_others_is_known_also_with_a_mark_behind_it(name):
    assert all(is_total(one) for one in (name, name.upper(), f"{name}:", f"{name}.", f" {name} "))
    assert not is_total(f"{name} women")


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("0-17", "18+", ""), ("0-17", "17-20", "overlap"), ("18-24", "5-9", ""), ("18-24", "5-18", "overlap"),
        ("under 18", "18+", ""), ("under 18", "17 to 20", "overlap"), ("<18", "18 and over", ""), ("<19", "18+", "overlap"),
        ("до 18", "18 и старше", ""), ("below 1", "0-3", "overlap"), ("adults", "0-17", ""), ("0-17", "adults", ""),
        ("adults", "children", ""), ("65+", "70 – 74", "overlap"), ("children", "Children", "overlap"),
    ],
)  # fmt: skip
def test_bands_of_age_are_parts_where_nobody_is_in_both(one, other, why):
    assert addable([part("a", split={"age": one}), part("b", split={"age": other})]) == why


def test_women_of_one_table_and_men_of_another_are_added_where_both_divide_alike():
    women, men = part("w", 6, split={"sex": "female"}), part("m", 4, split={"sex": "male"}, source="t")
    assert added([women, men]).value == exactly(10)


def test_what_readers_must_know_of_one_of_them_they_must_know_of_the_sum():
    women = part("w", split={"sex": "female"}, flags=("estimate", "draft"), joint=True)
    men = part("m", split={"sex": "male"}, flags=("draft",), joint=True)
    found = added([women, men])
    assert (found.flags, found.cautions) == (("estimate", "draft"), ("joint",))


def test_events_of_two_years_are_added_where_not_a_day_is_in_both():
    year = part("2023", unit="event", year=2023)
    before = replace(year, id="b", year=None, period=(date(2022, 7, 1), date(2022, 12, 31)))
    assert addable([before, year]) == ""
    assert addable([replace(before, period=(date(2022, 7, 1), date(2023, 1, 1))), year]) == "overlap"
    after = replace(before, period=(date(2024, 1, 1), date(2024, 3, 31)))
    assert addable([year, after]) == ""
    assert addable([year, replace(after, period=(date(2023, 12, 31), date(2024, 3, 31)))]) == "overlap"
    # Of a period of which one end is not said the year counts.
    for period in ((date(2022, 7, 1), None), (None, date(2022, 12, 31))):
        assert replace(year, period=period).days == year.days
        assert replace(year, period=period, year=None).days is None
    # All of one year beside the women of another are no total beside its parts.
    assert addable([year, part("w", unit="event", year=2024, split={"sex": "female"})]) == ""


PLAIN = Claim("detained", "7", low=Decimal(7), high=Decimal(7), quote="seven")


@pytest.mark.parametrize(
    ("said", "own", "code"),
    [
        ({"high": None}, False, ""), ({"low": Decimal(0), "high": Decimal(0)}, False, ""),
        ({"period_from": date(2025, 1, 1)}, False, ""), ({"period_to": date(2025, 1, 1)}, False, ""),
        ({"period_from": date(2025, 1, 1), "period_to": date(2025, 1, 1)}, False, ""),
        ({"kind": "times"}, False, "of-what"), ({"kind": "times", "denominator_text": "this number"}, False, ""),
        ({"low": Decimal(4), "high": Decimal(4)}, True, "small-and-own"), ({"low": Decimal(1), "high": Decimal(1)}, True, "small-and-own"),
        ({"low": Decimal(5), "high": Decimal(5)}, True, ""), ({"low": Decimal(0), "high": Decimal(0)}, True, ""),
        ({"low": Decimal(1), "high": Decimal(4)}, True, ""), ({"low": Decimal(4), "high": Decimal(4)}, False, ""),
        ({"low": Decimal(4), "high": Decimal(4), "unit": "event"}, True, ""),
    ],
)  # fmt: skip
def test_a_claim_is_kept_up_to_its_bounds_and_a_small_number_of_ones_own_people_is_not(said, own, code):
    assert problem(replace(PLAIN, **said), own=own) == code


def test_only_counts_of_people_or_events_disagree_and_only_exact_numbers_repeat():
    one, other = part("a", 10, kind="percent"), part("b", 12, kind="percent", publisher="Ministry")
    assert disagreeing([one, other]) == []
    assert repeats([(2018, exactly(1)), (2019, exactly(1))]) == [2019]
    assert repeats([(2018, between(1, 4)), (2019, between(1, 4))]) == []


def test_numbers_are_read_up_to_a_million_billions():
    assert printed("1" + 15 * "0") == exactly(10**15) and printed("5-5") == exactly(5)
    with pytest.raises(Unreadable):
        printed("1" + 14 * "0" + "1")


READ, CLEARED = Review("reading", True, "x", 1), Review("clearance", True, "x", 2)


@pytest.mark.parametrize(
    ("reviews", "may"),
    [
        ([READ, CLEARED], True), ([CLEARED, READ], True), ([CLEARED], False), ([READ], False), ([], False),
        ([replace(READ, good=False), CLEARED], False), ([replace(READ, digest="y"), CLEARED], False),
        ([replace(READ, kind="clearance"), CLEARED], False), ([READ, replace(CLEARED, good=False)], False),
        ([READ, replace(CLEARED, digest="y")], False), ([READ, CLEARED, replace(CLEARED, good=False, turn=3)], False),
        ([READ, replace(CLEARED, good=False), replace(CLEARED, turn=3)], True),
    ],
)  # fmt: skip
def test_a_brief_is_published_when_this_very_content_was_read_by_a_second_and_cleared(reviews, may):
    assert may_be_published("clearing", "x", reviews) is may
    assert not may_be_published("reading", "x", reviews)


@pytest.mark.parametrize(
    ("state", "reviews", "how_far"),
    [
        ("reading", [], "reading"), ("reading", [READ], "reading"), ("reading", [replace(READ, good=False)], "sent-back"),
        ("reading", [replace(READ, good=False, digest="y")], "reading"), ("clearing", [READ], "clearing"),
        ("clearing", [CLEARED], "cleared"), ("clearing", [replace(CLEARED, good=False)], "not-cleared"),
        ("published", [CLEARED], "published"), ("published", [replace(CLEARED, good=False)], "objected"),
        ("published", [], "objected"), ("withdrawn", [CLEARED], "withdrawn"),
    ],
)  # fmt: skip
def test_how_far_a_brief_is_follows_from_what_was_last_said_of_it_as_it_stands(state, reviews, how_far):
    assert standing(state, "x", reviews) == how_far


def test_the_hash_of_a_content_and_the_version_of_the_register_are_the_same_on_every_node_and_for_good():
    assert (
        digest_of({"b": "д", "a": [1, 2]})
        == digest_of({"a": [1, 2], "b": "д"})
        == "d8da09b620605efd47a2265f4b63d9531413dc12e3814d3d64cb76eddbdc571f"
    )
    figures = [{"id": "b", "n": 2}, {"n": 1, "id": "a"}]
    assert version_of(figures) == version_of([{"id": "a", "n": 1}, {"n": 2, "id": "b"}]) == "4554702141de"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *((f"5 {one}", 5000) for one in ("thousand", "тыс", "тыс.", "тысяч", "k")), ("5k", 5000),
        *((f"5 {one}", 5_000_000) for one in ("million", "mln", "млн", "млн.", "миллион", "миллиона", "миллионов", "m")),
        *((f"5 {one}", 5_000_000_000) for one in ("billion", "bn", "млрд", "млрд.")), ("5 Million", 5_000_000),
    ],
)  # fmt: skip
def test_a_number_in_thousands_or_more_is_read_whole(text, number):
    assert printed(text) == exactly(number)


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [
        ("1 234,5", ",", "1234.5"), ("1,234.5", ".", "1234.5"), ("1 234", ",", "1234"), ("1234,5", ",", "1234.5"),
        ("7", ",", "7"), ("12.5", "", "12.5"), ("1,234,567", "", "1234567"),
    ],
)  # fmt: skip
def test_a_fraction_begins_with_what_its_source_writes(text, decimal, number):
    assert printed(text, decimal=decimal) == exactly(Decimal(number))


@pytest.mark.parametrize(
    ("text", "decimal"),
    [
        ("1,234'567", ""), ("1 234,5", ""), ("12'5", ""), ("1.2.3", ""), ("1,23.5", "."), ("5 apples", ""), ("0,123,456", ""),
        ("1234,x", ","), ("12 5", ""),
    ],
)  # fmt: skip
def test_signs_that_divide_a_number_in_two_ways_make_none(text, decimal):
    with pytest.raises(Unreadable):
        printed(text, decimal=decimal)


def test_what_a_source_hides_may_be_a_single_number_and_not_none():
    assert printed("<5", hides_from=4) == exactly(4)
    with pytest.raises(Unreadable):
        printed("<5", hides_from=5)


def test_nothing_is_a_share_of_nothing():
    with pytest.raises(ValueError, match="share of nothing"):
        exactly(1).over(exactly(0))
    assert exactly(3).over(exactly(1)) == exactly(3)
