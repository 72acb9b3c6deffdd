"""Writing in the journal, in the same transaction as what is written about."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from panah.ground.audit import kept_entries
from panah.ground.audit.events import REGISTER, Event
from panah.ground.audit.models import ChainHead, Entry, Waiting
from panah.ground.audit.rules import GENESIS, WRITTEN, JournalLine, chain
from panah.ground.foundation.bulk_insert import insert
from panah.ground.foundation.compiled_queries import prepared
from panah.ground.foundation.registry import Registry

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

log = logging.getLogger(__name__)

# What an entry is about, and its facts.
EventFacts = tuple[UUID | None, Mapping[str, object]]
# How often what entries are about was written: ``count(abouts) -> {about: times}``, known to the room that keeps it.
COUNTS: Registry[Callable[[list[UUID]], Mapping[UUID, int]]] = Registry("how far files are, for the journal")


@dataclass(frozen=True)
class Follows:
    """What a room does when entries that the door left are taken up: ``do(abouts, at)``, all of one society.

    ``lock(abouts)``: takes the rows that ``do`` looks at, before anything is written in the journal.
    """

    do: Callable[[Sequence[UUID], datetime], object]
    lock: Callable[[Sequence[UUID]], object] | None = None


# By the name of an event.
TAKEN_UP: Registry[Follows] = Registry("what follows what the door left")
# In one turn of the worker, and in one transaction: on SQLite nobody else writes meanwhile.
AT_ONCE, LOT = 500, 25
MOST_TRIES = 1000
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
    first: bool = False,
) -> None:
    """Add one entry to the chain of the society.

    ``by`` is the accounts.Staff who acts, or None for the node itself (then ``society`` is needed); ``who`` is
    whose act the node writes down.
    ``facts`` are work facts only: codes, counts, never a name or free text. How often the file was written by then is
    added to them: an older state of it that is put back later stands out.
    On a machine of the door's own it is left to the node (``leave``), ``first`` where somebody is in danger.
    """
    acted = by.pk if by is not None else who
    if settings.PANAH_DOOR_ONLY:
        leave(event=event, society=_whose(society, by), said=[(about, facts or {})], at=at, first=first)
        return
    _write(_chained(event, acted, at, _whose(society, by), [(about, facts or {})], sealed), at)


@transaction.atomic
def record_many(
    *, event: Event, by: Staff | None, at: datetime, said: Iterable[EventFacts], society: UUID | None = None
) -> None:
    """Add an entry of one kind for each (about, facts), one after the other in the chain, in one go."""
    if settings.PANAH_DOOR_ONLY:
        leave(event=event, society=_whose(society, by), said=said, at=at)
        return
    _write(_chained(event, by.pk if by is not None else None, at, _whose(society, by), said), at)


def leave(
    *, event: Event, society: UUID, at: datetime, said: Iterable[EventFacts], first: bool = False
) -> None:
    """Leave to the worker what follows something that a stranger did, with its line in the journal (``take_up``).

    Whoever stands at the door waits for neither. ``first``: before all that waits, somebody is in danger.
    """
    rows = ((uuid4(), society, at, event.name, about, dict(facts), first) for about, facts in said)
    insert(Waiting, ("id", "society", "at", "event", "about", "facts", "first"), rows)


def take_up(*, at: datetime) -> int:
    """Write down what the door has left, and let the rooms do what belongs to it; returns how much was done.

    In small lots of one kind, each a transaction of its own: of a worker that is killed in between, a lot is done
    wholly or not at all, and waits on. Of a lot that fails each is done by itself; what fails then stands behind the
    others and is tried again.
    """
    done = 0
    for _turn in range(AT_ONCE // LOT):
        try:
            number = _take_up_lot(LOT, at)
        except Exception:
            log.exception("left by the door")
            number = sum(_take_up_alone(at) for _each in range(LOT))
        if not number:
            break
        done += number
    return done


@transaction.atomic
def _take_up_lot(most: int, at: datetime) -> int:
    rows = _next_left(most)
    if rows:
        _follow(rows, at)
        Waiting.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def _take_up_alone(at: datetime) -> int:
    try:
        return _take_up_lot(1, at)
    except Exception:
        log.exception("left by the door")
    with transaction.atomic():
        for row in _next_left(1):
            Waiting.objects.filter(pk=row.pk).update(tries=min(row.tries + 1, MOST_TRIES))
    return 0


def _next_left(most: int) -> list[Waiting]:
    """Return the next lot, locked: rows of one society and one kind, those in danger first, then the oldest.

    What failed stands behind all that was not tried yet, also danger: else one that always fails stops all others.
    """
    waits = Waiting.objects.order_by("tries", "-first", "at", "id")
    head = waits.first()
    if head is None:
        return []
    like = waits.filter(society=head.society, event=head.event, first=head.first, tries=head.tries)
    return list(like.select_for_update(skip_locked=True)[:most])


def _follow(rows: list[Waiting], at: datetime) -> None:
    """What no room expects from the door is no journal's: it is thrown away, and the log says that there was some."""
    event, then = REGISTER.get(rows[0].event), TAKEN_UP.get(rows[0].event)
    abouts = [row.about for row in rows if row.about is not None]
    if event is None or then is None or len(abouts) < len(rows):
        log.error("the door left what it has no business to say")
        return
    if then.lock is not None:
        # Before the journal, whose head is a lock too: whoever opens or takes back the same locks in this order.
        then.lock(abouts)
    for row in rows:
        _write(_chained(event, None, row.at, row.society, [(row.about, row.facts)]), row.at)
    then.do(abouts, at)


def nothing_follows(abouts: Sequence[UUID], at: datetime) -> None:
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
    kept = kept_entries.kept_names()
    decide = [(line.society, digest) for line, _before, digest in chained if line.event in kept]
    if decide:
        kept_entries.keep(decide[0][0], [digest for _society, digest in decide])


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


def accept_entries(society: UUID) -> None:
    """Let a society's entries that decide count as they stand: from before they were kept, or from a backup."""
    kept_entries.keep_all(society)


@transaction.atomic
def forget_kept_entries(society: UUID) -> int:
    """Let go of what is kept outside of entries that decide nothing any more; for a journal that is whole."""
    _locked_head(society)
    return kept_entries.forget_over(society)


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
def _heads(society: UUID) -> QuerySet[ChainHead]:
    # The row lock is the queue: two writers never get the same number. Asked inside a transaction only.
    return ChainHead.objects.select_for_update().filter(society=society)
