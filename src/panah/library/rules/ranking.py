"""Which documents come first: weights of whole numbers, so that every database and machine says the same.

After BM25: how often a term stands in a document counts ever less, long documents count a little less, and rare terms
more. Two things differ from it. A document is set against a fixed length rather than against the mean of the others,
so its weights never change with what else is there. And a word with all its forms is one word: it is as rare as the
documents that hold any of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log

# BM25's k1 and b, and the length in words that a document is set against.
SATURATION, LENGTH_COUNTS, USUAL_LENGTH = 1.2, 0.4, 1500
# How many times a word of the title counts.
TITLE = 6
HEAVIEST = 255
# Beside rarer ones, a word that stands in more than one in so many documents leaves none of them out.
COMMON = 3

type Weights = dict[int, int]


def weights_of(body: Iterable[str], title: Iterable[str]) -> dict[str, int]:
    """What each term of a document weighs in it, 1..255."""
    counts = Counter(body)
    length = sum(counts.values())
    for term in title:
        counts[term] += TITLE
    against = SATURATION * (1 - LENGTH_COUNTS + LENGTH_COUNTS * length / USUAL_LENGTH)
    return {
        term: max(1, round(HEAVIEST * count / (count + against)))
        for term, count in counts.items()
        if len(term) > 3 or term.startswith("x:")
    }


def rarity(holders: int, documents: int) -> int:
    """How much a word counts that ``holders`` of ``documents`` hold; 1 at least."""
    return max(1, round(32 * log(1 + (documents - holders + 0.5) / (holders + 0.5))))


def of_word(forms: Mapping[str, int], postings: Mapping[str, Weights]) -> Weights:
    """Put the forms of one word together: {place: weight}. Each form counts so many sixteenths; the heaviest counts."""
    merged: Weights = {}
    for term, sure in sorted(forms.items(), key=lambda one: one[1]):
        found = postings.get(term)
        if not found:
            continue
        if sure < 16:
            found = {place: weight * sure >> 4 or 1 for place, weight in found.items()}
        heavier = {
            place: merged[place] for place in merged.keys() & found.keys() if merged[place] > found[place]
        }
        merged = merged | found | heavier
    return merged


def ranked(
    words: Sequence[Weights], documents: int, *, short: Sequence[bool], within: set[int] | None = None
) -> tuple[dict[int, int], bool]:
    """Return {place: score} of what holds all words, and whether it does; where nothing does, what holds some.

    ``short``: which words leave nothing out; ``within``: the places that filters left, or None.
    """
    counts = [rarity(len(one), documents) for one in words]
    needed = [
        one
        for one, is_short in zip(words, short, strict=True)
        if not is_short and len(one) * COMMON <= max(documents, COMMON * 4)
    ] or list(words)
    places = _common(needed, within)
    if places:
        return _scored(words, counts, places), True
    every: set[int] = set().union(*(one for one, is_short in zip(words, short, strict=True) if not is_short))
    return _scored(words, counts, every if within is None else every & within), False


def _common(needed: Sequence[Weights], within: set[int] | None) -> set[int]:
    if not needed:
        return set()
    first, *others = sorted(needed, key=len)
    places = set(first) if within is None else first.keys() & within
    for one in others:
        places = one.keys() & places
    return places


def _scored(words: Sequence[Weights], counts: Sequence[int], places: set[int]) -> dict[int, int]:
    scores = dict.fromkeys(places, 0)
    for one, counted in zip(words, counts, strict=True):
        for place in one.keys() & places if len(one) < 4 * len(places) else places:
            weight = one.get(place)
            if weight:
                scores[place] += weight * counted
    return scores


def first_of(scores: Mapping[int, int], most: int) -> list[tuple[int, int]]:
    """Return (score, place) of the best ones, the heaviest first; equal ones by their place."""
    enough: Iterable[tuple[int, int]] = scores.items()
    if len(scores) > 2 * most:
        # The numbers alone are put in order: of a hundred thousand, few are looked at as pairs.
        least = sorted(scores.values())[-most]
        enough = [one for one in scores.items() if one[1] >= least]
    ordered = sorted(enough, key=lambda one: (-one[1], one[0]))
    return [(score, place) for place, score in ordered[:most]]


def page_with(pages: Mapping[int, Sequence[int]], words: Sequence[frozenset[int]]) -> int:
    """The first of the pages that hold the most of the words; 0 where the title alone holds any."""
    best, most = 0, 0
    for number, marks in pages.items():
        here = frozenset(marks)
        held = sum(not here.isdisjoint(one) for one in words)
        if number and held > most:
            best, most = number, held
    return best


def page_with_phrase(pages: Mapping[int, Sequence[int]], phrase: Sequence[frozenset[int]]) -> int | None:
    """The first page on which the words of a phrase stand one behind the other; None where none."""
    first = phrase[0]
    for number, marks in pages.items():
        last = len(marks) - len(phrase)
        for at, mark in enumerate(marks):
            if mark in first and at <= last and all(marks[at + n] in one for n, one in enumerate(phrase)):
                return number
    return None
