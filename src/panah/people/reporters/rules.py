"""Receipts, what they open, proof of work, budgets and waiting times. Plain Python.

A receipt is 36 digits: a handle of 10, a secret of 25 (83 random bits) and a check digit. It is written in nine groups
of four and can be kept as the telephone number of a contact. Nothing of it is stored: a verifier (an HMAC under the
door's own pepper) finds the report, and the reply key comes from it again each time she shows it.
"""

import hashlib
import hmac
import json
import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import log2

from panah.ground.vault.seals import Private, context, derive
from panah.people.inbox.words import WHO_IS_MEANT

HANDLE, SECRET, GROUP = 10, 25, 4
DIGITS = HANDLE + SECRET + 1
SECRET_BITS = SECRET * log2(10)
# What people put between digits: nothing else is passed over, a letter is a mistake to be told.
BETWEEN = re.compile(r"[\s+()./\-‐-―_,·٫٬⁨⁩‎‏​]+")

# -- receipts ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Receipt:
    """The number of a message. Never written to a log, an address or a row."""

    handle: str = field(repr=False)
    secret: str = field(repr=False)

    @property
    def digits(self) -> str:
        """All 36 digits, the check digit last."""
        return self.handle + self.secret + check_digit(self.handle + self.secret)

    @property
    def groups(self) -> tuple[str, ...]:
        """The nine groups of four digits in which it is shown."""
        return tuple(self.digits[place : place + GROUP] for place in range(0, DIGITS, GROUP))

    @property
    def shown(self) -> str:
        """As it is shown and kept as a telephone number: groups with spaces between."""
        return " ".join(self.groups)


def new_receipt() -> Receipt:
    """Return a receipt of its own, by chance alone."""
    return Receipt(
        _digits(secrets.randbelow(10**HANDLE), HANDLE), _digits(secrets.randbelow(10**SECRET), SECRET)
    )


def receipt_of(pepper: bytes, token: str) -> Receipt:
    """Return the receipt that belongs to a form: the same however often the form is sent."""
    number = int.from_bytes(derive(pepper, "receipt of form", token, length=64), "big")
    rest, handle = divmod(number, 10**HANDLE)
    return Receipt(_digits(handle, HANDLE), _digits(rest % 10**SECRET, SECRET))


def _digits(number: int, places: int) -> str:
    return str(number).zfill(places)


def check_digit(digits: str) -> str:
    """Return Damm's check digit: it finds every wrong digit and every two that were swapped."""
    row = 0
    for one in digits:
        row = _DAMM[row][int(one)]
    return str(row)


_DAMM = tuple(
    tuple(map(int, line))
    for line in (
        "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
        "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
    )
)  # fmt: skip


def digits_in(typed: str) -> str | None:
    """Return the digits in what was typed, of any script, without what stands between; None where there is more."""
    if len(typed) > 400:
        return None
    plain = BETWEEN.sub("", typed)
    try:
        return "".join(str(unicodedata.decimal(one)) for one in plain)
    except ValueError:
        return None


def parse(typed: str) -> tuple[str, str] | None:
    """Return (handle, secret) of a receipt as somebody typed it; None where digits are missing or one is wrong.

    Forgives spaces, dashes, a plus in front, and digits of other scripts. None tells nothing about what is kept here.
    """
    digits = digits_in(typed)
    if digits is None or len(digits) != DIGITS or check_digit(digits[:-1]) != digits[-1]:
        return None
    return digits[:HANDLE], digits[HANDLE:-1]


# -- what a receipt opens ------------------------------------------------------------------------


@dataclass(frozen=True)
class ReceiptKeys:
    """What comes of a receipt: ``verifier`` (32 bytes) finds the row, ``private`` opens what was sealed to her."""

    verifier: bytes = field(repr=False)
    private: Private = field(repr=False)

    @property
    def public(self) -> bytes:
        """The 1216 bytes (X-Wing) to which an answer is sealed: all that is kept."""
        return self.private.public


def keys_of(pepper: bytes, handle: str, secret: str) -> ReceiptKeys:
    """Return what a receipt opens; ``pepper``: 32 bytes of the door's own."""
    seed = derive(pepper + context("receipt", handle, secret), "reply key")
    return ReceiptKeys(verifier_of(pepper, handle, secret), Private(seed))


