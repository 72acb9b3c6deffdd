"""What levels mean, without rows or a clock."""

import pytest

from panah.programmes.model import rules


def test_strong_is_what_works_the_strongest_first():
    assert rules.strengths({"a": 2, "b": 1, "c": 3, "d": 4}) == ["d", "c"]


@pytest.mark.parametrize(
    ("now", "before", "by"), [(3, 1, 2), (1, 2, -1), (2, 2, 0), (None, 2, None), (2, None, None)]
)
def test_what_moved(now, before, by):
    assert rules.moved(now, before) == by


@pytest.mark.parametrize(
    ("levels", "differ"), [((2, 2), False), ((2, 3), True), ((2, 0), False), ((), False)]
)
def test_whoever_cannot_say_does_not_differ(levels, differ):
    assert rules.differ(levels) is differ


NEEDED = {"house": {"shelter": 3}, "cases": {"protection": 3, "data": 2}}


def test_closed_things_that_the_levels_carry_are_proposed_to_open_and_open_ones_that_they_do_not_to_close():
    house, cases = rules.proposals(NEEDED, {"shelter": 3, "protection": 2}, {"house"})
    assert house.changes and house.closed_today and not house.missing
    assert (
        cases.changes
        and not cases.closed_today
        and dict(cases.missing) == {"protection": (2, 3), "data": (0, 2)}
    )


def test_what_nobody_has_given_a_level_is_below_the_first():
    (house,) = rules.proposals({"house": {"shelter": 1}}, {}, set())
    assert dict(house.missing) == {"shelter": (0, 1)} and house.changes


def test_what_fits_is_left_as_it_is():
    house, cases = rules.proposals(NEEDED, {"shelter": 2, "protection": 4, "data": 4}, {"house"})
    assert not house.changes and not cases.changes


@pytest.mark.parametrize(
    ("versions", "upcoming"),
    [(["1"], "1.1"), (["1", "1.9"], "1.10"), (["1", "1.2", "2"], "2.1"), ([], "0.1")],
)
def test_the_networks_next_version_follows_the_newest(versions, upcoming):
    assert rules.next_version(versions) == upcoming
