"""Which documents are like one another, and why: shared terms, the same instrument, country or corridor.

Two documents are as like as the angle between what tells about each: a term counts by how rare it is and by what it
weighs in the document. It is said in thousandths, so the threshold means the same for a title and for a treaty. Below
it a document is left out: a short list is better than a full one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isqrt

import numpy as np
from numpy.typing import NDArray

from panah.programmes.library.rules.analysis import sounds_in
from panah.programmes.library.rules.indexed import FACET, NAMED, is_of_text
from panah.programmes.library.rules.postings import Posting
from panah.programmes.library.rules.ranking import SURE, of_word, rarity
from panah.programmes.library.rules.stop_words import stop_terms

# How many terms of a document are compared, of how many that weigh most in it.
COMPARED, LOOKED_AT = 40, 300
# A term that more than one document in so many of its language holds says nothing about likeness; a few always may.
TOO_COMMON, A_FEW = 8, 5
# From how many thousandths on a document is shown: by how many terms are shared, the last for all that are more; and by
# its matter with any term. Chosen on a shelf of our own (benchmarks/library/shelf.toml): what two texts share by chance
# are rare words too, but few.
LIKE, LIKE_BY_MATTER = (400, 300, 230, 150), 75
# What the same instrument, corridor or country adds.
SAME_INSTRUMENT, SAME_CORRIDOR, SAME_COUNTRY = 60, 45, 15
# How many candidates are compared in full, and how many of their terms.
CANDIDATES, TERMS_OF_OTHERS = 100, 20


@dataclass(frozen=True, slots=True)
class Alike:
    """A document that is like another. ``terms``: those shared, the heaviest first; the rest: what else is the same."""

    place: int
    thousandths: int
    terms: tuple[str, ...]
    instruments: tuple[str, ...]
    countries: tuple[str, ...]


def in_every_script(term: str) -> list[str]:
    """A term as the same sounds stand in every script."""
    if term[0] in "xX":
        return [term]
    sounds = sounds_in(term)
    return [f"{letter}:{sounds}" for letter in "claCL"]


def heaviest(weights: Mapping[str, int]) -> list[str]:
    """The terms of a text that weigh most in it, none that stands in any text; equal ones by the term."""
    stop = stop_terms()
    own = [
        term
        for term in weights
        if is_of_text(term) and len(sounds_in(term)) > 2 and term[0] != "x" and term not in stop
    ]
    return sorted(own, key=lambda term: (-weights[term], term))[:LOOKED_AT]


def telling(
    own: Mapping[str, int],
    terms: Iterable[str],
    holders: Mapping[str, int],
    documents: int,
    *,
    of_language: int,
    is_here: bool,
) -> dict[str, int]:
    """Return {term: how much it tells} of the terms that say most about the document in this index.

    ``of_language``: how many documents of the index are in its language; among many others, its commonest words would
    look rare. ``is_here``: the document stands in the index itself, so that a term of one document is in no other.
    """
    told: dict[str, int] = {}
    for term in terms:
        held = _held(term, holders)
        if held > is_here and held * TOO_COMMON <= max(of_language, A_FEW * TOO_COMMON):
            told[term] = rarity(held, documents) ** 2 * own[term]
    best = sorted(told, key=lambda term: (-told[term], term))[:COMPARED]
    return {term: told[term] for term in best}


def matter(own: Iterable[str]) -> list[str]:
    """The terms of a document's matter: its instruments, and the countries that it is about or names."""
    found = {term for term in own if term.startswith((f"{FACET}instrument:", f"{FACET}country:", NAMED))}
    codes = {_country(term) for term in found if _country(term)}
    both = {f"{FACET}country:{code}" for code in codes} | {f"{NAMED}{code}" for code in codes}
    return sorted(found | both)


def _country(term: str) -> str:
    return (
        term[1:]
        if term.startswith(NAMED)
        else term.removeprefix(f"{FACET}country:")
        if "country:" in term
        else ""
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that shares something with another: ``product`` of what tells in both, and what is the same."""

    place: int
    product: int
    terms: tuple[str, ...]
    instruments: tuple[str, ...]
    countries: tuple[str, ...]


def candidates(
    own: Mapping[str, int],
    told: Mapping[str, int],
    lists: Mapping[str, Posting],
    size: int,
    documents: int,
    *,
    without: int | None,
) -> list[Candidate]:
    """Return what shares most with the document in one index of this ``size``. ``without``: its own place there."""
    products = np.zeros(size, np.int64)
    weights = {term: of_word(dict.fromkeys(in_every_script(term), SURE), lists, size) for term in told}
    for term, tells in told.items():
        products += tells * weights[term].astype(np.int64)
    instruments, countries = _same(own, lists, size, documents)
    shared = sum((held.astype(np.int64) for held in instruments.values()), np.zeros(size, np.int64))
    if without is not None:
        products[without] = shared[without] = 0
    some = np.flatnonzero(products + shared)
    best = some[np.lexsort((some, -products[some], -shared[some]))][:CANDIDATES]
    # What shares most words stands among them, however many are about the same treaty.
    best = np.union1d(best, some[np.lexsort((some, -products[some]))][: CANDIDATES // 2])
    return [
        Candidate(
            place,
            int(products[place]),
            tuple(term for term in told if weights[term][place]),
            tuple(slug for slug, held in instruments.items() if held[place]),
            tuple(sorted(code for code, held in countries.items() if held[place])),
        )
        for place in best.tolist()
    ]


def length_of(weights: Mapping[str, int], holders: Mapping[str, int], documents: int) -> int:
    """How long the arrow of a document is: of what tells in it, each term by its rarity and weight."""
    found = (rarity(_held(term, holders) or 1, documents) * weight for term, weight in weights.items())
    return isqrt(sum(one * one for one in found)) or 1


def _held(term: str, holders: Mapping[str, int]) -> int:
    return sum(holders.get(one, 0) for one in in_every_script(term))


def alike(
    one: Candidate, own_length: int, other_length: int, *, however_little: bool = False
) -> Alike | None:
    """Judge a candidate: how like it is, or None where it is not like enough to be shown."""
    by_terms = min(1000, 1000 * one.product // (own_length * other_length))
    added = SAME_INSTRUMENT * len(one.instruments)
    added += SAME_CORRIDOR if len(one.countries) == 2 else SAME_COUNTRY if one.countries else 0
    like = by_terms + added
    enough = (one.terms and like >= LIKE[min(len(one.terms), len(LIKE)) - 1]) or (
        one.instruments and one.countries and like >= LIKE_BY_MATTER
    )
    if not (enough or however_little):
        return None
    return Alike(one.place, min(1000, like), one.terms, one.instruments, one.countries)


def _same(
    own: Mapping[str, int], lists: Mapping[str, Posting], size: int, documents: int
) -> tuple[dict[str, NDArray[np.bool_]], dict[str, NDArray[np.bool_]]]:
    """Return which places have the same instruments and which the same countries, of those that are not everywhere."""
    instruments: dict[str, NDArray[np.bool_]] = {}
    countries: dict[str, NDArray[np.bool_]] = {}
    for term in matter(own):
        found = lists.get(term)
        if found is None or len(found.places) * 2 > max(documents, 20):
            continue
        told, value = (countries, _country(term)) if _country(term) else (instruments, term.split(":", 1)[1])
        told.setdefault(value, np.zeros(size, np.bool_))[found.places] = True
    return instruments, countries
