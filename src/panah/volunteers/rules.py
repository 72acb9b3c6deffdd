"""What a volunteer may do, and in which band of age somebody is. No clock, no rows."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date

GROWN_UP = 18
# The bands of the Federation's FDRS indicators.
BANDS = ((6, 12), (13, 17), (18, 29), (30, 39), (40, 49), (50, 59), (60, 69), (70, 79), (80, 200))


@dataclass(frozen=True)
class Qualified:
    """What is known of a volunteer on a day. ``born_year``: None where nobody asked."""

    born_year: int | None
    vetted_until: date | None
    safeguarding_until: date | None
    code_signed_on: date | None
    trained: Set[str]
    active: bool = True


def is_grown_up(born_year: int | None, on: date) -> bool:
    """Say whether somebody is surely 18: by the year alone only from the year after; not known is not."""
    return born_year is not None and on.year - born_year > GROWN_UP


def age_band(born_year: int | None, on: date) -> tuple[int, int] | None:
    """Return the band of the age reached in this year, or None where it is not known or in none."""
    if born_year is None:
        return None
    age = on.year - born_year
    return next((band for band in BANDS if band[0] <= age <= band[1]), None)


def may_do(one: Qualified, on: date) -> frozenset[str]:
    """Return what somebody may do on a day; see ``words.MayDo``. Under 18 nobody answers, takes down or meets."""
    signed = one.code_signed_on is not None and one.code_signed_on <= on
    if not (one.active and signed):
        return frozenset()
    may = {"help"} if "safe_response" in one.trained else set()
    if not is_grown_up(one.born_year, on):
        return frozenset(may)
    vetted = one.vetted_until is not None and one.vetted_until >= on
    safe = one.safeguarding_until is not None and one.safeguarding_until >= on
    if vetted and safe and "safe_response" in one.trained:
        may |= {"lead"} if "sessions" in one.trained else set()
        may |= {"capture", "meet"} if "field" in one.trained else set()
        may |= {"answer"} if {"hotline", "children"} <= one.trained else set()
    return frozenset(may)
