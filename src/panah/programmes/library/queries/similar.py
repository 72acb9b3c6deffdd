"""Documents that are like one that is read, among those that the reader may read, and why each is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from panah.programmes.library.models import Document, Entry, Page
from panah.programmes.library.queries.indexes import SHELVES, Indexes, Known, any_of, seen
from panah.programmes.library.rules.analysis import words_of
from panah.programmes.library.rules.indexed import FACET
from panah.programmes.library.rules.likeness import (
    TERMS_OF_OTHERS,
    Alike,
    Candidate,
    alike,
    candidates,
    heaviest,
    in_every_script,
    length_of,
    matter,
    telling,
)  # fmt: skip
from panah.programmes.library.rules.postings import unpack_terms

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

MOST = 10
TERMS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Similar:
    """A document that is like another. ``terms``: as the first one writes them; the others: codes."""

    document: Document
    thousandths: int
    terms: tuple[str, ...]
    instruments: tuple[str, ...]
    countries: tuple[str, ...]
    other_language: bool

    @property
    def is_corridor(self) -> bool:
        return len(self.countries) == 2


def similar(
    document: Document, *, to: Staff, most: int = MOST, however_little: bool = False
) -> tuple[Similar, ...]:
    """Return what is like a document that ``to`` reads; shorter than ``most`` rather than filled.

    ``however_little``: also what is not like enough to be shown, for whoever measures the order.
    """
    entry = Entry.objects.filter(document=document).first()
    own = unpack_terms(bytes(entry.terms)) if entry is not None else {}
    if entry is None or not own:
        return ()
    terms = heaviest(own)
    indexes = Indexes(to=to)
    indexes.learn_terms({one for term in terms for one in in_every_script(term)})
    spoken = [term for term in own if term.startswith(f"{FACET}language:")]
    indexes.fetch(spoken)
    told = {
        one.name: telling(
            own,
            terms,
            one.terms,
            one.documents,
            of_language=sum(len(one.lists[term].places) for term in spoken if term in one.lists),
            is_here=one.name == entry.shelf,
        )
        for one in indexes.all
    }
    wanted = {one for some in told.values() for term in some for one in in_every_script(term)} | {
        *matter(own)
    }
    indexes.fetch(wanted)
    found: list[tuple[Known, Candidate]] = []
    for index in indexes.all:
        here = entry.place if index.name and index.name == entry.shelf else None
        rows = candidates(own, told[index.name], index.lists, index.size, index.documents, without=here)
        found += [(index, row) for row in rows]
    judged = _judged(own, told, found, indexes, however_little)
    judged.sort(key=lambda one: (-one[1].thousandths, one[0], one[1].place))
    return _loaded(document, judged[: most + 1], indexes, to=to)[:most]


def _judged(
    own: Mapping[str, int],
    told: Mapping[str, Mapping[str, int]],
    found: Sequence[tuple[Known, Candidate]],
    indexes: Indexes,
    however_little: bool,
) -> list[tuple[str, Alike]]:
    """Set each candidate against what tells in it itself: two questions, whatever there is."""
    places = {shelf: [one.place for index, one in found if index.name == shelf] for shelf in SHELVES}
    asked = any_of(Q(shelf=shelf, place__in=some) for shelf, some in places.items() if some)
    rows = Entry.objects.filter(asked).values_list("shelf", "place", "terms")
    weights = {(shelf, place): unpack_terms(bytes(terms)) for shelf, place, terms in rows}
    own_places = [one.place for index, one in found if not index.name]
    weights |= {("", place): indexes.own.weights_in(place) for place in own_places}
    tells = {
        (index.name, one.place): _telling_most(weights.get((index.name, one.place), {}), one)
        for index, one in found
    }
    indexes.learn_terms({one for held in tells.values() for term in held for one in in_every_script(term)})
    lengths = {
        one.name: length_of({term: own[term] for term in told[one.name]}, one.terms, one.documents)
        for one in indexes.all
    }
    judged = []
    for index, candidate in found:
        length = length_of(tells[index.name, candidate.place], index.terms, index.documents)
        if one := alike(candidate, lengths[index.name], length, however_little=however_little):
            judged.append((index.name, one))
    return judged


def _telling_most(weights: Mapping[str, int], one: Candidate) -> dict[str, int]:
    """What weighs most in a candidate, and what it shares."""
    terms = {*heaviest(weights)[:TERMS_OF_OTHERS], *(term for term in one.terms if term in weights)}
    return {term: weights[term] for term in terms}


def _loaded(
    document: Document, found: Sequence[tuple[str, Alike]], indexes: Indexes, *, to: Staff
) -> tuple[Similar, ...]:
    places = {name: [one.place for shelf, one in found if shelf == name] for name in (*SHELVES, "")}
    asked = [Q(shelf=shelf, place__in=places[shelf]) for shelf in SHELVES if places[shelf]]
    if places[""]:
        asked.append(Q(pk__in=[indexes.own.entries[place] for place in places[""]]))
    rows = seen(any_of(asked), to=to)
    by_place = {(row.shelf, row.place if row.shelf else row.pk): row.document for row in rows}
    written = _written(document, {term for _shelf, one in found for term in one.terms})
    rows_shown = []
    for shelf, one in found:
        other = by_place.get((shelf, one.place if shelf else indexes.own.entries[one.place]))
        if other is None or other.pk == document.pk:
            continue
        terms = tuple(dict.fromkeys(written[term] for term in one.terms if term in written))
        rows_shown.append(
            Similar(
                document=other,
                thousandths=one.thousandths,
                terms=terms[:TERMS_SHOWN],
                instruments=one.instruments,
                countries=one.countries,
                other_language=bool(
                    other.title_language
                    and document.title_language
                    and other.title_language != document.title_language
                ),
            )
        )
    return tuple(rows_shown)


def _written(document: Document, terms: set[str]) -> dict[str, str]:
    """How the document that is read writes these terms."""
    found: dict[str, str] = {}
    for word in words_of(document.title, document.title_language):
        if word.term in terms:
            found.setdefault(word.term, document.title[word.start : word.end].lower())
    for page in Page.objects.filter(version=document.current_id)[:40]:
        if found.keys() >= terms:
            break
        for word in words_of(page.text, page.language):
            if word.term in terms:
                found.setdefault(word.term, page.text[word.start : word.end].lower())
    return found
