"""Web Push: what a browser can open alone (RFC 8291), and who sends it (VAPID, RFC 8292).

No kept library with a free licence needs less than what `cryptography` already does here; the test is the example of
RFC 8291, appendix A.
"""

import json
import os
import time
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from panah.ground.foundation.base64url import from_base64url, to_base64url

RECORD = 4096
# How long an uncompressed point of P-256 is.
POINT = 65
VAPID_LASTS = 12 * 3600


def new_vapid_key() -> str:
    """Return a new private key as text."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return to_base64url(number.to_bytes(32))


def private_key(text: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(from_base64url(text)), ec.SECP256R1())


def public_text(private: str) -> str:
    """Return the public key that a browser subscribes with."""
    return to_base64url(_point(private_key(private).public_key()))


def public_key(text: str) -> ec.EllipticCurvePublicKey:
    """Return the public key of a browser; ValueError unless it is an uncompressed point on the curve."""
    raw = from_base64url(text)
    if len(raw) != POINT:
        raise ValueError(text)
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _hkdf(salt: bytes, key: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(key)


def encrypt(
    text: bytes,
    *,
    p256dh: str,
    auth: str,
    own: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """Return a text as the one record of ``aes128gcm`` that this browser alone can open."""
    theirs_raw, own, salt = (
        from_base64url(p256dh),
        own or ec.generate_private_key(ec.SECP256R1()),
        salt or os.urandom(16),
    )
    theirs = public_key(p256dh)
    ours_raw = _point(own.public_key())
    shared = own.exchange(ec.ECDH(), theirs)
    keying = _hkdf(from_base64url(auth), shared, b"WebPush: info\0" + theirs_raw + ours_raw, 32)
    key = _hkdf(salt, keying, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _hkdf(salt, keying, b"Content-Encoding: nonce\0", 12)
    head = salt + RECORD.to_bytes(4) + bytes([len(ours_raw)]) + ours_raw
    return head + AESGCM(key).encrypt(nonce, text + b"\x02", None)


def vapid_header(*, endpoint: str, private: str, subject: str, now: float | None = None) -> str:
    """Return the Authorization header that says who sends to this push service."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time() if now is None else now) + VAPID_LASTS,
        "sub": subject,
    }
    said = (b'{"typ":"JWT","alg":"ES256"}', json.dumps(claims, separators=(",", ":")).encode())
    signed = ".".join(map(to_base64url, said))
    r, s = decode_dss_signature(private_key(private).sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    token = signed + "." + to_base64url(r.to_bytes(32) + s.to_bytes(32))
    return f"vapid t={token}, k={public_text(private)}"
