"""Documents as their readers find them. What is confidential does not exist for anybody who is not named in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from panah.ground.foundation.ids import read_number
from panah.ground.foundation.paging import page_by_day
from panah.ground.kit.beside import Beside
from panah.programmes.diplomacy.instruments import Instrument, Provision, provisions
from panah.programmes.library.models import Band, Document, Link, Page, Piece, Sketch, Upload, Version
from panah.programmes.library.practices import PracticeLink, practices
from panah.programmes.library.rules import near
from panah.programmes.library.words import LinkKind, State

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

MOST_BESIDE = 300


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; "" for all. ``own``: of her society alone. ``old``: also what is not in force."""

    kind: str = ""
    visibility: str = ""
    language: str = ""
    country: str = ""
    instrument: str = ""
    own: bool = False
    old: bool = False


def documents_for(reader: Staff, filters: Filters | None = None) -> QuerySet[Document]:
    """Return what a colleague finds: a queryset, the newest first; confidential ones only where she is named."""
    asked = filters or Filters()
    rows: QuerySet[Document] = Document.objects.visible(to=reader).select_related("society", "current")
    for field in ("kind", "visibility"):
        if value := getattr(asked, field):
            rows = rows.filter(**{field: value})
    if asked.language:
        rows = rows.filter(title_language=asked.language)
    # Lists of short codes: what stands in one is in quotes, so that no code is a part of another.
    if asked.country:
        rows = rows.filter(countries__icontains=f'"{asked.country}"')
    if asked.instrument:
        rows = rows.filter(instruments__icontains=f'"{asked.instrument}"')
    if asked.own:
        rows = rows.filter(society=reader.society_id)
    if not asked.old:
        rows = rows.filter(state=State.IN_FORCE)
    return rows


def page_of(reader: Staff, filters: Filters, after: str = "") -> tuple[list[Document], str]:
    """Return thirty documents and what the next page is asked for with; one query."""
    return page_by_day(documents_for(reader, filters), "added_on", after)


def numbered(number: str, *, to: Staff) -> Document | None:
    """Return the document with this number as somebody typed it, if she may know of it."""
    written = read_number(number)
    found: Document | None = (
        Document.objects.visible(to=to).filter(number=written).first() if written else None
    )
    return found


def named_by(typed: Sequence[str], to: Staff) -> dict[str, Beside]:
    """Return, for each text that is the number of a document she may know of, that document; one query."""
    numbers = {text: written for text in typed if (written := read_number(text))}
    rows = (
        Document.objects.visible(to=to).filter(number__in=numbers.values())
        if numbers
        else Document.objects.none()
    )
    titles = {row.number: row.title for row in rows}
    return {
        text: Beside(titles[number], reverse("library:document", args=[number]))
        for text, number in numbers.items()
        if number in titles
    }


def document_or_404(number: str, *, to: Staff) -> Document:
    rows = Document.objects.visible(to=to).select_related("society", "current", "replaced_by")
    found: Document = get_object_or_404(rows, number=number)
    return found


def version_or_404(document: Document, number: int) -> Version:
    """A version of a document that the asker was let to."""
    found: Version = get_object_or_404(document.versions.select_related("document"), number=number)
    return found


def versions_of(document: Document) -> list[Version]:
    return list(document.versions.all())


def pages_of(version: Version, *, around: int, shown: int = 10) -> list[Page]:
    """Return some pages of a version, ten from ``around``."""
    return list(version.pages.filter(number__gte=around)[:shown])


def original_of(document: Document, number: int) -> tuple[Version, Iterator[bytes]]:
    """Return a version and its file, piece by piece, for whoever was let to the document."""
    version = version_or_404(document, number)
    return version, pieces(version)


