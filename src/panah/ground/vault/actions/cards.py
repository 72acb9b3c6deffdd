"""Cards: what finding and counting work on, sealed by public key and compacted in a holder's session.

A *search card* (names as written, birth year, phone tails, case number) is sealed to K, a *facts card* (coarse codes,
no number, only with consent to counting) to F. Loose cards lie in the shred store one by one until a holder of the key
compacts them into *segments*; a card that must go is *tombstoned*, and the next compaction rewrites what holds it.
"""

import json
import secrets
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.errors import Refusal
from panah.ground.vault import cards_when_committed, later, shred_store
from panah.ground.vault.actions.files import write
from panah.ground.vault.card_opening import (
    CardValue,
    generation_of,
    opened_card,
    segment_cards,
    segment_key,
    segment_text,
)
from panah.ground.vault.crash_points import crash_point
from panah.ground.vault.errors import no_society_keys
from panah.ground.vault.keyring import HeldKey, Keyring
from panah.ground.vault.lock_files import lock_file
from panah.ground.vault.models import File, SocietyKey
from panah.ground.vault.queries import read
from panah.ground.vault.seals import DoesNotOpen, lock, pad, seal
from panah.ground.vault.words import KeyKind

SEARCH, FACTS, BURY, GONE = "search", "facts", "bury", "gone"
KEY_OF = {SEARCH: KeyKind.SEARCH, FACTS: KeyKind.FACTS}
PART = "cards"
SEGMENT_SIZE = 5000
MANY_LOOSE = 200
REWRITE_BY = timedelta(days=10)


def row_kind(kind: str, what: str) -> str:
    """Return under which kind a row lies in the shred store: loose cards, segments, their contents, tombstones."""
    return kind + {"loose": "", "segment": "_s", "ids": "_i", "tomb": "_t", "rebuild": "_r"}[what]


@transaction.atomic
def put_card(*, keys: Keyring, file: UUID, kind: str, value: Mapping[str, object], at: datetime) -> UUID:
    """Seal a card of a file and return its id; an earlier card of the same kind is tombstoned.

    The value is kept in the file too, so that a lost segment can be rebuilt; the store follows when the file stands.
    Facts cards wait until the worker writes them in a shuffled batch: neither order nor time joins them to a case.
    """
    public = keys.society_key(KEY_OF[kind])
    if public is None:
        raise no_society_keys()
    card = uuid4()

    def seal_it() -> None:
        crash_point("cards: old one buried")
        put_loose(public, kind, card, value, at)
        bury_unnamed(keys=keys, file=file, kind=kind, card=card, at=at)

    _replace(keys, file, kind, [{"id": str(card), "value": dict(value)}], seal_it, at)
    return card


def _replace(
    keys: Keyring, file: UUID, kind: str, now: list[CardValue], then: Callable[[], None], at: datetime
) -> None:
    """Write in a file which cards it has; once that stands those of before are buried."""
    society, kept = keys.staff.society_id, kept_of(keys, file)
    going = [UUID(one["id"]) for one in kept.get(kind, [])]
    if cards_when_committed.is_begun(society=society, by_itself=kind == SEARCH):
        # It may be this file's card: whatever was to be buried then is buried now.
        going += gone_in(kept, kind)
    gone = {**kept.get(GONE, {}), kind: [str(card) for card in going]}
    write(keys=keys, file=file, part=PART, value={**kept, kind: now, GONE: gone}, at=at)

    def store() -> None:
        _tombstone(society, kind, going, at)
        then()

    cards_when_committed.when_committed(society=society, by_itself=kind == SEARCH, do=store, at=at)


def kept_of(keys: Keyring, file: UUID) -> CardValue:
    """Return the cards of a file as they are kept in it, by kind."""
    found = read(keys=keys, file=file, part=PART)
    return found.value if found else {}


def ids_in(kept: CardValue, kind: str) -> list[UUID]:
    """Return which cards of a kind a file has or had last: of those before, only that they are gone is kept."""
    return [UUID(one["id"]) for one in kept.get(kind, [])] + gone_in(kept, kind)


def gone_in(kept: CardValue, kind: str) -> list[UUID]:
    return [UUID(one) for one in kept.get(GONE, {}).get(kind, [])]


def bury_unnamed(*, keys: Keyring, file: UUID, kind: str, card: UUID, at: datetime) -> None:
    """Bury what was sealed just now where its file was erased, or names another one, meanwhile."""
    found = read(keys=keys, file=file, part=PART)
    another = found is not None and str(card) not in [one["id"] for one in found.value.get(kind, [])]
    if another or not File.objects.filter(pk=file, erasing_since=None).exists():
        _tombstone(keys.staff.society_id, kind, [card], at)


