"""Whom a release counts: a measure, a period, places; and how two such populations lie to each other."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum


class Relation(Enum):
    """How an earlier population lies to a later one."""

    SAME = "same"
    WITHIN = "within"
    AROUND = "around"
    OVERLAPS = "overlaps"
    APART = "apart"
    OTHER_MEASURE = "other measure"


@dataclass(frozen=True, slots=True)
class Coverage:
    """The people counted by one measure from ``since`` to ``until``, both days included, in these places."""

    measure: str
    since: date
    until: date
    places: frozenset[str]

    def __post_init__(self) -> None:
        if self.until < self.since or not self.places:
            raise ValueError("a population needs a period and places")


# One piece that no population cuts: from a day to another, in places that always go together.
Atom = tuple[date, date, frozenset[str]]


def relation(earlier: Coverage, later: Coverage) -> Relation:
    """Say how the earlier one lies to the later."""
    if earlier.measure != later.measure:
        return Relation.OTHER_MEASURE
    if earlier == later:
        return Relation.SAME
    if earlier.since > later.until or later.since > earlier.until or not earlier.places & later.places:
        return Relation.APART
    if _holds(later, earlier):
        return Relation.WITHIN
    return Relation.AROUND if _holds(earlier, later) else Relation.OVERLAPS


def _holds(outer: Coverage, inner: Coverage) -> bool:
    return outer.since <= inner.since and inner.until <= outer.until and inner.places <= outer.places


def atoms(populations: Sequence[Coverage]) -> list[Atom]:
    """Cut what these populations cover into pieces of which each lies wholly in or out of every one of them."""
    days = sorted({one.since for one in populations} | {one.until + timedelta(days=1) for one in populations})
    every = frozenset().union(*(one.places for one in populations))
    together: dict[tuple[bool, ...], set[str]] = {}
    for place in sorted(every):
        together.setdefault(tuple(place in one.places for one in populations), set()).add(place)
    pieces = [
        (first, following - timedelta(days=1), frozenset(places))
        for first, following in itertools.pairwise(days)
        for places in together.values()
    ]
    return [piece for piece in pieces if any(lies_in(piece, one) for one in populations)]


def lies_in(piece: Atom, population: Coverage) -> bool:
    """Say whether a piece belongs to a population."""
    since, until, places = piece
    return population.since <= since and until <= population.until and places <= population.places
