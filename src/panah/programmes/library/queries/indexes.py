"""What the search asks of an index. No index knows of another's numbers.

Two are shared and lie in the database. The third is of the confidential documents that the reader may open: it is put
together anew for her from their own entries. So is that of the good practices and meetings that she may read
(``together.py``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING
from uuid import UUID

import numpy as np
from django.db.models import Q, QuerySet

from panah.programmes.library.models import Block, Document, Entry, Shelf, Term
from panah.programmes.library.rules.analysis import bones_of, head_of
from panah.programmes.library.rules.indexed import is_of_text
from panah.programmes.library.rules.postings import Columns, Places, Posting, joined, unpack, unpack_terms
from panah.programmes.library.rules.question import Asked
from panah.programmes.library.rules.spelling import MOST_SLIPS, grams
from panah.programmes.library.words import State, Visibility

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

SHELVES = (str(Visibility.NETWORK), str(Visibility.PUBLIC))
# How many terms that share trigrams with a misspelt word are compared with it.
COMPARED = 300


@dataclass
class Known:
    """What was read of one index: its terms with how many documents hold each, and the lists of some."""

    name: str
    documents: int
    # One more than the last place that is given out.
    size: int
    terms: dict[str, int] = field(default_factory=dict)
    by_head: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    by_bones: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    alike: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    lists: dict[str, Posting] = field(default_factory=dict)

    def near(self, asked: Asked) -> set[str]:
        """The terms that were read and begin as the word does, or have its consonants."""
        heads = (term for head in asked.heads for term in self.by_head.get(head, ()))
        return {*heads, *(term for bones in asked.bones for term in self.by_bones.get(bones, ()))}

    def like(self, asked: Asked) -> list[tuple[str, int]]:
        return self.alike.get(asked.typed, [])

    def keep(self, term: str, holders: int) -> None:
        self.terms[term] = holders
        self.by_head[head_of(term)].append(term)
        self.by_bones[bones_of(term)].append(term)


class Own(Known):
    """The confidential documents that this reader may open. A place is a turn in ``entries``.

    They are found by numbers that lie with each; the terms of a document are taken apart where one of them is wanted.
    """

    def __init__(self, rows: Sequence[tuple[UUID, bytes, bytes]], name: str = "") -> None:
        super().__init__(name, len(rows), len(rows))
        self.entries = [pk for pk, _columns, _terms in rows]
        self.columns = Columns.of([columns for _pk, columns, _terms in rows])
        self._packed = [terms for _pk, _columns, terms in rows]
        self._apart: dict[int, dict[str, int]] = {}

    def weights_in(self, place: int) -> dict[str, int]:
        """The terms of one document, in order, with what each weighs there."""
        if place not in self._apart:
            self._apart[place] = unpack_terms(self._packed[place])
        return self._apart[place]

    def learn_terms(self, terms: Collection[str]) -> None:
        for term, found in self.columns.with_terms(terms).items():
            self.keep(term, len(found.places))

    def learn_near(self, heads: Collection[str], bones: Collection[str]) -> None:
        for document, turn, holders in self.columns.like(heads, bones):
            term = [*self.weights_in(document)][turn]
            if term not in self.terms:
                self.keep(term, holders)

    def learn_alike(self, asked: Sequence[Asked]) -> None:
        """Take every document apart: a word that nothing is known of may be nearly any."""
        every = Counter(
            term for place in range(self.documents) for term in self.weights_in(place) if is_of_text(term)
        )
        for one in asked:
            wanted = _grams_of(one)
            lengths = {len(form) for form in one.forms}
            lengths = {length + by for length in lengths for by in range(-MOST_SLIPS, MOST_SLIPS + 1)}
            self.alike[one.typed] = [
                (term, count)
                for term, count in every.items()
                if len(term) in lengths and not wanted.isdisjoint(grams(term))
            ]

    def fetch(self, terms: Collection[str]) -> None:
        self.lists |= self.columns.with_terms(terms)


def _grams_of(asked: Asked) -> set[str]:
    return set().union(*map(grams, asked.forms)) if asked.forms else set()


class Indexes:
    """All indexes that one reader may search. Each method asks the database once, whatever stands there."""

    def __init__(self, *, to: Staff, beside: Sequence[Own] = ()) -> None:
        rows = Shelf.objects.filter(name__in=SHELVES).values_list("name", "documents", "next_place")
        known = {name: (documents, size) for name, documents, size in rows}
        self.shared = [Known(name, *known.get(name, (0, 0))) for name in SHELVES]
        own = confidential_entries(to=to).values_list("pk", "columns", "terms")
        self.own = Own([(pk, bytes(columns), bytes(terms)) for pk, columns, terms in own])
        # What is put together for her: her confidential documents, and what else she searches.
        self.put_together = [self.own, *beside]

    @property
    def all(self) -> list[Known]:
        return [*self.shared, *self.put_together]

    def learn(self, asked: Sequence[Asked]) -> None:
        """Read which terms may be one of these words."""
        exact = {term for one in asked for term in one.forms}
        heads = {head for one in asked for head in one.heads}
        bones = {bone for one in asked for bone in one.bones}
        rows = Term.objects.filter(
            Q(term__in=exact) | Q(head__in=heads) | Q(bones__in=bones), shelf__in=SHELVES
        )
        for shelf, term, holders in rows.values_list("shelf", "term", "holders"):
            self._named(shelf).keep(term, holders)
        for own in self.put_together:
            own.learn_terms(exact)
            own.learn_near(heads, bones)

    def learn_terms(self, terms: Collection[str]) -> None:
        """Read how many documents hold these terms."""
        rows = Term.objects.filter(shelf__in=SHELVES, term__in=terms)
        for shelf, term, holders in rows.values_list("shelf", "term", "holders"):
            self._named(shelf).terms[term] = holders
        for own in self.put_together:
            own.learn_terms(terms)

    def learn_alike(self, asked: Sequence[Asked]) -> None:
        """Read which terms share trigrams with words that nothing is known of."""
        wanted = {one.typed: {f"#{gram}" for gram in _grams_of(one)} for one in asked}
        every = set().union(*wanted.values()) if wanted else set()
        lists: dict[str, dict[str, list[Places]]] = {name: defaultdict(list) for name in SHELVES}
        blocks = Block.objects.filter(shelf__in=SHELVES, term__in=every)
        for shelf, gram, number, data in blocks.values_list("shelf", "term", "number", "data"):
            lists[shelf][gram].append(unpack(bytes(data), number).places)
        best = {
            (shelf, typed): _most_shared([some for gram in own for some in lists[shelf][gram]])
            for shelf in SHELVES
            for typed, own in wanted.items()
        }
        terms = self._terms_at(
            {
                shelf: {p for (s, _t), places in best.items() if s == shelf for p in places}
                for shelf in SHELVES
            }
        )
        for (shelf, typed), places in best.items():
            found = [terms[shelf, place] for place in places if (shelf, place) in terms]
            self._named(shelf).alike[typed] = found
        for own in self.put_together:
            own.learn_alike(asked)

    def _terms_at(self, places: Mapping[str, set[int]]) -> dict[tuple[str, int], tuple[str, int]]:
        asked = any_of(Q(shelf=shelf, place__in=some) for shelf, some in places.items() if some)
        rows = Term.objects.filter(asked).values_list("shelf", "place", "term", "holders")
        return {(shelf, place): (term, holders) for shelf, place, term, holders in rows}

    def fetch(self, terms: Collection[str]) -> None:
        """Read the lists of these terms."""
        found: dict[tuple[str, str], list[Posting]] = defaultdict(list)
        blocks = Block.objects.filter(shelf__in=SHELVES, term__in=terms)
        for shelf, term, number, data in blocks.values_list("shelf", "term", "number", "data"):
            found[shelf, term].append(unpack(bytes(data), number))
        for (shelf, term), some in found.items():
            self._named(shelf).lists[term] = joined(some)
        for own in self.put_together:
            own.fetch(terms)

    def _named(self, shelf: str) -> Known:
        return self.shared[SHELVES.index(shelf)]


def any_of(asked: Iterable[Q]) -> Q:
    """What answers one of these; beside one that is never met, the database would look through all rows."""
    some = list(asked)
    return reduce(Q.__or__, some) if some else Q(pk__in=[])


def confidential_entries(*, to: Staff) -> QuerySet[Entry]:
    """The entries of confidential documents that this reader may open, in an order that stays."""
    documents = Document.objects.visible(to=to).filter(
        visibility=Visibility.CONFIDENTIAL, society=to.society_id
    )
    return Entry.objects.filter(document__in=documents.exclude(state=State.WITHDRAWN)).order_by("pk")


def seen(asked: Q, *, to: Staff) -> list[Entry]:
    """Return entries whose documents this reader may see, each with its document. Two questions.

    The documents are asked for by their ids: a join would let the database look through all that she may see.
    """
    rows = list(Entry.objects.filter(asked))
    documents = Document.objects.visible(to=to).in_bulk([row.document_id for row in rows])
    for one in rows:
        if one.document_id in documents:
            one.document = documents[one.document_id]
    return [row for row in rows if row.document_id in documents]


def _most_shared(lists: Sequence[Places]) -> list[int]:
    if not lists:
        return []
    places, counts = np.unique(np.concatenate(lists), return_counts=True)
    best: list[int] = places[np.lexsort((places, -counts))][:COMPARED].tolist()
    return best
