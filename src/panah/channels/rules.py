"""When a delivery is tried again, when it was cut off, and which addresses a node may speak to. Plain Python."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

# After each failure; then it is given up. Whoever must be paged is called by another step meanwhile.
TRY_AGAIN = (timedelta(seconds=30), timedelta(minutes=5))
# No gateway is waited for longer than WHOLE: what began before this was cut off with its process.
CUT_OFF_AFTER = timedelta(seconds=25)
WHOLE = 10.0
# What a thread is given beyond that, before it is left behind.
A_LITTLE = 1.0
AT_ONCE = 8
KEPT = timedelta(days=30)
RETIRED_KEPT = timedelta(days=1)
# So long a message of danger may wait before the node says that nobody is sending.
HELD_UP_AFTER = timedelta(minutes=1)

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
# Whose push services the browsers of today use. A subscription comes from a browser: it names no other host.
PUSH_SERVICES = ("fcm.googleapis.com", "push.services.mozilla.com", "push.apple.com", "notify.windows.com")


def try_again_at(*, tries: int, now: datetime) -> datetime | None:
    """Return when a delivery that failed ``tries`` times is tried again, or None when it is given up."""
    return now + TRY_AGAIN[tries - 1] if tries <= len(TRY_AGAIN) else None


def may_be_asked(address: str) -> bool:
    """Say whether a node may send to this address: https without a login, or plain http to this machine itself."""
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if (
        not host
        or parts.username
        or parts.password
        or any(ord(one) <= 32 or ord(one) == 127 for one in address)
    ):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)


def is_push_service(address: str, *, also: Iterable[str] = ()) -> bool:
    """Say whether a subscription leads to a push service we know, or to one that the host names beside them."""
    if not may_be_asked(address):
        return False
    host = urlsplit(address).hostname or ""
    if host in also:
        return True
    known = any(host == one or host.endswith(f".{one}") for one in PUSH_SERVICES)
    return known and address.startswith("https://")
