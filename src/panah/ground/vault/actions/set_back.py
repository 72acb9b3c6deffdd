"""Files that are older where they are stored than they were: looked for every hour, and told apart from a restore."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from panah.ground.audit import actions as audit
from panah.ground.audit import queries as audit_queries
from panah.ground.foundation import dialled_numbers
from panah.ground.vault import events, file_pins, journal_pins
from panah.ground.vault.actions.rows_watch import accept_rows


def look_for_set_back(*, society: UUID, at: datetime) -> int:
    """Return how many files of a society were set back, each in the journal once; raise the pins that lie behind.

    A file that was taken out is one of them.
    """
    seen = file_pins.compared(society)
    file_pins.raise_pins(seen.behind)
    found = seen.set_back | file_pins.taken_out(society)
    known = audit_queries.files_with(found, event=events.SET_BACK.name)
    audit.record_many(
        event=events.SET_BACK,
        by=None,
        society=society,
        at=at,
        said=[(file, {}) for file in sorted(found - known)],
    )
    return len(found)


@transaction.atomic
def accept_restored(*, society: UUID, at: datetime) -> int:
    """Let a restored backup count: returns how many files came back older than they were.

    What came after the backup is lost, a withdrawal too: answers from before do not let anything leave.
    """
    older = file_pins.accept_restored(society, at=at)
    journal_pins.accept_restored(society)
    dialled_numbers.accept(society)
    accept_rows(society=society)
    audit.record(event=events.RESTORED, by=None, society=society, at=at, facts={"older": older})
    return older
