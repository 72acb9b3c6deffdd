"""Erasure that is true: the intent first, then the half, then the rest, idempotently."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from panah.ground.audit import actions as audit
from panah.ground.foundation import tenancy
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
CARDS, WANTED, DONE = "cards_of", "wanted", "done"
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
        _finish(one, keys.staff.society_id, at)


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
    _write(file, keys.staff.society_id, cards, by=keys.staff.pk, at=at)
    audit.record(event=events.ERASE_WANTED, by=keys.staff, at=at, about=file)


def _write(file: UUID, society: UUID, cards: CardValue, *, by: UUID | None, at: datetime) -> None:
    # Not in the row: it stays, and would say which cards were whose. It is also what says that Panah wanted it.
    ids = {kind: [str(one) for one in ids_in(cards, kind)] for kind in (SEARCH, FACTS)}
    kept = json.dumps(ids).encode()
    shred_store.in_each(lambda store: store.put_many(CARDS, {file: kept}, society))
    # Whatever a row says that lies there already: it may say that all is done.
    wanted = {"society_id": society, "by": by, "wanted_at": at, "step": WANTED, "done_at": None}
    Erasure.objects.update_or_create(file=file, defaults=wanted)
    File.objects.filter(pk=file).update(erasing_since=at)


def shred(*, files: Iterable[UUID]) -> None:
    """Destroy the halves of files that go with an erased one, at once; their rows are erased by ``erase_unopened``.

    Call it when the transaction that decided it is kept: what was shredded cannot be brought back.
    """
    wanted = list(files)
    shred_store.drop(HALF, wanted)
    shred_store.drop(PIN, wanted)


def erase_unopened(*, file: UUID, society: UUID, at: datetime) -> None:
    """Erase a file without a key: by a node's own job, for files that have neither cards nor attachments."""
    if _half_is_there(file) or not Erasure.objects.filter(file=file, step=DONE).exists():
        _write(file, society, {}, by=None, at=at)
        _finish(file, society, at)


def finish_erasures(*, at: datetime) -> int:
    """Complete every erasure that was interrupted; returns how many. What only rows say is wanted destroys nothing."""
    # A row may say that it is done. Without any row what was wanted was taken back with its transaction.
    wanted = shred_store.keys_of(CARDS, tenancy.current_tenant())
    rows = Erasure.objects.filter(Q(done_at=None) | Q(file__in=wanted))
    societies = dict(rows.values_list("file", "society"))
    societies |= _began().filter(erased_at=None).values_list("pk", "society")
    unfinished = [file for file in societies if not _only_rows_want_it(file)]
    for file in unfinished:
        _finish(file, societies[file], at)
    return len(unfinished)


def put_erasures_right(*, society: UUID, at: datetime) -> int:
    """Let files open again that only rows say are erased or to be erased; returns how many, each in the journal."""
    marked = {*_began().filter(society=society).values_list("pk", flat=True)}
    marked |= {*Erasure.objects.filter(society=society).values_list("file", flat=True)}
    halves = {*shred_store.keys_of(HALF, society)}
    not_erased = sorted(file for file in marked & halves if _only_rows_want_it(file))
    Erasure.objects.filter(file__in=not_erased).delete()
    File.objects.filter(pk__in=not_erased).update(erasing_since=None, erased_at=None)
    audit.record_many(
        event=events.NOT_ERASED, by=None, society=society, at=at, said=[(file, {}) for file in not_erased]
    )
    return len(not_erased)


def _began() -> QuerySet[File]:
    return File.objects.exclude(erasing_since=None, erased_at=None)


def _only_rows_want_it(file: UUID) -> bool:
    """Say whether nothing but rows wants a file erased. In this order: what is wanted goes after the half."""
    return not shred_store.get_each(CARDS, file) and _half_is_there(file)


def _half_is_there(file: UUID) -> bool:
    return shred_store.get(HALF, file) is not None


def _finish(file: UUID, society: UUID, at: datetime) -> None:
    # The cards first: once the half is gone nobody can read which they were.
    for kept in shred_store.get_each(CARDS, file)[:1]:
        kinds = {kind: [UUID(card) for card in ids] for kind, ids in json.loads(kept).items()}
        bury(society=society, kinds=kinds, at=at)
    waiting_parts.forget(society=society, file=file)
    crash_point("erasure: cards buried")
    shred_store.drop(HALF, [file])
    shred_store.drop(PIN, [file])
    shred_store.drop(HALF_OF_ATTACHMENT, attachments_of(file))
    shred_store.drop(CARDS, [file])
    crash_point("erasure: half dropped")
    with transaction.atomic():
        Part.objects.filter(file=file).delete()
        Chunk.objects.filter(file=file).delete()
        Grant.objects.filter(file=file).delete()
        crash_point("erasure: rows dropped")
        File.objects.filter(pk=file).update(erased_at=at, manifest=b"")
        done = {"society_id": society, "step": DONE, "done_at": at}
        Erasure.objects.update_or_create(file=file, defaults=done, create_defaults={**done, "wanted_at": at})
        audit.record(event=events.ERASED, by=None, society=society, at=at, about=file)
    crash_point("erasure: done")
