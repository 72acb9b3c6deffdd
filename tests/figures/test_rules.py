"""Values as intervals, what may be added, and that nothing else adds."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.programmes.figures.rules.adding import NotAddable, addable, added, is_total
from panah.programmes.figures.rules.claims import OWN_MEASURES, Claim, problem
from panah.programmes.figures.rules.comparing import disagreeing, growth, rate, repeats
from panah.programmes.figures.rules.intervals import Interval, Unreadable, exactly, printed
from panah.programmes.figures.words import Measure
from panah.rooms import PANAH, from_room
from tests.figures.intervals import between, part

ROOM = Path(__file__).parents[2] / "src" / "panah" / "programmes" / "figures"


# ---- values as they are printed ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2,000", 2000, 2000), ("1 834", 1834, 1834), ("1\u202f834", 1834, 1834), ("1'834", 1834, 1834),
        ("<5", 0, 4), ("fewer than 5", 0, 4), ("менее 5", 0, 4), ("≤5", 0, 5), ("over 100", 101, None),
        ("не менее 100", 100, None), ("100+", 100, None), ("100–200", 100, 200), ("from 5 to 9", 5, 9),
        ("between 5 and 9", 5, 9), ("44 %", 44, 44), ("10%", 10, 10), ("27.6 million", 27600000, 27600000),
        ("27,6 млн", 27600000, 27600000), ("40 times this number", 40, 40), ("around 200,000", 200000, 200000),
        ("1,5", "1.5", "1.5"), ("0.104", "0.104", "0.104"), ("1.234.567", 1234567, 1234567),
    ],
)  # fmt: skip
def test_what_is_printed_is_read_as_its_publisher_means_it(text, low, high):
    assert printed(text) == between(low, high)


def test_what_a_source_hides_begins_where_the_source_says():
    assert printed("<5", hides_from=1) == between(1, 4)
    assert printed("<5", hides_from=0) == between(0, 4)


@pytest.mark.parametrize(
    "text", ["", "many", "-5", "1,2,3", "12-", "9–5", "٣", "1e5", "<0", "1_000", "NaN", "9" * 40]
)
def test_what_is_no_number_is_said_so(text):
    with pytest.raises(Unreadable) as error:
        printed(text)
    assert error.value.code == "not-a-number"


def test_a_dot_that_may_be_either_is_for_a_person_to_decide():
    with pytest.raises(Unreadable) as error:
        printed("200.000")
    assert error.value.code == "ambiguous"
    assert printed("200.000", decimal=",") == exactly(200000)


@given(st.text(max_size=20))
def test_no_text_at_all_breaks_the_reading(text):
    try:
        value = printed(text)
    except Unreadable:
        return
    assert value.low >= 0 and (value.high is None or value.high >= value.low)


@given(st.integers(0, 10**12))
def test_a_number_is_read_back_however_its_thousands_are_divided(number):
    for mark in (",", " ", "\u00a0", "'"):
        assert printed(f"{number:,}".replace(",", mark)) == exactly(number)


# ---- arithmetic with intervals ---------------------------------------------------------------------

values = st.integers(0, 10**6)
# A quotient ends somewhere.
LAST_DIGIT = Decimal("1e-20")
intervals = st.builds(
    lambda low, more: Interval(Decimal(low), None if more is None else Decimal(low + more)),
    values,
    st.none() | values,
)


def inside(one: Interval, share: float) -> Decimal:
    """Some number that may be the true one."""
    high = one.low + 10**6 if one.high is None else one.high
    return one.low + (high - one.low) * Decimal(str(share))


shares = st.sampled_from([0, 0.25, 0.5, 1])


@given(intervals, intervals, shares, shares)
def test_the_true_sum_and_the_true_quotient_lie_inside(one, other, first, second):
    true, beside = inside(one, first), inside(other, second)
    total = one.plus(other)
    assert total.low <= true + beside and (total.high is None or true + beside <= total.high)
    if beside > 0:
        found = one.over(other)
        assert found.low <= true / beside + LAST_DIGIT
        assert found.high is None or true / beside <= found.high + LAST_DIGIT


@given(intervals, intervals, intervals)
def test_the_order_of_adding_changes_nothing(one, other, third):
    assert one.plus(other) == other.plus(one)
    assert one.plus(other).plus(third) == one.plus(other.plus(third))


@given(intervals, intervals)
def test_two_meet_where_one_number_can_be_both(one, other):
    assert one.meets(other) == other.meets(one)
    assert one.meets(one)
    if one.high is not None:
        assert not one.meets(Interval(one.high + 1, None))


def test_an_interval_that_ends_before_it_begins_is_none():
    for low, high in ((5, 4), (-1, 4)):
        with pytest.raises(ValueError, match="no interval"):
            between(low, high)


# ---- what may be added -------------------------------------------------------------------------------


def women_and_men(**said):
    return [part("w", 6, split={"sex": "female"}, **said), part("m", 4, split={"sex": "male"}, **said)]


def test_parts_that_nobody_is_in_twice_are_added():
    assert added(women_and_men()).value == exactly(10)


def test_what_is_hidden_is_carried_through_the_sum_and_said():
    found = added([part("w", between(1, 4), split={"sex": "female"}), part("m", 12, split={"sex": "male"})])
    assert found.value == between(13, 16) and found.cautions == ("hidden",)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"measure": "assisted"}, "measures"),
        ({"publisher": "Ministry"}, "publishers"),
        ({"unit": "event"}, "units"),
        ({"kind": "percent"}, "not-a-count"),
        ({"state": "superseded"}, "not-standing"),
        ({"state": "withdrawn"}, "not-standing"),
        ({"year": 2023}, "years"),
        ({"overlapping": ("labour", "", "")}, "overlap"),
        ({"overlapping": ("", "", "TR")}, "overlap"),
        ({"joint": True}, "overlap"),
        ({"categories": {}}, "total-beside-parts"),
        ({"categories": {"sex": "Total"}}, "total-beside-parts"),
        ({"categories": {"sex": "female"}}, "overlap"),
        ({"categories": {"age": "children"}}, "total-beside-parts"),
        ({"id": "w"}, "twice"),
    ],
)
def test_each_trap_is_refused_with_its_reason(changed, code):
    women, men = women_and_men()
    with pytest.raises(NotAddable) as error:
        added([women, replace(men, **changed)])
    assert error.value.code == code


def test_a_total_row_in_any_dimension_is_not_counted_beside_its_parts():
    table = [
        part("all", 100, split={"agency": "Total", "sex": "Total"}),
        part("police", 60, split={"agency": "Police", "sex": "Total"}),
        part("border", 40, split={"agency": "Border", "sex": "Total"}),
        part("women", 70, split={"agency": "Total", "sex": "female"}),
        part("men", 30, split={"agency": "Total", "sex": "male"}),
    ]
    sums = {
        tuple(one.id for one in chosen): added(chosen).value.low
        for size in range(2, 6)
        for chosen in combinations(table, size)
        if not addable(chosen)
    }
    assert sums == {("police", "border"): 100, ("women", "men"): 100}


def test_kinds_of_exploitation_are_never_added():
    kinds = [part(kind, 5, overlapping=(kind, "", "")) for kind in ("sexual", "labour")]
    assert addable(kinds) == "overlap"


def test_bands_of_age_that_overlap_are_no_parts():
    young, teen, old = ({"age band": band} for band in ("0-17", "15 to 24", "18+"))
    assert addable([part("a", split=young), part("b", split=old)]) == ""
    assert addable([part("a", split=young), part("b", split=teen)]) == "overlap"


def test_tables_that_split_people_each_in_its_own_way_are_not_mixed():
    mine, theirs = part("a", split={"agency": "Police"}), part("b", split={"agency": "Other"}, source="t")
    assert addable([mine, theirs]) == "sources"


def test_years_are_added_of_events_alone_and_never_over_a_break():
    years = [part(str(year), unit="event", year=year) for year in (2023, 2024)]
    assert addable(years) == "" and addable([part("a", year=2023), part("b", year=2024)]) == "years"
    assert addable([years[0], replace(years[1], breaks=True)]) == "break"
    half = replace(years[0], id="h", period=(date(2023, 7, 1), date(2024, 6, 30)))
    assert addable([half, years[1]]) == "overlap"
    assert addable([years[0], replace(years[1], year=None)]) == "years"


def test_countries_are_added_with_the_warning_that_one_person_may_be_in_two():
    found = added([part("kz", split={"country": "KZ"}), part("kg", split={"country": "KG"})])
    assert found.cautions == ("countries",)


def test_nothing_makes_no_sum():
    assert addable([]) == "nothing"


categories = st.fixed_dictionaries(
    {},
    optional={
        "sex": st.sampled_from(["female", "male", "Total", ""]),
        "age": st.sampled_from(["children", "adults", ""]),
    },
)
parts = st.lists(
    st.builds(
        lambda number, split, measure, publisher, year: part(
            str(number), number, split=split, measure=measure, publisher=publisher, year=year
        ),
        values,
        categories,
        st.sampled_from(["identified", "assisted"]),
        st.sampled_from(["Office", "Ministry"]),
        st.sampled_from([2023, 2024]),
    ),
    max_size=5,
    unique_by=lambda one: one.id,
)
PEOPLE = [(sex, age) for sex in ("female", "male") for age in ("children", "adults")]


@given(parts)
def test_whatever_is_added_counts_nobody_twice(chosen):
    if addable(chosen):
        return
    assert len({(one.measure, one.publisher, one.year) for one in chosen}) == 1
    for sex, age in PEOPLE:
        counted = [
            one.id
            for one in chosen
            if one.split_by.get("sex", sex) == sex and one.split_by.get("age", age) == age
        ]
        assert len(counted) <= 1, "somebody of this kind stands in two of them"


@given(parts)
def test_the_order_of_figures_decides_nothing(chosen):
    assert bool(addable(chosen)) == bool(addable(chosen[::-1]))


# ---- where figures disagree ----------------------------------------------------------------------------


def test_two_numbers_for_one_question_disagree_unless_one_number_can_be_both():
    one, other = part("a", 10), part("b", 12, publisher="Ministry")
    assert disagreeing([one, other]) == [("a", "b")]
    assert disagreeing([one, replace(other, value=between(8, 14))]) == []
    assert disagreeing([one, replace(other, measure="assisted")]) == []
    assert disagreeing([one, replace(other, state="mistaken")]) == []
    assert disagreeing([replace(one, year=None), replace(other, year=None)]) == []


def test_a_word_is_held_against_its_numbers():
    found = growth(exactly(2695), exactly(5017))
    assert found is not None and round(found.low, 2) == Decimal("1.86")
    assert growth(exactly(0), exactly(5)) is None


def test_a_rate_has_the_two_ends_of_what_it_is_made_from():
    found = rate(between(1, 4), exactly(200_000), per=100_000)
    assert found == between("0.5", 2)
    assert rate(exactly(1), exactly(0), per=1000) is None


def test_a_number_that_repeats_is_found_and_nought_is_not():
    calls = [(2016, exactly(841)), (2017, exactly(1350)), (2018, exactly(1834)), (2019, exactly(1834))]
    assert repeats(calls) == [2019]
    assert repeats([(2018, exactly(0)), (2019, exactly(0))]) == []


@pytest.mark.parametrize("word", ["Total", "total:", " ALL ", "Итого", "Всего", "Both sexes", ""])
def test_a_row_that_holds_all_the_others_is_known_by_its_name(word):
    assert is_total(word) and not is_total(f"{word}x")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({}, ""), ({"low": None}, "no-number"), ({"low": Decimal(-1)}, "no-number"), ({"high": Decimal(1)}, "upside-down"),
        ({"kind": "rate"}, "rate-by-hand"), ({"quote": " "}, "no-place"), ({"kind": "percent"}, "of-what"),
        ({"period_from": date(2025, 2, 1), "period_to": date(2025, 1, 1)}, "period"),
    ],
)  # fmt: skip
def test_a_claim_that_makes_no_sense_is_named(said, code):
    plain = {
        "measure": "identified",
        "as_printed": "7",
        "low": Decimal(7),
        "high": Decimal(7),
        "quote": "seven",
    }
    assert problem(Claim(**{**plain, **said}), own=False) == code


# ---- nothing else adds -----------------------------------------------------------------------------------

ADDS = {"sum", "fsum", "Sum", "aggregate", "reduce", "accumulate", "plus", "sumprod"}


def places_that_add(name: str, text: str) -> list[str]:
    """Where a module adds: by a call that sums, or by a total that grows."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in ADDS:
                found.append(f"{name}: {called}")
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            ends = {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)} & {"low", "high"}
            if ends:
                found.append(f"{name}: .{min(ends)} +")
        if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add):
            found.append(f"{name}: {ast.unparse(node.target)} +=")
    return found


