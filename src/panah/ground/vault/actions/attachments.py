"""Photographs and documents of a file: kept in sealed pieces, shown for a purpose, destroyed one by one."""

import os
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from panah.ground.audit import actions as audit
from panah.ground.audit.events import Event
from panah.ground.vault import shred_store
from panah.ground.vault.actions.files import key_or_refuse
from panah.ground.vault.actions.maintenance import sweep_at_the_next_turn
from panah.ground.vault.attachments import HALF_OF_ATTACHMENT, content_of
from panah.ground.vault.chunked_encryption import attachment_key, sealed_pieces
from panah.ground.vault.errors import not_openable
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.models import Chunk
from panah.ground.vault.words import RevealPurpose


@transaction.atomic
def keep_attachment(*, keys: Keyring, file: UUID, body: bytes) -> UUID:
    """Seal a content as it is, byte by byte, and return the id under which it is found again.

    What it is (name, kind, hash) the room above writes as a part of the same file, with this id as ``ref``.
    """
    attachment, half = uuid4(), os.urandom(32)
    key = attachment_key(key_or_refuse(keys, file), half, file, attachment)
    # The half goes first, as for a file: an orphan half is swept, pieces without one would be lost.
    shred_store.put(HALF_OF_ATTACHMENT, attachment, half, society=keys.staff.society_id)
    rows = (
        Chunk(file_id=file, attachment=attachment, number=number, sealed=sealed)
        for number, sealed in enumerate(sealed_pieces(key, body, file, attachment))
    )
    # A few at a time: 25 MB more in one statement would be held in memory once more.
    while batch := [row for _, row in zip(range(8), rows, strict=False)]:
        Chunk.objects.bulk_create(batch)
    return attachment


@transaction.atomic
def show_attachment(
    *,
    keys: Keyring,
    file: UUID,
    attachment: UUID,
    purpose: RevealPurpose,
    event: Event,
    at: datetime,
    facts: Mapping[str, object] | None = None,
) -> bytes:
    """Open a content for a purpose, and journal it in the same transaction. Refuses what does not open."""
    body = content_of(keys=keys, file=file, attachment=attachment)
    if body is None:
        raise not_openable()
    audit.record(
        event=event,
        by=keys.staff,
        at=at,
        about=file,
        facts={"purpose": RevealPurpose(purpose).value, "attachment": str(attachment), **(facts or {})},
    )
    return body


@transaction.atomic
def destroy_attachment(*, keys: Keyring, file: UUID, attachment: UUID) -> None:
    """Destroy a content: its pieces, and once that is certain its half, so that no backup opens it either.

    If the node stops in between, ``sweep_orphans`` finds the half without pieces, and does not wait for a backup.
    """
    key_or_refuse(keys, file)
    gone, _ = Chunk.objects.filter(file=file, attachment=attachment).delete()
    if gone:
        sweep_at_the_next_turn(attachment)
        transaction.on_commit(lambda: _drop_half(attachment))


def _drop_half(attachment: UUID) -> None:
    shred_store.drop(HALF_OF_ATTACHMENT, [attachment])
