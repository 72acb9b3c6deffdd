"""A volunteer who asked to be rung was rung: the line goes from the lists some hours later, by the node.

Whether an incident came of it is for the focal points alone, and about whom it was is sealed. A line that ended in the
transaction of an incident, or in its minute, would say it. So every such line ends in one way, whatever came of it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from panah.ground.accounts.queries import staff_by_id
from panah.ground.foundation import tenancy
from panah.ground.vault import later
from panah.ground.work import actions as work
from panah.programmes.volunteers.helping_words import TELL
from panah.programmes.volunteers.models import Volunteer
from panah.programmes.volunteers.queries.helping import RUNG

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def note_rung(*, by: Staff, row: Volunteer, at: datetime) -> None:
    """Let the line of a volunteer who asked to be rung end later; without such a line something is written too."""
    asked = {"volunteer": str(row.pk), "by": str(by.pk)}
    later.add(society=row.society_id, what=RUNG, values=[asked], at=at)


def ring_again(*, row: Volunteer, at: datetime) -> None:
    """She asks once more: the line of before ends now, so that a new one calls somebody."""
    _end([one for one in later.waiting(society=row.society_id, what=RUNG) if _whose(one) == row.pk], row, at)


def end_lines_of_rung(*, at: datetime) -> int:
    """For the worker: end the lines whose time has come; returns how many things waited."""
    society = tenancy.current_tenant()
    if society is None:
        return 0
    due = later.due(society=society, what=RUNG, at=at)
    for one in due:
        row = Volunteer.objects.filter(pk=_whose(one)).first()
        if row is not None:
            _complete(row, one, at)
    later.settle(society=society, done=[one.id for one in due])
    return len(due)


def _end(waiting: list[later.Waiting], row: Volunteer, at: datetime) -> None:
    for one in waiting:
        _complete(row, one, at)
    if waiting:
        later.settle(society=row.society_id, done=[one.id for one in waiting])


@transaction.atomic
def _complete(row: Volunteer, one: later.Waiting, at: datetime) -> None:
    by = staff_by_id(UUID(one.value["by"]))
    if by is not None:
        work.complete_for(subject=row.pk, purpose=TELL, by=by, at=work.quarter_of_day(at))


def _whose(one: later.Waiting) -> UUID:
    return UUID(one.value["volunteer"])
