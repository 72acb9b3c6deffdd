"""Segments that no holder of the key came to rewrite: the host drops them, and the cards come back from their cases."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from panah.vault import shred_store
from panah.vault.actions import cards
from panah.vault.crash_points import crash_point
from panah.vault.keyring import Keyring

DROPPED_ON = timedelta(days=13)


def drop_touched_segments(*, society: UUID, at: datetime) -> int:
    """On day 13 drop every segment that still holds a tombstoned card; returns how many went.

    The cards in it are rebuilt later from their cases. The promise to people, 14 days, goes before finding.
    """
    dropped = 0
    for kind in (cards.SEARCH, cards.FACTS):
        timeless = set[UUID]()
        buried = {
            card: datetime.fromisoformat(since.decode())
            for card, since in shred_store.each(cards.row_kind(kind, "tomb"), society, damaged=timeless)
        }
        old = {card for card, since in buried.items() if at - since >= DROPPED_ON}
        for card in (*timeless, *(card for card, since in buried.items() if since > at)):
            # The clock went back: what was erased "tomorrow" counts from now, as does what somebody made unreadable.
            shred_store.put(cards.row_kind(kind, "tomb"), card, at.isoformat().encode(), society=society)
        touched = list(cards.touched_segments(society, kind, old))
        shred_store.drop(cards.row_kind(kind, "segment"), touched)
        shred_store.drop(cards.row_kind(kind, "ids"), touched)
        shred_store.drop(cards.row_kind(kind, "tomb"), old)
        if touched:
            # What else lay in them comes back from the cases, when a holder is here.
            shred_store.put(cards.row_kind(kind, "rebuild"), society, b"", society=society)
        dropped += len(touched)
    return dropped


def rebuilding(society: UUID) -> dict[str, UUID | None]:
    """Return which kinds of cards are being brought back from the files, each with the last file that was done."""
    found = {}
    for kind in (cards.SEARCH, cards.FACTS):
        place = shred_store.get(cards.row_kind(kind, "rebuild"), society)
        if place is not None:
            found[kind] = UUID(bytes=place) if place else None
    return found


def keep_place(*, society: UUID, kind: str, file: UUID | None) -> None:
    """Keep how far rebuilding is; None: it is done."""
    if file is None:
        shred_store.drop(cards.row_kind(kind, "rebuild"), [society])
    else:
        shred_store.put(cards.row_kind(kind, "rebuild"), society, file.bytes, society=society)
    crash_point("rebuilding: place kept")


def rebuild(
    *, keys: Keyring, files: list[UUID], at: datetime, kinds: Iterable[str] = (cards.SEARCH, cards.FACTS)
) -> int:
    """Seal again the cards of these files that lie nowhere any more; returns how many were missing."""
    society = keys.staff.society_id
    missing = 0
    for kind in kinds:
        public = keys.society_key(cards.KEY_OF[kind])
        there = {c for ids in cards.segment_ids(society, kind).values() for c in ids}
        lying = shred_store.each(cards.row_kind(kind, "loose"), society, damaged=set())
        there |= {card for card, _ in lying} | set(cards.waiting_facts(society))
        for file in files:
            for one in cards.kept_of(keys, file).get(kind, []):
                if UUID(one["id"]) not in there and public is not None:
                    cards.put_loose(public, kind, UUID(one["id"]), one["value"], at)
                    missing += 1
                    crash_point("rebuilding: some cards sealed")
    return missing
