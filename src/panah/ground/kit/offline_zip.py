"""Files with a page about them as one ZIP that is read without a line."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from html import escape

from django.utils.translation import get_language_bidi

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


def zipped(entries: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """Yield a ZIP of (name, pieces) piece by piece. The day in it is always the same."""
    out = _Passing()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:  # type: ignore[call-overload]
        for name, pieces in entries:
            with packed.open(name, "w") as file:
                for piece in pieces:
                    file.write(piece)
                    yield out.taken()
    yield out.taken()


def offline_page(title: str, body: str, language: str) -> bytes:
    """Return a page that asks for nothing; ``body`` is HTML, in which what people wrote is escaped already."""
    way = "rtl" if get_language_bidi() else "ltr"
    return (
        f'<!doctype html><html lang="{escape(language)}" dir="{way}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        # What lies in a document runs nowhere: all of it is text here.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main>{body}</main></body></html>"
    ).encode()
