"""The card: the public keys of a society and of its node, signed by the society, as it is shown for pairing.

A card is ``PANAHCRD``, a version byte, the length of its JSON in four bytes, the JSON, and 64 bytes of Ed25519
signature by the society's signing key D over ``context("card", json)``. For pasting it stands in base64 between two
lines. Who signed it says nothing yet about whose it is: two focal points compare six words by telephone for that.
The whole format: docs/federation.md. Frozen; examples stand in the tests.
"""

import base64
import binascii
import hashlib
import ipaddress
import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from panah.ground.vault.passphrases import tidy
from panah.ground.vault.queries import fingerprint
from panah.ground.vault.seals import XWING_PUBLIC, can_be_sealed_to, context, signed
from panah.ground.vault.words import KeyKind

MAGIC, VERSION = b"PANAHCRD", 1
SIGNATURE, ED25519 = 64, 32
LARGEST = 16 * 1024
BEGIN, END = "-----BEGIN PANAH CARD-----", "-----END PANAH CARD-----"
WHAT = "panah card"
# A card that lay about longer than this is asked for anew; one from the future comes from a wrong clock.
GOOD_FOR, CLOCK = timedelta(days=30), timedelta(hours=26)
# 32 MiB and a tenth of a second for each guess: 60 bits of words alone could be met by trying keys.
STRETCH = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 1024 * 1024, "dklen": 32}


class NoCard(Exception):
    """These bytes are no card, or one that was changed."""


@dataclass(frozen=True)
class Intake:
    """One generation of a society's intake key G, signed by its D as every society key is."""

    generation: int
    public: bytes
    signature: bytes

    def is_signed_by(self, signing: bytes, society: UUID) -> bool:
        """Say whether the society with this id and signing key made it."""
        what = ("society key", society, KeyKind.INTAKE, "", self.generation, self.public)
        return signed(signing, self.signature, *what)


@dataclass(frozen=True)
class PeerCard:
    """What a society shows of itself. ``id`` is its own id on its own node; ``address`` is empty without a line."""

    society: str
    id: UUID
    address: str
    node: bytes
    node_box: bytes
    signing: bytes
    intake: Intake
    made: datetime
    body: bytes = b""
    signature: bytes = b""

    def pack(self) -> bytes:
        """Return the card as it is kept, sent and written into a file."""
        return MAGIC + bytes([VERSION]) + len(self.body).to_bytes(4, "big") + self.body + self.signature

    def text(self) -> str:
        """Return the card as lines that can be pasted into a message."""
        plain = base64.b64encode(self.pack()).decode()
        lines = [plain[i : i + 64] for i in range(0, len(plain), 64)]
        return "\n".join([BEGIN, *lines, END]) + "\n"

    def same_keys(self, other: "PeerCard") -> bool:
        """Say whether both cards show what is compared by telephone alike."""
        return _compared(self) == _compared(other)


def body_of(card: PeerCard) -> bytes:
    """Return the JSON of a card, to be signed by D."""
    value = {
        "what": WHAT,
        "v": VERSION,
        "society": card.society,
        "id": str(card.id),
        "address": card.address,
        "node": _b64(card.node),
        "node_box": _b64(card.node_box),
        "signing": _b64(card.signing),
        "intake": {
            "generation": card.intake.generation,
            "public": _b64(card.intake.public),
            "signature": _b64(card.intake.signature),
        },
        "made": card.made.isoformat(),
    }
    return json.dumps(value, separators=(",", ":"), sort_keys=True).encode()


def read(raw: bytes | str) -> PeerCard:
    """Return the card in these bytes, or in a text that somebody pasted; raises NoCard."""
    if isinstance(raw, str) or BEGIN.encode() in raw[:LARGEST]:
        raw = _from_text(raw)
    start = len(MAGIC)
    if len(raw) > LARGEST or raw[: start + 1] != MAGIC + bytes([VERSION]):
        raise NoCard
    length = int.from_bytes(raw[start + 1 : start + 5], "big")
    body, signature = raw[start + 5 : start + 5 + length], raw[start + 5 + length :]
    if len(body) != length or len(signature) != SIGNATURE:
        raise NoCard
    return read_body(body, signature)