def pieces(version: Version) -> Iterator[bytes]:
    """Yield a file in pieces of a mebibyte; one lies in memory at a time."""
    for number in range(-(-version.size // (1024 * 1024))):
        yield bytes(Piece.objects.values_list("data", flat=True).get(version=version, number=number))


def readers_of(document: Document) -> list[str]:
    """Return the names of those who read it while it is confidential."""
    return list(document.named.select_related("staff").values_list("staff__name", flat=True))


def again_named(document: Document) -> list[str]:
    """Return the ids of those who are named, as a form has them."""
    return [str(one) for one in document.named.values_list("staff", flat=True)]


@dataclass(frozen=True)
class Found:
    """A document that says nearly the same: how much of it, from 0 to 1."""

    document: Document
    share: float


def near_of(version: Version, *, to: Staff) -> list[Found]:
    """Return documents that say nearly the same as this version, as far as she may know of them; three queries."""
    own = Sketch.objects.filter(version=version).values_list("numbers", flat=True).first()
    if not own:
        return []
    bands = Band.objects.filter(version=version).values("value")
    sharing = Band.objects.filter(value__in=bands).values("version")
    others = Document.objects.visible(to=to).exclude(pk=version.document_id)
    rows = Sketch.objects.filter(version__in=sharing, version__document__in=others)
    best: dict[UUID, Found] = {}
    for row in rows.select_related("version__document")[:200]:
        share, other = near.alike(own, row.numbers), row.version.document
        if share >= near.NEARLY and (other.pk not in best or best[other.pk].share < share):
            best[other.pk] = Found(other, share)
    return sorted(best.values(), key=lambda one: (-one.share, one.document.number))


def same_title(document: Document, *, to: Staff) -> list[Document]:
    """Return other documents with exactly this title, as far as she may know of them."""
    rows = Document.objects.visible(to=to).exclude(pk=document.pk)
    return list(rows.filter(title=document.title)[:5])


@dataclass(frozen=True)
class Links:
    """What a document is linked with, as far as the reader may know of it."""

    provisions: list[tuple[Link, Instrument, Provision]]
    practices: list[tuple[Link, PracticeLink]]
    documents: list[Link]
    from_others: list[Link]


def links_of(document: Document, *, to: Staff) -> Links:
    """Return the links of a document and those that lead to it; three queries."""
    rows = list(document.links.select_related("other"))
    seen = set(
        Document.objects.visible(to=to)
        .filter(pk__in=[row.other_id for row in rows if row.other_id])
        .values_list("pk", flat=True)
    )
    known, there = provisions(), practices(to=to)
    from_others = document.linked.filter(document__in=Document.objects.visible(to=to)).select_related(
        "document"
    )
    return Links(
        [(row, *known[row.key]) for row in rows if row.kind == LinkKind.PROVISION and row.key in known],
        [(row, there[row.key]) for row in rows if row.kind == LinkKind.PRACTICE and row.key in there],
        [row for row in rows if row.other_id in seen],
        list(from_others),
    )


def beside_provisions(reader: Staff) -> dict[str, list[Beside]]:
    """Return the documents in force that are about each provision, as far as she may know of them; one query."""
    rows = Link.objects.filter(
        kind=LinkKind.PROVISION, document__in=Document.objects.visible(to=reader).filter(state=State.IN_FORCE)
    )
    found: dict[str, list[Beside]] = {}
    for one in rows.select_related("document").order_by("document__title")[:MOST_BESIDE]:
        address = reverse("library:document", args=[one.document.number])
        found.setdefault(one.key, []).append(
            Beside(one.document.title, address, one.document.get_kind_display())
        )
    return found


def own_upload(pk: UUID, *, of: Staff) -> Upload | None:
    """Return a file that she began to bring."""
    found: Upload | None = Upload.objects.filter(pk=pk, by=of).first()
    return found


def languages_of(version: Version | None) -> list[str]:
    """Return the tags of the languages that its pages are in."""
    if version is None:
        return []
    rows = version.pages.exclude(language="").order_by().values_list("language", flat=True)
    return list(rows.distinct())


def pages_without_language(version: Version | None) -> list[int]:
    """Return the first pages with a text whose language nobody knows: somebody should choose."""
    if version is None:
        return []
    return list(version.pages.filter(language="").exclude(text="").values_list("number", flat=True)[:20])


def page_or_404(version: Version, number: int) -> Page:
    found: Page = get_object_or_404(version.pages.select_related("version__document"), number=number)
    return found


def documents_with(hashes: Collection[str], *, to: Staff) -> dict[str, list[Beside]]:
    """Return, for the hash of a file, the documents she may find that have it as their current version; one query."""
    rows = Document.objects.visible(to=to).filter(current__sha256__in=hashes)
    found: dict[str, list[Beside]] = {}
    for number, title, sha256 in rows.values_list("number", "title", "current__sha256"):
        found.setdefault(sha256, []).append(Beside(title, reverse("library:document", args=[number])))
    return found
