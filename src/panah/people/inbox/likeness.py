"""Which dangers look alike from the outside: in a flood they are one call, and what is unlike the rest stands first.

Words are sealed, and nobody compares them before somebody opens them. From the outside are known the society that
sent it or none, what it is, its language, and whether it is about a child.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from panah.ground.work import queries as work_queries
from panah.people.inbox.models import Arrival
from panah.people.inbox.words import ROOM

OUTSIDE = ("source", "sender", "kind", "language", "child")
# So many different outsides call by themselves; a machine that tries all languages calls no more than this in five
# minutes, since whoever is on duty is awake by then. What comes beyond it joins the newest call.
MOST_CALLS = 6


def _outsides(subjects: Collection[UUID]) -> dict[UUID, tuple[object, ...]]:
    return {
        pk: tuple(said) for pk, *said in Arrival.objects.filter(pk__in=subjects).values_list("pk", *OUTSIDE)
    }


def joining(society: UUID, came: Collection[UUID], at: datetime) -> list[tuple[list[UUID], list[UUID]]]:
    """Return what came in groups that look alike, each with the arrivals whose call it joins."""
    called = work_queries.called_just_now(society, ROOM, at) if came else []
    outsides, like = _outsides([*came, *called]), defaultdict[object, list[UUID]](list)
    groups: dict[object, list[UUID]] = {}
    for pk in called:
        like[outsides.get(pk)].append(pk)
    for pk in came:
        groups.setdefault(outsides[pk], []).append(pk)
    found, calling = [], list(called)
    for number, (outside, group) in enumerate(groups.items(), len(like)):
        found.append((group, like.get(outside) or (calling if number >= MOST_CALLS else [])))
        calling = [*calling, *group]
    return found


def unlike_the_rest(subjects: Collection[UUID]) -> set[UUID]:
    """Return those of many that look unlike most of them; of the rest each looks like every other."""
    outsides = _outsides(subjects)
    most = Counter(outsides.values()).most_common(1)
    return {pk for pk, outside in outsides.items() if outside != most[0][0]}
