"""Showing an identity: only for a purpose, and written in the journal."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from panah.ground.audit import actions as audit
from panah.ground.vault import events
from panah.ground.vault.errors import not_openable
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.queries import WHOLE, DecryptedPart, opens, read
from panah.ground.vault.words import RevealPurpose


@transaction.atomic
def reveal(
    *,
    keys: Keyring,
    file: UUID,
    purpose: RevealPurpose,
    at: datetime,
    part: str = "identity",
    ref: UUID = WHOLE,
) -> DecryptedPart | None:
    """Open an identity for a purpose, and journal it in the same transaction.

    Returns None if there is nothing yet; refuses if the file does not open.
    """
    if not opens(keys=keys, file=file):
        raise not_openable()
    found = read(keys=keys, file=file, part=part, ref=ref)
    audit.record(
        event=events.SHOWN, by=keys.staff, at=at, about=file, facts={"purpose": RevealPurpose(purpose).value}
    )
    return found
