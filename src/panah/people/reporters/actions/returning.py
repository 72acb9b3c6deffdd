"""Coming back with a receipt: counted, slowed for everybody alike when there are many, and never refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from django.db import models, transaction
from django.db.models import Case, Subquery, Value, When
from django.db.models.functions import Least

from panah.people.reporters import rules
from panah.people.reporters.actions.tallies import count, count_here
from panah.people.reporters.models import Report, Word
from panah.people.reporters.queries.chats import OpenedChat, find_chat
from panah.people.reporters.queries.reports import NO_ROW, OpenedReport, find, society_of
from panah.people.reporters.queries.tallies import counted_here
from panah.people.reporters.wall import inside, pepper
from panah.people.reporters.words import Counted, Direction


@dataclass(frozen=True)
class Return[Opened]:
    """What becomes of a receipt that was shown. ``wait``: seconds; nothing was looked up yet, it is to be shown again.

    ``ticket``: goes along in the page's form: with it these digits are looked up without a pause for an hour. It tells
    nothing about whether they lead anywhere.
    """

    opened: Opened | None
    wait: int = 0
    ticket: str = field(default="", repr=False)


def come_back(*, handle: str, secret: str, at: datetime, ticket: str = "") -> Return[OpenedReport]:
    """Look up a receipt. Right and wrong ones are counted alike and cost the same; nobody is shut out.

    Very many tries within a minute, from wherever, make everybody without a ticket wait some seconds, never longer.
    """
    slowed = _slowed(handle, secret, ticket, at)
    if slowed.wait:
        return Return(None, slowed.wait, slowed.ticket)
    opened = find(handle, secret)
    _note(opened, 1 if opened and slowed.counted else 0, at)
    return Return(opened, 0, slowed.ticket)


def come_back_to_chat(*, handle: str, secret: str, at: datetime, ticket: str = "") -> Return[OpenedChat]:
    """Look up the chat of a receipt: counted and slowed like ``come_back``; a ticket of the one holds for the other."""
    slowed = _slowed(handle, secret, ticket, at)
    chat = None if slowed.wait else find_chat(handle, secret)
    return Return(chat, slowed.wait, slowed.ticket)


@dataclass(frozen=True)
class _Slowed:
    wait: int
    ticket: str = field(repr=False)
    counted: bool


def _slowed(handle: str, secret: str, ticket: str, at: datetime) -> _Slowed:
    verifier, now = rules.verifier_of(pepper(), handle, secret), int(at.timestamp())
    known = rules.read_ticket(pepper(), verifier, ticket, now=now)
    if known is not None:
        if known.waits or known.used:
            return _Slowed(known.waits, ticket, counted=False)
        waits = 0
    else:
        window = rules.minute_of(at)
        count_here(Counted.TRIES, window)
        waits = rules.wait_of(counted_here(Counted.TRIES, window))
    used = not waits
    return _Slowed(waits, rules.ticket_for(pepper(), verifier, after=now + waits, used=used), counted=used)


@transaction.atomic
def _note(opened: OpenedReport | None, amount: int, at: datetime) -> None:
    """Count that somebody came back; of a missing receipt the same is written, and changes nothing."""
    society = society_of(opened)
    if society == NO_ROW:
        return
    # One more in any case: a transaction that changed nothing would not wait for the disk, and be seen by that.
    count_here(Counted.BYTES, rules.hour_of(at), 1)
    with inside(society):
        count(society, Counted.RETURNS, rules.month_name(at), amount)
        # A row is written whether it is hers or not: the first one from hers, or from anywhere, on, else the last.
        hers = opened.id if opened else uuid4()
        rows = Report.objects.filter(society=society)
        begin = Least(Value(hers, models.UUIDField()), Subquery(rows.order_by("-pk").values("pk")[:1]))
        row = rows.filter(pk__gte=begin).order_by("pk").values("pk")[:1]
        Report.objects.filter(pk__in=row).update(
            came_back=Case(When(pk=hers, then=True), default="came_back")
        )


@transaction.atomic
def mark_seen(*, opened: OpenedReport, at: datetime) -> None:
    """The reporter has read the answers that are there."""
    del at
    with inside(opened.society):
        Word.objects.filter(report=opened.id, direction=Direction.TO_REPORTER, seen=False).update(seen=True)
