"""When a delivery is tried again, when it was cut off, and which addresses a node may speak to. Plain Python."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

# After each failure; then it is given up. Whoever must be paged is called by another step meanwhile.
TRY_AGAIN = (timedelta(seconds=30), timedelta(minutes=5))
# No gateway is waited for longer than WHOLE: what began before this was cut off with its process.
CUT_OFF_AFTER = timedelta(seconds=25)
WHOLE = 10.0
# What a thread is given beyond that, before it is left behind.
A_LITTLE = 1.0
AT_ONCE = 8
# So long a message of danger may wait before the node says that nobody is sending.
HELD_UP_AFTER = timedelta(minutes=1)

HEADER = re.compile(r"[a-z0-9!#$%&'*+.^_`|~-]{1,60}")
STEERS = (
    "host",
    "content-",
    "transfer-",
    "x-forwarded-",
    "forwarded",
    "connection",
    "proxy-",
    "upgrade",
    "expect",
)
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


# Two kinds of address of the other family that lead to one of this: NAT64 and 6to4.
NAT64 = ip_network("64:ff9b::/96")


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Say whether an address is one of the internet: not of this machine, nor of any network behind it."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast


def is_inside(host: str) -> bool:
    """Say whether a host is written as an address of this machine or of the network behind it."""
    try:
        return host == "localhost" or host.endswith(".localhost") or not is_public(ip_address(host))
    except ValueError:
        return False


def may_be_header(name: str) -> bool:
    """Say whether a secret may stand in a header of this name: none that steers the request itself."""
    low = name.lower()
    return bool(HEADER.fullmatch(low)) and low != "te" and not low.startswith(STEERS)


def is_push_service(address: str, *, also: Iterable[str] = ()) -> bool:
    """Say whether a subscription leads to a push service we know, or to one that the host names beside them."""
    if not may_be_asked(address):
        return False
    host = urlsplit(address).hostname or ""
    if host in also:
        return True
    known = any(host == one or host.endswith(f".{one}") for one in PUSH_SERVICES)
    return known and address.startswith("https://")