# What is added there is no figure.
NO_FIGURES = {
    "actions/sources.py: size +=": "bytes of a file",
    "queries/citing.py: many[address] +=": "how many figures somebody cites",
    "queries/citing.py: told.setdefault(key, Counter())[outcome] +=": "how many numbers of a chart change",
    "actions/import_accepting.py: sum": "rows, cells and faults of a table, counted while it is read",
    "actions/import_reading.py: row.cells_empty +=": "rows, cells and faults of a table, counted while it is read",
    "actions/import_reading.py: row.faults +=": "rows, cells and faults of a table, counted while it is read",
    "actions/import_reading.py: row.figures_found +=": "rows, cells and faults of a table, counted while it is read",
    "actions/import_reading.py: row.rows_left +=": "rows, cells and faults of a table, counted while it is read",
    "actions/import_reading.py: row.rows_read +=": "rows, cells and faults of a table, counted while it is read",
    "actions/import_reading.py: taken +=": "rows, cells and faults of a table, counted while it is read",
    "actions/imports.py: size +=": "bytes of a file",
    "reading/compare.py: found.other_years +=": "rows, cells and faults of a table, counted while it is read",
    "reading/layouts.py: self.rows +=": "rows and words of a table, counted for a proposal",
    "reading/layouts.py: sum": "rows and words of a table, counted for a proposal",
    "reading/tables.py: self._at +=": "bytes of a file",
    "reading/totals.py: found +=": "findings put in a list",
    "rules/intervals.py: .high +": "the sum of two intervals, which adding alone may ask for",
    "rules/intervals.py: .low +": "the sum of two intervals, which adding alone may ask for",
    "reading/values.py: plus": "the parts of one table, to be held against the total that its publisher gives",
}


