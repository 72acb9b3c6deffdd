"""Coming back with a receipt: counted, slowed for everybody alike when there are many, and never refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from panah.network.queries import hosted_ids
from panah.reporters import rules
from panah.reporters.actions.tallies import count, count_here
from panah.reporters.models import Report, Word
from panah.reporters.queries.reports import NO_ROW, OpenedReport, find
from panah.reporters.queries.tallies import counted_here
from panah.reporters.wall import inside, pepper
from panah.reporters.words import Counted, Direction


@dataclass(frozen=True)
class Return:
    """What becomes of a receipt that was shown. ``wait``: seconds; nothing was looked up yet, it is to be shown again.

    ``ticket``: goes along in the page's form: with it these digits are looked up without a pause for an hour. It tells
    nothing about whether they lead anywhere.
    """

    opened: OpenedReport | None
    wait: int = 0
    ticket: str = field(default="", repr=False)


def come_back(*, handle: str, secret: str, at: datetime, ticket: str = "") -> Return:
    """Look up a receipt. Right and wrong ones are counted alike and cost the same; nobody is shut out.

    Very many tries within a minute, from wherever, make everybody without a ticket wait some seconds, never longer.
    """
    verifier = rules.keys_of(pepper(), handle, secret).verifier
    now = int(at.timestamp())
    waits = rules.ticket_waits(pepper(), verifier, ticket, now=now)
    if waits is None:
        window = f"{at:%Y-%m-%dT%H:%M}"
        count_here(Counted.TRIES, window)
        waits = rules.wait_of(counted_here(Counted.TRIES, window))
        ticket = rules.ticket_for(pepper(), verifier, after=now + waits)
        first = True
    else:
        first = False
    if waits:
        return Return(None, waits, ticket)
    opened = find(handle, secret)
    _note(opened, 1 if opened and first else 0, at)
    return Return(opened, 0, ticket)


@transaction.atomic
def _note(opened: OpenedReport | None, amount: int, at: datetime) -> None:
    """Count that somebody came back; of a missing receipt the same is written, and changes nothing."""
    society = opened.society if opened else next(iter(hosted_ids()), None)
    if society is None:
        return
    with inside(society):
        count(society, Counted.RETURNS, rules.month_name(at), amount)
        Report.objects.filter(pk=opened.id if opened else NO_ROW).update(came_back=True)


@transaction.atomic
def mark_seen(*, opened: OpenedReport, at: datetime) -> None:
    """The reporter has read the answers that are there."""
    del at
    with inside(opened.society):
        Word.objects.filter(report=opened.id, direction=Direction.TO_REPORTER, seen=False).update(seen=True)
