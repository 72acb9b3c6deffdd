"""Looking for words in the library: in every alphabet, with phrases, filters and slips of the finger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import numpy as np
from django.db.models import Q
from numpy.typing import NDArray

from panah.programmes.library.models import Document, Entry, Page
from panah.programmes.library.queries.indexes import Indexes, Known, any_of, seen
from panah.programmes.library.queries.looking import Looked, every_form, look
from panah.programmes.library.queries.together import BODY, TOGETHER, Together
from panah.programmes.library.rules.analysis import mark_of, script_letter, words_of, words_with
from panah.programmes.library.rules.indexed import FACET
from panah.programmes.library.rules.postings import Marks, Pages, unpack_pages
from panah.programmes.library.rules.question import Asked, question_of
from panah.programmes.library.rules.ranking import (
    SURE,
    first_of,
    of_word,
    page_with,
    page_with_phrase,
    ranked,
    with_less,
)
from panah.programmes.library.rules.snippets import Piece, marked_pieces
from panah.programmes.library.rules.spelling import is_spelt_so
from panah.programmes.library.words import State

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.cooperation.queries import EntryText

A_PAGE = 20
# How many documents are looked through for a phrase, the best first.
LOOKED_THROUGH = 400
# So many are read at a time.
A_STEP = 100
# What is no longer in force stands below what is and answers as well.
PAST = [f"{FACET}state:{one}" for one in (State.REPLACED, State.WITHDRAWN)]
FILTERS = ("language", "kind", "country", "instrument", "state")


class SearchFilters(NamedTuple):
    """By what is filtered; "" by nothing."""

    language: str = ""
    kind: str = ""
    country: str = ""
    instrument: str = ""
    state: str = ""

    @property
    def terms(self) -> list[str]:
        return [f"{FACET}{name}:{value}" for name, value in zip(FILTERS, self, strict=True) if value]


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found, or a ``text`` of the network's space. ``page``: where, 0 in the title alone.

    ``other_alphabet``: a word stands there in other letters alone than it was typed in.
    """

    document: Document | None
    text: EntryText | None
    page: int
    other_alphabet: bool
    title: tuple[Piece, ...]
    piece: tuple[Piece, ...]
    language: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What came of a search. ``at_least``: more may hold a phrase; ``shown_for``: (typed, meant) of misspelt words."""

    hits: tuple[Hit, ...] = ()
    count: int = 0
    at_least: bool = False
    all_words: bool = True
    shown_for: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    more: bool = False


def search(
    text: str, *, to: Staff, filters: SearchFilters | None = None, exact_script: bool = False, first: int = 0
) -> SearchResult:
    """Find documents, practices and meetings that ``to`` may read. ``first``: how many of the best to leave out."""
    filters = filters or SearchFilters()
    question = question_of(text)
    if not question.words and not filters.terms:
        return SearchResult()
    together = Together(to=to)
    indexes = Indexes(to=to, beside=[together])
    looked = look(question, indexes, exact_script=exact_script)
    indexes.fetch(
        {t for words in looked.words.values() for word in words for t in word.forms} | {*filters.terms, *PAST}
    )
    upto = first + A_PAGE
    best = _best(looked, indexes, filters, most=LOOKED_THROUGH if question.phrases else upto)
    taken = _taken(best, looked, indexes, together, to=to, upto=upto)
    hits = tuple(_hits(taken[first:upto], looked))
    more = len(taken) > upto if question.phrases else best.total > upto
    return SearchResult(
        hits=hits,
        count=len(taken) if question.phrases else best.total,
        at_least=bool(question.phrases) and (more or best.total > LOOKED_THROUGH),
        all_words=best.all_words,
        shown_for=_shown_for(looked, hits),
        unknown=tuple(typed for typed, terms in looked.meant.items() if not terms),
        more=more,
    )


# ---- which documents -----------------------------------------------------------------------


class _Place(NamedTuple):
    """A document by its place: in a shared index, or among the reader's own."""

    score: int
    shelf: str
    place: int


class _Best(NamedTuple):
    """The best documents over all indexes, in order; how many answer; whether these hold all words."""

    places: list[_Place]
    total: int
    all_words: bool


