"""The list of documents, one of them, its pages as text and its files."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import page
from panah.ground.kit.streams import streamed
from panah.programmes.diplomacy import permissions as diplomacy_permissions
from panah.programmes.library import actions, permissions, queries
from panah.programmes.library.beside import figures_in
from panah.programmes.library.citation import citation
from panah.programmes.library.forms.documents import (
    country_choices,
    instrument_choices,
    language_choices,
    name_of_language,
)
from panah.programmes.library.models import Version
from panah.programmes.library.rules import files
from panah.programmes.library.sentences import PAGES, UNREADABLE
from panah.programmes.library.views.common import must_read
from panah.programmes.library.words import Kind, Reading, Visibility

SHOWN = 10
# Pages of which more than a tenth were not recognised have their language looked at by somebody.
TURKMEN = ("tk", "tk-cyrl")


@require_safe
def listed(request: StaffRequest) -> HttpResponse:
    """Documents that she may find, the newest first, narrowed by what they are."""
    must_read(request)
    offered: dict[str, tuple[str, list[tuple[str, str]]]] = {
        "kind": (_("Kind"), _words(Kind.choices)),
        "visibility": (_("Who finds it"), _words(Visibility.choices)),
        "language": (_("Language"), language_choices()[1:]),
        "country": (_("Country"), country_choices()),
        "instrument": (_("Instrument"), instrument_choices()),
    }
    asked = {name: request.GET.get(name, "") for name in offered}
    chosen = {
        name: value
        for name, value in asked.items()
        if value in {str(key) for key, _label in offered[name][1]}
    }
    filters = queries.Filters(**chosen, own="own" in request.GET, old="old" in request.GET)
    rows, after = queries.page_of(request.staff, filters, request.GET.get("after", ""))
    return page(
        request,
        "library/list.html",
        rows=rows,
        older=_older(request.GET, after),
        offered=offered,
        chosen=chosen,
        own=filters.own,
        old=filters.old,
        brings=permissions.brings(request.staff),
        language_of=name_of_language,
    )


def _words(choices: Iterable[tuple[object, object]]) -> list[tuple[str, str]]:
    return [(str(code), str(label)) for code, label in choices]


def _older(asked: QueryDict, after: str) -> str:
    if not after:
        return ""
    more = asked.copy()
    more["after"] = after
    return f"{reverse('library:list')}?{more.urlencode()}"


@require_safe
def document(request: StaffRequest, number: str) -> HttpResponse:
    """One document with what is said of it, how far the reading is, its first pages, links, and what is like it."""
    row = queries.document_or_404(number, to=request.staff)
    version = row.current
    keeps = permissions.keeps(request.staff, row)
    own = row.society_id == request.staff.society_id
    newer = row.replaced_by
    if newer is not None:
        newer = queries.numbered(newer.number, to=request.staff)
    return page(
        request,
        "library/document.html",
        row=row,
        version=version,
        versions=queries.versions_of(row),
        pages=queries.pages_of(version, around=1, shown=SHOWN) if version else [],
        progress=_progress(version),
        newer=newer,
        keeps=keeps,
        collects=permissions.brings(request.staff),
        readers=queries.readers_of(row) if own and not row.is_open else [],
        near=queries.near_of(version, to=request.staff) if version else [],
        same_title=queries.same_title(row, to=request.staff),
        links=queries.links_of(row, to=request.staff),
        reads_instruments=diplomacy_permissions.reads(request.staff),
        figures=figures_in(version.sha256, to=request.staff) if version else [],
        own_words=queries.said_by_page(version, to=request.staff),
        citation=citation(row, request.LANGUAGE_CODE),
        countries=[name for code, name in country_choices() if code in row.countries],
        instruments=[name for key, name in instrument_choices() if key in row.instruments],
        languages=sorted({name_of_language(tag) for tag in queries.languages_of(version)}),
        unknown=queries.pages_without_language(version),
        shown=SHOWN,
        sentences=PAGES,
        language_of=name_of_language,
        turkmen=TURKMEN,
    )


def _progress(version: Version | None) -> dict[str, object] | None:
    """Return what is said of the reading, None once all is read and well."""
    if version is None or version.state == Reading.READ:
        return None
    sentence, next_step = UNREADABLE.get(version.reason, ("", ""))
    return {
        "failed": version.state == Reading.UNREADABLE,
        "sentence": sentence,
        "next_step": next_step,
        "read": version.pages_read,
        "total": version.pages_total,
    }


@require_safe
def progress(request: StaffRequest, number: str) -> HttpResponse:
    """How far the reading is, for a page that stays open."""
    row = queries.document_or_404(number, to=request.staff)
    return page(request, "library/progress.html", row=row, progress=_progress(row.current))


@require_safe
def pages(request: StaffRequest, number: str, version: int, first: int) -> HttpResponse:
    """Ten pages of one version as text."""
    row = queries.document_or_404(number, to=request.staff)
    one = queries.version_or_404(row, version)
    first = max(1, first)
    return page(
        request,
        "library/pages.html",
        row=row,
        version=one,
        pages=queries.pages_of(one, around=first, shown=SHOWN),
        first=first,
        keeps=permissions.keeps(request.staff, row),
        progress=_progress(one),
        shown=SHOWN,
        sentences=PAGES,
        language_of=name_of_language,
        turkmen=TURKMEN,
    )


@require_safe
def file(request: StaffRequest, number: str, version: int) -> HttpResponseBase:
    """A file as it came, to be saved: never shown by the browser, and called after nothing that stands in it."""
    row = queries.document_or_404(number, to=request.staff)
    one, body = queries.original_of(row, version)
    if not (one.is_handed_out or permissions.keeps(request.staff, row)):
        raise Http404
    kind, ending = files.ACCEPTED.get(one.media_type, ("application/octet-stream", "bin"))
    name = f"library-{row.number}-{one.number}.{ending}"
    answer = streamed(
        body, society=request.staff.society_id, language=request.LANGUAGE_CODE, name=name, kind=kind
    )
    answer["Content-Length"] = str(one.size)
    actions.record_taken(document=row, by=request.staff, at=timezone.now())
    return answer
