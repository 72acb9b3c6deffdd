"""Words that are nearly the one that was typed: endings, vowels that are not written, slips of the finger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from panah.ground.names.normalise import script_of
from panah.programmes.library.rules.analysis import STEMMED, bones_of, script_letter, sounds_in, stem, tidy_of
from panah.programmes.library.rules.question import Asked

# What a word with another ending counts, of 16, and one whose vowels are written otherwise.
ENDING, OTHERWISE = 9, 11
_LONGEST_ENDING = 7
_MOST_NEAR = 40
_FAR = 99
MOST_SLIPS = 2
_MOST_CUT, _SHORTEST_CUT = 3, 4
# What words of two alphabets have in common before a slip is taken for one: their first sounds, and a length.
_BEGINS_ALIKE, _LONG_ENOUGH = 3, 7
_FREE = "aeiouAOUI"
_ARABIC = {
    "@": f"[{_FREE}]?",
    "W": f"(?:v[{_FREE}]?|[uoOU])",
    "Y": f"(?:[{_FREE}]?y[{_FREE}]?|[iIe])",
    "Q": "(?:h|[aeA]|a?t)?",
}


def near(asked: Asked, known: Iterable[str]) -> dict[str, int]:
    """Return which known terms are the word with another ending, or with other vowels, and what each counts (of 16).

    ``known``: the terms of the index that share the beginning or the consonants with it. The best ``_MOST_NEAR``.
    """
    forms = [_Form(form, sounds_in(form), bones_of(form), sure) for form, sure in asked.forms.items()]
    found = {term: most for term in known if term not in asked.forms and (most := _alike(asked, forms, term))}
    best = sorted(found, key=lambda term: (-found[term], len(term), term))[:_MOST_NEAR]
    return {term: found[term] for term in best}


class _Form(NamedTuple):
    """A term that a word stands for, taken apart once for all that it is compared with."""

    term: str
    sounds: str
    bones: str
    sure: int


def _alike(asked: Asked, forms: Sequence[_Form], term: str) -> int:
    sounds, bones, is_word = sounds_in(term), bones_of(term), term[0].islower()
    most = 0
    for form in forms:
        if is_word and _is_ending(form.sounds, sounds):
            most = max(most, ENDING * form.sure // 16)
        elif form.bones == bones and len(bones) >= 3 and _vowels_fit(asked, form.term, term):
            most = max(most, OTHERWISE * form.sure // 16)
    return most


def _is_ending(own: str, other: str) -> bool:
    """Whether one is the beginning of the other, and what follows is no longer than endings are."""
    short, long = (own, other) if len(own) <= len(other) else (other, own)
    return long.startswith(short) and len(short) >= 4 and len(long) - len(short) <= _LONGEST_ENDING


def _vowels_fit(asked: Asked, form: str, term: str) -> bool:
    """Whether a word of another script may be the same one; within a script that is a slip, and is said to be one."""
    if script_letter(term) == asked.script:
        return False
    one, other = sounds_in(form), sounds_in(term)
    # The forms of a word carry its sounds under the letter of every script: its marks tell whether vowels were written.
    if _is_abjad(one) != _is_abjad(other):
        written, bare = (other, one) if _is_abjad(one) else (one, other)
        return bool(_pattern(bare).fullmatch(written))
    return OSA.distance(one, other, score_cutoff=1) <= 1


def _is_abjad(sounds: str) -> bool:
    return any(sign in "@WYQ" for sign in sounds)


@lru_cache(maxsize=10_000)
def _pattern(sounds: str) -> re.Pattern[str]:
    """What a word may sound like whose short vowels are not written."""
    return re.compile("".join(_ARABIC.get(sign, f"{re.escape(sign)}[{_FREE}]?") for sign in sounds))


def grams(term: str) -> frozenset[str]:
    """The trigrams of a term, with its beginning and end: by them a misspelt word finds those that are like it."""
    padded = f"^{sounds_in(term)}$"
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def slips_allowed(sounds: str) -> int:
    """How many slips a word of this length may hold: none below four sounds, two from eight on."""
    return 0 if len(sounds) < 4 else 1 if len(sounds) < 8 else MOST_SLIPS


def misspelt(asked: Asked, known: Iterable[tuple[str, int]]) -> list[str]:
    """Return the terms that the word may have been meant to be, the likeliest first.

    ``known``: terms with how many documents hold each. Equal ones are parted by the alphabet, by that
    number, then by the term itself.
    """
    best: list[tuple[int, bool, int, str]] = []
    for term, holders in known:
        count = _slips if script_letter(term) == asked.script else _slips_between_alphabets
        slips = min((count(form, term) for form in asked.forms), default=_FAR)
        if slips < _FAR:
            best.append((slips, script_letter(term) != asked.script, -holders, term))
    best.sort()
    return [term for *how, _holders, term in best if how == [*best[0][:2]]][:8]


def _slips(form: str, term: str) -> int:
    """How many slips lead from one to the other; ``_FAR`` where they are more than a word of its length may hold."""
    own, other = sounds_in(form), sounds_in(term)
    allowed = slips_allowed(own)
    if not allowed or not _same_kind(form, term):
        return _FAR
    # A slip in an ending hides it from the stemmer: “shelternig” is not cut to “shelter”, so it is cut here.
    endings = range(_MOST_CUT + 1) if form[0].isupper() else (0,)
    if allowed == 1 and not _begin_alike(own, other):
        return _FAR
    slips = min(
        OSA.distance(own[: len(own) - cut], other, score_cutoff=allowed) + (cut > 0)
        for cut in endings
        if not cut or len(own) - cut >= _SHORTEST_CUT
    )
    return slips if slips <= allowed else _FAR


def _begin_alike(own: str, other: str) -> bool:
    """Whether one slip in a short word leaves it its beginning: “южная” is no slip for “нужно”, all else being alike.

    The first sound stands, is one vowel for another, or has changed places with the second.
    """
    one, two = own[:1], other[:1]
    return one == two or (one in _FREE and two in _FREE) or own[:2] == other[1::-1]


def _slips_between_alphabets(form: str, term: str) -> int:
    """The same where the word stands in another alphabet than the one typed: an ending, or one slip in a long word.

    Sounds that were put together from other letters are near many a word: of “депортация” two slips make “report”.
    """
    own, other = sounds_in(form), sounds_in(term)
    if not _same_kind(form, term) or own[:_BEGINS_ALIKE] != other[:_BEGINS_ALIKE]:
        return _FAR
    if form[0].isupper() and own.startswith(other) and len(other) > _SHORTEST_CUT:
        return 1 if len(own) - len(other) <= _MOST_CUT else _FAR
    slips = OSA.distance(own, other, score_cutoff=1)
    return slips if slips <= 1 and len(own) >= _LONG_ENOUGH else _FAR


def is_spelt_so(typed: str, written: str) -> bool:
    """Say whether a document writes the word as it was typed, perhaps with another ending; else it was a slip.

    Words of two alphabets are never spelt alike: that one was found in the other is told apart from this.
    """
    one, other = tidy_of(typed), tidy_of(written)
    short, long = sorted((one, other), key=len)
    return (
        script_of(one) != script_of(other)
        or long.startswith(short)
        or any(stem(one, tag) == stem(other, tag) for tag in STEMMED)
    )


def _same_kind(form: str, term: str) -> bool:
    """Stems are compared with stems and words with words, whatever the script."""
    return form[0].islower() == term[0].islower()
