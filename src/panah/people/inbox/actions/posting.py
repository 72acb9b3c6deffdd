"""Telling a machine of the door's own what it may not look up itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from panah.people.inbox.for_the_door import FACTS
from panah.people.inbox.models import Posted

# What has not changed is said again after so long: the door sees that the node is alive.
AGAIN = timedelta(seconds=45)


@transaction.atomic
def post_for_the_door(*, society: UUID, at: datetime) -> int:
    """Write down what the door's machine is told, where it changed or is no longer fresh; returns how much."""
    known = {row.what: row for row in Posted.objects.filter(society=society)}
    new = 0
    for what, fact in FACTS.items():
        said, row = fact(society, at), known.get(what)
        if row is None or row.said != said or row.at <= at - AGAIN:
            Posted.objects.update_or_create(society_id=society, what=what, defaults={"said": said, "at": at})
            new += 1
    return new
