"""What a vault that locks must not swallow: an open call on another page, and what was just being typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from panah.foundation.registry import Registry
from panah.sign_in.actions.sessions import in_a_call
from panah.vault.keyring import Keyring
from panah.vault.models import StaffKey
from panah.vault.seals import DoesNotOpen, context, unpad

if TYPE_CHECKING:
    from panah.accounts.models import Staff

TYPED = "typed"
# Rooms above say whether a colleague has a call open that is not on the page at this address.
CALL_OPEN: Registry[Callable[..., bool]] = Registry("who has a call open on another page")


def call_elsewhere(*, staff: Staff, secret: bytes | None, page: str, at: datetime) -> bool:
    """Say whether a call is open in this browser on another page than ``page``: locking here would lock it too."""
    return in_a_call(staff=staff, secret=secret, at=at) and any(
        call_open(staff=staff, page=page) for call_open in CALL_OPEN
    )


def own_public_key(*, staff: Staff, keys: Keyring | None) -> bytes | None:
    """Return the key that only she opens, from her open vault where there is one; None before she has any."""
    if keys is not None:
        return keys.private.public
    row = StaffKey.objects.filter(staff=staff.pk).only("public").first()
    return bytes(row.public) if row else None


def typed_info(staff: Staff) -> bytes:
    """Return the HPKE ``info`` that binds what was typed to her; the browser gets it with the key."""
    return context(TYPED, staff.pk)


def open_typed(*, keys: Keyring, blob: bytes) -> bytes | None:
    """Return what a page sealed to her, or None when it is not hers."""
    try:
        return unpad(keys.private.open(blob, TYPED, keys.staff.pk))
    except DoesNotOpen:
        return None
