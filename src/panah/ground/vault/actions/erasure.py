"""Erasure that is true: the intent first, then the half, then the rest, idempotently."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from panah.ground.audit import actions as audit
from panah.ground.foundation.registry import Registry
from panah.ground.vault import events, shred_store, waiting_parts
from panah.ground.vault.actions.cards import FACTS, PART, SEARCH, bury, ids_in
from panah.ground.vault.actions.corruption import damaged
from panah.ground.vault.attachments import HALF_OF_ATTACHMENT, attachments_of
from panah.ground.vault.card_opening import CardValue
from panah.ground.vault.crash_points import crash_point
from panah.ground.vault.errors import not_openable
from panah.ground.vault.file_pins import PIN
from panah.ground.vault.keyring import HALF, Keyring
from panah.ground.vault.models import Chunk, Erasure, File, Grant, Part
from panah.ground.vault.queries import opens, value_of

# The ids of the cards of a file that is being erased, in the shred store until they are buried.
CARDS, WANTED = "cards_of", "wanted"
# What must happen before the key is gone (queue withdrawals, close rows): ``callback(keys=, file=, at=)``, called
# inside the transaction of the intent.
ON_ERASE: Registry[Callable[..., None]] = Registry("what is forgotten with an erased file")
# Which other files go with one, whether or not the asker can open them: ``find(file=)`` gives their ids. They have no
# search cards.
CASCADES: Registry[Callable[..., list[UUID]]] = Registry("files that are erased with a file")


def erase(*, keys: Keyring, file: UUID, at: datetime) -> None:
    """Erase a file and what goes along: the halves are destroyed at once, the rest follows. Promise: within 14 days.

    Interrupted at any step, ``finish_erasures`` completes it.
    """
    together = _want(keys, file, at)
    for one in together:
        keys.forget(one)
    crash_point("erasure: wanted")
    for one in together:
        _finish(Erasure.objects.get(file=one), at)


@transaction.atomic
def _want(keys: Keyring, file: UUID, at: datetime) -> list[UUID]:
    if not opens(keys=keys, file=file):
        raise not_openable()
    keys.damaged.clear()
    cards = value_of(keys=keys, file=file, part=PART)
    if keys.damaged:
        # Which cards are this file's cannot be read: erasing it now would leave them to be found.
        raise damaged()
    along = [one for find in CASCADES for one in find(file=file)]
    for callback in ON_ERASE:
        callback(keys=keys, file=file, at=at)
    _intend(keys, file, cards, at)
    for one in along:
        _intend(keys, one, {}, at)
    return [file, *along]


def _intend(keys: Keyring, file: UUID, cards: CardValue, at: datetime) -> None:
    Erasure.objects.get_or_create(
        file=file, defaults={"society_id": keys.staff.society_id, "by": keys.staff.pk, "wanted_at": at}
    )
    # Not in the row: it stays, and would say which cards were whose.
    ids = {kind: [str(one) for one in ids_in(cards, kind)] for kind in (SEARCH, FACTS)}
    kept = json.dumps(ids).encode()
    shred_store.in_each(lambda store: store.put_many(CARDS, {file: kept}, keys.staff.society_id))
    File.objects.filter(pk=file).update(erasing_since=at)
    audit.record(event=events.ERASE_WANTED, by=keys.staff, at=at, about=file)


def shred(*, files: Iterable[UUID]) -> None:
    """Destroy the halves of files that go with an erased one, at once; their rows are erased by ``erase_unopened``.

    Call it when the transaction that decided it is kept: what was shredded cannot be brought back.
    """
    wanted = list(files)
    shred_store.drop(HALF, wanted)
    shred_store.drop(PIN, wanted)


def erase_unopened(*, file: UUID, society: UUID, at: datetime) -> None:
    """Erase a file without a key: by a node's own job, for files that have neither cards nor attachments."""
    erasure, _made = Erasure.objects.get_or_create(
        file=file, defaults={"society_id": society, "by": None, "wanted_at": at}
    )
    File.objects.filter(pk=file).update(erasing_since=at)
    if erasure.done_at is None:
        _finish(erasure, at)


def finish_erasures(*, at: datetime) -> int:
    """Complete every erasure that was interrupted; returns how many."""
    unfinished = list(Erasure.objects.filter(done_at=None))
    for erasure in unfinished:
        _finish(erasure, at)
    return len(unfinished)


def _finish(erasure: Erasure, at: datetime) -> None:
    # The cards first: once the half is gone nobody can read which they were.
    if erasure.step == WANTED:
        kept = json.loads(next(iter(shred_store.get_each(CARDS, erasure.file)), b"{}"))
        kinds = {kind: [UUID(c) for c in ids] for kind, ids in kept.items()}
        bury(society=erasure.society_id, kinds=kinds, at=at)
        waiting_parts.forget(society=erasure.society_id, file=erasure.file)
    _step(erasure, "cards")
    crash_point("erasure: cards buried")
    shred_store.drop(HALF, [erasure.file])
    shred_store.drop(PIN, [erasure.file])
    shred_store.drop(HALF_OF_ATTACHMENT, attachments_of(erasure.file))
    shred_store.drop(CARDS, [erasure.file])
    _step(erasure, "half")
    crash_point("erasure: half dropped")
    with transaction.atomic():
        Part.objects.filter(file=erasure.file).delete()
        Chunk.objects.filter(file=erasure.file).delete()
        Grant.objects.filter(file=erasure.file).delete()
        crash_point("erasure: rows dropped")
        File.objects.filter(pk=erasure.file).update(erased_at=at, manifest=b"")
        erasure.step, erasure.done_at = "done", at
        erasure.save(update_fields=["step", "done_at"])
        audit.record(event=events.ERASED, by=None, society=erasure.society_id, at=at, about=erasure.file)
    crash_point("erasure: done")


def _step(erasure: Erasure, step: str) -> None:
    erasure.step = step
    erasure.save(update_fields=["step"])
