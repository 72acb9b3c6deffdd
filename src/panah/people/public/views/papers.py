"""To read and to pass on: files that societies publish, to be taken along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.csp import CSP
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.csp import csp_override

from panah.ground.kit.languages import DOOR
from panah.ground.kit.numbers import size
from panah.ground.kit.pages import download
from panah.people.materials import queries as materials_queries
from panah.people.materials.queries import Paper
from panah.people.public.frame import answer, door_page

# For whom, in the order in which it is offered. What is made for the page about offers is offered there.
FOR = {
    "travelling": gettext_lazy("For people who are about to travel"),
    "children": gettext_lazy("For children and young people"),
    "families": gettext_lazy("For families"),
    "returned": gettext_lazy("For people who came back"),
    "teachers": gettext_lazy("For teachers"),
    "employers": gettext_lazy("For employers"),
}
WHAT = {
    "leaflet": pgettext_lazy("a file", "Leaflet"),
    "poster": pgettext_lazy("a file", "Poster"),
    "booklet": pgettext_lazy("a file", "Booklet"),
    "picture": pgettext_lazy("a file", "Picture"),
    "sound": pgettext_lazy("a file", "Sound"),
    "text": pgettext_lazy("a file", "Text"),
}
CENTRAL_ASIAN = ("kk", "ky", "tg", "uz", "uz-cyrl", "tk")
# One language in two scripts.
SCRIPTS = {"uz": ("uz-cyrl",), "uz-cyrl": ("uz",)}
# A file is saved, never shown as a page of ours: nothing in it runs, loads or leads anywhere from here.
NOTHING_RUNS: dict[str, list[str]] = {"default-src": [CSP.NONE], "sandbox": [""]}


@dataclass(frozen=True)
class Line:
    """A file on the page: its title and the language of the title, and what is known before it is loaded."""

    title: str
    lang: str
    href: str
    what: str
    facts: list[str]
    languages: list[tuple[str, str]]


@door_page("GET")
def papers(request: HttpRequest) -> HttpResponse:
    """All files, those in the reader's language first; ``for`` narrows them to one kind of reader."""
    every, order = materials_queries.published(), languages_read(get_language() or "en")
    asked = request.GET.get("for", "")
    wanted = asked if asked in FOR else ""
    rows = [one for one in every if not wanted or {wanted, "everybody"} & set(one.audiences)]
    mine = [_line(row, order) for row in rows if order[0] in row.titles]
    others = [row for row in rows if order[0] not in row.titles]
    others.sort(
        key=lambda one: order.index(_language_of(one, order)) if _language_of(one, order) in order else 9
    )
    there = {audience for one in every for audience in one.audiences}
    return answer(
        request,
        "public/papers.html",
        mine=mine,
        others=[_line(other, order) for other in others],
        wanted=wanted,
        kinds=[(code, text) for code, text in FOR.items() if code in there],
    )


def languages_read(reader: str) -> tuple[str, ...]:
    """The languages in which somebody is likely to read, hers first: in Central Asia Russian before English."""
    regional = (*SCRIPTS.get(reader, ()), "ru") if reader in CENTRAL_ASIAN else ()
    return tuple(dict.fromkeys((reader, *regional, "en")))


def _language_of(one: Paper, order: tuple[str, ...]) -> str:
    """The language in which a file is named to a reader: "" for the first that it speaks."""
    return next((tag for tag in order if tag in one.titles), "")


def _line(one: Paper, order: tuple[str, ...]) -> Line:
    title, lang = one.title_in(_language_of(one, order))
    facts = [one.type.upper(), size(one.size)]
    if one.pages:
        facts.append(ngettext("%(num)s page", "%(num)s pages", one.pages) % {"num": one.pages})
    if one.seconds:
        facts.append(ngettext("%(num)s second", "%(num)s seconds", one.seconds) % {"num": one.seconds})
    spoken = [(tag, name) for tag, name in DOOR if tag in one.titles]
    href = reverse("public:paper", args=[one.pk])
    return Line(title, lang, href, str(WHAT.get(one.what, "")), facts, spoken)


def saved_alone[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """A view whose file is saved, never shown as a page of ours; what it answers instead is a page."""

    @wraps(view)
    def answered(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        if response.status_code != 200:
            return response
        response.headers["X-Content-Type-Options"] = "nosniff"
        return csp_override(NOTHING_RUNS)(lambda _request: response)(HttpRequest())

    return answered


@saved_alone
@door_page("GET")
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A file to be saved, byte by byte as two people published it; none where it is not."""
    found = materials_queries.file_of(pk)
    if found is None:
        raise Http404
    return download(found.body, name=found.name, kind=found.kind)