def _best(looked: Looked, indexes: Indexes, filters: SearchFilters, *, most: int) -> _Best:
    """Rank what answers in each index; where nothing holds all words, what holds some of them."""
    wholly, partly = _Best([], 0, True), _Best([], 0, False)
    for index in indexes.all:
        words = looked.words[index.name]
        within = _within(filters, index)
        if words:
            short = [word.word.is_short for word in words]
            merged = [of_word(word.forms, index.lists, index.size) for word in words]
            scores, whole = ranked(merged, index.documents, short=short, within=within)
            scores = with_less(scores, of_word(dict.fromkeys(PAST, SURE), index.lists, index.size))
            total = len(scores.places)
            first = [_Place(score, index.name, place) for score, place in first_of(scores, most)]
        else:
            # Nothing but filters: what came last stands first.
            every = np.flatnonzero(within) if within is not None else np.zeros(0, np.int64)
            total, whole = len(every), True
            first = [_Place(0, index.name, place) for place in every[::-1][:most].tolist()]
        before = wholly if whole else partly
        after = _Best([*before.places, *first], before.total + total, whole)
        wholly, partly = (after, partly) if whole else (wholly, after)
    found = wholly if wholly.total else partly
    found.places.sort(key=lambda one: -one.score)
    return found._replace(places=found.places[:most])


def _within(filters: SearchFilters, index: Known) -> NDArray[np.bool_] | None:
    if not filters.terms:
        return None
    kept = np.ones(index.size, np.bool_)
    for term in filters.terms:
        kept &= of_word({term: SURE}, index.lists, index.size) > 0
    return kept


class _Read(NamedTuple):
    """What stands at a place: a document's entry or a text, its language where it is one, its words in order."""

    of: Entry | EntryText
    language: str
    pages: bytes


@dataclass
class _Taken:
    """What is on the page of hits, before a document's text is read. ``marks``: of the words of that page, in order."""

    read: _Read
    page: int
    marks: Marks


def _taken(
    best: _Best, looked: Looked, indexes: Indexes, together: Together, *, to: Staff, upto: int
) -> list[_Taken]:
    """Load the best ones as the reader may see them; where phrases were asked, those that hold them."""
    phrases, found = looked.question.phrases, list[_Taken]()
    forms = [np.array([*map(mark_of, one)], np.uint64) for one in every_form(looked)]
    step = A_STEP if phrases else max(upto, 1)
    for at in range(0, len(best.places), step):
        for read in _read(best.places[at : at + step], indexes, together, to=to):
            pages = unpack_pages(read.pages)
            page = _page(pages, forms, phrases)
            if page is not None:
                found.append(_Taken(read, page, pages.of(page)))
        if len(found) > upto:
            break
    return found


def _page(pages: Pages, forms: Sequence[Marks], phrases: Sequence[range]) -> int | None:
    """On which page to show a document; None where it does not hold every phrase."""
    held = [page_with_phrase(pages, [forms[turn] for turn in phrase]) for phrase in phrases]
    if any(one is None for one in held):
        return None
    return held[0] or page_with(pages, forms) if held else page_with(pages, forms)


def _read(some: Sequence[_Place], indexes: Indexes, together: Together, *, to: Staff) -> list[_Read]:
    """Return what stands at these places and the reader may see, in their order."""
    own = indexes.own.entries
    by_shelf: dict[str, list[int]] = {}
    for one in some:
        by_shelf.setdefault(one.shelf, []).append(one.place)
    by_shelf.pop(TOGETHER, None)
    keys: list[UUID] = [own[place] for place in by_shelf.pop("", [])]
    asked = [Q(pk__in=keys)] if keys else []
    asked += [Q(shelf=shelf, place__in=places) for shelf, places in by_shelf.items()]
    entries = seen(any_of(asked), to=to) if asked else []
    found: dict[tuple[str, int | UUID | None], _Read] = {
        (entry.shelf, entry.place if entry.shelf else entry.pk): _Read(entry, "", bytes(entry.pages))
        for entry in entries
    }
    found |= {
        (TOGETHER, place): _Read(text, packed.language, packed.pages)
        for place, (text, packed) in enumerate(zip(together.texts, together.packed, strict=True))
    }
    wanted = [(one.shelf, one.place if one.shelf else own[one.place]) for one in some]
    return [found[key] for key in wanted if key in found]


# ---- what is shown of them -----------------------------------------------------------------


def _hits(taken: Sequence[_Taken], looked: Looked) -> list[Hit]:
    forms = every_form(looked)
    named = {mark_of(term): term for own in forms for term in own}
    pages = _pages_of(taken)
    return [_hit(one, looked, forms, named, page) for one, page in zip(taken, pages, strict=True)]


