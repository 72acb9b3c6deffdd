"""A reader of envelopes written from docs/federation.md alone, with nothing of Panah in it."""

import base64
import hashlib
import json
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

HERE = Path(__file__)
EXAMPLES = json.loads((HERE.parent / "exchange-1.json").read_text())
XWING = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


def context(*parts):
    out = b"panah/1"
    for part in parts:
        raw = part if isinstance(part, bytes) else str(part).encode()
        out += len(raw).to_bytes(4, "big") + raw
    return out


def holds(public, signature, *parts):
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, context(*parts))
    except InvalidSignature:
        return False
    return True


def unseal(seed, sealed, *parts):
    assert sealed[0] == 0x02
    stretched = hashlib.shake_256(seed).digest(96)
    private = hpke.MLKEM768X25519PrivateKey(
        MLKEM768PrivateKey.from_seed_bytes(stretched[:64]),
        X25519PrivateKey.from_private_bytes(stretched[64:]),
    )
    return XWING.decrypt(sealed[1:], private, context(*parts))


def public(name):
    return base64.b64decode(EXAMPLES["publics"][name])


def seed(name):
    return bytes.fromhex(EXAMPLES["seeds"][name])


def piece(raw):
    length = int.from_bytes(raw[:4], "big")
    return raw[4 : 4 + length], raw[4 + length :]


def read_envelope(raw):
    assert raw[:8] == b"PANAHENV"
    assert raw[8] == 1
    header, rest = piece(raw[9:])
    body, signature = piece(rest)
    assert len(signature) == 64
    return header, body, signature


def open_body(header, body, seed):
    padded = unseal(seed, body, "body", header)
    assert len(padded) % 4096 == 0
    content, rest = piece(padded)
    assert not rest.strip(b"\0")
    return json.loads(content)
