"""Whom an alarm calls: first, second, the next on the roster, the focal points."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from panah.ground.accounts.queries import next_on_duty, on_duty, with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.accounts.words import DutyKind
from panah.ground.work.rules import NEXT_ON_DUTY_WITHIN

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
DANGER = (DutyKind.DANGER, DutyKind.DANGER_SECOND)


def paging_list(
    society: UUID,
    *,
    at: datetime,
    exclude: Collection[UUID] = (),
    ahead: Sequence[Staff] = (),
    beside: Sequence[Staff] = (),
) -> list[list[Any]]:
    """Return whom an alarm calls at each of the four steps, nobody twice; a step may be empty."""
    # With nobody on the roster the focal points are paged: an alarm never goes nowhere.
    leads = with_permission(society, Permission.WORK_LEAD)
    on = [one for what in DANGER for one in on_duty(society, what, at=at) if one.is_active]
    people = [one for one in dict.fromkeys([*ahead, *on, *leads]) if one.pk not in exclude]
    first = list(dict.fromkeys([*people[:1], *(one for one in beside if one.pk not in exclude)]))
    second = [person for person in people[1:] if person not in first][:1]
    there = {*exclude, *(one.pk for one in [*first, *second])}
    coming = next_on_duty(society, DANGER, at=at, within=NEXT_ON_DUTY_WITHIN)
    following = [one for one in [*on, *coming] if one.pk not in there][:1]
    there |= {one.pk for one in following}
    return [first, second, following, [one for one in leads if one.pk not in there]]


def who_is_paged(society: UUID, *, at: datetime, exclude: Collection[UUID] = ()) -> tuple[Any, Any]:
    """Return whom an alarm pages now: at once, and after five minutes; None where nobody is left."""
    first, second, *_rest = paging_list(society, at=at, exclude=exclude)
    return (first[0] if first else None, second[0] if second else None)
