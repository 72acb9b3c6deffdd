"""What readers of all types share: why not, how a text without pages is cut, what a page looks like on its way."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import TypedDict

# Letters of a page of a text that has none of its own.
LETTERS = 3000
MOST_LETTERS = 200_000
MOST_PAGES = 5000
# Letters of all pages of one file together: a small file can say one long text on each of its pages.
MOST_TEXT = 20_000_000
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\n{3,}")


class Line(TypedDict):
    """A page on its way: its text, why that is not believed, and the size of its picture in pixels, 0 without one."""

    page: int
    total: int
    text: str
    reason: str
    width: int
    height: int


class Asked(TypedDict):
    """What a reader is asked: type and bytes of the file, pages to leave out, pages to draw whatever they say."""

    type: str
    size: int
    skip: list[int]
    draw: list[int] | None


# Pages with their grey pixels, b"" where the text is enough.
type Pages = Iterator[tuple[Line, bytes]]


class Cannot(Exception):
    """Why a file is not read: a code of ``sentences.UNREADABLE``."""


def tidy(text: str) -> str:
    """Return a text without what no page shows: carriage returns, runs of spaces, soft hyphens at a line's end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").replace("\u00ad\n", "")
    text = text.replace("\x02\n", "").replace("\ufffe\n", "")
    return _LINES.sub("\n\n", _SPACES.sub(" ", text)).strip()[:MOST_LETTERS]


def line(number: int, total: int, text: str, reason: str = "", *, width: int = 0, height: int = 0) -> Line:
    return {
        "page": number,
        "total": total,
        "text": tidy(text),
        "reason": reason,
        "width": width,
        "height": height,
    }


def cut(blocks: Iterable[str]) -> list[str]:
    """Return pages of about ``LETTERS`` letters, cut between paragraphs; a form feed alone begins a page."""
    pages: list[list[str]] = [[]]
    length = 0
    for block in blocks:
        if block == "\f" or (length and length + len(block) > LETTERS):
            pages.append([])
            length = 0
        if block != "\f":
            pages[-1].append(block)
            length += len(block)
        if len(pages) > MOST_PAGES:
            raise Cannot("too-large")
    found = ["\n".join(page).strip() for page in pages]
    return [page for page in found if page]


def numbered(texts: list[str], skip: Collection[int]) -> Pages:
    """Yield the pages of a text that was read as a whole."""
    if not texts:
        raise Cannot("nothing")
    for number, text in enumerate(texts, 1):
        if number not in skip:
            yield line(number, len(texts), text), b""
