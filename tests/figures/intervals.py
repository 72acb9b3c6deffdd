"""Figures as intervals, and parts of a whole."""

from __future__ import annotations

from decimal import Decimal

from panah.programmes.figures.rules.adding import Part
from panah.programmes.figures.rules.intervals import Interval, exactly


def between(low, high):
    return Interval(Decimal(low), None if high is None else Decimal(high))


def part(name="a", value=10, **said):
    plain = {"measure": "identified", "publisher": "Office", "unit": "person", "source": "s", "year": 2024}
    categories = said.pop("split", {})
    number = value if isinstance(value, Interval) else exactly(value)
    return Part(**{"id": name, "value": number, "categories": categories, **plain, **said})
