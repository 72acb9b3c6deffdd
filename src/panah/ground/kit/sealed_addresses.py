"""What tells something about a person stands in an address sealed: for whom a referral is, which place is asked.

Addresses come into logs, histories and what leaks beside a page. The key is the host's; each time it is drawn anew, so
that two addresses cannot be compared either. What was sealed for one colleague opens for nobody else: whoever finds an
address in a log and has a sign-in of her own learns nothing by it. What was sealed outside of a request opens for all.
Whoever may see the page is decided by the page, as everywhere.

In ``urls.py``: ``<sealed:receiver>``, ``<sealeduuid:place>``. In a query: ``sealed(…)``, read by ``unsealed(…)``.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.urls import register_converter

from panah.ground.foundation.base64url import from_base64url, to_base64url

# In steps of so many bytes: what it says is not told by its length.
STEP = 48
NONCE = 12
# Outside of a request nobody asks.
NOBODY = b""
# Within one: whoever is signed in, None before that.
_reader: ContextVar[bytes | None] = ContextVar("who reads this address", default=NOBODY)


@contextmanager
def sealed_for(staff: UUID | None) -> Iterator[None]:
    """Seal and open addresses for one colleague, as long as her request takes; None: nobody has signed in."""
    token = _reader.set(None if staff is None else staff.bytes)
    try:
        yield
    finally:
        _reader.reset(token)


@lru_cache(maxsize=2)
def _cipher(secret: str) -> AESGCM:
    return AESGCM(hashlib.blake2b(secret.encode(), digest_size=32, person=b"panah addresses").digest())


def sealed(text: object) -> str:
    """Return a text as it stands in an address."""
    raw = str(text).encode()
    padded = raw + bytes(-len(raw) % STEP)
    nonce = os.urandom(NONCE)
    body = nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, padded, _reader.get() or NOBODY)
    return "~" + to_base64url(body)


def unsealed(told: str) -> str:
    """Return what was sealed; "" for what this node did not seal, or sealed for somebody else."""
    try:
        body = from_base64url(told.removeprefix("~"))
    except ValueError:
        return ""
    for reader in dict.fromkeys((_reader.get() or NOBODY, NOBODY)):
        try:
            raw = _cipher(settings.SECRET_KEY).decrypt(body[:NONCE], body[NONCE:], reader)
        except (ValueError, InvalidTag):
            continue
        return raw.rstrip(b"\0").decode()
    return ""


class SealedConverter:
    """A text of an address, sealed; what does not open is no address."""

    regex = "~[A-Za-z0-9_-]{100,400}"

    def to_python(self, value: str) -> str:
        if _reader.get() is None:
            # Whoever has not signed in is led there first, and comes back: no page sees this.
            return ""
        if not (found := unsealed(value)):
            raise ValueError
        return found

    def to_url(self, value: object) -> str:
        return sealed(value)


class SealedUUIDConverter(SealedConverter):
    """An id, sealed."""

    def to_python(self, value: str) -> UUID:  # type: ignore[override]
        found = super().to_python(value)
        return UUID(found) if found else UUID(int=0)


register_converter(SealedConverter, "sealed")
register_converter(SealedUUIDConverter, "sealeduuid")
