"""What tells something about a person stands in an address sealed: for whom a referral is, which place is asked.

Addresses come into logs, histories and what leaks beside a page. The key is the host's; each time it is drawn anew, so
that two addresses cannot be compared either. Whoever may see the page is decided by the page, as everywhere.

In ``urls.py``: ``<sealed:receiver>``, ``<sealeduuid:place>``. In a query: ``sealed(…)``, read by ``unsealed(…)``.
"""

import base64
import hashlib
import os
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.urls import register_converter

# In steps of so many bytes: what it says is not told by its length.
STEP = 48
NONCE = 12


@lru_cache(maxsize=2)
def _cipher(secret: str) -> AESGCM:
    return AESGCM(hashlib.blake2b(secret.encode(), digest_size=32, person=b"panah addresses").digest())


def sealed(text: object) -> str:
    """Return a text as it stands in an address."""
    raw = str(text).encode()
    padded = raw + bytes(-len(raw) % STEP)
    nonce = os.urandom(NONCE)
    body = nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, padded, None)
    return "~" + base64.urlsafe_b64encode(body).decode().rstrip("=")


def unsealed(told: str) -> str:
    """Return what was sealed; "" for what this node did not seal."""
    try:
        body = base64.urlsafe_b64decode(told.removeprefix("~") + "=" * (-(len(told) - 1) % 4))
        return _cipher(settings.SECRET_KEY).decrypt(body[:NONCE], body[NONCE:], None).rstrip(b"\0").decode()
    except (ValueError, InvalidTag):
        return ""


class SealedConverter:
    """A text of an address, sealed; what does not open is no address."""

    regex = "~[A-Za-z0-9_-]{100,400}"

    def to_python(self, value: str) -> str:
        if not (found := unsealed(value)):
            raise ValueError
        return found

    def to_url(self, value: object) -> str:
        return sealed(value)


class SealedUUIDConverter(SealedConverter):
    """An id, sealed."""

    def to_python(self, value: str) -> UUID:  # type: ignore[override]
        return UUID(super().to_python(value))


register_converter(SealedConverter, "sealed")
register_converter(SealedUUIDConverter, "sealeduuid")
