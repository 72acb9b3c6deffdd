"""Addresses and secrets of gateways, sealed under the key of the host: a stolen database sends and learns nothing."""

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


def seal(value: Mapping[str, object], *, what: str) -> bytes:
    """Seal settings; ``what`` binds them to their row, so that none can stand in the place of another."""
    nonce = os.urandom(NONCE)
    return nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, json.dumps(value).encode(), what.encode())


def unseal(sealed: bytes, *, what: str) -> dict[str, Any]:
    """Return what was sealed, or raise Unreadable."""
    kept = bytes(sealed)
    try:
        plain = _cipher(settings.SECRET_KEY).decrypt(kept[:NONCE], kept[NONCE:], what.encode())
    except (InvalidTag, ValueError):
        raise Unreadable from None
    return dict(json.loads(plain))


@lru_cache(maxsize=1)
def _cipher(secret: str) -> AESGCM:
    # Django's secret comes from the host file, which is in no backup.
    key = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"panah channels 1").derive(
        secret.encode()
    )
    return AESGCM(key)
