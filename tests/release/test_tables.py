"""A table that is published tells of nobody: not by itself, not to a society that subtracts its own people."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panah.programmes.release.attack import ShownRelease, attack
from panah.programmes.release.bounds import Contradiction, Knowledge
from panah.programmes.release.cells import (
    Coverage,
    Dimension,
    Method,
    Rule,
    State,
    Table,
    count_rows,
    with_totals,
)
from panah.programmes.release.joined import Joined
from panah.programmes.release.tables import CannotProtect, protect, protect_together
from tests.release.made_tables import (
    AGE,
    COUNTRY,
    DECISION,
    QUARTER,
    YEAR,
    referrals,
    shown_as_they_are,
    table,
)

RULE = Rule()
ROUNDED = Rule(method=Method.ROUND)
SHAPES = st.sampled_from([(4,), (2, 2), (3, 4), (1, 3), (2, 3, 2)])


@st.composite
def any_tables(draw):
    """Any small table of up to three societies, with many zeros and small counts."""
    shape = draw(SHAPES)
    size = int(np.prod(shape))
    count = st.one_of(st.just(0), st.integers(0, 6), st.integers(0, 60))
    societies = draw(st.integers(1, 3))
    parts = {
        f"Society {name}": np.array(draw(st.lists(count, min_size=size, max_size=size)), np.int64).reshape(
            shape
        )
        for name in "ABC"[:societies]
    }
    dimensions = tuple(Dimension(f"column {at}", tuple("abcd"[:n])) for at, n in enumerate(shape))
    return Table("any", YEAR, dimensions, parts)


def released(made, shown):
    return ShownRelease("made up", (shown,), {made.name: made})


def bounds_of(shown, place, own=None):
    joined = Joined([shown])
    knowledge = Knowledge(
        joined, [np.zeros(shown.values.shape, np.int64) if own is None else with_totals(own)]
    )
    found = knowledge.bounds([joined.cell(0, place)])
    return int(found.low[0]), int(found.high[0])


@given(any_tables())
def test_no_small_count_of_any_table_can_be_worked_out_by_anybody(made):
    shown = protect(made, RULE)
    assert attack(released(made, shown)).passed
    exact = with_totals(made.counts)
    for place in shown.places():
        if 0 < exact[place] < RULE.threshold:
            assert shown.state(place) is State.HIDDEN
            low, high = bounds_of(shown, place)
            assert low <= exact[place] <= high and high - low >= RULE.protection


@given(any_tables())
def test_what_is_shown_is_true(made):
    shown, exact = protect(made, RULE), with_totals(made.counts)
    for place in shown.places():
        if shown.state(place) is not State.HIDDEN:
            assert shown.values[place] == exact[place]
            assert (shown.state(place) is State.ZERO) == (exact[place] == 0)
        else:
            assert shown.values[place] == -1


@given(any_tables())
def test_rounded_counts_add_up_and_lie_beside_the_truth(made):
    shown = protect(made, ROUNDED)
    inside = tuple(slice(-1) for _ in made.dimensions)
    assert (shown.values == with_totals(shown.values[inside])).all()
    assert (shown.values % ROUNDED.base == 0).all()
    assert (abs(shown.values[inside] - made.counts) < ROUNDED.base).all()
    assert attack(released(made, shown)).passed


@settings(max_examples=40)
@given(any_tables(), st.data())
def test_whoever_was_added_since_the_last_month_stays_unknown(made, data):
    before = Coverage(YEAR.measure, YEAR.since, date(2026, 5, 31), YEAR.places)
    parts = {
        who: np.array([data.draw(st.integers(0, int(n))) for n in part.ravel()]).reshape(part.shape)
        for who, part in made.by_society.items()
    }
    may = Table("any", before, made.dimensions, parts)
    first = protect(may, RULE)
    try:
        shown = protect(made, RULE, published=[first], earlier=[may])
    except CannotProtect:
        return  # then nothing is released
    assert attack(released(made, shown), [released(may, first)]).passed


def test_only_small_counts_hidden_protects_nobody_and_the_attack_says_so():
    made = referrals()
    report = attack(released(made, shown_as_they_are(made, RULE, hide_below=5)))
    assert not report.passed
    first = str(report.findings[0].sentence)
    assert "quarter Q1, age child, decision negative" in first and "between 2 and 2 people" in first


def test_the_same_table_protected_passes_and_still_shows_most_people():
    made = referrals()
    shown = protect(made, RULE)
    assert attack(released(made, shown)).passed
    told = [shown.state(place) is State.COUNT for place in shown.places()]
    assert sum(told) > len(told) / 2
    assert shown.values[4, 3, 2] == made.counts.sum()


def test_the_same_counts_give_the_same_table_and_another_seed_another():
    made = table([[2, 20, 20, 20], [20, 20, 20, 20], [20, 20, 20, 20]], (AGE, QUARTER))
    one, same = protect(made, RULE), protect(made, RULE)
    assert (one.states == same.states).all() and one.solver == same.solver
    assert "HiGHS" in one.solver
    others = [protect(made, replace(RULE, seed=seed)) for seed in range(2, 9)]
    assert any((one.states != other.states).any() for other in others)


def test_a_count_of_one_society_alone_is_hidden_from_the_others():
    alone = np.array([[40, 50, 60], [50, 60, 70]])
    zero = np.zeros_like(alone)
    one, other = alone.copy(), alone.copy()
    other[0, 0] = 0
    made = Table("t", YEAR, (DECISION, AGE), {"Society A": one, "Society B": other, "Society C": zero})
    shown = protect(made, RULE)
    assert shown.state((0, 0)) is State.HIDDEN
    low, high = bounds_of(shown, (0, 0), zero)
    assert high - low >= RULE.protection
    # Where only one society counts at all, there is nobody to keep its counts from.
    national = Table("t", YEAR, (DECISION, AGE), {"Society A": alone})
    assert (protect(national, RULE).states == State.COUNT).all()


def test_a_society_that_counted_nearly_everybody_learns_nothing_of_the_rest():
    large = np.array([[300, 200, 150], [100, 200, 300]])
    rest = np.array([[2, 30, 40], [30, 40, 20]])
    made = Table("t", YEAR, (DECISION, AGE), {"Society A": large, "Society B": rest})
    careless = attack(released(made, shown_as_they_are(made, RULE)))
    assert [one.by for one in careless.findings] == ["Society A"]
    assert "Society A takes away its own count at decision negative, age adult" in str(
        careless.findings[0].sentence
    )
    shown = protect(made, RULE)
    assert shown.state((0, 0)) is State.HIDDEN
    assert attack(released(made, shown)).passed


def test_nearly_everybody_in_one_answer_is_not_told_either():
    # 98 of 100 answered the same: whoever reads 98 and 100 knows that two did not.
    made = table([[98, 2, 0], [60, 70, 80]], (DECISION, AGE), societies=1)
    shown = protect(made, RULE)
    assert State.HIDDEN in (shown.state((0, 0)), shown.state((0, 3)))


def test_nobody_not_shown_and_not_asked_never_sound_alike():
    asked = np.zeros((2, 3), np.bool_)
    asked[1, 2] = True
    made = table([[40, 0, 3], [50, 60, 0]], (DECISION, AGE), not_asked=asked, societies=1)
    shown = protect(made, RULE)
    assert str(shown.read_aloud((0, 0))).startswith("decision negative, age adult: ")
    assert (
        str(shown.read_aloud((0, 2))) == "decision negative, age not specified: not shown, to protect people."
    )
    assert str(shown.read_aloud((1, 2))) == "decision positive, age not specified: not asked."
    plain = protect(
        table([[40, 0], [50, 60]], (DECISION, Dimension("sex", ("man", "woman"))), societies=1), RULE
    )
    assert str(plain.read_aloud((0, 1))) == "decision negative, sex woman: nobody."
    assert str(plain.read_aloud((2, 2))) == "decision Total, sex Total: 150."
    rounded = protect(made, ROUNDED)
    assert "fewer than 10, or nobody" in str(rounded.read_aloud((0, 1)))
    assert "about" in str(rounded.read_aloud((0, 0)))


def test_a_share_is_hidden_with_either_of_its_counts():
    made = table([[98, 2, 0], [60, 70, 80]], (DECISION, AGE), societies=1)
    shown = protect(made, RULE)
    assert shown.rate((0, 1), of="age").share is None
    assert "no share is shown" in str(shown.rate((0, 1), of="age").sentence)
    open_place = next(p for p in shown.places() if shown.state(p) is State.COUNT)
    rate = shown.rate(open_place, of="age")
    assert (rate.share is None) == (shown.state((open_place[0], 3)) is State.HIDDEN)
    nobody = protect(table([[0, 0, 0], [60, 70, 80]], (DECISION, AGE), societies=1), RULE)
    assert "nobody to share among" in str(nobody.rate((0, 1), of="age").sentence)
    assert nobody.rate((1, 0), of="age").share == pytest.approx(60 / 210)
    assert "28.6 per cent" in str(nobody.rate((1, 0), of="age").sentence)


def test_two_tables_of_one_release_hide_together_what_they_share():
    rng = np.random.default_rng(3)
    whole = table(rng.poisson(6, (6, 3, 2)), (COUNTRY, AGE, DECISION), societies=3)
    first = {who: part.sum(axis=2) for who, part in whole.by_society.items()}
    second = {who: part.sum(axis=1) for who, part in whole.by_society.items()}
    tables = [
        Table("by age", YEAR, (COUNTRY, AGE), first),
        Table("by decision", YEAR, (COUNTRY, DECISION), second),
    ]
    shown = protect_together(tables, RULE)
    truth = {one.name: one for one in tables}
    assert attack(ShownRelease("both", tuple(shown), truth)).passed
    for country in range(7):
        if shown[0].state((country, 3)) is State.HIDDEN:
            assert shown[1].state((country, 2)) is State.HIDDEN


def test_a_table_that_the_last_one_has_opened_already_is_refused():
    made = table([[2, 30, 40], [30, 40, 50]], (DECISION, AGE), societies=1)
    with pytest.raises(CannotProtect, match="Leave a dimension out"):
        protect(
            replace_name(made, "again"),
            RULE,
            published=[shown_as_they_are(replace_name(made, "before"), RULE, hide_below=3)],
        )


def test_counts_that_cannot_all_be_true_are_no_knowledge():
    made = table([[20, 30, 40], [30, 40, 50]], (DECISION, AGE), societies=1)
    shown = shown_as_they_are(made, RULE)
    shown.values[0, 0] = 21
    with pytest.raises(Contradiction):
        Knowledge(Joined([shown]), [np.zeros((3, 4), np.int64)])


def test_people_are_counted_by_their_codes_and_their_society():
    codes = np.array([[0, 1], [0, 1], [1, 2], [0, 0]], np.uint16)
    made = count_rows("t", YEAR, (DECISION, AGE), codes, ["A", "B"], np.array([0, 1, 1, 0]))
    assert made.counts.tolist() == [[1, 2, 0], [0, 0, 1]]
    assert made.by_society["B"].tolist() == [[0, 1, 0], [0, 0, 1]]


BROKEN = (
    lambda: Dimension("age", ("Total", "adult")),
    lambda: Dimension("age", ("adult", "adult")),
    lambda: Table("t", YEAR, (AGE,), {"A": np.array([1, 2])}),
    lambda: Table("t", YEAR, (AGE,), {"A": np.array([1, 2, -1])}),
    lambda: Table("t", YEAR, (AGE,), {}),
    lambda: Table("t", YEAR, (AGE,), {"A": np.array([1, 2, 3])}, np.array([True, False, False])),
    lambda: Rule(threshold=1),
    lambda: Rule(method=Method.ROUND, base=5),
    lambda: Coverage("m", date(2026, 2, 1), date(2026, 1, 1), frozenset({"x"})),
)


@pytest.mark.parametrize("number", range(len(BROKEN)))
def test_what_is_no_table_and_no_rule_is_refused_at_once(number):
    with pytest.raises(ValueError, match=r"\w"):
        BROKEN[number]()


def replace_name(made, name):
    return Table(name, made.population, made.dimensions, made.by_society)
