"""Cards: what finding and counting work on, sealed by public key and compacted in a holder's session.

A *search card* (names as written, birth year, phone tails, case number) is sealed to K, a *facts card* (coarse codes,
no number, only with consent to counting) to F. Loose cards lie in the shred store one by one until a holder of the key
compacts them into *segments*; a card that must go is *tombstoned*, and the next compaction rewrites what holds it.
"""

import json
import secrets
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.foundation.errors import Refusal
from panah.vault import later, shred_store
from panah.vault.actions.files import write
from panah.vault.card_opening import CardValue, generation_of, opened_card, segment_key, segment_text
from panah.vault.crash_points import crash_point
from panah.vault.keyring import HeldKey, Keyring
from panah.vault.models import SocietyKey
from panah.vault.queries import read
from panah.vault.seals import DoesNotOpen, lock, pad, seal
from panah.vault.words import KeyKind

SEARCH, FACTS, BURY = "search", "facts", "bury"
KEY_OF = {SEARCH: KeyKind.SEARCH, FACTS: KeyKind.FACTS}
PART = "cards"
SEGMENT_SIZE = 5000
MANY_LOOSE = 200
REWRITE_BY, DROPPED_ON = timedelta(days=10), timedelta(days=13)


def row_kind(kind: str, what: str) -> str:
    """Return under which kind a row lies in the shred store: loose cards, segments, their contents, tombstones."""
    return kind + {"loose": "", "segment": "_s", "ids": "_i", "tomb": "_t", "rebuild": "_r"}[what]


@transaction.atomic
def put_card(*, keys: Keyring, file: UUID, kind: str, value: Mapping[str, object], at: datetime) -> UUID:
    """Seal a card of a file and return its id; an earlier card of the same kind is tombstoned.

    The value is kept in the file too, so that a lost segment can be rebuilt. Facts cards wait until the worker
    writes them in a shuffled batch: neither order nor time joins them to a case.
    """
    society = keys.staff.society_id
    public = keys.society_key(KEY_OF[kind])
    if public is None:
        raise Refusal(_("The society has no keys yet."), code="no-society-keys")
    card = uuid4()
    kept = _kept(keys, file)
    _tombstone(society, kind, [UUID(one["id"]) for one in kept.get(kind, [])], at)
    write(
        keys=keys,
        file=file,
        part=PART,
        value={**kept, kind: [{"id": str(card), "value": dict(value)}]},
        at=at,
    )
    _put_loose(public, kind, card, value, at)
    return card


def _kept(keys: Keyring, file: UUID) -> CardValue:
    found = read(keys=keys, file=file, part=PART)
    return found.value if found else {}


