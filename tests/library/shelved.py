"""Documents put into the library for tests of the search, as if they had been read."""

from __future__ import annotations

from django.utils import timezone

from panah.programmes.library import actions as library
from panah.programmes.library.models import Document, Page, Version
from panah.programmes.library.words import ReadBy, Reading


def put(by, title, text="", *, language="en", visibility="network", kind="report", waits=False, **more):
    """A document of the society of ``by``; ``text``: a string, or a page each. Indexed unless it ``waits``."""
    day = timezone.localdate()
    document = Document.objects.create(
        society=by.society,
        title=title,
        title_language=language,
        kind=kind,
        visibility=visibility,
        source="written for the tests",
        brought_by=by,
        added_on=day,
        edited_at=timezone.now(),
        **more,
    )
    version = Version.objects.create(
        document=document,
        number=1,
        file_name="a.pdf",
        media_type="pdf",
        size=1,
        sha256="0" * 64,
        state=Reading.READ,
        brought_by=by,
        added_on=day,
    )
    pages = [text] if isinstance(text, str) else text
    for number, one in enumerate(pages, 1):
        Page.objects.create(
            version=version, number=number, text=one, language=language, read_by=ReadBy.TEXT_LAYER
        )
    document.current = version
    document.save(update_fields=["current"])
    library.index_document(document)
    if not waits:
        library.index_waiting(at=timezone.now())
    return document
