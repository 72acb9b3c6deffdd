"""The table of all acts that need two people. Each room registers its own; the code that decides reads it here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings

from panah.ground.accounts.roles import Permission
from panah.ground.foundation import retention
from panah.ground.foundation.registry import Registry

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from panah.ground.accounts.models import Staff

# Who may decide in a society, and since when each of them has been able to.
Since = Callable[[UUID], Mapping[UUID, datetime]]


def no_vote(request: object, vote: object) -> bool:
    """Of an act whose decision stands in a row of its own room: what lies here as a vote for it is none."""
    return False


@dataclass(frozen=True)
class Act:
    """One act that needs two people.

    ``asks`` and ``decides`` are for the table; ``since`` is what counts. The one who asks and whom it is about
    decide nothing, unless ``asker_votes``: then asking is the first of the two votes.
    ``waits``: a waiting time runs from the moment it was asked for, and whoever was told can stop it.
    ``alone_after_waiting``: one vote is enough once that time is over, and two need no waiting.
    ``proves`` says whether a kept vote was signed by whoever gave it.
    ``kept_for`` is how long it can be approved and carried out; ``page`` the name of its own page, for a request's id.
    """

    name: str
    label: StrOrPromise
    asks: Permission
    decides: Permission
    since: Since
    opens: StrOrPromise = ""
    asker_votes: bool = False
    waits: bool = False
    alone_after_waiting: bool = False
    stopped_by: Permission | None = None
    proves: Callable[[Any, Any], bool] = no_vote
    kept_for: timedelta = retention.APPROVAL.period
    page: str = ""


ACTS: Registry[Act] = Registry("acts that need two people")
# Who may be one person with a colleague: whom she alone let in, and who alone let her in. Filled from above.
MAY_BE_ONE: Registry[Callable[[Staff], set[UUID]]] = Registry("accounts that may belong to one person")


def waiting_time() -> timedelta:
    """Return how long an act waits in which it can be stopped: at least a day, but on a practice node."""
    return timedelta(hours=settings.PANAH_TWO_PEOPLE_WAIT_HOURS)
