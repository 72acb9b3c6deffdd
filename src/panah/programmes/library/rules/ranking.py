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
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from panah.programmes.library.rules.postings import Marks, Pages, Places, Posting

# BM25's k1 and b, and the length in words that a document is set against.
SATURATION, LENGTH_COUNTS, USUAL_LENGTH = 1.2, 0.4, 1500
# How many times a word of the title counts.
TITLE = 6
HEAVIEST = 255
# A form that is the word itself counts so many sixteenths.
SURE = 16
# Beside rarer ones, a word that stands in more than one in so many documents leaves none of them out.
COMMON = 3

# What one word weighs in every document of an index by its place; 0 where it does not stand.
type Weights = NDArray[np.uint8]


class Scores(NamedTuple):
    """Documents that answer, by their places, rising, and how much each counts."""

    places: Places
    scores: NDArray[np.int64]


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


def of_word(forms: Mapping[str, int], postings: Mapping[str, Posting], size: int) -> Weights:
    """Put the forms of one word together: each counts so many sixteenths, the heaviest counts."""
    merged = np.zeros(size, np.uint8)
    for term, sure in forms.items():
        found = postings.get(term)
        if found is None:
            continue
        weights = found.weights
        if sure < SURE:
            weights = np.maximum(weights.astype(np.uint16) * sure // SURE, 1).astype(np.uint8)
        merged[found.places] = np.maximum(merged[found.places], weights)
    return merged


def ranked(
    words: Sequence[Weights],
    documents: int,
    *,
    short: Sequence[bool],
    within: NDArray[np.bool_] | None = None,
) -> tuple[Scores, bool]:
    """Score what holds all words, and say whether it does; where nothing does, what holds some.

    ``short``: which words leave nothing out; ``within``: the places that filters left, or None.
    """
    held = [word > 0 for word in words]
    holders = [int(np.count_nonzero(one)) for one in held]
    needed = [
        turn
        for turn, is_short in enumerate(short)
        if not is_short and holders[turn] * COMMON <= max(documents, COMMON * 4)
    ] or list(range(len(words)))
    counts = [rarity(holder, documents) for holder in holders]
    places = _all_of([held[turn] for turn in needed], within)
    if len(places):
        return _scored(words, counts, places), True
    some = [one for one, is_short in zip(held, short, strict=True) if not is_short]
    every = np.logical_or.reduce(some) if some else np.zeros_like(held[0])
    places = np.flatnonzero(every if within is None else every & within)
    return _scored(words, counts, places), False


def _all_of(held: Sequence[NDArray[np.bool_]], within: NDArray[np.bool_] | None) -> Places:
    return np.flatnonzero(np.logical_and.reduce([*held] if within is None else [*held, within]))


def _scored(words: Sequence[Weights], counts: Sequence[int], places: Places) -> Scores:
    scores = np.zeros(len(places), np.int64)
    for one, counted in zip(words, counts, strict=True):
        scores += one[places].astype(np.int64) * counted
    return Scores(places, scores)


def with_less(found: Scores, past: Weights) -> Scores:
    """Take a quarter off what counts at the places that ``past`` names."""
    places, scores = found
    return Scores(places, np.where(past[places] > 0, scores * 3 // 4, scores))


def first_of(found: Scores, most: int) -> list[tuple[int, int]]:
    """Return (score, place) of the best ones, the heaviest first; equal ones by their place."""
    places, scores = found
    if len(scores) > 2 * most:
        # Of a hundred thousand, few are put in order.
        best = scores >= np.partition(scores, -most)[-most]
        places, scores = places[best], scores[best]
    order = np.lexsort((places, -scores))[:most]
    return list(zip(scores[order].tolist(), places[order].tolist(), strict=True))


def page_with(pages: Pages, words: Sequence[Marks]) -> int:
    """The first of the pages that hold the most of the words; 0 where the title alone holds any."""
    held = np.zeros(len(pages.numbers), np.int64)
    for one in words:
        held += pages.holding(one)
    held[pages.numbers == 0] = 0
    return int(pages.numbers[int(np.argmax(held))]) if held.any() else 0


def page_with_phrase(pages: Pages, phrase: Sequence[Marks]) -> int | None:
    """The first page on which the words of a phrase stand one behind the other; None where none."""
    real = pages.marks > 0
    marks, turns = pages.marks[real], pages.turns[real]
    begins = len(marks) - len(phrase) + 1
    if begins < 1:
        return None
    runs = turns[:begins] == turns[len(phrase) - 1 :]
    for turn, one in enumerate(phrase):
        runs &= np.isin(marks[turn : turn + begins], one)
    found = np.flatnonzero(runs)
    return int(pages.numbers[turns[found[0]]]) if len(found) else None
