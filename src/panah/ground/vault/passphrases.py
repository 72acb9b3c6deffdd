"""One passphrase, derived once, for two uses: checking a sign-in and opening the vault."""

import hashlib
import hmac
import secrets
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from nacl.pwhash import argon2id
from shamir_mnemonic.wordlist import WORDLIST

from panah.ground.foundation.errors import Refusal
from panah.ground.kit.reading_aid import fold, in_cyrillic
from panah.ground.vault.host_secrets import host
from panah.ground.vault.lock_files import lock_file
from panah.ground.vault.seals import derive

WORDS = 6
# Russian: python-mnemonic, MIT, 2,048 words of which 2,010 are drawn. No free list of the kind was found in Kazakh,
# Kyrgyz, Tajik, Uzbek or Turkmen.
LISTS = Path(__file__).parent / "word_lists"
NOT_DRAWN = frozenset({"жертва"})  # what nobody is called here
# So many threads of a process may wait with people at the door: one from each of four web workers, whose gateways
# let the others queue before they come here.
AT_THE_DOOR = 4
_strangers = threading.BoundedSemaphore(AT_THE_DOOR)
# One more for devices that a colleague has signed in from: made-up names cannot fill it.
_known = threading.BoundedSemaphore(1)


@dataclass(frozen=True)
class Derived:
    """``verifier`` is compared (its SHA-256 is kept); ``kek`` wraps the staff key."""

    verifier: bytes
    kek: bytes


def new_passphrase(language: str = "en") -> str:
    """Return six random words in this language, or in English: 60 bits or more, behind Argon2id and the pepper."""
    return " ".join(secrets.choice(_words(language)) for _ in range(WORDS))


def has_words_in(language: str) -> bool:
    """Say whether there is a list of words in this language; everybody else gets English words with a reading aid."""
    return language == "en" or (LISTS / f"{language}.txt").is_file()


@lru_cache
def _words(language: str) -> tuple[str, ...]:
    """The words to draw from: none is typed like another one of any list, and none wounds who has to learn it."""
    if language == "en" or not has_words_in(language):
        return tuple(WORDLIST)
    listed = (LISTS / f"{language}.txt").read_text("utf-8").split()
    typed = Counter([*map(fold, listed), *_by_reading_aid()])
    return tuple(word for word in listed if typed[fold(word)] == 1 and word not in NOT_DRAWN)


@lru_cache
def _by_reading_aid() -> dict[str, str]:
    """English words by what their reading aid is typed like; no two are alike, which a test proves."""
    return {fold(in_cyrillic(word)): word for word in WORDLIST}


@lru_cache
def _as_listed() -> dict[str, str]:
    """Every word that can be drawn, by what it is typed like: in Cyrillic by the reading aid, with ё or е."""
    drawn = {fold(word): word for path in LISTS.glob("*.txt") for word in _words(path.stem)}
    return drawn | _by_reading_aid()


def tidy(passphrase: str) -> str:
    """Return the passphrase as it is derived: small letters, single spaces, each word as it stands in its list.

    English words typed by the reading aid become English, so no second secret is kept for them. Two passphrases that
    were drawn are never made one: a Russian word that is typed like any other is not drawn (``_words``). What stands in
    no list stays as it is.
    """
    typed = unicodedata.normalize("NFC", passphrase).lower().split()
    return " ".join(_as_listed().get(fold(word), word) for word in typed)


def new_personal_code() -> str:
    """Return a printed 128-bit code in groups of four, e.g. ``3f2a-…``."""
    raw = secrets.token_hex(16)
    return "-".join(raw[i : i + 4] for i in range(0, 32, 4))


def from_passphrase(passphrase: str, *, salt: bytes, staff: UUID) -> Derived:
    """Derive both uses. Takes about half a second and 128 MiB; one at a time on a host."""
    # Four derivations at once took 541 MB in the trial: a lock file makes the host's workers queue.
    with lock_file("argon2.lock"):
        root = argon2id.kdf(
            32,
            tidy(passphrase).encode(),
            salt,
            opslimit=settings.PANAH_ARGON2["passes"],
            memlimit=settings.PANAH_ARGON2["memory_kib"] * 1024,
        )
    return _split(root, salt, staff, "passphrase")


def from_code(code: str, *, salt: bytes, staff: UUID) -> Derived:
    """Derive from the printed personal code: 128 random bits need no slow hash."""
    digits = "".join(c for c in code.lower() if c in "0123456789abcdef")
    return _split(hashlib.sha256(digits.encode()).digest(), salt, staff, "code")


def _split(root: bytes, salt: bytes, staff: UUID, slot: str) -> Derived:
    peppered = root + hmac.digest(host().pepper, salt, "sha256")
    return Derived(
        verifier=hashlib.sha256(derive(peppered, "verifier", slot, staff)).digest(),
        kek=derive(peppered, "kek", slot, staff),
    )


@contextmanager
def derivation_slot(*, known: bool = False) -> Iterator[None]:
    """Derive for somebody who is not signed in, or refuse at once when too many wait already.

    Derivations queue, and a flood of made-up names would fill every thread of the node: those who work must go on, and
    ``known`` devices have a place of their own.
    """
    door = _known if known else _strangers
    if not door.acquire(blocking=False):
        raise Refusal(
            _("Too many people are signing in at this moment."),
            next_step=_("Wait a few seconds and send it once more. This was not counted as a wrong try."),
            code="busy",
            status=503,
        )
    try:
        yield
    finally:
        door.release()
