"""Reading the journal and checking it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import batched
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Max, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable

from panah.ground.audit.events import REGISTER, Event
from panah.ground.audit.kept_entries import genuine, kept_names, over_among
from panah.ground.audit.models import ChainHead, Entry
from panah.ground.audit.rules import GENESIS as GENESIS
from panah.ground.audit.rules import WRITTEN as WRITTEN
from panah.ground.audit.rules import JournalLine, Verification, verify
from panah.ground.foundation.compiled_queries import prepared

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

AT_ONCE = 2000


def entries_about(file_id: UUID, *, limit: int = 100) -> list[Entry]:
    """Return the newest entries about one file; the caller has already been let in to the file."""
    return list(Entry.objects.filter(about=file_id).order_by("-number")[:limit])


def entries_about_part(file_id: UUID, *, fact: str, value: str, limit: int = 100) -> list[Entry]:
    """Return the newest entries about one file of which one fact has a value: who looked at one of its documents."""
    rows = Entry.objects.filter(about=file_id, **{f"facts__{fact}": value})
    return list(rows.order_by("-number")[:limit])


def entries_by(staff: Staff, *, limit: int = 100) -> list[Entry]:
    """Return what is written about one colleague's own acts."""
    return list(Entry.objects.filter(society=staff.society_id, who=staff.pk).order_by("-number")[:limit])


def count_of(file_id: UUID) -> int:
    """Return how often a file was written by its newest entry; 0 when none says."""
    facts = _newest_facts(about=file_id)
    return int(str(facts[0].get(WRITTEN, 0))) if facts else 0


@prepared
def _newest_facts(about: UUID) -> QuerySet[Entry, dict[str, object]]:
    return Entry.objects.filter(about=about).order_by("-number").values_list("facts", flat=True)[:1]


def newest_facts(about: Combinable) -> Subquery:
    """Return the facts of the newest entry about something, as a subquery of the rows that it is about."""
    return Subquery(Entry.objects.filter(Q(about=about)).order_by("-number").values("facts")[:1])


def abouts_of(society: UUID, *, event: str) -> set[UUID]:
    """Return what all entries of one event are about."""
    return {about for about, _facts in facts_of(society, event=event)}


def hands_since_approval(about: UUID) -> frozenset[UUID]:
    """Return all who changed something since it was last approved, as the journal tells it (``Event.does``).

    Read from the journal alone: a row's column says what whoever can write in the database wants it to say.
    """
    hands: set[UUID] = set()
    for does, who in _written(about):
        if does == "approves":
            hands.clear()
        elif who is not None:
            hands.add(who)
    return frozenset(hands)


def hands_in(about: UUID) -> frozenset[UUID]:
    """Return all who ever changed something, approved since or not."""
    return frozenset(who for does, who in _written(about) if does == "writes" and who is not None)


def _written(about: UUID) -> list[tuple[str, UUID | None]]:
    does = {kind.name: kind.does for kind in REGISTER if kind.does}
    rows = Entry.objects.filter(about=about, event__in=list(does)).order_by("pk")
    return [(does[entry.event], entry.who) for entry in genuine(rows)]


def files_with(files: Iterable[UUID], *, event: str) -> set[UUID]:
    """Return those of some files about which an event stands in the journal."""
    rows = Entry.objects.filter(about__in=list(files), event=event)
    return {about for about in rows.values_list("about", flat=True) if about is not None}


def newest_by(staff: Staff, *, events: Iterable[str]) -> Entry | None:
    """Return the newest entry of some events about one colleague's own acts, or None."""
    newest = _newest_by(society=staff.society_id, who=staff.pk, events=list(events))
    return newest[0] if newest else None


@prepared
def _newest_by(society: UUID, who: UUID, events: list[str]) -> QuerySet[Entry]:
    rows = Entry.objects.filter(society=society, who=who, event__in=events)
    return rows.order_by("-number")[:1]


def facts_about(files: Iterable[UUID], *, event: str) -> list[dict[str, object]]:
    """Return the facts of one event about several files, the oldest first; the caller has been let in to them."""
    rows = Entry.objects.filter(about__in=list(files), event=event).order_by("number")
    return [entry.facts for entry in genuine(rows)]


def written_about(about: UUID, *, society: UUID, events: Iterable[str]) -> list[Entry]:
    """Return a society's entries of some events about one thing, in the order of its chain."""
    rows = Entry.objects.filter(about=about, society=society, event__in=list(events))
    return genuine(rows.order_by("number"))


