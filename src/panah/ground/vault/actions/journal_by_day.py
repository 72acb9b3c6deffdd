"""Lines of the journal that are written later and say the day alone.

The journal is a chain: a line lies between what was done just before and just after it. A bed asked for next to a case
that was just opened would be that case's. So lines about a stay wait (``vault/later.py``) and are written some hours
later, in no order. Who did what at which minute stands sealed in the file, in the same transaction as what was done.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from panah.ground.audit import actions as audit
from panah.ground.audit.events import REGISTER, Event
from panah.ground.foundation import tenancy
from panah.ground.foundation.models import noon_of
from panah.ground.vault import file_pins, later

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

JOURNAL = "journal"


def record_by_day(
    *, event: Event, by: Staff, at: datetime, about: UUID, facts: Mapping[str, object] | None = None
) -> None:
    """Let a line about a file wait; call it after the file was written, in the same transaction."""
    line = {
        "event": event.name,
        "who": str(by.pk),
        "at": at.isoformat(),
        "about": str(about),
        "facts": dict(facts or {}),
        "written": file_pins.counts([about]).get(about, 0),
    }
    later.add(society=by.society_id, what=JOURNAL, values=[line], at=at)


def write_journal_by_day(*, at: datetime) -> int:
    """Write the lines whose time has come, each with its day and in a transaction of its own; returns how many."""
    society = tenancy.current_tenant()
    if society is None:
        return 0
    due = later.due(society=society, what=JOURNAL, at=at)
    counts = file_pins.counts([UUID(one.value["about"]) for one in due])
    for one in due:
        said, about = one.value, UUID(one.value["about"])
        # Taken back with its transaction: the file does not know of it.
        if counts.get(about, 0) >= said["written"] and about in counts:
            audit.record(
                event=REGISTER[said["event"]],
                by=None,
                who=UUID(said["who"]),
                society=society,
                at=noon_of(datetime.fromisoformat(said["at"])),
                about=about,
                facts=said["facts"],
            )
        later.settle(society=society, done=[one.id])
    # Written each time, whether or not there was anything.
    later.settle(society=society, done=[])
    return len(due)
