"""The index of the search follows the documents: out of it at once, into it by the worker.

``index_document`` is called whenever a document, its pages or its visibility changed. What may no longer be found by
everybody leaves the shared index in the same transaction; what is new waits for ``index_waiting``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction
from django.db.models import Q

from panah.ground.foundation import bulk_insert, tenancy
from panah.programmes.library.models import Block, Entry, Page, Shelf, Term
from panah.programmes.library.rules.analysis import ANALYSER, bones_of, head_of
from panah.programmes.library.rules.indexed import Described, describe, facets, is_of_text
from panah.programmes.library.rules.postings import (
    BLOCK,
    changed,
    pack_columns,
    pack_pages,
    pack_terms,
    unpack_terms,
)
from panah.programmes.library.rules.spelling import grams
from panah.programmes.library.words import State, Visibility

if TYPE_CHECKING:
    from panah.programmes.library.models import Document

SHELVES = (str(Visibility.NETWORK), str(Visibility.PUBLIC))
# How many documents are taken at once, and how many terms are asked for at once.
TOGETHER, ASKED_TOGETHER = 200, 500

type Changes = dict[tuple[str, int], dict[int, int]]


def shelf_of(document: Document) -> str:
    """The index in which a document stands: that of its visibility, none while confidential or withdrawn."""
    if document.state == State.WITHDRAWN or document.visibility not in SHELVES:
        return ""
    return str(document.visibility)


@transaction.atomic
def index_document(document: Document) -> None:
    """Note that a document changed; where its shared index is no longer the right one, it leaves that one now."""
    entry, is_new = Entry.objects.get_or_create(document=document)
    if not is_new:
        entry = Entry.objects.select_for_update().get(pk=entry.pk)
        if entry.shelf != shelf_of(document):
            _take_out(entry)
        Entry.objects.filter(pk=entry.pk).update(waits=True)


@transaction.atomic
def unindex(document: Document) -> None:
    """A document is found no more: nothing of it stays in any index."""
    entry = Entry.objects.select_for_update().filter(document=document).first()
    if entry is not None:
        _take_out(entry)
        entry.delete()


def _take_out(entry: Entry) -> None:
    if entry.shelf and entry.place is not None:
        change = _Change(_hold(entry.shelf))
        change.put(entry.place, unpack_terms(bytes(entry.terms)), {})
        change.write(documents=-1)
    entry.shelf, entry.place, entry.terms, entry.columns, entry.pages = "", None, b"", b"", b""
    entry.save(update_fields=["shelf", "place", "terms", "columns", "pages"])


def index_waiting(*, at: datetime, most: int = TOGETHER) -> int:
    """Read what has changed into its index, and what an older analyser read. Returns how many documents."""
    waiting = Q(waits=True) | Q(analyser__lt=ANALYSER)
    if (society := tenancy.current_tenant()) is not None:
        waiting &= Q(document__society=society)
    done = 0
    while keys := list(Entry.objects.filter(waiting).order_by("pk").values_list("pk", flat=True)[:most]):
        with transaction.atomic():
            read = _index(Entry.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
        done += read
        if not read:
            break
    return done


def _index(entries: Iterable[Entry]) -> int:
    by_shelf: dict[str, list[tuple[Entry, Described]]] = defaultdict(list)
    count = 0
    rows = list(entries)
    documents = {one.pk: one for one in _documents(rows)}
    pages = _pages_of(list(documents.values()))
    for entry in rows:
        document = documents[entry.document_id]
        if entry.shelf and entry.shelf != shelf_of(document):
            _take_out(entry)
        described = _described(document, pages.get(document.current_id, []))
        by_shelf[shelf_of(document)].append((entry, described))
        count += 1
    for shelf, some in sorted(by_shelf.items()):
        if shelf:
            _put_in(shelf, some)
        for entry, described in some:
            entry.terms, entry.pages = pack_terms(described.weights), pack_pages(described.pages)
            entry.columns = b"" if shelf else pack_columns(described.weights)
            entry.shelf, entry.waits, entry.analyser = shelf, False, ANALYSER
    names = ("id", "document_id", "shelf", "place", "waits", "analyser", "terms", "columns", "pages")
    rows_again = (entry for some in by_shelf.values() for entry, _described in some)
    bulk_insert.insert(
        Entry, names, ([getattr(one, name) for name in names] for one in rows_again), over=("id",)
    )
    return count


def _documents(entries: Sequence[Entry]) -> Iterable[Document]:
    from panah.programmes.library.models import Document

    return Document.objects.filter(pk__in=[one.document_id for one in entries])


def _pages_of(documents: Sequence[Document]) -> dict[object, list[tuple[int, str, str]]]:
    found: dict[object, list[tuple[int, str, str]]] = defaultdict(list)
    rows = Page.objects.filter(version__in=[one.current_id for one in documents if one.current_id])
    for row in rows.order_by("number").values_list("version_id", "number", "text", "language"):
        found[row[0]].append((row[1], row[2], row[3]))
    return found


def _described(document: Document, pages: Sequence[tuple[int, str, str]]) -> Described:
    spoken = sorted({language for _number, _text, language in pages} | {document.title_language})
    filtered_by = facets(
        kind=document.kind,
        state=document.state,
        countries=document.countries,
        instruments=document.instruments,
        languages=spoken,
    )
    return describe((document.title, document.title_language), pages, filtered_by)


def _put_in(shelf: str, some: Sequence[tuple[Entry, Described]]) -> None:
    change = _Change(_hold(shelf))
    added = 0
    for entry, described in some:
        before = unpack_terms(bytes(entry.terms)) if entry.place is not None else {}
        if entry.place is None:
            entry.place, change.shelf.next_place = change.shelf.next_place, change.shelf.next_place + 1
            added += 1
        change.put(entry.place, before, described.weights)
    change.write(documents=added)


def _hold(name: str) -> Shelf:
    Shelf.objects.get_or_create(name=name)
    return Shelf.objects.select_for_update().get(name=name)


@dataclass
class _Change:
    """What changes in one index, gathered over several documents and written once."""

    shelf: Shelf
    blocks: Changes = field(default_factory=lambda: defaultdict(dict))
    holders: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def put(self, place: int, before: dict[str, int], after: dict[str, int]) -> None:
        """The document at this place held ``before`` and holds ``after``; weight 0 takes a term away."""
        number, within = divmod(place, BLOCK)
        for term in before.keys() | after.keys():
            weight = after.get(term, 0)
            if weight == before.get(term, 0):
                continue
            self.blocks[term, number][within] = weight
            if is_of_text(term):
                self.holders[term] += (term in after) - (term in before)

    def write(self, *, documents: int) -> None:
        self._write_terms()
        self._write_blocks()
        self.shelf.documents += documents
        self.shelf.save(update_fields=["documents", "next_place", "next_term"])

    def _write_terms(self) -> None:
        moved = {term: by for term, by in self.holders.items() if by}
        known: dict[str, Term] = {}
        for some in batched(moved, ASKED_TOGETHER, strict=False):
            known |= {one.term: one for one in Term.objects.filter(shelf=self.shelf.name, term__in=some)}
        kept: list[Term] = []
        gone: list[Term] = []
        new: list[tuple[object, ...]] = []
        for term, by in moved.items():
            row = known.get(term)
            if row is None:
                new.append(self._new(term, by))
                continue
            row.holders += by
            (kept if row.holders > 0 else gone).append(row)
        for rows in batched(gone, ASKED_TOGETHER, strict=False):
            Term.objects.filter(pk__in=[one.pk for one in rows]).delete()
        for row in gone:
            self._grams(row.term, row.place, 0)
        names = ("id", "shelf", "term", "head", "bones", "place", "holders")
        # One statement a row that is prepared once: the ORM's way takes ten times as long.
        kept_rows = [tuple(getattr(one, name) for name in names) for one in kept]
        bulk_insert.insert(Term, names, [*new, *kept_rows], over=("shelf", "term"))

    def _new(self, term: str, holders: int) -> tuple[object, ...]:
        place = self.shelf.next_term
        self.shelf.next_term += 1
        self._grams(term, place, 1)
        return (uuid4(), self.shelf.name, term, head_of(term), bones_of(term), place, holders)

    def _grams(self, term: str, place: int, weight: int) -> None:
        number, within = divmod(place, BLOCK)
        for gram in grams(term):
            self.blocks[f"#{gram}", number][within] = weight

    def _write_blocks(self) -> None:
        by_number: dict[int, list[str]] = defaultdict(list)
        for term, number in self.blocks:
            by_number[number].append(term)
        rows, empty = [], []
        for number, terms in sorted(by_number.items()):
            for some in batched(sorted(terms), ASKED_TOGETHER, strict=False):
                there = Block.objects.filter(shelf=self.shelf.name, number=number, term__in=some)
                known = {one.term: one for one in there}
                for term in some:
                    row = known.get(term)
                    data = changed(bytes(row.data) if row else b"", self.blocks[term, number])
                    if data:
                        pk = row.pk if row else uuid4()
                        rows.append((pk, self.shelf.name, term, number, data))
                    elif row:
                        empty.append(row.pk)
        names = ("id", "shelf", "term", "number", "data")
        bulk_insert.insert(Block, names, rows, over=("shelf", "term", "number"))
        for keys in batched(empty, ASKED_TOGETHER, strict=False):
            Block.objects.filter(pk__in=keys).delete()
