"""A collection as one ZIP that is read without a line: an index, and each document as it came and as text."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from html import escape

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from panah.foundation.errors import Refusal
from panah.kit.dates import on_paper
from panah.library.citation import citation
from panah.library.models import Collection, Document
from panah.library.queries import pages_of, pieces
from panah.library.rules import files

# Bytes of all files together.
MOST = 200 * 1024 * 1024
# Plain enough for any browser, without anything from elsewhere.
STYLE = (
    "body{font:1.05rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}"
    "pre{white-space:pre-wrap;font:inherit}.old{font-weight:700}@media(prefers-color-scheme:dark)"
    "{body{background:#111;color:#eee}a{color:#9cf}}"
)


class _Passing:
    """What is written into it is taken on at once: a ZIP that never lies anywhere whole."""

    def __init__(self) -> None:
        self.written: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.written.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""

    def taken(self) -> bytes:
        found, self.written = b"".join(self.written), []
        return found


def as_zip(collection: Collection, documents: Iterable[Document], *, language: str) -> Iterator[bytes]:
    """Return the ZIP piece by piece; refuses what is larger than 200 MB. The day in it is always the same."""
    rows = [one for one in documents if one.current is not None and one.current.is_handed_out]
    if sum(one.current.size for one in rows if one.current) > MOST:
        raise Refusal(
            _("These files have more than 200 MB together."),
            next_step=_("Make two collections of it."),
            code="too-large",
        )
    return _packed(collection, rows, language)


def _packed(collection: Collection, rows: list[Document], language: str) -> Iterator[bytes]:
    out = _Passing()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:  # type: ignore[call-overload]
        packed.writestr("index.html", _index(collection, rows, language))
        for one in rows:
            packed.writestr(f"{one.number}.html", _text_of(one, language))
            with packed.open(original_name(one), "w") as file:
                for piece in pieces(one.current):  # type: ignore[arg-type]
                    file.write(piece)
                    yield out.taken()
    yield out.taken()


def original_name(document: Document) -> str:
    assert document.current is not None  # noqa: S101  rows without a file are left out
    ending = files.ACCEPTED[document.current.media_type][1]
    # A page that came from outside would run and ask for things beside where the ZIP is read: as text it does neither.
    return f"files/{document.number}.{ending}{'.txt' if ending == 'html' else ''}"


def _page(title: str, body: str, language: str) -> str:
    way = "rtl" if get_language_bidi() else "ltr"
    return (
        f'<!doctype html><html lang="{escape(language)}" dir="{way}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        # What lies in a document runs nowhere: all of it is text here.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main>{body}</main></body></html>"
    )


def _index(collection: Collection, rows: list[Document], language: str) -> str:
    items = "".join(
        f'<li><h2><a href="{one.number}.html">{escape(one.title)}</a></h2>{_state(one)}'
        f"<p>{escape(citation(one))}</p>"
        f'<p><a href="{original_name(one)}">{escape(_("The file as it came"))}</a></p></li>'
        for one in rows
    )
    made = _("Put together on %(day)s.") % {"day": on_paper(collection.made_on)}
    body = f"<h1>{escape(collection.title)}</h1><p>{escape(collection.about)}</p><p>{escape(made)}</p><ol>{items}</ol>"
    return _page(collection.title, body, language)


def _state(document: Document) -> str:
    if document.state == "in_force":
        return ""
    return f'<p class="old">{escape(document.get_state_display())} {escape(document.state_reason)}</p>'


def _text_of(document: Document, language: str) -> str:
    pages = pages_of(document.current, around=1, shown=5000) if document.current else []
    body = "".join(
        f"<section><h2>{escape(_('Page %(number)s') % {'number': one.number})}</h2>"
        f'<pre lang="{escape(one.language)}" dir="auto">{escape(one.text)}</pre></section>'
        for one in pages
    )
    back = f'<p><a href="index.html">{escape(_("Back to the list"))}</a></p>'
    head = f"<h1>{escape(document.title)}</h1>{_state(document)}<p>{escape(citation(document))}</p>"
    return _page(document.title, back + head + body, language)
