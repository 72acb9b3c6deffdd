"""Writing in the journal, in the same transaction as what is written about."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from panah.audit.events import Event
from panah.audit.models import Entry, Head
from panah.audit.rules import GENESIS, Line, chain


@transaction.atomic
def record(
    *,
    event: Event,
    by: Any,
    at: datetime,
    about: UUID | None = None,
    facts: Mapping[str, object] | None = None,
    sealed: bytes = b"",
    society: UUID | None = None,
) -> Entry:
    """Add one entry to the chain of the society.

    ``by`` is the accounts.Staff who acts, or None for the node itself (then ``society`` is needed).
    ``facts`` are work facts only: codes, counts, never a name or free text.
    """
    owner = society or by.society_id
    head = _locked_head(owner)
    line = Line(
        society=owner,
        number=head.number + 1,
        at=at,
        who=by.pk if by is not None else None,
        event=event.name,
        about=about,
        facts=dict(facts or {}),
        sealed=sealed,
    )
    before = bytes(head.hash) or GENESIS
    digest = chain(before, line)
    head.number, head.hash = line.number, digest
    head.save(update_fields=["number", "hash"])
    return Entry.objects.create(
        society=owner,
        number=line.number,
        at=at,
        who=line.who,
        event=line.event,
        about=about,
        facts=line.facts,
        sealed=sealed,
        before=before,
        hash=digest,
    )


def begin_journal(society: UUID) -> None:
    """Make sure that a chain has a head, so that its first entry costs what every other does."""
    Head.objects.get_or_create(society=society)


def _locked_head(society: UUID) -> Head:
    # The row lock is the queue: two writers never get the same number.
    locked = Head.objects.select_for_update()
    found: Head | None = locked.filter(society=society).first()
    if found is None:
        begin_journal(society)
        found = locked.get(society=society)
    return found
