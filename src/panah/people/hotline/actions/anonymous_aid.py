"""Help without a name and without a case: a count for the month, and nothing else anywhere."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F

from panah.ground.audit import actions as audit
from panah.people.hotline import events
from panah.people.hotline.models import AidCount
from panah.people.hotline.words import AidKind

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@transaction.atomic
def note_aid(*, kinds: list[str], number: int, by: Staff, at: datetime) -> None:
    """Count help that was given; the journal says that it was noted, not what or to how many."""
    month = at.astimezone(ZoneInfo(by.society.time_zone)).date().replace(day=1)
    for kind in kinds:
        row, _made = AidCount.objects.select_for_update().get_or_create(
            society_id=by.society_id, branch=by.branch, month=month, kind=AidKind(kind)
        )
        AidCount.objects.filter(pk=row.pk).update(number=F("number") + number)
    audit.record(event=events.AID, by=by, at=at)