def verifier_of(pepper: bytes, handle: str, secret: str) -> bytes:
    """Return the 32 bytes that find a report or a chat by its receipt."""
    return hmac.digest(pepper, context("verifier", handle, secret), "sha256")


def mark_of(pepper: bytes, what: str, token: str) -> bytes:
    """Return 32 bytes by which a form's token is found again; from the row nobody makes the token."""
    return hmac.digest(pepper, context(what, token), "sha256")


def new_token() -> str:
    """Return a form's token: 192 random bits."""
    return secrets.token_urlsafe(24)


def is_token(text: str) -> bool:
    """Say whether this has the shape of a form's token."""
    return re.fullmatch(r"[A-Za-z0-9_-]{32}", text) is not None


# -- a pause between tries -----------------------------------------------------------------------

TICKET_HOLDS = 3600
FREE_TRIES = 120


def wait_of(tries: int) -> int:
    """Return how many seconds everybody waits who has no ticket yet, by the tries of a minute. Nobody is shut out."""
    if tries <= FREE_TRIES:
        return 0
    return min(10, 2 * (tries // FREE_TRIES))


@dataclass(frozen=True)
class Ticket:
    """A ticket that is right for these digits. ``waits``: seconds; ``used``: something was looked up with it before."""

    waits: int
    used: bool


def ticket_for(pepper: bytes, verifier: bytes, *, after: int, used: bool) -> str:
    """Return a ticket: these digits are looked up without a pause from ``after`` (epoch seconds) on, for an hour."""
    return f"{after}.{int(used)}.{_ticket_mark(pepper, verifier, after, used)}"


def read_ticket(pepper: bytes, verifier: bytes, ticket: str, *, now: int) -> Ticket | None:
    """Return what a ticket says, or None where it is none of these digits, or an old one."""
    found = re.fullmatch(r"([0-9]{1,11})\.([01])\.([0-9a-f]{64})", ticket)
    if found is None:
        return None
    after, used = int(found[1]), found[2] == "1"
    right = hmac.compare_digest(_ticket_mark(pepper, verifier, after, used), found[3])
    return Ticket(max(0, after - now), used) if right and now <= after + TICKET_HOLDS else None


def _ticket_mark(pepper: bytes, verifier: bytes, after: int, used: bool) -> str:
    return hmac.digest(pepper, context("ticket", verifier, after, int(used)), "sha256").hex()


# -- proof of work -------------------------------------------------------------------------------

PROOF_BITS = 16


def proves_work(token: str, proof: str, *, bits: int = PROOF_BITS) -> bool:
    """Say whether SHA-256 of ``panah door:TOKEN:PROOF`` begins with so many zero bits. ``proof``: digits."""
    if not (is_token(token) and proof.isascii() and proof.isdigit() and len(proof) <= 20):
        return False
    digest = hashlib.sha256(f"panah door:{token}:{proof}".encode()).digest()
    return int.from_bytes(digest, "big") >> (256 - bits) == 0


def prove_work(token: str, *, bits: int = PROOF_BITS) -> str:
    """Return a proof, as a browser finds it; on average after two to the power of ``bits`` tries."""
    number = 0
    while not proves_work(token, str(number), bits=bits):
        number += 1
    return str(number)


# -- the outside of what arrives -----------------------------------------------------------------

URGENCIES = ("now", "today", "week", "later")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,8})?")


def header_of(
    *, language: str, urgency: str, child: str, sealed: str, about_staff: bool = False, meant: str = ""
) -> bytes:
    """Return the outside of a report, to the byte as a browser writes it: it seals under exactly this.

    ``JSON.stringify({child, language, sealed, urgency})``: codes alone, in this order, without spaces. With
    ``about_staff: true`` in front where it is about somebody who works here, then ``meant`` where she says which of its
    readers, and without these where it is not.
    """
    value: dict[str, object] = {"child": child, "language": language, "sealed": sealed, "urgency": urgency}
    if about_staff:
        value = {"about_staff": True, **({"meant": meant} if meant else {}), **value}
    return json.dumps(value, separators=(",", ":")).encode()


# -- sizes ---------------------------------------------------------------------------------------

