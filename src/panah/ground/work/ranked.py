"""The order of every work list: danger, safety, promises, housekeeping; what is longest due first within each.

What is due stands before what is not, and danger is always due. Rooms say in ``hooks.py`` what is of which rank.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import IntEnum
from typing import Any, NamedTuple

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from panah.ground.kit.rank import Rank
from panah.ground.work.item_rooms import ITEM_ROOMS
from panah.ground.work.words import Urgency

# Due items, with what a list adds to each: its rank and part.
type Items = QuerySet[Any]

# What a line of a list shows, and what its sentence is found by.
SHOWN = (
    *("due_at", "kind", "language", "age_group", "room", "subject", "number", "file", "urgency", "purpose"),
    "made_at",
    *("owner__name", "branch__name_en", "branch__name_ru", "branch__names"),
)


class Part(IntEnum):
    """The parts of a day, in their order."""

    NOW = 0
    TODAY = 1
    WEEK = 2
    LATER = 3


class Day(NamedTuple):
    """A moment as its reader's day sees it: now, the last moment of that day, and of the week from it on."""

    at: datetime
    end: datetime
    week: datetime


def day_of(at: datetime) -> Day:
    """Return the day of a moment, where the reader is."""
    end = timezone.make_aware(datetime.combine(timezone.localtime(at).date(), time.max))
    return Day(at, end, end + timedelta(days=6))


def in_order(rows: Items, day: Day) -> Items:
    """Return the lines of a work list, with what each shows."""
    return by_day(rows.select_related("owner", "branch").only(*SHOWN), day)


def ranked(rows: Items, *, at: datetime) -> Items:
    """Return items by rank alone, the longest due first within each."""
    return with_rank(rows, at=at).order_by("rank", "due_at", "pk")


def with_rank(rows: Items, *, at: datetime) -> Items:
    """Return items with their ``rank`` at a moment. One question, the same for whoever asks."""
    # What pages was a danger, of whatever room, and nobody has decided about it yet.
    undecided = Q(pages_at__isnull=False)
    danger = _any("danger_once_due") | undecided
    ranks = [
        When(_any("of_people", urgency=Urgency.NOW) | danger & Q(due_at__lte=at), then=Rank.DANGER),
        When(_any("of_safety") | danger, then=Rank.SAFETY),
        When(room__in=_rooms_of(Rank.SAFETY), then=Rank.SAFETY),
        When(room__in=_rooms_of(Rank.HOUSEKEEPING), then=Rank.HOUSEKEEPING),
    ]
    return rows.annotate(rank=Case(*ranks, default=Value(Rank.PROMISES), output_field=IntegerField()))


def by_day(rows: Items, day: Day) -> Items:
    """Return items in the order of a day: its ``part`` is NOW, TODAY, WEEK or LATER, and within it by ``rank``.

    Danger is in the first part, whenever it is due.
    """
    parts = Case(
        When(Q(rank=Rank.DANGER) | Q(due_at__lte=day.at), then=Part.NOW),
        When(due_at__lte=day.end, then=Part.TODAY),
        When(due_at__lte=day.week, then=Part.WEEK),
        default=Value(Part.LATER),
        output_field=IntegerField(),
    )
    return with_rank(rows, at=day.at).annotate(part=parts).order_by("part", "rank", "due_at", "pk")


def ordered(item: Any, when: datetime, *, at: datetime) -> tuple[Part, int, datetime]:
    """Return the place of an item in a day that it is shown in at ``when``: a call-back waits for its hours."""
    day = day_of(at)
    parts = zip(Part, day, strict=False)
    part = (
        Part.NOW if item.rank == Rank.DANGER else next((one for one, end in parts if when <= end), Part.LATER)
    )
    return part, item.rank, when


def _any(kind: str, **more: str) -> Q:
    """Return the condition that an item is of a purpose which its room names so."""
    found = Q()
    for name, room in ITEM_ROOMS.items():
        if purposes := getattr(room, kind):
            found |= Q(room=name, purpose__in=sorted(purposes), **more)
    # Where no room of this node has such a purpose, no item fits; a prepared query still finds its moment in it.
    return found or Q(room="", **more)


def _rooms_of(rank: Rank) -> list[str]:
    return sorted(name for name, room in ITEM_ROOMS.items() if room.rank == rank)
