"""Looking for documents, a page that was found with its words marked, and documents that are alike."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.languages import language_name
from panah.ground.kit.pages import page
from panah.ground.kit.sealed_addresses import sealed, unsealed
from panah.ground.network.words import country_name
from panah.programmes.diplomacy.instruments import instruments
from panah.programmes.library import queries
from panah.programmes.library.forms.search import SearchForm
from panah.programmes.library.practices import address_of
from panah.programmes.library.views.common import must_read
from panah.programmes.library.words import State

if TYPE_CHECKING:
    from panah.programmes.library.queries import Hit, Similar

RIGHT_TO_LEFT = ("ar", "fa", "ps", "ur")


@require_http_methods(["GET", "POST"])
def search(request: StaffRequest) -> HttpResponse:
    """The form, and what was found. Everything is posted, so that no address holds a word."""
    must_read(request)
    form = SearchForm(request.POST or None, reader_language=request.LANGUAGE_CODE)
    found = None
    first = _number(request.POST.get("first", ""))
    if form.is_bound and form.is_valid():
        words, exact = form.cleaned_data["words"], form.cleaned_data["exact"]
        found = queries.search(
            words, to=request.staff, filters=form.filters(), exact_script=exact, first=first
        )
    return page(
        request,
        "library/search.html",
        status=422 if form.errors else 200,
        form=form,
        narrowed=any(
            request.POST.get(name) for name in ("language", "kind", "country", "instrument", "state")
        ),
        found=found,
        rows=[(hit, _open(hit, form), direction(hit.language)) for hit in found.hits] if found else [],
        first=first,
        next_first=first + queries.A_PAGE,
        language_name=lambda tag: language_name(tag, request.LANGUAGE_CODE),
        State=State,
    )


def _open(hit: Hit, form: SearchForm) -> str:
    """Where a hit leads: to its page with the words marked, or to the document where the title alone holds them."""
    if hit.text is not None:
        return address_of(hit.text.kind, hit.text.pk, told=hit.text.told_on is not None)
    if hit.document is None:
        raise TypeError("a hit is a document or a text")
    if not hit.page:
        return reverse("library:document", args=[hit.document.number])
    told = json.dumps([form.cleaned_data["words"], form.cleaned_data["exact"]], ensure_ascii=False)
    there = reverse("library:found", args=[hit.document.number, hit.page])
    return f"{there}?{urlencode({'words': sealed(told)})}"


@require_safe
def found(request: StaffRequest, number: str, at: int) -> HttpResponse:
    """A page of a document with the words marked that were looked for; they stand in the address sealed."""
    must_read(request)
    document = queries.document_or_404(number, to=request.staff)
    words, exact = _asked(request.GET.get("words", ""))
    shown = queries.marked_page(document, at, words, to=request.staff, exact_script=exact)
    if shown is None:
        raise Http404
    told = request.GET.get("words", "")
    return page(
        request,
        "library/found.html",
        document=document,
        shown=shown,
        at=at,
        others=[
            (one, f"{reverse('library:found', args=[number, one])}?{urlencode({'words': told})}")
            for one in shown.pages
        ],
        direction=direction(shown.language),
        language=language_name(shown.language, request.LANGUAGE_CODE),
        State=State,
    )


def _asked(told: str) -> tuple[str, bool]:
    try:
        words, exact = json.loads(unsealed(told) or '["", false]')
    except (TypeError, ValueError):
        # Another page's sealed words stand there.
        return "", False
    return str(words), bool(exact)


@require_safe
def similar(request: StaffRequest, number: str) -> HttpResponse:
    """Documents that are like one, each with why."""
    must_read(request)
    document = queries.document_or_404(number, to=request.staff)
    return page(
        request,
        "library/similar.html",
        block="like",
        document=document,
        rows=[(one, why(one, request.LANGUAGE_CODE)) for one in queries.similar(document, to=request.staff)],
        language_name=lambda tag: language_name(tag, request.LANGUAGE_CODE),
        State=State,
    )


def why(one: Similar, language: str) -> list[str]:
    """Say why a document is like another, in sentences for the reader."""
    told = []
    known = instruments()
    if one.terms:
        told.append(_("shared words: %(words)s") % {"words": ", ".join(one.terms)})
    for slug in one.instruments:
        title = known[slug].title if slug in known else slug
        told.append(_("the same treaty or law: %(title)s") % {"title": title})
    names = [country_name(code.upper(), language) for code in one.countries]
    if one.is_corridor:
        told.append(_("the same route: %(first)s and %(second)s") % {"first": names[0], "second": names[1]})
    elif names:
        told.append(_("the same countries: %(names)s") % {"names": ", ".join(names)})
    if one.other_language:
        told.append(_("in another language: found by names, treaties and words that sound alike"))
    return told


def direction(language: str) -> str:
    return "rtl" if language in RIGHT_TO_LEFT else "auto"


def _number(typed: str) -> int:
    return min(int(typed), 10_000) if typed.isdecimal() and len(typed) < 6 else 0
