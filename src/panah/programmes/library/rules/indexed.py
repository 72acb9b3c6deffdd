"""What the index keeps of one document: the weights of its terms, what it is filtered by, and its words in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from panah.programmes.library.rules.analysis import mark_of, terms_in_order
from panah.programmes.library.rules.places import country_of
from panah.programmes.library.rules.ranking import weights_of

# Terms that no text gives: by what a document is filtered, and which countries its text names.
FACET, NAMED = "=", "@"


@dataclass(frozen=True, slots=True)
class Described:
    """A document as the index keeps it: {term: weight}, and {page: marks of all its words}; the title is page 0."""

    weights: dict[str, int] = field(default_factory=dict)
    pages: dict[int, list[int]] = field(default_factory=dict)


def facets(
    *, kind: str, state: str, countries: Iterable[str], instruments: Iterable[str], languages: Iterable[str]
) -> list[str]:
    """The terms by which a document is filtered."""
    return [
        f"{FACET}kind:{kind}",
        f"{FACET}state:{state}",
        *(f"{FACET}country:{country.lower()}" for country in countries),
        *(f"{FACET}instrument:{instrument}" for instrument in instruments),
        *(f"{FACET}language:{language}" for language in languages if language),
    ]


def describe(
    title: tuple[str, str], pages: Iterable[tuple[int, str, str]], filtered_by: Iterable[str]
) -> Described:
    """Take a document apart. ``title``: text and language; ``pages``: number, text and language of each."""
    heading = terms_in_order(*title)
    body: list[str] = []
    marks = {0: list(map(mark_of, heading))}
    for number, text, language in pages:
        terms = terms_in_order(text, language)
        body += terms
        marks[number] = list(map(mark_of, terms))
    weights = weights_of(filter(None, body), filter(None, heading))
    named = {country_of(term) for term in weights} - {""}
    weights |= dict.fromkeys((f"{NAMED}{one}" for one in named), 1)
    weights |= dict.fromkeys(filtered_by, 1)
    return Described(weights, marks)


def is_of_text(term: str) -> bool:
    """Whether a term comes from the words of a text."""
    return term[0] not in (FACET, NAMED)
