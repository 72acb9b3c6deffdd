"""The file of a release: a ZIP with a list of what is in it, signed. Plain Python.

The same files make the same bytes. ``release.json`` names every other file with its hash; ``release.sig`` is the
Ed25519 signature over that list, and ``public-key.txt`` says by which key: whoever wants to know whose it is compares
it with what the society told by another way. README.txt in it says how to verify without Panah.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

LIST, SIGNATURE, KEY = "release.json", "release.sig", "public-key.txt"
SIGNED_AS = b"panah release package 1\n"
MOST_UNPACKED, MOST_FILES = 500 * 1024 * 1024, 100
_NO_TIME = (1980, 1, 1, 0, 0, 0)


class BadPackage(Exception):
    """``code`` is one of the sentences of ``panah.release.sentences``; ``file`` the one that it is about."""

    def __init__(self, code: str, file: str = "") -> None:
        super().__init__(code)
        self.code, self.file = code, file


@dataclass(frozen=True)
class Opened:
    """What was signed: facts of the release, its files, and the key in hex."""

    facts: Mapping[str, object]
    files: Mapping[str, bytes]
    key: str


def write(
    files: Mapping[str, bytes], facts: Mapping[str, object], *, sign: Callable[[bytes], bytes], key: bytes
) -> bytes:
    """Return the bytes of a package. ``facts`` are what its list says beside the hashes."""
    listed = {name: hashlib.sha256(body).hexdigest() for name, body in sorted(files.items())}
    text = json.dumps({**facts, "files": listed}, indent=1, sort_keys=True, ensure_ascii=False).encode()
    parts = {**files, LIST: text, SIGNATURE: sign(SIGNED_AS + text), KEY: key.hex().encode()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, body in sorted(parts.items()):
            packed.writestr(zipfile.ZipInfo(name, _NO_TIME), body, zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()


def opened(body: bytes, *, keys: Collection[str] = ()) -> Opened:
    """Return what a package holds, unchanged since it was signed; by one of ``keys`` where any are named."""
    parts = _unpacked(body)
    for name in (LIST, SIGNATURE, KEY):
        if name not in parts:
            raise BadPackage("missing-file", name)
    text, key = parts.pop(LIST), parts.pop(KEY).decode("ascii", "replace")
    _must_be_signed(text, parts.pop(SIGNATURE), key)
    if keys and key not in keys:
        raise BadPackage("bad-signature")
    facts = json.loads(text)
    listed: Mapping[str, str] = facts.pop("files")
    for name, digest in listed.items():
        if name not in parts:
            raise BadPackage("missing-file", name)
        if hashlib.sha256(parts[name]).hexdigest() != digest:
            raise BadPackage("changed-file", name)
    for name in parts.keys() - listed.keys():
        raise BadPackage("unsigned-file", name)
    return Opened(facts, parts, key)


def _must_be_signed(text: bytes, signature: bytes, key: str) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, SIGNED_AS + text)
    except (InvalidSignature, ValueError):
        raise BadPackage("bad-signature") from None


def _unpacked(body: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            entries = packed.infolist()
            names = [one.filename for one in entries]
            if len(set(names)) < len(names) or len(names) > MOST_FILES:
                raise BadPackage("not-a-package")
            # What it says of itself; reading stops there too, whatever a liar packed.
            if sum(one.file_size for one in entries) > MOST_UNPACKED:
                raise BadPackage("too-large")
            return {one.filename: packed.read(one) for one in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise BadPackage("not-a-package") from None
