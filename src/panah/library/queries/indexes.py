"""What the search asks of an index. No index knows of another's numbers.

Two are shared and lie in the database. The third is of the confidential documents that the reader may open: it is put
together anew for her from their own entries.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from panah.library.models import Block, Document, Entry, Shelf, Term
from panah.library.rules.analysis import bones_of, head_of
from panah.library.rules.indexed import is_of_text
from panah.library.rules.postings import places_in, unpack, unpack_terms
from panah.library.rules.question import Asked
from panah.library.rules.ranking import Weights
from panah.library.rules.spelling import grams
from panah.library.words import State, Visibility

if TYPE_CHECKING:
    from panah.accounts.models import Staff

SHELVES = (str(Visibility.NETWORK), str(Visibility.PUBLIC))
# How many terms that share trigrams with a misspelt word are compared with it.
COMPARED = 300


@dataclass
class Shared:
    """The index of the network or of the public."""

    name: str
    documents: int
    terms: dict[str, int] = field(default_factory=dict)
    by_head: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    by_bones: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    alike: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    lists: dict[str, Weights] = field(default_factory=dict)

    def near(self, asked: Asked) -> Iterable[str]:
        return _near(asked, self.by_head, self.by_bones)

    def like(self, asked: Asked) -> list[tuple[str, int]]:
        return self.alike.get(asked.typed, [])

    def postings(self, terms: Collection[str]) -> Mapping[str, Weights]:
        return self.lists


@dataclass
class Own:
    """The confidential documents that this reader may open. A place is a turn in ``entries``."""

    entries: list[UUID]
    terms_of: list[dict[str, int]]
    name: str = ""
    documents: int = 0
    terms: dict[str, int] = field(default_factory=dict)
    by_head: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    by_bones: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.documents = len(self.entries)
        holders: Counter[str] = Counter()
        for terms in self.terms_of:
            holders.update(terms.keys())
        self.terms = {term: count for term, count in holders.items() if is_of_text(term)}

    def near(self, asked: Asked) -> Iterable[str]:
        if not self.by_head:
            for term in self.terms:
                self.by_head[head_of(term)].append(term)
                self.by_bones[bones_of(term)].append(term)
        return _near(asked, self.by_head, self.by_bones)

    def like(self, asked: Asked) -> list[tuple[str, int]]:
        wanted = _grams_of(asked)
        return [(term, count) for term, count in self.terms.items() if not wanted.isdisjoint(grams(term))]

    def postings(self, terms: Collection[str]) -> Mapping[str, Weights]:
        found: dict[str, Weights] = defaultdict(dict)
        for place, held in enumerate(self.terms_of):
            for term in held.keys() & terms:
                found[term][place] = held[term]
        return found


def _near(asked: Asked, by_head: Mapping[str, list[str]], by_bones: Mapping[str, list[str]]) -> set[str]:
    heads = (term for head in asked.heads for term in by_head.get(head, ()))
    return {*heads, *(term for bones in asked.bones for term in by_bones.get(bones, ()))}


# No number of one depends on another.
type Index = Shared | Own


def _grams_of(asked: Asked) -> set[str]:
    return set().union(*map(grams, asked.forms)) if asked.forms else set()


class Indexes:
    """All indexes that one reader may search. Each method asks the database once, whatever stands there."""

    def __init__(self, *, to: Staff) -> None:
        counts = dict(Shelf.objects.filter(name__in=SHELVES).values_list("name", "documents"))
        self.shared = [Shared(name, counts.get(name, 0)) for name in SHELVES]
        rows = list(confidential_entries(to=to).values_list("pk", "terms"))
        self.own = Own([pk for pk, _terms in rows], [unpack_terms(bytes(terms)) for _pk, terms in rows])

    @property
    def all(self) -> list[Index]:
        return [*self.shared, self.own]

    def learn(self, asked: Sequence[Asked]) -> None:
        """Read which terms of the shared indexes may be one of these words."""
        exact = {term for one in asked for term in one.forms}
        heads = {head for one in asked for head in one.heads}
        bones = {bone for one in asked for bone in one.bones}
        rows = Term.objects.filter(
            Q(term__in=exact) | Q(head__in=heads) | Q(bones__in=bones), shelf__in=SHELVES
        ).values_list("shelf", "term", "holders", "head", "bones")
        for shelf, term, holders, head, bone in rows:
            index = self._named(shelf)
            index.terms[term] = holders
            index.by_head[head].append(term)
            index.by_bones[bone].append(term)

    def learn_terms(self, terms: Collection[str]) -> None:
        """Read how many documents of the shared indexes hold these terms."""
        rows = Term.objects.filter(shelf__in=SHELVES, term__in=terms)
        for shelf, term, holders in rows.values_list("shelf", "term", "holders"):
            self._named(shelf).terms[term] = holders

    def learn_alike(self, asked: Sequence[Asked]) -> None:
        """Read which terms of the shared indexes share trigrams with words that nothing is known of."""
        wanted = {one.typed: {f"#{gram}" for gram in _grams_of(one)} for one in asked}
        every = set().union(*wanted.values()) if wanted else set()
        lists: dict[str, dict[str, list[int]]] = {name: defaultdict(list) for name in SHELVES}
        blocks = Block.objects.filter(shelf__in=SHELVES, term__in=every)
        for shelf, gram, number, data in blocks.values_list("shelf", "term", "number", "data"):
            lists[shelf][gram].extend(places_in(bytes(data), number))
        best = {
            (shelf, typed): _most_shared(lists[shelf][gram] for gram in sorted(own))
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

    def _terms_at(self, places: Mapping[str, set[int]]) -> dict[tuple[str, int], tuple[str, int]]:
        asked = Q(pk=None)
        for shelf, some in places.items():
            asked |= Q(shelf=shelf, place__in=some)
        rows = Term.objects.filter(asked).values_list("shelf", "place", "term", "holders")
        return {(shelf, place): (term, holders) for shelf, place, term, holders in rows}

    def fetch(self, terms: Collection[str]) -> None:
        """Read the lists of these terms."""
        blocks = Block.objects.filter(shelf__in=SHELVES, term__in=terms)
        for shelf, term, number, data in blocks.values_list("shelf", "term", "number", "data"):
            lists = self._named(shelf).lists
            found = unpack(bytes(data), number)
            lists[term] = lists[term] | found if term in lists else found

    def _named(self, shelf: str) -> Shared:
        return self.shared[SHELVES.index(shelf)]


def confidential_entries(*, to: Staff) -> QuerySet[Entry]:
    """The entries of confidential documents that this reader may open, in an order that stays."""
    documents = Document.objects.visible(to=to).filter(visibility=Visibility.CONFIDENTIAL)
    return Entry.objects.filter(document__in=documents.exclude(state=State.WITHDRAWN)).order_by("pk")


def _most_shared(lists: Iterable[list[int]]) -> list[int]:
    counted: Counter[int] = Counter()
    for places in lists:
        counted.update(places)
    best = sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:COMPARED]
    return [place for place, _count in best]
