"""Around every page: nothing is kept, the reader's language and hour, refusals as pages, messages carried over.

Order in the settings::

    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "panah.ground.kit.middleware.StaffGZip",
    "panah.ground.kit.middleware.NoStore",
    "panah.ground.kit.middleware.MaxBodySize",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    … sessions, common, csrf, authentication, what sets request.staff and request.keys …
    "panah.ground.kit.middleware.LocaleAndZone",
    "panah.ground.kit.middleware.RefusalPage",
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.middleware.gzip import GZipMiddleware
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.csp import CSP

from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.request_cache import request_scope
from panah.ground.kit import error_pages, nav, pages
from panah.ground.kit.full_disk import refusal_when_full
from panah.ground.kit.secret_fields import NEVER_KEPT_AT_THE_DOORS

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

Answer = Callable[[HttpRequest], HttpResponse]
# What a browser or another node asks by; a page answers no other, whatever its view forgot to say.
METHODS = ("GET", "HEAD", "OPTIONS", "POST")
READ_PAST, BITE = 64 * 1024 * 1024, 64 * 1024

# SECURE_CSP of the settings. Nothing inline, nothing from elsewhere; fetch for htmx and drafts.
STAFF_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
HEADERS = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Not "no-referrer": with that, browsers send "Origin: null" and every form is refused as forged.
    "Referrer-Policy": "strict-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


class NoStore:
    """No page is stored by a browser or a proxy, unless the view says otherwise itself; nor any answer beyond it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        with request_scope(reads=request.method in ("GET", "HEAD")):
            response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class MaxBodySize:
    """What is larger than anything we take is refused by the size it announces, before it lies in memory.

    It is read past in small bites as far as a slow hand may have chosen by mistake, since a browser that is cut off
    while it sends shows an error of its own and not our sentence. Beyond that the line is closed.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if announced(request) <= settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            return self.get_response(request)
        left = READ_PAST
        while left > 0 and (bite := request.read(min(BITE, left))):
            left -= len(bite)
        return error_pages.error_page(error_pages.TOO_MUCH, 413)


def announced(request: HttpRequest) -> int:
    """How many bytes the browser says it sends."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


class StaffGZip(GZipMiddleware):
    """Pages are compressed for thin lines: a list of 43 KB is 5 KB. Which pages, and why not all: decision 0007.

    Only pages that a colleague reads (GET), and those of the public door, which say so themselves. What answers a form
    is sent as it is: there, what was typed and what was uncovered stand side by side, and sizes would tell about one
    from the other.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        html = response.headers.get("Content-Type", "").startswith("text/html")
        read = getattr(request, "staff", None) is not None or getattr(response, "may_be_compressed", False)
        if request.method != "GET" or not read or not html:
            return response
        return super().process_response(request, response)


class LocaleAndZone:
    """The language and the hour of whoever reads."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        staff = getattr(request, "staff", None)
        language = language_for(request, staff)
        with translation.override(language), timezone.override(zone_for(staff)):
            request.LANGUAGE_CODE = language
            response = sent_whole(request, self.get_response(request))
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response


def sent_whole(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Send the browser itself to the door: followed by htmx, the page of the door would land inside another page."""
    to = response.headers.get("Location", "")
    doors = {nav.address(name) or name for name in (settings.LOGIN_URL, "sign_in:unlock")}
    if not pages.wants_fragment(request) or urlsplit(to).path not in doors:
        return response
    door = HttpResponse(status=204, headers={"HX-Redirect": to})
    door.cookies = response.cookies
    return door


def language_for(request: HttpRequest, staff: Staff | None) -> str:
    """The setting of a colleague, else the cookie, else what the browser asks for, else the language of the node."""
    known = dict(settings.LANGUAGES)
    for wanted in (getattr(staff, "language", ""), request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")):
        if wanted in known:
            return str(wanted)
    return translation.get_language_from_request(request)


def zone_for(staff: Staff | None) -> zoneinfo.ZoneInfo | None:
    """The time zone of the colleague's society; None leaves the node's."""
    name = getattr(getattr(staff, "society", None), "time_zone", "") or settings.TIME_ZONE
    try:
        return zoneinfo.ZoneInfo(str(name))
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return None


class RefusalPage:
    """A refusal that no form has caught becomes a page: what happened, what to do next, and its code."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        full = refusal_when_full(exception, typed=request.method == "POST")
        refusal = exception if isinstance(exception, Refusal) else full
        if refusal is None:
            return None
        response = pages.page(
            request,
            "kit/refusal.html",
            block="page",
            status=refusal.status,
            sentence=refusal.sentence,
            next_step=refusal.next_step,
            code=refusal.code,
            back=back_from(request),
            typed=_typed(request) if full else [],
            sent_to=request.get_full_path(),
            files=bool(request.FILES),
        )
        # To htmx it is the content of the page, wherever the answer was meant to go.
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#main", "innerHTML"
        return response


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent, to be sent once more; never a passphrase or a code, which are typed anew."""
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in NEVER_KEPT_AT_THE_DOORS
        for value in values
    ]


def back_from(request: HttpRequest) -> str:
    """The page that this came from when it is ours (a local path only), else the beginning.

    Told by htmx alone: what browsers tell of it by themselves has no path (Referrer-Policy).
    """
    came = urlsplit(request.headers.get("HX-Current-URL", ""))
    if came.netloc == request.get_host() and came.path.startswith("/") and not came.path.startswith("//"):
        return came.path
    return nav.home()