def _put_loose(public: SocietyKey, kind: str, card: UUID, value: Mapping[str, object], at: datetime) -> None:
    body = pad(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
    sealed = seal(bytes(public.public), body, "card", public.society_id, kind, card)
    blob = public.generation.to_bytes(4, "big") + sealed
    if kind == FACTS:
        # Not beside the half of its case, nor at its time: all that wait lie in one row, which is written anew.
        waits = {"card": card.hex, "sealed": b64encode(blob).decode()}
        later.add(society=public.society_id, what=FACTS, values=[waits], at=at)
    else:
        shred_store.put(row_kind(kind, "loose"), card, blob, society=public.society_id)


@transaction.atomic
def drop_card(*, keys: Keyring, file: UUID, kind: str, at: datetime) -> None:
    """Take a file's card away (a consent to counting was withdrawn, a case is no longer to be found)."""
    kept = _kept(keys, file)
    _tombstone(keys.staff.society_id, kind, [UUID(one["id"]) for one in kept.pop(kind, [])], at)
    write(keys=keys, file=file, part=PART, value=kept, at=at)


def _tombstone(society: UUID, kind: str, cards: list[UUID], at: datetime) -> None:
    if kind == FACTS:
        # A grave that is dug in the moment of an erasure would say whose card it is.
        later.add(
            society=society,
            what=BURY,
            values=[{"card": card.hex, "since": at.isoformat()} for card in cards],
            at=at,
        )
    elif cards:
        _bury(society, kind, cards, at)


def _bury(society: UUID, kind: str, cards: list[UUID], at: datetime) -> None:
    shred_store.drop(row_kind(kind, "loose"), cards)
    for card in cards:
        shred_store.put(row_kind(kind, "tomb"), card, at.isoformat().encode(), society=society)


def bury(*, society: UUID, kinds: Mapping[str, list[UUID]], at: datetime) -> None:
    """Tombstone cards by id, without a key: a step of erasure, done as often as needed."""
    for kind in (SEARCH, FACTS):
        _tombstone(society, kind, kinds.get(kind, []), at)


def bury_waiting(*, society: UUID, at: datetime) -> int:
    """Tombstone the facts cards whose time has come, at a time that is nobody's; returns how many. Needs no key."""
    graves = later.due(society=society, what=BURY, at=at)
    gone = {UUID(one.value["card"]): datetime.fromisoformat(one.value["since"]) for one in graves}
    unborn = {card: one for card, one in _waiting(society).items() if card in gone}
    for card, since in gone.items():
        if card not in unborn:
            _bury(society, FACTS, [card], since)
    later.settle(society=society, done=[one.id for one in (*graves, *unborn.values())])
    return len(gone)


def _waiting(society: UUID) -> dict[UUID, later.Waiting]:
    """The facts cards that wait to be written down, by card."""
    return {UUID(one.value["card"]): one for one in later.waiting(society=society, what=FACTS)}


def buried_of(society: UUID, kind: str) -> set[UUID]:
    """Return the cards that count no more, those whose grave is not dug yet too."""
    found = {card for card, _ in shred_store.each(row_kind(kind, "tomb"), society)}
    if kind == FACTS:
        found |= {UUID(one.value["card"]) for one in later.waiting(society=society, what=BURY)}
    return found


def shuffle_waiting(*, society: UUID, at_least: int = 5) -> int:
    """Move waiting facts cards to the loose ones in one shuffled batch; returns how many. Needs no key."""
    buried = buried_of(society, FACTS)
    waiting = [(card, one) for card, one in _waiting(society).items() if card not in buried]
    if len(waiting) < at_least:
        return 0
    secrets.SystemRandom().shuffle(waiting)
    blobs = {card: b64decode(one.value["sealed"]) for card, one in waiting}
    shred_store.put_many(row_kind(FACTS, "loose"), blobs, society=society)
    later.settle(society=society, done=[one.id for _card, one in waiting])
    return len(waiting)


# -- in a holder's session ----------------------------------------------------------------------


def cards(*, keys: Keyring, kind: str) -> Iterator[tuple[UUID, CardValue]]:
    """Yield every card that is not tombstoned, from segments and loose ones; needs the key of its kind."""
    held = _held(keys, kind)
    society = keys.staff.society_id
    buried = buried_of(society, kind)
    seen: set[UUID] = set()
    for segment, blob in shred_store.each(row_kind(kind, "segment"), society):
        for card, value in _open_segment(held, society, kind, segment, blob):
            if card not in buried and card not in seen:
                seen.add(card)
                yield card, value
    for card, blob in shred_store.each(row_kind(kind, "loose"), society):
        if card not in buried and card not in seen:
            opened = _open_loose(held, society, kind, card, blob)
            if opened is not None:
                yield card, opened


def _held(keys: Keyring, kind: str) -> dict[int, HeldKey]:
    held = {k.generation: k for k in keys.held() if k.kind == KEY_OF[kind]}
    if not held:
        raise Refusal(
            _("Only those who hold this key can look through all cards."),
            next_step=_("Ask a focal point of your society."),
            code="key-not-held",
        )
    return held


def _open_loose(
    held: dict[int, HeldKey], society: UUID, kind: str, card: UUID, blob: bytes
) -> CardValue | None:
    key = held.get(generation_of(blob))
    return None if key is None or key.private is None else opened_card(key.private, society, kind, card, blob)


def _open_segment(
    held: dict[int, HeldKey], society: UUID, kind: str, segment: UUID, blob: bytes
) -> list[tuple[UUID, CardValue]]:
    text = _segment_text(held, society, kind, segment, blob)
    return [(UUID(hex=one[0]), one[1]) for one in json.loads(text)]


def _segment_text(held: dict[int, HeldKey], society: UUID, kind: str, segment: UUID, blob: bytes) -> bytes:
    key = held.get(generation_of(blob))
    return b"[]" if key is None else segment_text(key.seed, society, kind, segment, blob)


def card_texts(*, keys: Keyring, kind: str) -> tuple[Iterator[str], set[str]]:
    """Return the cards unread, as JSON lists of ``[id in hex, value]``, and the ids of those that count no more.

    For whoever counts very many in memory of another engine. A card that lies in two places comes twice.
    """
    held, society = _held(keys, kind), keys.staff.society_id
    return _texts(held, society, kind), {card.hex for card in buried_of(society, kind)}


def _texts(held: dict[int, HeldKey], society: UUID, kind: str) -> Iterator[str]:
    for segment, blob in shred_store.each(row_kind(kind, "segment"), society):
        yield _segment_text(held, society, kind, segment, blob).decode()
    loose = shred_store.each(row_kind(kind, "loose"), society)
    yield json.dumps(
        [(card.hex, _open_loose(held, society, kind, card, blob)) for card, blob in loose], ensure_ascii=False
    )


def wants_compacting(*, society: UUID, kind: str) -> bool:
    """Say whether a holder should compact now: a card waits to go, or many lie loose."""
    if next(shred_store.each(row_kind(kind, "tomb"), society), None) is not None:
        return True
    return (
        sum(1 for _ in islice(shred_store.each(row_kind(kind, "loose"), society), MANY_LOOSE)) >= MANY_LOOSE
    )


def compact(*, keys: Keyring, kind: str, at: datetime) -> int:
    """Write loose cards into segments, rewrite segments that hold tombstoned ones; returns how many cards moved.

    A new segment is read back before what it replaces goes. Interrupted, it is simply done again: a card that lies in
    two places counts once.
    """
    del at
    return compact_with(_held(keys, kind), society=keys.staff.society_id, kind=kind)


def compact_with(held: dict[int, HeldKey], *, society: UUID, kind: str) -> int:
    """Do the same with the generations of the key that a process was given; what is of others stays, and its graves."""
    newest = held[max(held)]
    buried = {card for card, _ in shred_store.each(row_kind(kind, "tomb"), society)}
    segments = {segment: ids & buried for segment, ids in segment_ids(society, kind).items() if ids & buried}
    # One that is gone is of no generation: what is left of it goes too.
    row, opens = row_kind(kind, "segment"), {0, *held}
    touched = [one for one in segments if generation_of(shred_store.get(row, one) or b"") in opens]
    kept = {card for segment in segments.keys() - set(touched) for card in segments[segment]}
    lying = {card: generation_of(blob) for card, blob in shred_store.each(row_kind(kind, "loose"), society)}
    loose = [card for card, generation in lying.items() if generation in held]
    kept |= buried & (lying.keys() - set(loose))
    moving = dict(_moving(held, society, kind, set(touched), buried))
    entries = list(moving.items())
    for start in range(0, len(entries), SEGMENT_SIZE):
        _write_segment(newest, society, kind, entries[start : start + SEGMENT_SIZE])
    shred_store.drop(row_kind(kind, "segment"), touched)
    shred_store.drop(row_kind(kind, "ids"), touched)
    crash_point("compaction: old segments dropped")
    shred_store.drop(row_kind(kind, "loose"), loose)
    crash_point("compaction: loose cards dropped")
    shred_store.drop(row_kind(kind, "tomb"), buried - kept)
    crash_point("compaction: tombstones dropped")
    return len(entries)


def _moving(
    held: dict[int, HeldKey], society: UUID, kind: str, touched: set[UUID], buried: set[UUID]
) -> Iterator[tuple[UUID, CardValue]]:
    for segment, blob in shred_store.each(row_kind(kind, "segment"), society):
        if segment in touched:
            yield from (c for c in _open_segment(held, society, kind, segment, blob) if c[0] not in buried)
    for card, blob in shred_store.each(row_kind(kind, "loose"), society):
        opened = _open_loose(held, society, kind, card, blob)
        if opened is not None and card not in buried:
            yield card, opened


def _write_segment(
    key: HeldKey, society: UUID, kind: str, entries: list[tuple[UUID, dict[str, object]]]
) -> None:
    segment = uuid4()
    plain = json.dumps([(c.hex, v) for c, v in entries], ensure_ascii=False, separators=(",", ":")).encode()
    body = lock(
        segment_key(key.seed, society, kind), pad(zlib.compress(plain, 1)), "segment", society, kind, segment
    )
    shred_store.put(row_kind(kind, "ids"), segment, b"".join(c.bytes for c, _ in entries), society=society)
    crash_point("compaction: ids written")
    shred_store.put(
        row_kind(kind, "segment"), segment, key.generation.to_bytes(4, "big") + body, society=society
    )
    crash_point("compaction: segment written")
    kept = shred_store.get(row_kind(kind, "segment"), segment) or b""
    if len(_open_segment({key.generation: key}, society, kind, segment, kept)) != len(entries):
        raise DoesNotOpen


def open_segments(*, keys: Keyring, kind: str) -> int:
    """Open every segment and return how many cards lie in them: the least that a search over them can cost."""
    held, society = _held(keys, kind), keys.staff.society_id
    return sum(
        len(_open_segment(held, society, kind, segment, blob))
        for segment, blob in shred_store.each(row_kind(kind, "segment"), society)
    )


def segment_ids(society: UUID, kind: str) -> dict[UUID, set[UUID]]:
    """Return which cards each segment holds: ids only, so that the host can drop a segment without a key."""
    return {
        segment: {UUID(bytes=ids[i : i + 16]) for i in range(0, len(ids), 16)}
        for segment, ids in shred_store.each(row_kind(kind, "ids"), society)
    }


# -- what the host does when no holder came -----------------------------------------------------


def oldest_tombstone(society: UUID, kind: str) -> datetime | None:
    """Return since when a card waits for a holder to rewrite its segment."""
    times = [datetime.fromisoformat(t.decode()) for _, t in shred_store.each(row_kind(kind, "tomb"), society)]
    return min(times, default=None)


def drop_touched_segments(*, society: UUID, at: datetime) -> int:
    """On day 13 drop every segment that still holds a tombstoned card; returns how many went.

    The cards in it are rebuilt later from their cases. The promise to people, 14 days, goes before finding.
    """
    dropped = 0
    for kind in (SEARCH, FACTS):
        buried = {
            card: datetime.fromisoformat(since.decode())
            for card, since in shred_store.each(row_kind(kind, "tomb"), society)
        }
        old = {card for card, since in buried.items() if at - since >= DROPPED_ON}
        for card in (card for card, since in buried.items() if since > at):
            # The clock went back: what was erased "tomorrow" counts from now, not a day later.
            shred_store.put(row_kind(kind, "tomb"), card, at.isoformat().encode(), society=society)
        touched = [s for s, ids in segment_ids(society, kind).items() if ids & old]
        shred_store.drop(row_kind(kind, "segment"), touched)
        shred_store.drop(row_kind(kind, "ids"), touched)
        shred_store.drop(row_kind(kind, "tomb"), old)
        if touched:
            # What else lay in them comes back from the cases, when a holder is here.
            shred_store.put(row_kind(kind, "rebuild"), society, b"", society=society)
        dropped += len(touched)
    return dropped


def rebuilding(society: UUID) -> dict[str, UUID | None]:
    """Return which kinds of cards are being brought back from the files, each with the last file that was done."""
    found = {}
    for kind in (SEARCH, FACTS):
        place = shred_store.get(row_kind(kind, "rebuild"), society)
        if place is not None:
            found[kind] = UUID(bytes=place) if place else None
    return found


def keep_place(*, society: UUID, kind: str, file: UUID | None) -> None:
    """Keep how far rebuilding is; None: it is done."""
    if file is None:
        shred_store.drop(row_kind(kind, "rebuild"), [society])
    else:
        shred_store.put(row_kind(kind, "rebuild"), society, file.bytes, society=society)
    crash_point("rebuilding: place kept")


def waiting_to_go(society: UUID, kind: str) -> int:
    """Return how many cards wait for a holder to rewrite the segments they lie in."""
    return sum(1 for _ in shred_store.each(row_kind(kind, "tomb"), society))


def lying_loose(society: UUID, kind: str) -> int:
    """Return how many cards lie loose, up to the number at which a holder should compact them."""
    return sum(1 for _ in islice(shred_store.each(row_kind(kind, "loose"), society), MANY_LOOSE))


def rebuild(*, keys: Keyring, files: list[UUID], at: datetime, kinds: Iterable[str] = (SEARCH, FACTS)) -> int:
    """Seal again the cards of these files that lie nowhere any more; returns how many were missing."""
    society = keys.staff.society_id
    missing = 0
    for kind in kinds:
        public = keys.society_key(KEY_OF[kind])
        there = {c for ids in segment_ids(society, kind).values() for c in ids}
        there |= {card for card, _ in shred_store.each(row_kind(kind, "loose"), society)} | set(
            _waiting(society)
        )
        for file in files:
            for one in _kept(keys, file).get(kind, []):
                if UUID(one["id"]) not in there and public is not None:
                    _put_loose(public, kind, UUID(one["id"]), one["value"], at)
                    missing += 1
                    crash_point("rebuilding: some cards sealed")
    return missing
