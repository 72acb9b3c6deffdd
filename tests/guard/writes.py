"""What one press writes in the main database: the ids that stand in its changes, as the log of a database keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection

from tests.guard.thief import flat

CHANGES = ("INSERT", "UPDATE", "DELETE")


@contextmanager
def writes() -> Iterator[set[UUID]]:
    """Yield a set that fills with every id in what is changed meanwhile."""
    found: set[UUID] = set()

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if str(sql).lstrip().upper().startswith(CHANGES):
            for one in params if many else [params]:
                values = one.values() if isinstance(one, dict) else one or ()
                found.update(v for value in values for v in flat(value) if isinstance(v, UUID))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield found


# What is about one person, or one story: its rows, and the columns by which other rows name it.
ABOUT = {
    "case": ("cases.Case", "pk", "file_id"),
    "stay": ("shelter.Stay", "pk", "file_id"),
    "contact": ("hotline.Contact", "pk", "file_id"),
    "household or event": ("cases.CaseGroup", "pk", "file_id"),
    "told to a programme": ("referrals.ProgrammeWork", "pk", "file_id"),
    "relative sought": ("family_links.FamilyLinksRequest", "pk", "file_id"),
    "arrival": ("inbox.Arrival", "pk"),
    "report": ("reporters.Report", "pk"),
    "chat": ("reporters.Chat", "pk"),
    "complaint": ("complaints.Matter", "pk", "file_id"),
    "threat": ("safety.Threat", "pk", "file_id"),
    "dialogue": ("diplomacy.Dialogue", "pk", "file_id"),
    "volunteer": ("volunteers.Volunteer", "pk", "file_id"),
    "incident": ("volunteers.IncidentReport", "pk", "file_id"),
}


def subjects() -> dict[UUID, tuple[str, UUID]]:
    """Of each id which person or story it names."""
    found = {}
    for kind, (label, *names) in ABOUT.items():
        for pk, *ids in apps.get_model(label)._default_manager.values_list("pk", *names):
            found |= {one: (kind, pk) for one in ids if one}
    return found


@contextmanager
def joined() -> Iterator[set[tuple[str, str]]]:
    """Yield a set that has afterwards the kinds of any two people or stories about which was written meanwhile."""
    found: set[tuple[str, str]] = set()
    before = subjects()
    with writes() as wrote:
        yield found
    known = before | subjects()
    about = sorted({known[one] for one in wrote if one in known}, key=str)
    found.update((one[0], other[0]) for one, other in combinations(about, 2))
