"""Documents that are like one that is read, among those that the reader may read, and why each is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from panah.library.models import Document, Entry, Page
from panah.library.queries.indexes import Indexes
from panah.library.rules.analysis import words_of
from panah.library.rules.likeness import Alike, alike, heaviest, in_every_script, matter, telling
from panah.library.rules.postings import unpack_terms

if TYPE_CHECKING:
    from panah.accounts.models import Staff

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


def similar(document: Document, *, to: Staff, most: int = MOST) -> tuple[Similar, ...]:
    """Return what is like a document that ``to`` reads; shorter than ``most`` rather than filled."""
    entry = Entry.objects.filter(document=document).first()
    own = unpack_terms(bytes(entry.terms)) if entry is not None else {}
    if entry is None or not own:
        return ()
    terms = heaviest(own)
    indexes = Indexes(to=to)
    indexes.learn_terms({one for term in terms for one in in_every_script(term)})
    told = {}
    for index in indexes.all:
        holders = index.known([])
        told[index.name] = telling(own, terms, holders, index.documents)
    wanted = {one for some in told.values() for term in some for one in in_every_script(term)}
    indexes.fetch(wanted | {*matter(own)})
    found: list[tuple[str, Alike]] = []
    for index in indexes.all:
        lists = index.postings(wanted | {*matter(own)})
        here = entry.place if index.name and index.name == entry.shelf else None
        some = alike(own, told[index.name], lists, index.documents, without=here)
        found += [(index.name, one) for one in some[: most + 1]]
    found.sort(key=lambda one: (-one[1].thousandths, one[0], one[1].place))
    return _loaded(document, found, indexes, to=to)[:most]


def _loaded(
    document: Document, found: Sequence[tuple[str, Alike]], indexes: Indexes, *, to: Staff
) -> tuple[Similar, ...]:
    asked = Q(pk=None)
    for shelf, one in found:
        asked |= Q(shelf=shelf, place=one.place) if shelf else Q(pk=indexes.own.entries[one.place])
    rows = Entry.objects.filter(asked, document__in=Document.objects.visible(to=to))
    rows = rows.select_related("document")
    by_place = {(one.shelf, one.place if one.shelf else one.pk): one.document for one in rows}
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
