"""What is locked or marked under the host's own keys for rooms that do not hold them."""

import base64
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from panah.ground.vault import host_secrets
from panah.ground.vault.host_secrets import host


def encrypt_secret(text: str) -> str:
    """Return a second factor's secret as it is kept."""
    nonce = os.urandom(12)
    return base64.b64encode(nonce + AESGCM(host().totp_key).encrypt(nonce, text.encode(), b"totp")).decode()


def decrypt_secret(encrypted: str) -> str:
    """Return a second factor's secret, or raise InvalidTag when it was locked on another host."""
    raw = base64.b64decode(encrypted)
    return AESGCM(host().totp_key).decrypt(raw[:12], raw[12:], b"totp").decode()


def peppered(what: bytes) -> bytes:
    """Return a hash that nobody can make or look up without this host's pepper."""
    return hmac.digest(host().pepper, what, "sha256")


def pepper_of(room: str) -> bytes:
    """Return 32 bytes of a room's own, made from this host's pepper and kept nowhere."""
    return host_secrets.pepper_of(room)
