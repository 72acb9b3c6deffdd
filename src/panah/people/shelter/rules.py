"""Nights, who fits where, and how long to wait for somebody. Plain Python: no rows, no clock."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

# At three in the morning *tonight* is still the night that began yesterday.
NIGHT_ENDS = 6
# The board shows tonight and the next two weeks.
SHOWN_NIGHTS = 15
LONGEST = timedelta(days=366)
COTS = frozenset({"cot", "кроватка", "детская"})
WAIT_FOR_AN_ADULT = timedelta(hours=2)

MAY_BECOME: Mapping[str, frozenset[str]] = {
    "asked": frozenset({"held", "placed", "declined", "taken_back"}),
    "held": frozenset({"asked", "held", "placed", "declined", "taken_back"}),
    "placed": frozenset({"here", "left", "taken_back"}),
    "here": frozenset({"missing", "left"}),
    "missing": frozenset({"here", "left"}),
}


def may_become(state: str, target: str) -> bool:
    return target in MAY_BECOME.get(state, frozenset())


def tonight(local: datetime) -> date:
    """Return the day on which the night of this local time began, or will begin."""
    return (local - timedelta(hours=NIGHT_ENDS)).date()


def morning_after(local: datetime) -> datetime:
    """Return when the night of this local time ends."""
    return datetime.combine(tonight(local) + timedelta(days=1), time(NIGHT_ENDS), tzinfo=local.tzinfo)


def nights(from_day: date, to_day: date) -> list[date]:
    """Return the nights of somebody who comes on one day and leaves on another: the last day has no night."""
    return [from_day + timedelta(days=n) for n in range((to_day - from_day).days)]


def span_is_fine(from_day: date, to_day: date) -> bool:
    """Say whether a stay has at least one night and is not longer than a year."""
    return from_day < to_day <= from_day + LONGEST


def fits(who: str, place: Iterable[str], room: Iterable[str] = ()) -> bool:
    """Say whether a room takes this group: its own list is narrower than the place's, an empty one is the same."""
    return who in (set(room) or set(place))


def is_cot(name: str) -> bool:
    """Say whether a bed is for a small child alone: by its name, as the form of beds says."""
    return name.casefold().replace(".", " ").split(" ")[0].rstrip("0123456789") in COTS


def is_out(out_from: date | None, out_until: date | None, night: date) -> bool:
    """Say whether a bed is out of use on a night: ``out_until`` is the first day it can be slept in again."""
    return out_from is not None and out_from <= night and (out_until is None or night < out_until)


def must_alarm(*, child: bool, danger: str) -> bool:
    """Say whether somebody who did not come back is danger now: a child always, else unless danger is ruled out."""
    return child or danger != "no"


def second_decides(*, child: bool, high_risk: bool, danger: str) -> bool:
    """Say whether asking somebody to leave needs a second person: but for an adult whose danger is ruled out."""
    return high_risk or must_alarm(child=child, danger=danger)


def look_again_at(*, seen_missing: datetime, alarm: bool) -> datetime:
    """When whoever is on duty looks again: at once with an alarm, else after two hours."""
    return seen_missing if alarm else seen_missing + WAIT_FOR_AN_ADULT


def at_hour(day: date, hour: int) -> datetime:
    """A naive local time of a day; the caller says of which place."""
    return datetime.combine(day, time(hour))