def read_body(body: bytes, signature: bytes) -> PeerCard:
    """Return the card with this JSON and signature; raises NoCard unless its own D signed it and its intake key."""
    try:
        value = json.loads(body)
        if value["what"] != WHAT or value["v"] != VERSION:
            raise NoCard
        card = PeerCard(
            society=_matching(value["society"], r"[a-z0-9][a-z0-9-]{0,59}"),
            id=UUID(_matching(value["id"], r"[0-9a-f-]{36}")),
            address=_address(value["address"]),
            node=_key(value["node"], ED25519),
            node_box=_key(value["node_box"], XWING_PUBLIC),
            signing=_key(value["signing"], ED25519),
            intake=intake_of(value["intake"]),
            made=_moment(value["made"]),
            body=body,
            signature=signature,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NoCard from None
    if not signed(card.signing, signature, "card", body) or not card.intake.is_signed_by(
        card.signing, card.id
    ):
        raise NoCard
    return card


def intake_of(value: Any) -> Intake:
    """Return an intake key as it stands in JSON; raises ValueError, KeyError or TypeError. Checks no signature."""
    generation = value["generation"]
    if not isinstance(generation, int) or isinstance(generation, bool) or not 0 < generation < 2**31:
        raise ValueError
    return Intake(generation, _key(value["public"], XWING_PUBLIC), _key(value["signature"], SIGNATURE))


def words_of(card: PeerCard) -> str:
    """Return the six words that two focal points compare: of both node keys, D, the society's name and its id."""
    return _words(_compared(card))


@lru_cache(maxsize=64)
def _words(compared: bytes) -> str:
    return fingerprint(hashlib.scrypt(compared, salt=b"panah card words", **STRETCH))


def _compared(card: PeerCard) -> bytes:
    return context("card words", card.node, card.node_box, card.signing, card.society, card.id)


def same_words(typed: str, card: PeerCard) -> bool:
    """Say whether these are the six words, as listed or by the reading aid; commas and line breaks do not matter."""
    letters = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", typed))
    return tidy(" ".join(letters)) == words_of(card)


# -- addresses ---------------------------------------------------------------------------------


def tidy_address(typed: str, *, practice: bool) -> str:
    """Return an address as a card has it (``https://host`` or ``https://host:port``), or raise ValueError.

    Without TLS only this machine itself is reached, and only on a practice node.
    """
    typed = typed.strip()
    parts = urlsplit(typed if "://" in typed else f"https://{typed}")
    host, port = (parts.hostname or "").lower(), parts.port
    if parts.username or parts.password or parts.query or parts.fragment or parts.path not in ("", "/"):
        raise ValueError(typed)
    if not re.fullmatch(r"[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?", host) and not _is_number(host):
        raise ValueError(typed)
    if parts.scheme != "https" and not (parts.scheme == "http" and practice and is_this_machine(host)):
        raise ValueError(typed)
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port else "")


def is_this_machine(host: str) -> bool:
    """Say whether a host's name is this machine's own."""
    return host in ("localhost", "127.0.0.1", "::1")


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _address(value: object) -> str:
    # A card of a practice node may name this machine; whether it is gone to is decided where it is gone to.
    if value == "" or (isinstance(value, str) and tidy_address(value, practice=True) == value):
        return str(value)
    raise ValueError


# -- JSON --------------------------------------------------------------------------------------


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _key(value: object, length: int) -> bytes:
    raw = base64.b64decode(value, validate=True) if isinstance(value, str) else b""
    if len(raw) != length or (length == XWING_PUBLIC and not can_be_sealed_to(raw)):
        raise ValueError
    return raw


def _matching(value: object, pattern: str) -> str:
    if not isinstance(value, str) or not re.fullmatch(pattern, value):
        raise ValueError
    return value


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(_matching(value, r"[0-9T:+.Z-]{10,40}"))
    if moment.tzinfo is None or not 2000 < moment.year < 9000:
        raise ValueError
    return moment


def _from_text(raw: bytes | str) -> bytes:
    text = raw.decode("ascii", "replace") if isinstance(raw, bytes) else raw
    if len(text) > 2 * LARGEST:
        raise NoCard
    found = re.search(rf"{BEGIN}(.*?){END}", text, re.DOTALL)
    try:
        # Mail programs put marks and spaces before quoted lines.
        return base64.b64decode(re.sub(r"[\s>]", "", found[1]), validate=True) if found else b""
    except (binascii.Error, ValueError):
        raise NoCard from None
