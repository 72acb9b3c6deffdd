"""The words of a due item: its sealed sentence on its own page, and what a list says instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from panah.ground.kit.dates import IN_HOURS, dated, time_until
from panah.ground.vault import queries as vault_queries
from panah.ground.work.item_rooms import item_room
from panah.ground.work.models import DueItem
from panah.ground.work.words import SENTENCE, SealedSentence, Sentence, as_sealed, rendered, serialized

if TYPE_CHECKING:
    from panah.ground.vault.keyring import Keyring


@dataclass(frozen=True)
class DueRow:
    """One line of a work list: the row, its sentence when the vault is open, and where it leads."""

    item: DueItem
    say: str
    href: str
    ends_at: str = ""
    # A sentence of its own, to be sealed again; empty where ``say`` is what its room says of all of its kind.
    sentence: Sentence = ""
    # When it is too late, where that is another time than when it is due; whether nothing can be done afterwards.
    until: datetime | None = None
    closes: bool = False

    def ends(self, at: datetime) -> str:
        """When it is too late, in hours where hours count: it comes due before. Nothing where that is not known."""
        ahead = time_until(self.until, at, hours=IN_HOURS)
        if ahead or self.until is None:
            return _("ends %(when)s") % {"when": ahead} if ahead else ""
        return pgettext("a deadline", "missed") if self.closes else _("the time has come")


def with_sentences(items: Iterable[DueItem], *, keys: Keyring | None) -> list[DueRow]:
    """Join rows with their sealed sentences (four queries) and the address each leads to: for a thing's own page.

    What has none, since a job without keys put it there, is said by its room: to whoever opens its file.
    """
    return _rows(items, keys=keys, in_list=False)


def lines_of_list(items: Iterable[DueItem], *, keys: Keyring | None) -> list[DueRow]:
    """The same for a list, which others may read over a shoulder: see ``may_stand_in_lists``."""
    return _rows(items, keys=keys, in_list=True)


def may_stand_in_lists(item: DueItem, kept: SealedSentence) -> bool:
    """Say whether a list shows the sealed sentence of an item, or only what its room says of all of its kind.

    A colleague's own words are hers to choose. A sentence of ours is made of what is sealed (which deadline, where
    somebody is held, who is told what), so it stays on the item's own page, unless its room says that it tells
    nothing of the kind.
    """
    name, purpose = room_and_purpose(item)
    room = item_room(name)
    safe: list[SealedSentence] = [serialized(one) for one in room.sentences_in_lists]
    return purpose in room.shown_in_lists or set(kept) == {"say"} or kept in safe


def _rows(items: Iterable[DueItem], *, keys: Keyring | None, in_list: bool) -> list[DueRow]:
    rows = list(items)
    said = vault_queries.read_refs(keys=keys, wanted=[(r.file, r.pk) for r in rows if r.file], part=SENTENCE)
    kept: Mapping[UUID, SealedSentence] = {pk: one.value for pk, one in said.items()}
    sealed = {
        r.pk: rendered(kept[r.pk])
        for r in rows
        if r.pk in kept and (not in_list or may_stand_in_lists(r, kept[r.pk]))
    }
    without = [r for r in rows if not sealed.get(r.pk)]
    opened = keys.which_open({r.file for r in without if r.file}) if keys else set()
    may_be_said = [r for r in without if keys and (r.file is None or r.file in opened)]
    by_rooms = _said_by_their_rooms(may_be_said)
    return [
        DueRow(
            r,
            sealed.get(r.pk) or by_rooms.get(r.pk, ""),
            href_of(r.room, r.subject, r.number),
            outcome_page(r),
            as_sealed(kept[r.pk]) if sealed.get(r.pk) else "",
            _until(kept.get(r.pk, {})),
            bool(kept.get(r.pk, {}).get("closes")),
        )
        for r in rows
    ]


def _until(kept: SealedSentence) -> datetime | None:
    return datetime.fromisoformat(kept["until"]) if kept.get("until") else None


def _said_by_their_rooms(items: Sequence[DueItem]) -> dict[UUID, str]:
    """What rooms say of their items, with the day of each where that tells it from the next (one query a room)."""
    days: dict[UUID, date] = {}
    for name in {one.room for one in items}:
        if find := item_room(name).days:
            days |= find([one for one in items if one.room == name])
    said = {}
    for item in items:
        room, purpose = room_and_purpose(item)
        sentence = str(item_room(room).says.get(purpose, ""))
        said[item.pk] = (
            sentence % {"day": dated(days.get(item.subject))} if "%(day)s" in sentence else sentence
        )
    return said


def href_of(room: str, subject: UUID, number: str) -> str:
    """Return the address of what an item or alarm is about."""
    address = item_room(room).address
    return address(subject, number) if address else ""


# A purpose that names whose it is ("decide-" and an id, cut off) counts without the id.
OF_A_COLLEAGUE = re.compile(r"-[0-9a-f]{8}-[0-9a-f-]*$")


def room_and_purpose(item: DueItem) -> tuple[str, str]:
    """Return (room, purpose) of an item: under that its room says how it ends."""
    return item.room, OF_A_COLLEAGUE.sub("", item.purpose)


def outcome_page(item: DueItem) -> str:
    """Return the address of the page where an item ends, or "" where it is marked as done on the list."""
    room, purpose = room_and_purpose(item)
    page = item_room(room).ends_on.get(purpose)
    return page(item.subject, item.number) if page else ""
