"""Which sentences the public door says: those in the sources of its rooms, and what the kit says on its pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from panah.ground.foundation.registry import Registry
from panah.ground.kit import catalogues, page_words
from panah.ground.kit.corrected_words import as_delivered
from panah.ground.kit.read_aloud import voices

# The folders of the rooms whose every sentence stands at the door.
DOOR_ROOMS: Registry[Path] = Registry("rooms whose sentences the public door says")
KIT = Path(page_words.__file__).parent


@dataclass(frozen=True)
class Sentence:
    """A sentence of the door. ``english``: its forms, one or (for one, for many); ``context`` tells two alike apart."""

    key: str
    mark: str
    english: tuple[str, ...]
    context: str

    @property
    def wanted(self) -> str:
        """The English form that each form of another language translates: for a plural the one for many."""
        return self.english[-1]

    def delivered(self, language: str) -> tuple[str, ...]:
        """Its forms as they were delivered in a language."""
        return as_delivered(self.key, language)


def sentence_of(key: str) -> Sentence:
    context, _sign, said = key.rpartition("\4")
    one, _sign, many = said.partition("\0")
    mark = hashlib.sha256(key.encode()).hexdigest()[:16]
    return Sentence(key, mark, (one, many) if many else (one,), context)


def _keys() -> Iterator[str]:
    for room in DOOR_ROOMS:
        for message in catalogues.found_in(room):
            if message.id:
                context, said = catalogues.key(message)
                text = said if isinstance(said, str) else "\0".join(said)  # type: ignore[arg-type]  # (one, many)
                yield f"{context}\4{text}" if context else text
    for file in [*(room / page_words.FILE for room in DOOR_ROOMS), KIT / page_words.FILE]:
        if file.exists():
            yield from (key for voice in voices(file) for key in voice.texts)


@lru_cache(maxsize=1)
def all_sentences() -> dict[str, Sentence]:
    """Return every sentence of the door by its mark, in the order of its pages. Reads the sources once a process."""
    found = (sentence_of(key) for key in dict.fromkeys(_keys()))
    return {one.mark: one for one in found}


@lru_cache(maxsize=16)
def delivered_checked(language: str) -> frozenset[str]:
    """Return the keys whose delivered text somebody who speaks the language has checked."""
    if language == "en":
        return frozenset(sentence.key for sentence in all_sentences().values())
    files = [*(room / page_words.FILE for room in DOOR_ROOMS), KIT / page_words.FILE]
    known = [voice for file in files if file.exists() for voice in voices(file)]
    return frozenset(
        key for voice in known if voice.language == language and voice.checked_by for key in voice.texts
    )


def print_of(key: str, texts: tuple[str, ...]) -> str:
    """A short hash of a sentence as it is said: what was checked counts as long as this stays the same."""
    return hashlib.sha256("\x1e".join([key, *texts]).encode()).hexdigest()[:12]
