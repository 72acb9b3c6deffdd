"""What somebody typed into the search: words, phrases in quotes, and every way a word may stand in a document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from panah.ground.names.fold import readings
from panah.ground.names.normalise import script_of
from panah.programmes.library.rules.analysis import (
    LONGEST,
    SCRIPTS,
    STEMMED,
    bones_of,
    sounds_in,
    sounds_of,
    stem,
    term_of,
    tidy_of,
    words_of,
)

MOST_WORDS = 12
MOST_LETTERS = 300
_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]+)["“”„«»]')
# From sounds to Russian letters, for a stemmer that reads no others: torgovlya typed in Latin letters.
_RUSSIAN = {
    **dict(zip("abvgdejziyklmnoprstufhcCSIAOU", "абвгдежзийклмнопрстуфхцчшыаоу", strict=True)),
    "ya": "я", "yu": "ю", "yo": "ё", "G": "г",
}  # fmt: skip
_SOUND = re.compile("y[auo]|.")
_SHORT = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """One word as it was typed. ``forms``: the terms it stands for as it is, by how sure that is (16 is sure)."""

    typed: str
    forms: dict[str, int]

    @property
    def script(self) -> str:
        return SCRIPTS[script_of(self.typed)] if not self.typed[:1].isdigit() else "x"

    @property
    def is_short(self) -> bool:
        """A word of one or two letters is looked for, but nothing is left out for its sake."""
        return len(self.typed) <= _SHORT and not self.typed[:1].isdigit()

    @property
    def heads(self) -> frozenset[str]:
        """How the words begin that may be the same one with an ending, in languages without a stemmer."""
        return frozenset(
            sounds_in(one)[:4] for one in self.forms if len(sounds_in(one)) >= 4 and one[1] == ":"
        )

    @property
    def bones(self) -> frozenset[str]:
        found = (bones_of(one) for one in self.forms if one[0] in "cla")
        return frozenset(one for one in found if len(one) >= 3)


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: the words in order, and the phrases as runs of their places."""

    words: tuple[Asked, ...] = ()
    phrases: tuple[range, ...] = field(default=())


def question_of(text: str) -> Question:
    """Read what was typed. Quotes make a phrase; everything else is words. Never raises."""
    text = text[:MOST_LETTERS]
    words: list[Asked] = []
    phrases: list[range] = []
    at = 0
    for quoted in _QUOTED.finditer(text):
        words += _words(text[at : quoted.start()])
        begins = len(words)
        words += _words(quoted[1])
        if len(words) - begins > 1:
            phrases.append(range(begins, len(words)))
        at = quoted.end()
    words += _words(text[at:])
    return Question(tuple(words[:MOST_WORDS]), tuple(one for one in phrases if one.stop <= MOST_WORDS))


def _words(text: str) -> list[Asked]:
    return [Asked(text[one.start : one.end], forms_of(text[one.start : one.end])) for one in words_of(text)]


def forms_of(word: str) -> dict[str, int]:
    """Every term that a typed word may stand for as it is, with how sure that is, 1..16."""
    if word[:1].isdigit():
        return {term_of(word, ""): 16}
    found: dict[str, int] = {}
    tidy = tidy_of(word)
    script = SCRIPTS[script_of(tidy)]
    for turn, sounds in enumerate(readings(tidy)):
        sure = 16 if turn == 0 else 12
        for letter in "cla" if script != "x" else "x":
            found.setdefault(f"{letter}:{sounds[:LONGEST]}", sure if letter == script else sure - 1)
    if "j" in tidy:
        found |= {f"l:{sounds_of(tidy, 'uz')[:LONGEST]}": 16, f"c:{sounds_of(tidy, 'uz')[:LONGEST]}": 15}
    for letter, base, stemmed in _stems(word, script):
        if sounds := sounds_of(stemmed, base):
            found.setdefault(f"{letter}:{sounds[:LONGEST]}", 16 if letter.lower() == script else 14)
    if script == "x":
        found.setdefault(term_of(word, ""), 16)
    return {term: sure for term, sure in found.items() if len(term) > 2}


def _stems(word: str, script: str) -> list[tuple[str, str, str]]:
    """The stems of a word of unknown language: (letter of the term, language, stem)."""
    if script == "c":
        tidy = tidy_of(word, "ru")
        # The same word as Turkish or English spelling would sound: names and loans.
        return [("C", "ru", stem(tidy, "ru")), ("L", "", tidy)]
    if script != "l":
        return []
    russian = "".join(_RUSSIAN.get(one, "") for one in _SOUND.findall(sounds_of(tidy_of(word))))
    found = [("L", tag, stem(tidy_of(word, tag), tag)) for tag in STEMMED if tag != "ru"]
    return [*found, ("C", "ru", stem(russian, "ru"))] if russian else found
