"""What a vault that locks must not cut off: a call that is open on another page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from panah.ground.foundation.registry import Registry
from panah.ground.sign_in.actions.sessions import in_a_call

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

# Rooms above say whether a colleague has a call open that is not on the page at this address.
CALL_OPEN: Registry[Callable[..., bool]] = Registry("who has a call open on another page")


def call_elsewhere(*, staff: Staff, secret: bytes | None, page: str, at: datetime) -> bool:
    """Say whether a call is open in this browser on another page than ``page``: locking here would lock it too."""
    return in_a_call(staff=staff, secret=secret, at=at) and any(
        call_open(staff=staff, page=page) for call_open in CALL_OPEN
    )
