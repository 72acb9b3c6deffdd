"""What was being typed in a page whose vault locked: the browser seals it to her, and only she opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panah.ground.vault.keyring import Keyring
from panah.ground.vault.seals import DoesNotOpen, context, unpad
from panah.ground.vault.trusted_staff_keys import trusted_staff_keys

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

TYPED = "typed"


def own_public_key(*, staff: Staff, keys: Keyring | None) -> bytes | None:
    """Return the key that only she opens, from her open vault where there is one; None before she has any."""
    if keys is not None:
        return keys.private.public
    key = trusted_staff_keys([staff.pk]).get(staff.pk)
    return key.public if key is not None else None


def typed_info(staff: Staff) -> bytes:
    """Return the HPKE ``info`` that binds what was typed to her; the browser gets it with the key."""
    return context(TYPED, staff.pk)


def open_typed(*, keys: Keyring, blob: bytes) -> bytes | None:
    """Return what a page sealed to her, or None when it is not hers."""
    try:
        return unpad(keys.private.open(blob, TYPED, keys.staff.pk))
    except DoesNotOpen:
        return None
