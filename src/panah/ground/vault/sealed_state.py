"""What one page hands to the next inside the browser, locked under the host's key: words not yet confirmed.

It stands in a hidden field, never in an address, a cookie or the database, and ends after an hour.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from panah.ground.vault.host_secrets import host
from panah.ground.vault.seals import DoesNotOpen, derive, lock, unlock

LASTS = timedelta(hours=1)


def seal_state(state: Mapping[str, object], *, what: str, whose: str, at: datetime) -> str:
    """Return the state as text for a hidden field; ``what`` and ``whose`` bind it to one flow of one person."""
    plain = json.dumps({"at": at.isoformat(), **state}, ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(lock(_key(), plain, "carried", what, whose)).decode()


def open_state(
    text: str, *, what: str, whose: str, at: datetime, lasts: timedelta = LASTS
) -> dict[str, Any] | None:
    """Return the state, or None when it is not ours, not hers, or older than it may be."""
    try:
        plain = unlock(_key(), base64.urlsafe_b64decode(text.encode()), "carried", what, whose)
    except (DoesNotOpen, binascii.Error, ValueError):
        return None
    state: dict[str, Any] = json.loads(plain)
    return state if at - datetime.fromisoformat(state.pop("at")) < lasts else None


def _key() -> bytes:
    # A machine of the public door's own has no key of the node, and what it hands on comes back to it alone.
    secret = settings.SECRET_KEY.encode() if settings.PANAH_DOOR_ONLY else host().totp_key
    return derive(secret, "page state")