def put_loose(public: SocietyKey, kind: str, card: UUID, value: Mapping[str, object], at: datetime) -> None:
    """Seal a card by its public key and lay it among the loose ones, a facts card among those that wait."""
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
    _replace(keys, file, kind, [], lambda: None, at)


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
    unborn = {card: one for card, one in waiting_facts(society).items() if card in gone}
    for card, since in gone.items():
        if card not in unborn:
            _bury(society, FACTS, [card], since)
    later.settle(society=society, done=[one.id for one in (*graves, *unborn.values())])
    return len(gone)


def waiting_facts(society: UUID) -> dict[UUID, later.Waiting]:
    """The facts cards that wait to be written down, by card."""
    return {UUID(one.value["card"]): one for one in later.waiting(society=society, what=FACTS)}


def buried_of(society: UUID, kind: str) -> set[UUID]:
    """Return the cards that count no more, those whose grave is not dug yet too."""
    found = set(shred_store.keys_of(row_kind(kind, "tomb"), society))
    if kind == FACTS:
        found |= {UUID(one.value["card"]) for one in later.waiting(society=society, what=BURY)}
    return found


def shuffle_waiting(*, society: UUID, at_least: int = 5) -> int:
    """Move waiting facts cards to the loose ones in one shuffled batch; returns how many. Needs no key."""
    buried = buried_of(society, FACTS)
    waiting = [(card, one) for card, one in waiting_facts(society).items() if card not in buried]
    if len(waiting) < at_least:
        return 0
    secrets.SystemRandom().shuffle(waiting)
    blobs = {card: b64decode(one.value["sealed"]) for card, one in waiting}
    shred_store.put_many(row_kind(FACTS, "loose"), blobs, society=society)
    later.settle(society=society, done=[one.id for _card, one in waiting])
    return len(waiting)


# -- in a holder's session ----------------------------------------------------------------------


def cards(*, keys: Keyring, kind: str, damaged: set[UUID] | None = None) -> Iterator[tuple[UUID, CardValue]]:
    """Yield every card that is not tombstoned, from segments and loose ones; needs the key of its kind.

    A row that does not open raises, or is left out and told in ``damaged``.
    """
    held = _held(keys, kind)
    society = keys.staff.society_id
    buried = buried_of(society, kind)
    seen: set[UUID] = set()
    for segment, blob in shred_store.each(row_kind(kind, "segment"), society, damaged=damaged):
        for card, value in _open_segment(held, society, kind, segment, blob, damaged):
            if card not in buried and card not in seen:
                seen.add(card)
                yield card, value
    for card, blob in shred_store.each(row_kind(kind, "loose"), society, damaged=damaged):
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
    held: dict[int, HeldKey], society: UUID, kind: str, segment: UUID, blob: bytes,
    damaged: set[UUID] | None = None,
) -> list[tuple[UUID, CardValue]]:  # fmt: skip
    key = held.get(generation_of(blob))
    try:
        return [] if key is None else segment_cards(key.seed, society, kind, segment, blob)
    except DoesNotOpen:
        if damaged is None:
            raise
        damaged.add(segment)
        return []


def card_texts(*, keys: Keyring, kind: str) -> tuple[Iterator[str], set[str]]:
    """Return the cards unread, as JSON lists of ``[id in hex, value]``, and the ids of those that count no more.

    For whoever counts very many in memory of another engine. A card that lies in two places comes twice.
    """
    held, society = _held(keys, kind), keys.staff.society_id
    return _texts(held, society, kind), {card.hex for card in buried_of(society, kind)}


def _texts(held: dict[int, HeldKey], society: UUID, kind: str) -> Iterator[str]:
    for segment, blob in shred_store.each(row_kind(kind, "segment"), society):
        key = held.get(generation_of(blob))
        yield "[]" if key is None else segment_text(key.seed, society, kind, segment, blob).decode()
    loose = shred_store.each(row_kind(kind, "loose"), society)
    yield json.dumps(
        [(card.hex, _open_loose(held, society, kind, card, blob)) for card, blob in loose], ensure_ascii=False
    )


def wants_compacting(*, society: UUID, kind: str) -> bool:
    """Say whether a holder should compact now: a card waits to go, or many lie loose."""
    return bool(waiting_to_go(society, kind)) or lying_loose(society, kind) >= MANY_LOOSE


