"""The frame of the public door: no sign-in, no cookie, no word about what it is for in title, address or icon.

A view of the door is decorated with ``door_page`` and answers with ``answer``. The language is asked for with ``?in=``,
else the browser's; ``door_url`` carries it on. A form goes back to the page it is on. What comes from another site is
refused: there is no cookie that such a form could use, but a page elsewhere must not write in somebody's name.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csp import csp_override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from panah.ground.foundation.errors import Refusal
from panah.ground.kit.jinja import url_or_nothing
from panah.ground.kit.languages import DOOR, language_of_reader
from panah.ground.kit.pages import page
from panah.people.page_texts import queries as page_texts_queries

DOOR_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "blob:"],
    "media-src": [CSP.SELF, "blob:"],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
# On pages where a voice can be recorded, and on no other of the node.
VOICE = "camera=(), geolocation=(), microphone=(self), payment=(), usb=(), browsing-topics=()"
# And where a place can be told, by a tap alone: while a message is written.
VOICE_AND_PLACE = VOICE.replace("geolocation=()", "geolocation=(self)")
# What every page leads to, as far as it is there.
WAYS = (
    ("first", gettext_lazy("Get help now")),
    ("check", gettext_lazy("Is this offer safe?")),
    ("write", gettext_lazy("Write to us")),
    ("answer", gettext_lazy("I have written already")),
    ("places", gettext_lazy("Help near you")),
    ("papers", gettext_lazy("To read and to pass on")),
)

type DoorView[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]


def door_page[**P](*methods: str) -> Callable[[DoorView[P]], DoorView[P]]:
    """A page of the public door: nobody is signed in, nothing is set, a form is taken from our own pages alone."""

    def decorated(view: DoorView[P]) -> DoorView[P]:
        @login_not_required
        @csrf_exempt  # No cookie says who somebody is: there is nothing that another site could use. See _own.
        @csp_override(DOOR_CSP)
        @require_http_methods(list(methods or ("GET",)))
        @wraps(view)
        def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            language = language_of_reader(request, DOOR)
            with translation.override(language), page_texts_queries.corrected(language):
                response = _answered(view, request, *args, **kwargs)
            response.headers["Referrer-Policy"] = "same-origin"
            # What is asked for with GET and without a cookie holds nothing that only one reader may know.
            response.may_be_compressed = request.method == "GET"  # type: ignore[attr-defined]
            return response

        return answered

    return decorated


def _answered[**P](
    view: DoorView[P], request: HttpRequest, *args: P.args, **kwargs: P.kwargs
) -> HttpResponse:
    """What the view answers; a refusal, and what is not there, are said in the frame of the door."""
    try:
        only_own_forms(request)
        return view(request, *args, **kwargs)
    except Refusal as refusal:
        said = {"sentence": refusal.sentence, "next_step": refusal.next_step}
        return answer(request, "public/refusal.html", status=refusal.status, **said)
    except Http404:
        return answer(
            request, "public/refusal.html", status=404, sentence=_("There is no such page."), next_step=""
        )


def only_own_forms(request: HttpRequest) -> None:
    """Refuse a form that was sent from a page of another site."""
    if request.method == "POST" and not _own(request):
        raise Refusal(
            _("This form did not come from our page."),
            next_step=_("Open our page and write there."),
            code="not-our-form",
            status=403,
        )


def _own(request: HttpRequest) -> bool:
    """Say whether a form was sent from a page of ours; an old browser that says nothing is believed."""
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin", "")
    return not origin or urlsplit(origin).netloc == request.get_host()


def answer(request: HttpRequest, template: str, *, status: int | None = None, **more: object) -> HttpResponse:
    """Answer with a page in the door's frame (``public/frame.html``); its links carry the language on by ``door``."""

    def door(name: str, **query: object) -> str:
        return door_url(request, name, **query)

    def in_language(code: str) -> str:
        # What a page is asked by goes along; a form that was typed into does not: see the block ``tongues``.
        return f"?{urlencode({**request.GET.dict(), 'in': code})}"

    return page(
        request,
        template,
        None,
        status,
        away=settings.PANAH_AWAY,
        offered=DOOR,
        door=door,
        in_language=in_language,
        ways=ways(request),
        **more,
    )


def ways(request: HttpRequest) -> list[tuple[str, object]]:
    """(address, words) of the pages that every page of the door leads to."""
    return [(door_url(request, name), text) for name, text in WAYS if url_or_nothing(f"public:{name}")]


def door_url(request: HttpRequest, name: str, **query: object) -> str:
    """The address of a page of the door in the language that is read now; ``query`` adds what a page is asked by."""
    said = {"in": translation.get_language() or "en", **{key: str(one) for key, one in query.items() if one}}
    return f"{reverse(f'public:{name}')}?{urlencode(said)}"