def asked_last(about: UUID, *, asked: Event, ended: Iterable[Event]) -> Entry | None:
    """Return the entry by which something was asked for; None where nobody asked since one of the others ended it.

    Who asked for what a second person decides is read here and not in a row's column, which is for showing.
    """
    names = [asked.name, *(one.name for one in ended)]
    newest = next(iter(genuine(Entry.objects.filter(about=about, event__in=names).order_by("-number"))), None)
    return newest if newest is not None and newest.event == asked.name else None


def newest_of(society: UUID, *, events: Iterable[str]) -> Entry | None:
    """Return a society's newest entry of one of these events, or None."""
    return Entry.objects.filter(society=society, event__in=list(events)).order_by("-number").first()


def facts_of(society: UUID, *, event: str) -> list[tuple[UUID, dict[str, object]]]:
    """Return what all entries of one event are about, each with its facts, the oldest first."""
    rows = Entry.objects.filter(society=society, event=event, about__isnull=False).order_by("number")
    return [(entry.about, entry.facts) for entry in genuine(rows) if entry.about is not None]


def page(
    *,
    society: UUID,
    before: int | None = None,
    who: UUID | None = None,
    event: str = "",
    without: Iterable[object] = (),
    limit: int = 51,
) -> list[Entry]:
    """Return entries newest first, those before a number; ``event`` is a whole name or its beginning (a room).

    ``without`` are lists of ids of files and other things whose entries are left out.
    """
    rows = Entry.objects.filter(society=society)
    for ids in without:
        rows = rows.filter(Q(about=None) | ~Q(about__in=ids))
    if before is not None:
        rows = rows.filter(number__lt=before)
    if who is not None:
        rows = rows.filter(who=who)
    if event:
        rows = rows.filter(event__startswith=event)
    return list(rows.order_by("-number")[:limit])


def forged_since(society: UUID, number: int) -> bool:
    """Say whether after an entry there is one of an event that decides that Panah never wrote (``kept_entries``).

    About what is erased nothing is decided any more.
    """
    rows = Entry.objects.filter(society=society, number__gt=number, event__in=kept_names()).order_by("number")
    for piece in batched(rows, AT_ONCE):
        true = {row.pk for row in genuine(piece)}
        forged = rows.filter(pk__in=[row.pk for row in piece if row.pk not in true])
        if set(forged.values_list("about", flat=True)) - over_among(forged):
            return True
    return False


def head(society: UUID) -> tuple[int, bytes]:
    """Return (number, hash) of the last entry, or (0, genesis)."""
    row = ChainHead.objects.filter(society=society).first()
    return (row.number, bytes(row.hash)) if row and row.number else (0, GENESIS)


def verify_society(
    society: UUID, *, witnessed: tuple[int, bytes] | None = None, from_witness: bool = False
) -> Verification:
    """Walk the whole chain of a society, and compare it with its head; see ``rules.verify``.

    ``from_witness``: only from the witnessed entry on, so that it costs what was written since.
    """
    # In this order: whoever writes meanwhile moves the head first past what was seen.
    highest = Entry.objects.filter(society=society).aggregate(highest=Max("number"))["highest"] or 0
    last = head(society)
    begin = witnessed[0] if witnessed and from_witness else 0
    after = (begin - 1, _before(society, begin)) if begin else (0, GENESIS)
    verdict = verify(_lines(society, begin, last[0]), witnessed=witnessed, after=after)
    if verdict.wrong_at is None and ((verdict.entries, verdict.head) != last or highest > last[0]):
        return Verification(verdict.entries, verdict.head, verdict.entries + 1, "differs from its head")
    return verdict


def _before(society: UUID, number: int) -> bytes:
    before = Entry.objects.filter(society=society, number=number).values_list("before", flat=True).first()
    return bytes(before) if before is not None else b""


def _lines(society: UUID, begin: int, end: int) -> Iterator[tuple[JournalLine, bytes, bytes]]:
    # Piece by piece: on PostgreSQL one answer would come into memory whole.
    rows = Entry.objects.filter(society=society, number__lte=end).order_by("number")
    while piece := list(rows.filter(number__gte=begin)[:AT_ONCE]):
        for e in piece:
            line = JournalLine(e.society, e.number, e.at, e.who, e.event, e.about, e.facts, bytes(e.sealed))
            yield line, bytes(e.before), bytes(e.hash)
        begin = piece[-1].number + 1
