"""What is sealed or marked under the key of the host: a stolen database sends, rings and learns nothing.

Each room has a key of its own, derived from Django's secret, which comes from the host file and is in no backup.
"""

import hmac
import json
import os
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12


class Unreadable(Exception):
    """Sealed under the key of another host, or changed."""


def seal(value: Mapping[str, object], *, what: str, room: str) -> bytes:
    """Seal a value; ``what`` binds it to its row, so that none can stand in the place of another."""
    return seal_bytes(json.dumps(value, ensure_ascii=False).encode(), what=what, room=room)


def seal_bytes(plain: bytes, *, what: str, room: str) -> bytes:
    """Seal what is no value, say a file."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(_key(settings.SECRET_KEY, room)).encrypt(nonce, plain, what.encode())


def unseal(sealed: bytes, *, what: str, room: str) -> dict[str, Any]:
    """Return what was sealed, or raise Unreadable."""
    return dict(json.loads(unseal_bytes(sealed, what=what, room=room)))


def unseal_bytes(sealed: bytes, *, what: str, room: str) -> bytes:
    """Return what ``seal_bytes`` sealed, or raise Unreadable."""
    kept = bytes(sealed)
    try:
        return AESGCM(_key(settings.SECRET_KEY, room)).decrypt(kept[:NONCE], kept[NONCE:], what.encode())
    except (InvalidTag, ValueError):
        raise Unreadable from None


def mark(text: str, *, what: str, room: str) -> bytes:
    """Return 32 bytes that are equal for equal texts, and that nobody can make or look up without this host's key."""
    return hmac.digest(_key(settings.SECRET_KEY, room), f"{what}\0{text}".encode(), "sha256")


@lru_cache(maxsize=32)
def _key(secret: str, room: str) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=f"panah {room} 1".encode()).derive(
        secret.encode()
    )
