"""Seals: how bytes are closed and opened. Frozen; golden examples stand in the tests.

Two kinds of blob, told apart by the first byte:

- ``0x01``/``0x02``: sealed to a public key with HPKE base mode (RFC 9180): X25519 or X-Wing
  (ML-KEM-768 + X25519), HKDF-SHA256, AES-256-GCM. Anyone can seal, only the holder opens.
- ``0x11``: locked under a 32-byte key with AES-256-GCM, 12-byte random nonce.

HPKE has no associated data in the library used, so all context goes length-prefixed into ``info``;
for locks it is the associated data. A blob moved to another row, file, person or version does not open.
"""

import hashlib
import hmac
import os
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

Bit = str | int | bytes | UUID

X25519_SUITE, XWING_SUITE, LOCK = 0x01, 0x02, 0x11
XWING_PUBLIC, X25519_PUBLIC = 1216, 32
_MLKEM_PUBLIC = 1184

_SUITES = {
    X25519_SUITE: hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM),
    XWING_SUITE: hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM),
}


class DoesNotOpen(Exception):
    """The blob is not for this key, this place or this version, or was changed."""


def context(*bits: Bit) -> bytes:
    """Return an unambiguous context: each part is preceded by its length in four bytes."""
    out = b"panah/1"
    for bit in bits:
        raw = bit if isinstance(bit, bytes) else bit.bytes if isinstance(bit, UUID) else str(bit).encode()
        out += len(raw).to_bytes(4, "big") + raw
    return out


# -- under a key -------------------------------------------------------------------------------


class LoadedKey:
    """A 32-byte key, loaded once and used many times: loading costs three times what opening a short text does."""

    def __init__(self, key: bytes) -> None:
        self._aead = AESGCM(key)

    def lock(self, plain: bytes, *bits: Bit) -> bytes:
        """Return ``plain`` locked for one place only (29 bytes longer)."""
        nonce = os.urandom(12)
        return bytes([LOCK]) + nonce + self._aead.encrypt(nonce, plain, context(*bits))

    def unlock(self, blob: bytes, *bits: Bit) -> bytes:
        """Return what was locked, or raise DoesNotOpen."""
        if len(blob) < 29 or blob[0] != LOCK:
            raise DoesNotOpen
        try:
            return self._aead.decrypt(blob[1:13], blob[13:], context(*bits))
        except InvalidTag:
            raise DoesNotOpen from None


def lock(key: bytes, plain: bytes, *bits: Bit) -> bytes:
    """Return ``plain`` locked under a 32-byte key for one place only (29 bytes longer)."""
    return LoadedKey(key).lock(plain, *bits)


def unlock(key: bytes, blob: bytes, *bits: Bit) -> bytes:
    """Return what was locked, or raise DoesNotOpen."""
    return LoadedKey(key).unlock(blob, *bits)


def derive(secret: bytes, *bits: Bit, length: int = 32) -> bytes:
    """Return a key derived by HKDF-SHA256 for one use, named by the bits."""
    return HKDF(hashes.SHA256(), length, None, context(*bits)).derive(secret)


def label(key: bytes, name: str) -> bytes:
    """Return 16 bytes that find a named part by its key and tell nothing without it."""
    return hmac.digest(key, context("label", name), "sha256")[:16]


# -- to a public key ---------------------------------------------------------------------------


