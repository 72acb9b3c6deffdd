"""Good practices and meetings among what is searched: they are few, so their index is put together for each reader."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from panah.programmes.cooperation.queries import EntryText, entry_texts
from panah.programmes.library.queries.indexes import Own
from panah.programmes.library.rules.indexed import describe, facets
from panah.programmes.library.rules.languages import detected
from panah.programmes.library.rules.postings import pack_columns, pack_pages, pack_terms

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

TOGETHER = "together"
# How many texts a process keeps taken apart: more than a network writes down in years.
KEPT = 4000
# The body of a text stands there as its first page.
BODY = 1


class Packed(NamedTuple):
    """A text as an index has it; ``language``: as it was said, or as its words tell it."""

    language: str
    terms: bytes
    columns: bytes
    pages: bytes


class Together(Own):
    """The published practices and the meetings that this reader may open. A place is a turn in ``texts``."""

    def __init__(self, *, to: Staff) -> None:
        self.texts: list[EntryText] = entry_texts(to=to)
        self.packed = [
            _packed(text.kind, text.title, text.body, text.language, text.instruments) for text in self.texts
        ]
        rows = [(one.pk, own.columns, own.terms) for one, own in zip(self.texts, self.packed, strict=True)]
        super().__init__(rows, TOGETHER)


@lru_cache(maxsize=KEPT)
def _packed(kind: str, title: str, body: str, language: str, instruments: tuple[str, ...]) -> Packed:
    language = language or detected(f"{title}\n{body}")
    filtered_by = facets(kind=kind, state="", countries=(), instruments=instruments, languages=[language])
    described = describe((title, language), [(BODY, body, language)], filtered_by)
    weights, pages = described.weights, described.pages
    return Packed(language, pack_terms(weights), pack_columns(weights), pack_pages(pages))
