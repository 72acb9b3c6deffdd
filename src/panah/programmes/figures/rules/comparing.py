"""Where figures disagree: two numbers for one question, a word and its numbers, a number that repeats, a rate."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

from panah.programmes.figures.rules.adding import Part
from panah.programmes.figures.rules.intervals import Interval

HUNDREDTH = Decimal("0.01")


def question(part: Part) -> tuple[object, ...]:
    """Return what a figure answers, whoever says it: two figures of one question ought to agree."""
    return (part.measure, part.unit, part.kind, part.days, part.overlapping, *sorted(part.split_by.items()))


def disagreeing(parts: Sequence[Part]) -> list[tuple[str, str]]:
    """Return the pairs (ids) of figures that answer one question and cannot both be right."""
    by_question: dict[tuple[object, ...], list[Part]] = {}
    for one in parts:
        # A figure without a year answers no question that another one answers.
        if one.state == "stands" and one.kind == "number" and one.days:
            by_question.setdefault(question(one), []).append(one)
    return [
        (one.id, other.id)
        for group in by_question.values()
        for one, other in combinations(group, 2)
        if not one.value.meets(other.value)
    ]


def growth(before: Interval, after: Interval) -> Interval | None:
    """Return how many times the later number is the earlier one; None where the earlier one is nought."""
    return None if before.high == 0 else after.over(before)


def rounded(value: Decimal) -> Decimal:
    """Return a quotient as it is shown: two digits behind the point."""
    return value.quantize(HUNDREDTH, ROUND_HALF_UP)


def rate(numerator: Interval, denominator: Interval, *, per: int) -> Interval | None:
    """Return how many there are per so many, both ends; None where nobody is there to be counted."""
    if denominator.high == 0:
        return None
    return numerator.over(denominator).times(Decimal(per))


def repeats(series: Sequence[tuple[int, Interval]]) -> list[int]:
    """Return the years whose number is exactly that of the year before: (year, value), above nought."""
    by_year = dict(series)
    return sorted(
        year
        for year, value in by_year.items()
        if value.is_exact and value.low > 0 and by_year.get(year - 1) == value
    )