def compact(*, keys: Keyring, kind: str) -> int:
    """Write loose cards into segments, rewrite segments that hold tombstoned ones; returns how many cards moved.

    A new segment is read back before what it replaces goes. Interrupted, it is simply done again: a card that lies in
    two places counts once.
    """
    return compact_with(_held(keys, kind), society=keys.staff.society_id, kind=kind)


def compact_with(held: dict[int, HeldKey], *, society: UUID, kind: str) -> int:
    """Do the same with the generations of the key that a process was given.

    What is of other generations or damaged stays, and so do its graves; a loose card that somebody forged goes.

    One at a time: of two, the slower would write a card back whose grave the other has closed already.
    """
    with lock_file(f"cards-{society}-{kind}.lock", waits=False) as mine:
        return _compact(held, society, kind) if mine else 0


def _compact(held: dict[int, HeldKey], society: UUID, kind: str) -> int:
    buried = set(shred_store.keys_of(row_kind(kind, "tomb"), society))
    segments = touched_segments(society, kind, buried)
    opened, gone = _opened(held, society, kind, list(segments))
    kept = {card for segment in segments.keys() - opened.keys() - gone for card in segments[segment]}
    damaged = set[UUID]()
    lying = shred_store.each(row_kind(kind, "loose"), society, damaged=damaged)
    sealed_to = {card: generation_of(blob) for card, blob in lying}
    loose = [card for card, generation in sealed_to.items() if generation in held]
    kept |= buried & ((sealed_to.keys() | damaged) - set(loose))
    moving = {card: value for some in opened.values() for card, value in some if card not in buried}
    for card, blob in shred_store.each(row_kind(kind, "loose"), society, damaged=damaged):
        value = None if card in buried else _open_loose(held, society, kind, card, blob)
        moving |= {} if value is None else {card: value}
    if set(loose) - buried - moving.keys():  # written over: what they said comes back from the cases
        shred_store.put(row_kind(kind, "rebuild"), society, b"", society=society)
    entries = list(moving.items())
    for start in range(0, len(entries), SEGMENT_SIZE):
        _write_segment(held[max(held)], society, kind, entries[start : start + SEGMENT_SIZE])
    shred_store.drop(row_kind(kind, "segment"), [*opened, *gone])
    shred_store.drop(row_kind(kind, "ids"), [*opened, *gone])
    crash_point("compaction: old segments dropped")
    shred_store.drop(row_kind(kind, "loose"), loose)
    crash_point("compaction: loose cards dropped")
    shred_store.drop(row_kind(kind, "tomb"), buried - kept)
    crash_point("compaction: tombstones dropped")
    return len(entries)


def touched_segments(society: UUID, kind: str, buried: set[UUID]) -> dict[UUID, set[UUID]]:
    """Return the segments in which buried cards lie, and which; one that lost its list of cards may hold any."""
    known = segment_ids(society, kind)
    lost = set(shred_store.keys_of(row_kind(kind, "segment"), society)) - known.keys()
    return {one: ids & buried for one, ids in (known | dict.fromkeys(lost, buried)).items() if ids & buried}


def _opened(
    held: dict[int, HeldKey], society: UUID, kind: str, segments: list[UUID]
) -> tuple[dict[UUID, list[tuple[UUID, CardValue]]], set[UUID]]:
    """Return the cards of the segments that open, and the segments that lie there no more."""
    opened = {}
    for segment, blob in shred_store.get_many(row_kind(kind, "segment"), segments).items():
        if generation_of(blob) in held:
            with suppress(DoesNotOpen):
                opened[segment] = _open_segment(held, society, kind, segment, blob)
    return opened, set(segments) - set(shred_store.keys_of(row_kind(kind, "segment"), society))


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
        for segment, ids in shred_store.each(row_kind(kind, "ids"), society, damaged=set())
    }


# -- what waits to be done ------------------------------------------------------------------------


def oldest_tombstone(society: UUID, kind: str) -> datetime | None:
    """Return since when a card waits for a holder to rewrite its segment."""
    tombs = shred_store.each(row_kind(kind, "tomb"), society, damaged=set())
    return min((datetime.fromisoformat(since.decode()) for _, since in tombs), default=None)


def waiting_to_go(society: UUID, kind: str) -> int:
    """Return how many cards wait for a holder to rewrite the segments they lie in."""
    return len(shred_store.keys_of(row_kind(kind, "tomb"), society))


def lying_loose(society: UUID, kind: str) -> int:
    """Return how many cards lie loose, up to the number at which a holder should compact them."""
    lying = shred_store.each(row_kind(kind, "loose"), society, damaged=set())
    return sum(1 for _ in islice(lying, MANY_LOOSE))