# Rooms that read figures and add something else.
ABOVE = {
    "evidence/actions/own_figures.py: entered +=": "figures put in a list",
    "evidence/queries/journalled.py: said +=": "what a hash is made of, put in a list",
    "evidence/queries/releases.py: sum": "what was spent of a privacy budget",
}


def test_only_one_place_adds_figures_here_and_in_the_rooms_that_read_them():
    found = {
        place
        for path in ROOM.rglob("*.py")
        if "migrations" not in path.parts
        for place in places_that_add(path.relative_to(ROOM).as_posix(), path.read_text())
    }
    assert "rules/adding.py: plus" in found, "the walk finds the place that may"
    assert NO_FIGURES.keys() <= found, "a line for a place that is no more"
    assert found - NO_FIGURES.keys() == {"rules/adding.py: plus"}
    # Rooms above that read figures: each place there is a sum of something else, or of cards that are no figures.
    above = {
        from_room(path): path.read_text()
        for path in PANAH.rglob("*.py")
        if "panah.programmes.figures" in path.read_text() and ROOM not in path.parents
    }
    assert "evidence/actions/own_figures.py" in above, "the walk finds who reads figures"
    assert {place for name, text in above.items() for place in places_that_add(name, text)} == ABOVE.keys()
    for template in ROOM.rglob("*.html"):
        assert not re.search(r"\|\s*sum\b", template.read_text()), template
    # Control: each way of adding is found where it is planted.
    planted = [
        "t = sum(x)",
        "t += one.low",
        "rows.aggregate(t=Sum('low'))",
        "reduce(f, x)",
        "a.plus(b)",
        "t = a.low + b.low",
    ]
    assert all(places_that_add("planted", one) for one in planted)


def test_of_all_its_own_work_a_society_says_out_of_how_many():
    assert set(Measure.values) >= OWN_MEASURES and len(OWN_MEASURES) == 9
    claim = Claim("screened", "40", low=Decimal(40), high=Decimal(40), place="row 4")
    for measure in OWN_MEASURES:
        own = replace(claim, measure=measure)
        assert problem(own, own=True) == "of-how-many", measure
        assert problem(replace(own, denominator_text="of 90 who came"), own=True) == ""
    assert problem(replace(claim, measure="capacity"), own=True) == "", "branches are out of nothing"