class Private:
    """An X-Wing private key from its 32-byte seed, loaded once and used many times."""

    def __init__(self, seed: bytes) -> None:
        if len(seed) != 32:
            raise DoesNotOpen
        self.seed = seed
        stretched = hashlib.shake_256(seed).digest(96)
        self._mlkem = MLKEM768PrivateKey.from_seed_bytes(stretched[:64])
        self._x25519 = X25519PrivateKey.from_private_bytes(stretched[64:])
        self._both = hpke.MLKEM768X25519PrivateKey(self._mlkem, self._x25519)

    @classmethod
    def new(cls) -> "Private":
        return cls(os.urandom(32))

    @property
    def public(self) -> bytes:
        """The 1216-byte X-Wing public key: ML-KEM-768 then X25519."""
        return self._mlkem.public_key().public_bytes_raw() + self.public_x25519

    @property
    def public_x25519(self) -> bytes:
        """The 32-byte X25519 half, for browsers that cannot do X-Wing."""
        return self._x25519.public_key().public_bytes_raw()

    @cached_property
    def own(self) -> LoadedKey:
        """The key under which this process keeps what this private key opened (``opened_grants``)."""
        return LoadedKey(derive(self.seed, "opened before"))

    def open(self, blob: bytes, *bits: Bit) -> bytes:
        """Return what was sealed to this key for this place, or raise DoesNotOpen."""
        private: Any = {XWING_SUITE: self._both, X25519_SUITE: self._x25519}.get(blob[:1][0] if blob else 0)
        if private is None:
            raise DoesNotOpen
        try:
            return _SUITES[blob[0]].decrypt(blob[1:], private, context(*bits))
        except (InvalidTag, ValueError):
            raise DoesNotOpen from None


@lru_cache(maxsize=256)
def _public(raw: bytes) -> hpke.MLKEM768X25519PublicKey | X25519PublicKey:
    if len(raw) == X25519_PUBLIC:
        return X25519PublicKey.from_public_bytes(raw)
    if len(raw) != XWING_PUBLIC:
        raise DoesNotOpen
    return hpke.MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(raw[:_MLKEM_PUBLIC]),
        X25519PublicKey.from_public_bytes(raw[_MLKEM_PUBLIC:]),
    )


def can_be_sealed_to(public: bytes) -> bool:
    """Say whether these bytes are an X-Wing public key: what others hand in is looked at before it is kept."""
    try:
        return len(public) == XWING_PUBLIC and _public(public) is not None
    except ValueError:
        return False


def seal(public: bytes, plain: bytes, *bits: Bit) -> bytes:
    """Return ``plain`` sealed to a public key: X-Wing (1216 bytes) or X25519 (32 bytes)."""
    suite = XWING_SUITE if len(public) == XWING_PUBLIC else X25519_SUITE
    return bytes([suite]) + _SUITES[suite].encrypt(plain, _public(public), context(*bits))


# -- signatures --------------------------------------------------------------------------------


def signing_public(seed: bytes) -> bytes:
    """Return the 32-byte Ed25519 public key of a 32-byte seed."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def sign(seed: bytes, *bits: Bit) -> bytes:
    """Return the 64-byte Ed25519 signature over the context of the bits."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(context(*bits))


class Signer:
    """An Ed25519 private key from its 32-byte seed, loaded once: loading costs half of a signature.

    Made where much is signed at once, and gone with it: nothing keeps one.
    """

    def __init__(self, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)

    @property
    def public(self) -> bytes:
        """The 32-byte public key."""
        return self._private.public_key().public_bytes_raw()

    def sign(self, *bits: Bit) -> bytes:
        """Return what ``sign`` returns for the seed."""
        return self._private.sign(context(*bits))


def signed(public: bytes, signature: bytes, *bits: Bit) -> bool:
    """Say whether the signature holds."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, context(*bits))
    except (InvalidSignature, ValueError):
        return False
    return True


# -- sizes -------------------------------------------------------------------------------------


def pad(plain: bytes) -> bytes:
    """Return ``plain`` in a bucket: powers of two from 256 bytes to 4 KiB, then steps of 4 KiB."""
    need = len(plain) + 4
    size = 256
    while size < need and size < 4096:
        size *= 2
    size = size if size >= need else -(-need // 4096) * 4096
    return len(plain).to_bytes(4, "big") + plain + bytes(size - need)


def unpad(padded: bytes) -> bytes:
    """Return what was padded."""
    length = int.from_bytes(padded[:4], "big")
    if length + 4 > len(padded):
        raise DoesNotOpen
    return padded[4 : 4 + length]
