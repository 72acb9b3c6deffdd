"""Check a release that came from anywhere, and the list of releases that were withdrawn."""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from panah.programmes.release.package import MANIFEST, OUTSIDE, SIGNATURE
from panah.programmes.release.sentences import Sentence, say

MOST_FILES = 1_000
MOST_BYTES = 2_000_000_000
# Of the two files that are read before anything is trusted.
MOST_UNTRUSTED = 1_000_000
_CHUNK = 1 << 20
_LINE = re.compile(r"([0-9a-f]{64})  ([\w./ -]{1,200})")


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A release that should be used no more. ``manifest``: SHA-256 of its manifest, in hexadecimal."""

    release: str
    manifest: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found. ``manifest``: by which a withdrawal names the release."""

    ok: bool
    sentence: Sentence
    manifest: str = ""
    files: tuple[str, ...] = ()


class _Wrong(Exception):
    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.sentence = say(code, **values)


def verify(content: bytes, public_key: bytes, withdrawn: Sequence[Withdrawal] = ()) -> Verified:
    """Check a package by the 32-byte Ed25519 key of who published it. Never raises, whatever the bytes are."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return _verify(packed, public_key, withdrawn)
    except _Wrong as wrong:
        return Verified(False, wrong.sentence)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError, ValueError, OSError):
        return Verified(False, say("not-a-package"))


def _verify(packed: zipfile.ZipFile, public_key: bytes, withdrawn: Sequence[Withdrawal]) -> Verified:
    entries = packed.infolist()
    names = [entry.filename for entry in entries]
    if len(names) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise _Wrong("too-large")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        # Nothing else is ever written here: other ways of packing take memory as they please and fail in their ways.
        raise _Wrong("not-a-package")
    if len(set(names)) < len(names):
        raise _Wrong("not-a-package")
    manifest, signature = (_small(packed, name) for name in (MANIFEST, SIGNATURE))
    if not is_signed(manifest, signature, public_key):
        raise _Wrong("bad-signature")
    promised = _promised(manifest)
    for name in names:
        if name not in promised and name not in OUTSIDE:
            raise _Wrong("unsigned-file", file=name[:200])
    for name, wanted in promised.items():
        if name not in names:
            raise _Wrong("missing-file", file=name)
        if _hash(packed, name) != wanted:
            raise _Wrong("changed-file", file=name)
    mark = sha256(manifest).hexdigest()
    for one in withdrawn:
        if one.manifest == mark:
            return Verified(
                False, say("withdrawn", date=one.on.isoformat(), reason=one.reason), mark, tuple(promised)
            )
    return Verified(True, say("verified"), mark, tuple(promised))


def is_signed(said: bytes, signature: bytes, public_key: bytes) -> bool:
    """Say whether this key signed these bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, said)
    except (InvalidSignature, ValueError):
        return False
    return True


def withdrawn_list(
    withdrawals: Sequence[Withdrawal], *, of: str, as_of: date, sign: Callable[[bytes], bytes]
) -> tuple[bytes, bytes]:
    """Return the list as it is published, and its signature. It only grows."""
    said = {
        "format": "panah withdrawn releases 1",
        # A node signs for several societies with one key: the list of one says nothing of another's releases.
        "of": of,
        "as of": as_of.isoformat(),
        "withdrawn": [
            {"release": one.release, "manifest": one.manifest, "on": one.on.isoformat(), "reason": one.reason}
            for one in withdrawals
        ],
    }
    text = (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()
    return text, sign(text)


def read_withdrawn(
    text: bytes, signature: bytes, public_key: bytes, *, of: str
) -> tuple[Withdrawal, ...] | None:
    """Read the list of a society; None where this key did not sign it, or it is another's."""
    if not is_signed(text, signature, public_key):
        return None
    said = json.loads(text)
    if said.get("of") != of:
        return None
    return tuple(
        Withdrawal(one["release"], one["manifest"], date.fromisoformat(one["on"]), one["reason"])
        for one in said["withdrawn"]
    )


def _promised(manifest: bytes) -> dict[str, str]:
    found = {}
    for line in manifest.decode().splitlines():
        match = _LINE.fullmatch(line)
        if match is None:
            raise _Wrong("not-a-package")
        found[match[2]] = match[1]
    return found


def _small(packed: zipfile.ZipFile, name: str) -> bytes:
    with packed.open(name) as file:
        found = file.read(MOST_UNTRUSTED + 1)
    if len(found) > MOST_UNTRUSTED:
        raise _Wrong("too-large")
    return found


def _hash(packed: zipfile.ZipFile, name: str) -> str:
    found = sha256()
    with packed.open(name) as file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()
