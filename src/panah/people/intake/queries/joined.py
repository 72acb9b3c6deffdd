"""Which reports are of one matter, and which can be joined."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from panah.ground.foundation.compiled_queries import prepared
from panah.people.inbox import queries as inbox_queries
from panah.people.inbox.words import ArrivalState
from panah.people.intake.models import JoinedReport
from panah.people.reporters.words import REPORT

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from panah.ground.accounts.models import Staff
    from panah.people.inbox.models import Arrival

OFFERED = 30


def joined_with(arrival: UUID, *, to: Staff) -> list[Arrival]:
    """Return the other reports of one matter with this one, as far as a colleague sees them, the oldest first."""
    group = JoinedReport.objects.filter(arrival=arrival).values("group")
    others = JoinedReport.objects.filter(group__in=group).exclude(arrival=arrival).values("arrival")
    return list(inbox_queries.visible(to=to).filter(pk__in=others).order_by("arrived_at", "pk"))


def joined_among(arrivals: Iterable[UUID]) -> dict[UUID, int]:
    """Return, by arrival, with how many others it is joined; one query."""
    rows = _of_one_matter(arrivals=list(arrivals))
    sizes: dict[UUID, int] = {}
    for _arrival, group in rows:
        sizes[group] = sizes.get(group, 0) + 1
    return {arrival: sizes[group] - 1 for arrival, group in rows}


@prepared
def _of_one_matter(arrivals: list[UUID]) -> QuerySet[JoinedReport, tuple[UUID, UUID]]:
    groups = JoinedReport.objects.filter(arrival__in=arrivals).values("group")
    return JoinedReport.objects.filter(group__in=groups).values_list("arrival", "group")


def may_be_joined(arrival: Arrival, *, to: Staff) -> list[Arrival]:
    """Return the opened reports of which one can be of the same matter, the newest first."""
    rows = inbox_queries.visible(to=to).filter(
        state=ArrivalState.OPENED, kind=REPORT, past_intake=False, sender=None
    )
    joined = [one.pk for one in joined_with(arrival.pk, to=to)]
    return list(rows.exclude(pk__in=[arrival.pk, *joined]).order_by("-arrived_at", "pk")[:OFFERED])