LONGEST_TEXT = 20_000
LARGEST_FILE = 25 * 1024 * 1024
LARGEST_FILES = 50 * 1024 * 1024
MOST_FILES = 20
MEGABYTE = 1024 * 1024
# Of words and files together: of one receipt in a day, of a society in an hour.
BYTES_A_DAY = 100 * MEGABYTE
BYTES_AN_HOUR = 2048 * MEGABYTE
LARGEST_SEALED = 128 * 1024
_STEP = 4096
# Suite byte, encapsulated key, tag: of X25519 and of X-Wing.
_OVERHEAD = {1: 1 + 32 + 16, 2: 1 + 1120 + 16}


def is_sealed_body(body: bytes) -> bool:
    """Say whether bytes from a browser have the shape of a report's body: a known suite, filled to 4 KiB steps."""
    plain = len(body) - _OVERHEAD.get(body[0] if body else 0, len(body))
    return 0 < plain <= LARGEST_SEALED and plain % _STEP == 0


def is_sealed_line(blob: bytes) -> bool:
    """Say whether bytes from a browser have the shape of a line of a chat: filled to 256 bytes up to 4 KiB steps."""
    plain = len(blob) - _OVERHEAD.get(blob[0] if blob else 0, len(blob))
    return plain in (256, 512, 1024, 2048) or (0 < plain <= LARGEST_LINE and plain % _STEP == 0)


# -- budgets of an hour --------------------------------------------------------------------------

UNPROVEN_AN_HOUR = 60
PAGED_AN_HOUR = 20
CHATS_AN_HOUR = 30


def is_read_later(*, proven: bool, before: int, budget: int | None = None) -> bool:
    """Say whether it is kept and read after others: without proof of work, beyond the budget of the hour."""
    return not proven and before >= (UNPROVEN_AN_HOUR if budget is None else budget)


def more_urgent(one: str, other: str) -> str:
    """Return the more urgent of two."""
    return min(one, other, key=URGENCIES.index)


def urgency_here(urgency: str, *, later: bool, paged_before: int) -> str:
    """Return how urgent it is on our lists. Danger pages, unless a flood has done so for the whole hour already."""
    if not later:
        return urgency
    if urgency == "now":
        return "now" if paged_before < PAGED_AN_HOUR else "today"
    return "later"


# -- how soon ------------------------------------------------------------------------------------


def answered_within(waited: timedelta) -> str:
    """Return the code of how long a reporter waited for the first answer."""
    for code, longest in (("day", 1), ("three-days", 3), ("week", 7)):
        if waited <= timedelta(days=longest):
            return code
    return "longer"


def hour_of(at: datetime) -> str:
    """Return the name of an hour in budgets: ``2026-11-28T07`` (UTC)."""
    return f"{at:%Y-%m-%dT%H}"


def minute_of(at: datetime) -> str:
    """Return the name of a minute in which receipts were shown: ``2026-11-28T07:15`` (UTC)."""
    return f"{at:%Y-%m-%dT%H:%M}"


def month_name(day: date) -> str:
    """Return the name of a month in figures: ``2026-11``."""
    return f"{day:%Y-%m}"


def are_codes(*, language: str, urgency: str, child: str, meant: str = "") -> bool:
    """Say whether what stands outside is of codes alone: nothing that was typed comes into a header."""
    known = urgency in URGENCIES and child in ("unknown", "yes", "no") and meant in ("", *WHO_IS_MEANT)
    return known and bool(LANGUAGE.fullmatch(language))


def country_in(content: Mapping[str, object]) -> str:
    """Return the two letters of the country that sealed words name; "" for anything else: they come from anywhere."""
    said = content.get("country")
    return said if isinstance(said, str) and re.fullmatch(r"[A-Z]{2}", said) else ""


def is_full(*, before: int, more: int, files: bool) -> bool:
    """Say whether the node's budget of bytes is used up: for files first, for words alone only at twice of it."""
    return before + more > (BYTES_AN_HOUR if files else 2 * BYTES_AN_HOUR)


# Of one chat: more is no conversation. A line is what somebody types before the other answers.
MOST_LINES, LONGEST_LINE, LARGEST_LINE = 500, 4000, 24 * 1024
