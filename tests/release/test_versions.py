"""A year that was counted again: who came or went in between is a piece of its own."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from panah.programmes.release.coverage import Relation, relation
from panah.programmes.release.versions import versions
from tests.release.made_tables import AGE, DECISION, table

MAY = np.array([[60, 45, 12], [80, 33, 20]])


def counted(more):
    return [table(MAY + np.array(more), (DECISION, AGE), name="by age")]


def test_an_earlier_count_lies_within_a_later_one_of_more_people_and_around_one_of_fewer():
    one_more = counted([[1, 0, 0], [0, 0, 0]])
    now, before = versions(one_more, [counted(0)])
    assert relation(before, now) is Relation.WITHIN and relation(now, before) is Relation.AROUND
    now, before = versions(counted(0), [one_more])
    assert relation(before, now) is Relation.AROUND


def test_the_same_counts_are_the_same_people():
    now, before = versions(counted(0), [counted(0)])
    assert relation(before, now) is Relation.SAME and now == counted(0)[0].population


def test_who_came_and_went_cannot_be_laid_into_one_another():
    assert versions(counted([[1, -1, 0], [0, 0, 0]]), [counted(0)]) is None


@given(st.lists(st.integers(0, 3), min_size=1, max_size=6))
def test_counts_that_only_grew_lie_in_one_another_in_that_order(steps):
    grown = [counted([[sum(steps[: at + 1]), 0, 0], [0, 0, 0]]) for at in range(len(steps))]
    now, *before = versions(grown[-1], grown[:-1])
    covered = [*before, now]
    for at, earlier in enumerate(covered):
        for later, step in zip(covered[at + 1 :], range(at + 1, len(steps)), strict=True):
            wanted = Relation.WITHIN if sum(steps[at + 1 : step + 1]) else Relation.SAME
            assert relation(earlier, later) is wanted
