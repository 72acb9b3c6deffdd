"""Writing in the journal, in the same transaction as what is written about."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from panah.audit.events import REGISTER, Event
from panah.audit.models import ChainHead, Entry, Waiting
from panah.audit.rules import GENESIS, WRITTEN, JournalLine, chain
from panah.foundation.bulk_insert import insert
from panah.foundation.compiled_queries import prepared
from panah.foundation.registry import Registry

if TYPE_CHECKING:
    from panah.accounts.models import Staff

log = logging.getLogger(__name__)

# What an entry is about, and its facts.
EventFacts = tuple[UUID | None, Mapping[str, object]]
# How often what entries are about was written: ``count(abouts) -> {about: times}``, known to the room that keeps it.
COUNTS: Registry[Callable[[list[UUID]], Mapping[UUID, int]]] = Registry("how far files are, for the journal")
# What is done when an entry of the door's own machine is taken up: ``do(about, at)``, by the name of its event.
TAKEN_UP: Registry[Callable[[UUID, datetime], object]] = Registry("what follows what the door's machine left")
AT_ONCE = 200
COLUMNS = ("society", "number", "at", "who", "event", "about", "facts", "sealed", "before", "hash")


@transaction.atomic
def record(
    *,
    event: Event,
    by: Staff | None,
    at: datetime,
    about: UUID | None = None,
    facts: Mapping[str, object] | None = None,
    sealed: bytes = b"",
    society: UUID | None = None,
    who: UUID | None = None,
) -> None:
    """Add one entry to the chain of the society.

    ``by`` is the accounts.Staff who acts, or None for the node itself (then ``society`` is needed); ``who`` is
    whose act the node writes down.
    ``facts`` are work facts only: codes, counts, never a name or free text. How often the file was written by then is
    added to them: an older state of it that is put back later stands out.
    """
    acted = by.pk if by is not None else who
    if settings.PANAH_DOOR_ONLY:
        _leave_waiting(event, _whose(society, by), [(about, facts or {})], at)
        return
    _write(_chained(event, acted, at, _whose(society, by), [(about, facts or {})], sealed), at)


@transaction.atomic
def record_many(
    *, event: Event, by: Staff | None, at: datetime, said: Iterable[EventFacts], society: UUID | None = None
) -> None:
    """Add an entry of one kind for each (about, facts), one after the other in the chain, in one go."""
    if settings.PANAH_DOOR_ONLY:
        _leave_waiting(event, _whose(society, by), said, at)
        return
    _write(_chained(event, by.pk if by is not None else None, at, _whose(society, by), said), at)


def _leave_waiting(event: Event, society: UUID, said: Iterable[EventFacts], at: datetime) -> None:
    """On a machine of the door's own: say what happened; who may write in the journal takes it up (``take_up``)."""
    Waiting.objects.bulk_create(
        Waiting(society=society, at=at, event=event.name, about=about, facts=dict(facts))
        for about, facts in said
    )


@transaction.atomic
def take_up(*, at: datetime) -> int:
    """Write down what the door's own machine has left, and let the rooms do what belongs to it; returns how much.

    What no room expects from there is no journal's: it is thrown away, and the log says that there was some.
    """
    del at
    rows = list(Waiting.objects.select_for_update(skip_locked=True).order_by("at", "id")[:AT_ONCE])
    for row in rows:
        event, then = REGISTER.get(row.event), TAKEN_UP.get(row.event)
        if event is None or then is None or row.about is None:
            log.error("the door left what it has no business to say")
            continue
        _write(_chained(event, None, row.at, row.society, [(row.about, row.facts)]), row.at)
        then(row.about, row.at)
    Waiting.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def nothing_follows(about: UUID, at: datetime) -> None:
    """Beside the line in the journal there is nothing to be done."""


def _whose(society: UUID | None, by: Staff | None) -> UUID:
    if society is not None:
        return society
    if by is None:
        raise ValueError("The node itself says in whose journal it writes.")
    return by.society_id


def _write(chained: list[tuple[JournalLine, bytes, bytes]], at: datetime) -> None:
    rows = (
        (
            *(line.society, line.number, at, line.who, line.event, line.about, line.facts, line.sealed),
            *(before, digest),
        )
        for line, before, digest in chained
    )
    insert(Entry, COLUMNS, rows)


def _chained(
    event: Event, who: UUID | None, at: datetime, owner: UUID, said: Iterable[EventFacts], sealed: bytes = b""
) -> list[tuple[JournalLine, bytes, bytes]]:
    """Return (line, hash before, hash) of entries that are still to be written; the head stands at the last."""
    head, chained, entries = _locked_head(owner), [], list(said)
    digest = bytes(head.hash) or GENESIS
    abouts = [about for about, _facts in entries if about is not None]
    written = {one: n for count in COUNTS for one, n in count(abouts).items()} if abouts else {}
    for about, facts in entries:
        head.number += 1
        said_too = {WRITTEN: written[about]} if about is not None and written.get(about) else {}
        line = JournalLine(owner, head.number, at, who, event.name, about, {**facts, **said_too}, sealed)
        before, digest = digest, chain(digest, line)
        chained.append((line, before, digest))
    head.hash = digest
    head.save(update_fields=["number", "hash"])
    return chained


def begin_journal(society: UUID) -> None:
    """Make sure that a chain has a head, so that its first entry costs what every other does."""
    ChainHead.objects.get_or_create(society=society)


def _locked_head(society: UUID) -> ChainHead:
    found = _heads(society=society)
    if not found:
        begin_journal(society)
        found = _heads(society=society)
    head: ChainHead = found[0]
    return head


@prepared
def _heads(society: UUID) -> Any:
    # The row lock is the queue: two writers never get the same number. Asked inside a transaction only.
    return ChainHead.objects.select_for_update().filter(society=society)
