"""What each room says about the due items and alarms that it puts on lists: where they lead, and how they end.

A room registers itself in its ``hooks.py``. Whoever adds a purpose decides there what *Done* means for it; a test
fails until that is done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.functional import Promise

from panah.ground.foundation.registry import Registry
from panah.ground.kit.jinja import url
from panah.ground.kit.rank import Rank

if TYPE_CHECKING:
    from panah.ground.vault.keyring import Keyring
    from panah.ground.work.due_rows import DueRow

# (subject, number) -> an address.
Address = Callable[[UUID, str], str]


def plain(name: str) -> Address:
    """Return the address of a page that is the same for every item."""
    return lambda subject, number: url(name)


def by_number(name: str) -> Address:
    return lambda subject, number: url(name, number)


def by_subject(name: str) -> Address:
    return lambda subject, number: url(name, subject)


@dataclass(frozen=True)
class ItemRoom:
    """One room on the work lists. Each of its purposes stands in exactly one of the three endings."""

    # Where its items and alarms lead.
    address: Address | None = None
    # Purpose -> the only page on which it ends, which writes down what came of it: nobody is offered *Done* there.
    ends_on: Mapping[str, Address] = field(default_factory=dict)
    # No page ends it, and somebody waits or may be lost if it vanishes: it asks first.
    asks_first: frozenset[str] = frozenset()
    # An outcome is enough. What is urgent now asks first all the same.
    outcome_alone: frozenset[str] = frozenset()
    # Purpose -> what it is, in a sentence that stands for every such item. It is read where the vault is open and the
    # item has no sealed sentence of its own: jobs have no keys to seal one.
    says: Mapping[str, Promise] = field(default_factory=dict)
    # Purposes whose sealed sentences of ours a list shows too, since they tell nothing that is sealed of a person but
    # what must be read before acting. Of every other purpose a list says what stands in ``says``.
    shown_in_lists: frozenset[str] = frozenset()
    # The same of single sentences, where others of their purpose tell what is sealed.
    sentences_in_lists: tuple[Promise, ...] = ()
    # Items -> the day of each's subject, by its id: a sentence of ``says`` with ``%(day)s`` tells by it which it is.
    days: Callable[[Sequence[Any]], Mapping[UUID, date]] | None = None
    # Nobody sees its items but their owner, nor its alarms but who is paged: no focal point either.
    owners_only: bool = False
    # Only a focal point can open or decide it: it is handed over to one.
    focal_points_only: bool = False
    # Goes from reader to reader: nobody else is told how much of it there is, and it is not given on with other work.
    readers_only: bool = False
    # A moment of its rows would tell too much: what is due now stands at the quarter of the day in which it came.
    due_by_quarter: bool = False
    # Purposes whose urgency is that of a person: *now* is danger, and its line says so.
    of_people: frozenset[str] = frozenset()
    # Purposes that are danger once they are due: a person who was to be met, and nobody has written that she was.
    danger_once_due: frozenset[str] = frozenset()
    # Purposes by which somebody may come to harm if nobody looks.
    of_safety: frozenset[str] = frozenset()
    # Of which rank all else is.
    rank: Rank = Rank.PROMISES
    # (subject, staff=) -> whether that colleague can open what an alarm is about.
    may_open: Callable[..., bool] | None = None
    # (subject, staff=, may_open=) -> what tells one alarm from the next in a banner: a kind, a line, for whoever can
    # open it its number. Never whom it is about.
    told_apart: Callable[..., str] | None = None
    # subject -> the colleagues who can open what an alarm is about.
    holders: Callable[[UUID], list[Any]] | None = None
    # (line of a list, at=) -> when it is due, where that is another hour than the item's own.
    when_due: Callable[..., datetime] | None = None
    # Line of a list -> whether it is due at hours that its reader cannot see: its minute alone must not hurry her.
    hours_are_sealed: Callable[[DueRow], bool] | None = None

    def __post_init__(self) -> None:
        named = self.of_people | self.danger_once_due | self.of_safety
        if unknown := named - self.purposes:
            raise ValueError(f"of no purpose: {sorted(unknown)}")
        purposes = [*self.ends_on, *self.asks_first, *self.outcome_alone]
        if len(purposes) != len(set(purposes)):
            raise ValueError(f"ends in two ways: {sorted(purposes)}")

    @property
    def purposes(self) -> set[str]:
        return {*self.ends_on, *self.asks_first, *self.outcome_alone}


ITEM_ROOMS: Registry[ItemRoom] = Registry("rooms on the work lists")
# (files, keys=) -> the sealed words that tell one file from another, of those that open.
LABELS: Registry[Callable[..., Mapping[UUID, str]]] = Registry("labels of files on the work lists")
NOTHING_SAID = ItemRoom()


def item_room(name: str) -> ItemRoom:
    """Return what a room said about its items; of one that said nothing, nothing is known."""
    return ITEM_ROOMS.get(name) or NOTHING_SAID


def when_due(row: DueRow, *, at: datetime) -> datetime:
    """Return when a line of a list is due, as its room says it."""
    own = item_room(row.item.room).when_due
    return own(row, at=at) if own else row.item.due_at


def hours_are_sealed(row: DueRow) -> bool:
    own = item_room(row.item.room).hours_are_sealed
    return own is not None and own(row)


def labels_of(files: set[UUID], *, keys: Keyring) -> dict[UUID, str]:
    return {file: label for labels in LABELS for file, label in labels(files, keys=keys).items()}


def readers_only_rooms() -> set[str]:
    return {name for name, room in ITEM_ROOMS.items() if room.readers_only}


def owners_only_rooms() -> set[str]:
    return {name for name, room in ITEM_ROOMS.items() if room.owners_only}
