"""Pages of a PDF: the text in the file, or a picture where it is not believed. By PDFium; no script in it runs."""

from __future__ import annotations

from collections.abc import Collection

import pypdfium2

from panah.programmes.library.reading.parts import MOST_PAGES, Cannot, Line, Pages, line
from panah.programmes.library.reading.pictures import DPI, MOST_PIXELS, without_grain
from panah.programmes.library.rules.text_layer import NO_TEXT, distrusted


def pages(body: bytearray, *, skip: Collection[int], draw: Collection[int] | None) -> Pages:
    """Yield pages; ``draw``: of these a picture whatever their text is like, None: only where it is not believed."""
    content = bytes(body)
    body.clear()
    try:
        book = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as wrong:
        raise Cannot("locked" if "password" in str(wrong).lower() else "damaged") from None
    total = len(book)
    if not 1 <= total <= MOST_PAGES:
        raise Cannot("nothing" if not total else "too-large")
    for number in range(1, total + 1):
        if number not in skip:
            yield _page(book, number, total, drawn=draw is not None and number in draw)


def _page(book: pypdfium2.PdfDocument, number: int, total: int, *, drawn: bool) -> tuple[Line, bytes]:
    try:
        page = book[number - 1]
        text = page.get_textpage().get_text_bounded()
        reason = "asked" if drawn else distrusted(text)
        if reason == NO_TEXT and not any(True for _one in page.get_objects(max_depth=2)):
            return line(number, total, "", "empty"), b""
        if not reason:
            return line(number, total, text), b""
        width, height = page.get_size()
        if not (width > 0 and height > 0):
            return line(number, total, "", "damaged"), b""
        scale = min(DPI / 72, (MOST_PIXELS / (width * height)) ** 0.5)
        picture = without_grain(page.render(scale=scale, grayscale=True).to_pil().convert("L"))
    except pypdfium2.PdfiumError:
        return line(number, total, "", "damaged"), b""
    said = line(number, total, text, reason, width=picture.width, height=picture.height)
    return said, picture.tobytes()
