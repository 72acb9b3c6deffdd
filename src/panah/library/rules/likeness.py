"""Which documents are like one another, and why: shared terms, the same instrument, country or corridor.

A term counts by how rare it is, squared, and by what it weighs in both. What is like is said in thousandths of what the
document has in common with itself, so the threshold means the same for a leaflet and for a treaty. Below it a document
is left out: a short list is better than a full one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from panah.library.rules.analysis import sounds_in
from panah.library.rules.indexed import FACET, NAMED, is_of_text
from panah.library.rules.ranking import Weights, rarity

# How many terms of a document are compared, of how many that weigh most in it.
COMPARED, LOOKED_AT = 40, 300
# A term that more than one document in so many holds says nothing about likeness.
TOO_COMMON = 8
LIKE, LIKE_BY_MATTER = 90, 40
SHARED_AT_LEAST = 3
# What the same instrument, corridor or country adds, in thousandths.
SAME_INSTRUMENT, SAME_CORRIDOR, SAME_COUNTRY = 60, 45, 15


@dataclass(frozen=True, slots=True)
class Alike:
    """A document that is like another. ``terms``: those shared, the heaviest first; the rest: what else is the same."""

    place: int
    thousandths: int
    terms: tuple[str, ...]
    instruments: tuple[str, ...]
    countries: tuple[str, ...]

    @property
    def is_corridor(self) -> bool:
        return len(self.countries) > 1


def in_every_script(term: str) -> list[str]:
    """A term as the same sounds stand in every script."""
    if term[0] in "xX":
        return [term]
    sounds = sounds_in(term)
    return [f"{letter}:{sounds}" for letter in "claCL"]


def heaviest(weights: Mapping[str, int]) -> list[str]:
    """The terms of a text that weigh most in it; equal ones by the term."""
    own = [term for term in weights if is_of_text(term) and len(sounds_in(term)) > 2 and term[0] != "x"]
    return sorted(own, key=lambda term: (-weights[term], term))[:LOOKED_AT]


def telling(
    own: Mapping[str, int], terms: Iterable[str], holders: Mapping[str, int], documents: int
) -> dict[str, int]:
    """Return {term: how much it tells} of the terms that say most about the document in this index."""
    told: dict[str, int] = {}
    for term in terms:
        held = sum(holders.get(one, 0) for one in in_every_script(term))
        if held and held * TOO_COMMON <= max(documents, TOO_COMMON * 2):
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


def alike(
    own: Mapping[str, int],
    told: Mapping[str, int],
    lists: Mapping[str, Weights],
    documents: int,
    *,
    without: int | None,
) -> list[Alike]:
    """Return what is like the document in one index, the likest first. ``without``: its own place there."""
    whole = sum(told[term] * own[term] for term in told) or 1
    scores: dict[int, int] = defaultdict(int)
    shared: dict[int, list[str]] = defaultdict(list)
    for term, tells in told.items():
        found: Weights = {}
        for one in in_every_script(term):
            found |= lists.get(one, {})
        for place, weight in found.items():
            scores[place] += tells * weight
            shared[place].append(term)
    instruments, countries = _same(own, lists, documents)
    rows = []
    for place in scores.keys() | instruments.keys():
        if place == without:
            continue
        by_terms = 1000 * scores.get(place, 0) // whole
        same, where = instruments.get(place, []), sorted(set(countries.get(place, [])))
        added = SAME_INSTRUMENT * len(same) + (
            SAME_CORRIDOR if len(where) == 2 else SAME_COUNTRY if where else 0
        )
        terms = shared.get(place, [])
        if (len(terms) >= SHARED_AT_LEAST and by_terms + added >= LIKE) or (
            same and where and by_terms + added >= LIKE_BY_MATTER
        ):
            rows.append(Alike(place, min(1000, by_terms + added), tuple(terms), tuple(same), tuple(where)))
    return sorted(rows, key=lambda one: (-one.thousandths, one.place))


def _same(
    own: Mapping[str, int], lists: Mapping[str, Weights], documents: int
) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Return by place which instruments and which countries are the same, of those that are not everywhere."""
    instruments: dict[int, list[str]] = defaultdict(list)
    countries: dict[int, list[str]] = defaultdict(list)
    for term in matter(own):
        found = lists.get(term, {})
        if len(found) * 2 > max(documents, 20):
            continue
        told, value = (countries, _country(term)) if _country(term) else (instruments, term.split(":", 1)[1])
        for place in found:
            told[place].append(value)
    return instruments, countries
