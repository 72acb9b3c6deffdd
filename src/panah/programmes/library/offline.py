"""A collection as one ZIP that is read without a line: an index, and each document as it came and as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from django.utils.translation import gettext as _

from panah.ground.foundation.errors import Refusal
from panah.ground.kit.dates import on_paper
from panah.ground.kit.offline_zip import MOST, offline_page, zipped
from panah.programmes.library.citation import citation
from panah.programmes.library.models import Collection, Document, Version
from panah.programmes.library.queries import pages_of, pieces
from panah.programmes.library.rules import files


def as_zip(collection: Collection, documents: Iterable[Document], *, language: str) -> Iterator[bytes]:
    """Return the ZIP piece by piece; refuses what is larger than 200 MB. The day in it is always the same."""
    rows = [one for one in documents if one.current is not None and one.current.is_handed_out]
    if sum(one.current.size for one in rows if one.current) > MOST:
        raise Refusal(
            _("These files have more than 200 MB together."),
            next_step=_("Make two collections of it."),
            code="too-large",
        )
    return zipped(_entries(collection, rows, language))


def _entries(
    collection: Collection, rows: list[Document], language: str
) -> Iterator[tuple[str, Iterable[bytes]]]:
    yield "index.html", [_index(collection, rows, language)]
    for one in rows:
        yield f"{one.number}.html", [_text_of(one, language)]
        yield original_name(one), pieces(one.current)  # type: ignore[arg-type]


def original_name(document: Document) -> str:
    assert document.current is not None  # noqa: S101  rows without a file are left out
    return f"files/{document.number}.{ending_of(document.current)}"


def ending_of(version: Version) -> str:
    """Return how the name of a file in a ZIP ends: a page that came from outside runs nowhere and asks for nothing."""
    ending = files.ACCEPTED[version.media_type][1]
    return f"{ending}.txt" if ending == "html" else ending


def _index(collection: Collection, rows: list[Document], language: str) -> bytes:
    items = "".join(
        f'<li><h2><a href="{one.number}.html">{escape(one.title)}</a></h2>{_state(one)}'
        f"<p>{escape(citation(one))}</p>"
        f'<p><a href="{original_name(one)}">{escape(_("The file as it came"))}</a></p></li>'
        for one in rows
    )
    made = _("Put together on %(day)s.") % {"day": on_paper(collection.made_on)}
    body = f"<h1>{escape(collection.title)}</h1><p>{escape(collection.about)}</p><p>{escape(made)}</p><ol>{items}</ol>"
    return offline_page(collection.title, body, language)


def _state(document: Document) -> str:
    if document.state == "in_force":
        return ""
    return f'<p class="old">{escape(document.get_state_display())} {escape(document.state_reason)}</p>'


def _text_of(document: Document, language: str) -> bytes:
    pages = pages_of(document.current, around=1, shown=5000) if document.current else []
    body = "".join(
        f"<section><h2>{escape(_('Page %(number)s') % {'number': one.number})}</h2>"
        f'<pre lang="{escape(one.language)}" dir="auto">{escape(one.text)}</pre></section>'
        for one in pages
    )
    back = f'<p><a href="index.html">{escape(_("Back to the list"))}</a></p>'
    head = f"<h1>{escape(document.title)}</h1>{_state(document)}<p>{escape(citation(document))}</p>"
    return offline_page(document.title, back + head + body, language)