def _pages_of(taken: Sequence[_Taken]) -> list[Page | None]:
    """Return the page of each hit; two questions. A pair for each would be looked for among all pages."""
    wanted = [
        (one.read.of.document.current_id, one.page) if isinstance(one.read.of, Entry) else (None, 0)
        for one in taken
    ]
    rows = Page.objects.filter(
        version__in={version for version, page in wanted if page}, number__in={page for _v, page in wanted}
    )
    keys: dict[tuple[UUID | None, int], UUID] = {
        (version, number): pk for pk, version, number in rows.values_list("pk", "version_id", "number")
    }
    found = Page.objects.in_bulk([keys[one] for one in wanted if one in keys])
    return [found.get(keys[one]) if one in keys else None for one in wanted]


class _Shown(NamedTuple):
    """What is shown of a hit: its title and the text of its page, each with its language."""

    title: str
    title_language: str
    text: str
    language: str


def _shown(one: _Taken, page: Page | None) -> _Shown:
    of, language = one.read.of, one.read.language
    if not isinstance(of, Entry):
        return _Shown(of.title, language, of.body if one.page == BODY else "", language)
    text, language = (page.text, page.language) if page is not None and one.page else ("", "")
    return _Shown(of.document.title, of.document.title_language, text, language)


def _hit(
    one: _Taken, looked: Looked, forms: Sequence[frozenset[str]], named: Mapping[int, str], page: Page | None
) -> Hit:
    of, shown, every = one.read.of, _shown(one, page), frozenset(named.values())
    entry = of if isinstance(of, Entry) else None
    title = list(words_of(shown.title, shown.title_language))
    # What changed since it was read into the index is taken apart anew.
    is_new = entry is not None and entry.waits
    body = (
        list(words_of(shown.text, shown.language))
        if is_new
        else words_with(shown.text, one.marks.tolist(), named)
    )
    held = {word.term for word in (*title, *body) if word.term in every}
    return Hit(
        document=entry.document if entry is not None else None,
        text=None if isinstance(of, Entry) else of,
        page=one.page,
        other_alphabet=_in_other_alphabet(looked.question.words, forms, held),
        title=marked_pieces(shown.title, title, every, whole=True),
        piece=marked_pieces(shown.text, body, every),
        language=shown.language,
    )


def _in_other_alphabet(words: Sequence[Asked], forms: Sequence[frozenset[str]], held: set[str]) -> bool:
    """Whether a word that was typed stands here in other letters alone."""
    for word, own in zip(words, forms, strict=True):
        scripts = {script_letter(term) for term in own & held}
        if scripts and word.script not in scripts:
            return True
    return False


def _shown_for(looked: Looked, hits: Sequence[Hit]) -> tuple[tuple[str, str], ...]:
    """Return what was typed otherwise than any document shown writes it, with how that one does."""
    told = {typed: _surface(terms, hits) for typed, terms in looked.meant.items() if terms}
    for word, forms in zip(looked.question.words, every_form(looked), strict=True):
        if word.is_short or word.typed in looked.meant:
            continue
        written = [one.text for hit in hits for one in (*hit.title, *hit.piece) if one.term in forms]
        if written and not any(is_spelt_so(word.typed, one) for one in written):
            told.setdefault(word.typed, written[0])
    return tuple(told.items())


def _surface(terms: Sequence[str], hits: Sequence[Hit]) -> str:
    """The word that was meant, as a document writes it that is shown; "" where none shows it."""
    for hit in hits:
        for piece in (*hit.title, *hit.piece):
            if piece.term in terms:
                return piece.text
    return ""


# ---- one page with its words marked --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Marked:
    """A page with the words marked. ``pages``: on which pages of the document they stand, the first fifty."""

    pieces: tuple[Piece, ...]
    language: str
    pages: tuple[int, ...]
    other_alphabet: bool


def marked_page(
    document: Document, number: int, text: str, *, to: Staff, exact_script: bool = False
) -> Marked | None:
    """Return a page of the version that counts, with what was typed marked in it; None where there is no such page."""
    page = Page.objects.filter(version=document.current_id, number=number).first()
    if page is None:
        return None
    looked = look(question_of(text), Indexes(to=to), exact_script=exact_script)
    forms = every_form(looked)
    every = frozenset[str]().union(*forms)
    marks = np.array([*map(mark_of, every)], np.uint64)
    entry = Entry.objects.filter(document=document).first()
    held = unpack_pages(bytes(entry.pages) if entry is not None else b"")
    words = list(words_of(page.text, page.language))
    return Marked(
        pieces=marked_pieces(page.text, words, every, whole=True),
        language=page.language,
        pages=tuple(one for one in held.numbers[held.holding(marks)].tolist() if one)[:50],
        other_alphabet=_in_other_alphabet(looked.question.words, forms, {w.term for w in words} & every),
    )
