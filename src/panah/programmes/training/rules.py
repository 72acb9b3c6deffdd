"""When a course is settled, who completed it, how long a training holds, what a telephone shows. No clock, no rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum

# Judgement of practice, to be checked by the society (check).
ENOUGH_PERCENT = 80
TRAINER_AFTER = timedelta(days=7)
COORDINATOR_AFTER = timedelta(days=14)
SETTLES_AFTER = timedelta(days=21)
REFRESH_AHEAD = timedelta(days=60)


class Step(StrEnum):
    """What is asked for next of a course that has ended and whose registers are not all there."""

    NOTHING = "nothing"
    TRAINER = "trainer"
    COORDINATOR = "coordinator"
    SETTLE = "settle"


def next_step(*, ends_on: date, all_registered: bool, today: date) -> Step:
    """Say what happens today with an open course: it settles at once when all is known, and in the end anyway."""
    if today <= ends_on:
        return Step.NOTHING
    if all_registered or today >= ends_on + SETTLES_AFTER:
        return Step.SETTLE
    if today >= ends_on + COORDINATOR_AFTER:
        return Step.COORDINATOR
    return Step.TRAINER if today >= ends_on + TRAINER_AFTER else Step.NOTHING


def completed[Key](
    minutes: Mapping[Key, int], present_at: Iterable[Key], *, enough: int = ENOUGH_PERCENT
) -> bool:
    """Say whether somebody was there for enough of the planned minutes. A session nobody wrote of counts as missed."""
    planned = sum(minutes.values())
    return planned > 0 and sum(minutes[one] for one in present_at) * 100 >= planned * enough


def first_name_and_initial(name: str) -> str:
    """Return what a telephone shows of a name: "Aigul T."; more would tell a thief who was there."""
    first, *others = name.split() or [""]
    return f"{first} {others[0][0]}." if others else first
