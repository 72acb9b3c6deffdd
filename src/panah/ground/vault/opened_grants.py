"""Grants that this process opened before: a list of fifty cases does not open fifty seals each time it is shown.

Opening a seal costs twenty times what opening a lock costs. So what a grant held is kept in memory, locked under a key
derived from the private key that opened it. A private key is in memory for the length of a request: between requests,
what is kept is as closed as the row it came from. It is found only by a grant that is there now and is the same byte
by byte, for the same file and the same receiver. An erased file stays erased: its other half is never kept.
"""

import hashlib
from contextlib import suppress
from threading import Lock

from panah.ground.vault.seals import Bit, DoesNotOpen, Private

# About 300 bytes each: what some hundred colleagues look at in a day.
MOST = 20_000

_kept: dict[bytes, bytes] = {}
_writing = Lock()


def open_grant(private: Private, sealed: bytes, *place: Bit) -> bytes:
    """Return what was sealed to this key for this place, or raise DoesNotOpen."""
    mark = hashlib.blake2b(sealed, digest_size=32).digest()
    known = _kept.get(mark)
    if known is not None:
        # It does not open for another key, nor for a copy of the grant that was put beside another file.
        with suppress(DoesNotOpen):
            return private.own.unlock(known, "opened grant", mark, *place)
    secret = private.open(sealed, *place)
    _keep(mark, private.own.lock(secret, "opened grant", mark, *place))
    return secret


def _keep(mark: bytes, locked: bytes) -> None:
    with _writing:
        while len(_kept) >= MOST:
            del _kept[next(iter(_kept))]
        _kept[mark] = locked


def forget_all() -> None:
    """Forget what was opened, as a process that has just started."""
    with _writing:
        _kept.clear()
