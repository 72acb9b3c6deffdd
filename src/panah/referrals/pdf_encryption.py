"""A letter that only opens with a code told by telephone: AES-256 as PDF 2.0 prescribes it (ISO 32000-2, 7.6).

Drawn by reportlab, whose own encryption is RC4, or AES with a hash of one round; so its place is taken here. Every text
and every stream of the file is encrypted under one random key, and that key under the code. The stretching that the
standard prescribes is weak, so the code carries the strength: 24 digits are 79 bits. Digits, since they are
typed on any keyboard and said alike in every language. It protects against reading, not against somebody who changes
the file on its way.
"""

import os
import secrets
from hashlib import sha256, sha384, sha512
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC, ECB
from reportlab.pdfbase.pdfdoc import DummyDoc, PDFDictionary, PDFName, PDFObject

DIGITS, GROUP = 24, 4
# Printing and copying are left to whoever was told the code: a right that the reader's program could ignore is none.
EVERYTHING_ALLOWED = 0xFFFFFFFC


def new_code() -> str:
    """Return 24 random digits in groups of four, to read out by telephone."""
    digits = "".join(secrets.choice("0123456789") for _place in range(DIGITS))
    return " ".join(digits[place : place + GROUP] for place in range(0, DIGITS, GROUP))


def is_code(code: str) -> bool:
    """Say whether this is a code as ``new_code`` makes them: a shorter one would protect nothing."""
    return [len(one) for one in code.split(" ") if one.isascii() and one.isdigit()] == [GROUP] * (
        DIGITS // GROUP
    )


def _aes(key: bytes, mode: CBC | ECB, data: bytes) -> bytes:
    with_key = Cipher(AES(key), mode).encryptor()
    return with_key.update(data) + with_key.finalize()


def _hash(password: bytes, salt: bytes, user: bytes = b"") -> bytes:
    """Algorithm 2.B of the standard: at least 64 rounds of AES-128 and SHA-2."""
    k, turn, last = sha256(password + salt + user).digest(), 0, 0
    while turn < 64 or last > turn - 32:
        e = _aes(k[:16], CBC(k[16:32]), (password + k + user) * 64)
        k = (sha256, sha384, sha512)[sum(e[:16]) % 3](e).digest()
        last, turn = e[-1], turn + 1
    return k[:32]


class EncryptedPdf:
    """In the place of reportlab's encryption: asked for each text and each stream as the file is put together."""

    def __init__(self, code: str) -> None:
        self.key = os.urandom(32)
        # Typed without the spaces it is the reader's password, with them the owner's: both open it.
        self.u, self.ue = self._entry(code.replace(" ", "").encode("ascii"), b"")
        self.o, self.oe = self._entry(code.encode("ascii"), self.u)
        rights = EVERYTHING_ALLOWED.to_bytes(4, "little") + b"\xff\xff\xff\xffTadb" + os.urandom(4)
        self.perms = _aes(self.key, ECB(), rights)  # noqa: S305  one block, as the standard prescribes

    def _entry(self, password: bytes, user: bytes) -> tuple[bytes, bytes]:
        check, salt = os.urandom(8), os.urandom(8)
        wrapped = _aes(_hash(password, salt, user), CBC(bytes(16)), self.key)
        return _hash(password, check, user) + check + salt, wrapped

    def prepare(self, document: Any) -> None:
        """Nothing to prepare: no key depends on the document."""

    def register(self, number: int, version: int) -> None:
        """Nothing to note: no key depends on the object."""

    def encode(self, value: bytes | str) -> bytes:
        data = value.encode("latin-1") if isinstance(value, str) else bytes(value)
        start, fill = os.urandom(16), 16 - len(data) % 16
        return start + _aes(self.key, CBC(start), data + bytes([fill]) * fill)

    def info(self) -> PDFObject:
        return _Dictionary(self)


class _Dictionary(PDFObject):  # type: ignore[misc]
    """What stands in the file about its encryption; itself not encrypted."""

    __RefOnly__ = 1

    def __init__(self, lock: EncryptedPdf) -> None:
        self.lock = lock

    def format(self, document: Any) -> bytes:
        lock = self.lock
        each = {"CFM": PDFName("AESV3"), "AuthEvent": PDFName("DocOpen"), "Length": 32}
        kept = {"O": lock.o, "U": lock.u, "OE": lock.oe, "UE": lock.ue, "Perms": lock.perms}
        entries = {
            "Filter": PDFName("Standard"),
            "V": 5,
            "R": 6,
            "Length": 256,
            "P": EVERYTHING_ALLOWED - 2**32,
            "CF": PDFDictionary({"StdCF": PDFDictionary(each)}),
            "StmF": PDFName("StdCF"),
            "StrF": PDFName("StdCF"),
            **{name: f"<{value.hex()}>" for name, value in kept.items()},
        }
        return bytes(PDFDictionary(entries).format(DummyDoc()))
