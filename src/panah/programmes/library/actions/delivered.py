"""Documents whose text is known already: the one that is delivered with Panah, and those of a practice node."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from django.core.files import File
from django.db import transaction

from panah.programmes.library.actions.documents import bring
from panah.programmes.library.actions.index import index_document
from panah.programmes.library.actions.links import link
from panah.programmes.library.actions.reading import keep_sketch
from panah.programmes.library.delivered import source
from panah.programmes.library.models import Document, Page, Version
from panah.programmes.library.queries.delivered import NAME
from panah.programmes.library.rules.described import Facts
from panah.programmes.library.words import LinkKind, ReadBy, Reading, Visibility

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@dataclass(frozen=True)
class Known:
    """A page whose text and language (a tag of ``rules.languages``) are known."""

    text: str
    language: str


@transaction.atomic
def bring_read(
    *, name: str, body: bytes, facts: Facts, pages: Sequence[Known], by: Staff, at: datetime
) -> Document:
    """Keep a file together with the text of its pages: nothing is left for the worker to read."""
    row = bring(file=File(BytesIO(body), name), facts=facts, by=by, at=at)
    version = row.current
    assert version is not None  # noqa: S101  it was brought just now
    Page.objects.bulk_create(
        Page(
            version=version,
            number=number,
            text=page.text,
            language=page.language,
            read_by=ReadBy.TEXT_LAYER if page.text else ReadBy.NOTHING,
        )
        for number, page in enumerate(pages, 1)
    )
    version.state, version.pages_total, version.pages_read = Reading.READ, len(pages), len(pages)
    version.save(update_fields=["state", "pages_total", "pages_read"])
    keep_sketch(version, "\n".join(page.text for page in pages))
    index_document(row)
    return row


@transaction.atomic
def bring_source(*, by: Staff, at: datetime) -> Document:
    """Bring the presentation that Panah was made after, joined to the provisions that it names; once is enough."""
    given = source()
    there = Version.objects.filter(sha256=given.sha256, document__in=Document.objects.visible(to=by))
    if (version := there.select_related("document").first()) is not None:
        found: Document = version.document
        return found
    row = bring_read(
        name=NAME,
        body=given.file,
        facts=Facts(
            title=given.title,
            title_language=given.title_language,
            kind=given.kind,
            visibility=Visibility.PUBLIC,
            source=given.source,
            source_link=given.source_link,
            licence=given.licence,
            published_on=given.published_on,
            countries=list(given.countries),
            instruments=list(given.instruments),
        ),
        pages=[Known(text, given.title_language) for text in given.pages],
        by=by,
        at=at,
    )
    for key in dict.fromkeys(one.provision for one in given.quotations):
        link(document=row, kind=LinkKind.PROVISION, key=key, by=by, at=at)
    return row
