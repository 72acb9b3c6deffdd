"""The one document that is delivered with Panah: the presentation it was made after, with its page's own list.

It is data with its source (`data/source.toml`), unchanged, the one text of the project that is not in our own words.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from panah.ground.foundation import delivered

FILE = Path(__file__).parent / "data" / "source.toml"


@dataclass(frozen=True)
class Quotation:
    """A sentence of the document, word for word; ``provision``: ``instrument/id`` of diplomacy."""

    provision: str
    page: int
    words: str


@dataclass(frozen=True)
class Source:
    """The document as its public page shows it. ``pages``: a slide each; ``similar``: the page's own list."""

    title: str
    title_language: str
    kind: str
    source: str
    source_link: str
    licence: str
    countries: tuple[str, ...]
    instruments: tuple[str, ...]
    quotations: tuple[Quotation, ...]
    similar: tuple[str, ...]
    pages: tuple[str, ...]
    published_on: date | None = None

    @property
    def file(self) -> bytes:
        """The transcription as a plain text; a form feed begins a slide."""
        return "\f".join(self.pages).encode()

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.file).hexdigest()


@cache
def source() -> Source:
    """Return the delivered document."""
    found = delivered.load(Source, FILE)
    return replace(found, pages=tuple(page.strip() for page in found.pages))


def said_by_its_page(sha256: str) -> Source | None:
    """Return what the public page says of a file, for the one file that there is such a page of."""
    return source() if sha256 == source().sha256 else None
