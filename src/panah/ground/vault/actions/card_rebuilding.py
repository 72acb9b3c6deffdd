"""Segments that no holder of the key came to rewrite: the host drops them, and the cards come back from their cases."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from panah.ground.foundation import retention
from panah.ground.vault import cards_when_committed, shred_store
from panah.ground.vault.actions import cards
from panah.ground.vault.crash_points import crash_point
from panah.ground.vault.keyring import Keyring


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
        old = {card for card, since in buried.items() if at - since >= retention.ERASED_CARD.period}
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


def look_through_again(*, society: UUID, at: datetime) -> None:
    """Have the cards of all files looked through where writing one was broken off. Needs no key."""
    for kind in (cards.SEARCH, cards.FACTS):
        if cards_when_committed.broken_off(society=society, by_itself=kind == cards.SEARCH, at=at):
            shred_store.put(cards.row_kind(kind, "rebuild"), society, b"", society=society)


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
    """Seal again the cards of these files that lie nowhere any more; returns how many were missing.

    What a file had before, and still lies there, is buried: writing its card was broken off.
    """
    society = keys.staff.society_id
    missing = 0
    for kind in kinds:
        public = keys.society_key(cards.KEY_OF[kind])
        there = {c for ids in cards.segment_ids(society, kind).values() for c in ids}
        lying = shred_store.each(cards.row_kind(kind, "loose"), society, damaged=set())
        there |= {card for card, _ in lying} | set(cards.waiting_facts(society))
        buried = cards.buried_of(society, kind)
        for file in files:
            kept = cards.kept_of(keys, file)
            if left := [card for card in cards.gone_in(kept, kind) if card in there - buried]:
                cards.bury(society=society, kinds={kind: left}, at=at)
            for one in kept.get(kind, []):
                if UUID(one["id"]) not in there and public is not None:
                    cards.put_loose(public, kind, UUID(one["id"]), one["value"], at)
                    cards.bury_unnamed(keys=keys, file=file, kind=kind, card=UUID(one["id"]), at=at)
                    missing += 1
                    crash_point("rebuilding: some cards sealed")
    return missing
