"""Sentences read aloud to people in languages that the interface does not speak: a room's data, never its pages.

A room keeps ``read_aloud.json``: ``{"ky": {"checked_by": "", "checked_on": "", "texts": {"alone": "…"}}}``. The keys of
``texts`` are the room's; a placeholder is given by the page, or is another of the texts. Without ``checked_by``, who
speaks the language from childhood, the page says that nobody has checked it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from panah.ground.foundation import delivered
from panah.ground.kit.languages import language_name

if TYPE_CHECKING:
    from django.utils.functional import Promise


@dataclass(frozen=True)
class Voice:
    """One language of a room's sentences."""

    language: str
    checked_by: str
    checked_on: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class ReadAloudIn:
    """What a page offers in one language: each sentence as the reader knows it, and as it is said."""

    voice: Voice
    pairs: tuple[tuple[str | Promise, str], ...]

    @property
    def name(self) -> str:
        return language_name(self.voice.language)


@lru_cache
def voices(file: Path) -> tuple[Voice, ...]:
    """The languages of a room's ``read_aloud.json``, in its order."""
    return tuple(Voice(language, **one) for language, one in delivered.read(file).items())


def in_other_languages(
    file: Path, sentences: Sequence[tuple[str, str | Promise]], **given: object
) -> Iterator[ReadAloudIn]:
    """Give these sentences, as (key, what the reader knows), in each language that has them all."""
    for voice in voices(file):
        if all(key in voice.texts for key, _known in sentences):
            said = {**voice.texts, **given}
            yield ReadAloudIn(voice, tuple((known, voice.texts[key] % said) for key, known in sentences))
