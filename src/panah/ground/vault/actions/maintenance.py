"""Keeping the shred store in order: what the node does without a key, and what a holder of K or F does for it."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db.models import Model, QuerySet

from panah.ground.foundation import retention, tenancy
from panah.ground.foundation.models import beginning_of
from panah.ground.foundation.registry import Registry
from panah.ground.network.queries import all_ids, hosted_societies
from panah.ground.vault import shred_store, waiting_parts
from panah.ground.vault.actions import card_rebuilding, cards
from panah.ground.vault.actions.erasure import CARDS
from panah.ground.vault.actions.focal_point_attestations import attest_earlier_focal_points
from panah.ground.vault.actions.rotation import files_to_reseal, reseal_untold
from panah.ground.vault.attachments import HALF_OF_ATTACHMENT
from panah.ground.vault.file_pins import PIN
from panah.ground.vault.keyring import HALF, Keyring
from panah.ground.vault.models import Chunk, Erasure, File
from panah.ground.vault.words import FileKind, KeyKind

log = logging.getLogger(__name__)

ORPHAN = "orphan"
# Halves by kind, the rows that need them, and how a row finds its society.
KEPT_BY: tuple[tuple[str, type[Model], str, str], ...] = (
    (HALF, File, "pk", "society"),
    (PIN, File, "pk", "society"),
    (HALF_OF_ATTACHMENT, Chunk, "attachment", "file__society"),
    (CARDS, Erasure, "file", "society"),
)
# The same for what other rooms put away: kind -> (society) -> the keys that its rows need.
REFERENCED_BLOBS: Registry[Callable[[UUID], Iterable[UUID]]] = Registry("sealed bodies that rooms need")
FILES_AT_ONCE = 200
# What a sign-in may wait for: about a second on a small machine.
A_LITTLE = 20
KEPT_IN = (FileKind.CASE, FileKind.CONTACT)


@dataclass(frozen=True)
class MaintenanceNeeds:
    """What waits for a holder of the search or facts key, of one society.

    ``going``: erased cards that still lie in a segment, ``since`` when; ``loose``: many cards lie loose; ``back``:
    files whose cards are still to be looked through after a segment was dropped.
    """

    going: int
    since: datetime | None
    loose: bool
    back: int

    def __bool__(self) -> bool:
        return bool(self.going or self.loose or self.back)


@dataclass(frozen=True)
class MaintenanceDone:
    """What one chunk did: cards written into segments, cards brought back; and whether more is to be done."""

    moved: int
    back: int
    more: bool


def maintenance_needs(*, keys: Keyring | None, society: UUID) -> MaintenanceNeeds:
    """Return what waits in a society, as far as these keys could do it; without keys, everything."""
    kinds = [k for k in (cards.SEARCH, cards.FACTS) if keys is None or keys.holds(cards.KEY_OF[k])]
    places = card_rebuilding.rebuilding(society)
    since = [at for kind in kinds if (at := cards.oldest_tombstone(society, kind))]
    return MaintenanceNeeds(
        sum(cards.waiting_to_go(society, kind) for kind in kinds),
        min(since, default=None),
        any(cards.lying_loose(society, kind) >= cards.MANY_LOOSE for kind in kinds),
        max(
            (
                _files_after(society, places[kind]).count()
                for kind in kinds
                if kind in places and (keys is None or _may_rebuild(keys, society, kind))
            ),
            default=0,
        ),
    )


def _may_rebuild(keys: Keyring, society: UUID, kind: str) -> bool:
    # Only who opens every file: a card of one that stays closed would be passed over and lost.
    every = keys.holds(KeyKind.SIGNING) and keys.holds(cards.KEY_OF[kind])
    return bool(every) and not files_to_reseal(society)


def _files_after(society: UUID, place: UUID | None) -> QuerySet[File]:
    rows = File.objects.filter(society=society, kind__in=KEPT_IN, erasing_since=None).order_by("pk")
    return rows.filter(pk__gt=place) if place else rows


def maintain(*, keys: Keyring, at: datetime, files: int = FILES_AT_ONCE) -> MaintenanceDone:
    """Do one chunk in a holder's session: rewrite segments, then bring back cards of up to ``files`` files.

    What is to be done is read from the store each time: interrupted, or gone on with elsewhere, nothing is lost.
    """
    society = keys.staff.society_id
    moved = back = 0
    for kind in (cards.SEARCH, cards.FACTS):
        if keys.holds(cards.KEY_OF[kind]) and cards.wants_compacting(society=society, kind=kind):
            moved += cards.compact(keys=keys, kind=kind)
    for kind, place in card_rebuilding.rebuilding(society).items():
        if _may_rebuild(keys, society, kind):
            chunk = list(_files_after(society, place).values_list("pk", flat=True)[:files])
            back += card_rebuilding.rebuild(keys=keys, files=chunk, at=at, kinds=[kind])
            card_rebuilding.keep_place(
                society=society, kind=kind, file=chunk[-1] if len(chunk) == files else None
            )
    return MaintenanceDone(moved, back, bool(maintenance_needs(keys=keys, society=society)))


def maintain_a_little(*, keys: Keyring, at: datetime) -> None:
    """Do a small chunk as a holder comes in; a failure is noted and keeps nobody out."""
    try:
        attest_earlier_focal_points(keys=keys)
        maintain(keys=keys, at=at, files=A_LITTLE)
        reseal_untold(keys=keys, at=at, size=A_LITTLE)
        waiting_parts.write_one(keys=keys, at=at)
    except Exception:
        log.exception("tidy a little")


def overdue(*, society: UUID, at: datetime) -> bool:
    """Say whether something erased ten days ago or more is still to be rewritten or finished in a society."""
    times = [cards.oldest_tombstone(society, kind) for kind in (cards.SEARCH, cards.FACTS)]
    wanted = Erasure.objects.filter(society=society, done_at=None).order_by("wanted_at")
    times += [beginning_of(day) for day in wanted.values_list("wanted_at", flat=True)[:1]]
    since = min((t for t in times if t), default=None)
    return since is not None and at - since >= cards.REWRITE_BY


def shuffle_facts(*, at: datetime) -> int:
    """Mix each society's waiting facts cards in a batch, and bury those that count no more; returns how many.

    Where writing a card was broken off, a holder has them all looked through again.
    """
    societies = [one.id for one in hosted_societies()]
    for one in societies:
        card_rebuilding.look_through_again(society=one, at=at)
    buried = sum(cards.bury_waiting(society=one, at=at) for one in societies)
    return buried + sum(cards.shuffle_waiting(society=one) for one in societies)


def drop_overdue_segments(*, at: datetime) -> int:
    """Drop segments that hold a card erased 13 days ago which no holder came to rewrite; returns how many."""
    return sum(card_rebuilding.drop_touched_segments(society=one.id, at=at) for one in hosted_societies())


def sweep_orphans(*, at: datetime) -> int:
    """Drop what no row needs, bodies after a day and halves after thirteen; returns how many."""
    if not _needed(File, "pk", "society"):
        # No file at all is more likely a database that shows us nothing: what is dropped never comes back.
        return 0
    orphans = {
        key: kind
        for kind, model, field, owner in KEPT_BY
        for key in set(shred_store.keys_of(kind)) - _needed(model, field, owner)
    } | {
        key: kind
        for kind in REFERENCED_BLOBS.names()
        for key in set(shred_store.keys_of(kind)) - _needed_above(kind)
    }
    marked = {key: _when(key, at) for key in shred_store.keys_of(ORPHAN)}
    for key in set(orphans) - set(marked):
        shred_store.put(ORPHAN, key, at.isoformat().encode())
    old = [key for key, kind in orphans.items() if key in marked and at - marked[key] >= _waits(kind)]
    for kind in (*(one[0] for one in KEPT_BY), *REFERENCED_BLOBS.names()):
        if mine := [key for key in old if orphans[key] == kind]:
            shred_store.drop(kind, mine)
    done = (set(marked) - set(orphans)) | set(old)
    if done:
        shred_store.drop(ORPHAN, done)
    return len(old)


def sweep_at_the_next_turn(key: UUID) -> None:
    """Let ``sweep_orphans`` drop a half at once when no row needs it: somebody wants it destroyed."""
    long_ago = datetime.min.replace(tzinfo=UTC).isoformat().encode()
    shred_store.in_each(lambda store: store.put_many(ORPHAN, {key: long_ago}, None))


def _waits(kind: str) -> timedelta:
    row = retention.ORPHAN_HALF if kind in (HALF, PIN, HALF_OF_ATTACHMENT) else retention.ORPHAN_BODY
    return row.period


def _needed(model: type[Model], field: str, owner: str) -> set[UUID]:
    """Return the keys that rows need, each society asked behind its own wall: also one that works here no more."""
    found: set[UUID] = set()
    for society in all_ids():
        with tenancy.tenant_context(society):
            rows = model._default_manager.filter(**{owner: society})
            found.update(rows.values_list(field, flat=True).distinct())
    return found


def _needed_above(kind: str) -> set[UUID]:
    found: set[UUID] = set()
    for society in all_ids():
        with tenancy.tenant_context(society):
            found.update(REFERENCED_BLOBS[kind](society))
    return found


def _when(key: UUID, at: datetime) -> datetime:
    kept = shred_store.get(ORPHAN, key)
    return datetime.fromisoformat(kept.decode()) if kept else at
