"""The pages of an error: plain, calm, alike for everyone, in the reader's language and a second one, without secrets.

In the root ``urls.py``: ``handler400 = handler403 = handler404 = handler500`` from here; in the settings
``CSRF_FAILURE_VIEW = "panah.ground.kit.error_pages.csrf"``.
"""

import logging
from collections.abc import Sequence
from typing import TypedDict

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from panah.ground.kit import nav
from panah.ground.kit.jinja import engine

log = logging.getLogger(__name__)

NOT_FOUND = (_("There is nothing here"), (_("It does not exist, or it is not yours to see."),))
FORBIDDEN = (_("This is not open to you"), (_("If it is part of your work, ask your focal point."),))
BAD = (
    _("The page could not be read"),
    (_("Something was missing in what the browser sent. Go back and try once more."),),
)
TOO_MUCH = (
    _("This is too large"),
    (
        _("At most 25 MB can be sent at once. Nothing was kept of it."),
        _("Go back and send fewer files at once, a smaller photograph, or a part of the document."),
    ),
)
TOO_LONG = (
    _("This is too long"),
    (
        _("The texts of one page have room for 5 MB together. Nothing was kept of them."),
        _("Go back: what you typed is still there. Shorten it, or add it as a file."),
    ),
)
BROKEN = (
    _("Something went wrong here"),
    (
        _("It is not your fault, and it was noted. What was saved is safe."),
        _("Try again in a minute. In danger, use the telephone."),
    ),
)
STALE = (
    _("This page was open too long"),
    (_("Nothing was changed. Go back, copy what you typed, open the page again and send it once more."),),
)
Text = tuple[object, Sequence[object]]


class SpokenText(TypedDict):
    lang: str
    dir: str
    title: str
    texts: list[str]
    link: str


def spoken(text: Text, language: str) -> SpokenText:
    with translation.override(language):
        return {
            "lang": language,
            "dir": "rtl" if translation.get_language_bidi() else "ltr",
            "title": str(text[0]),
            "texts": [str(one) for one in text[1]],
            "link": str(_("Go to the beginning")),
        }


def error_page(text: Text, status: int) -> HttpResponse:
    language = translation.get_language() or settings.LANGUAGE_CODE
    second = "ru" if language != "ru" else "en"
    said = [spoken(text, language), spoken(text, second)]
    home = nav.home()
    try:
        body = (
            engine()
            .get_template("kit/failure.html")
            .render(
                {
                    "lang": language,
                    "dir": said[0]["dir"],
                    "said": said if said[0]["title"] != said[1]["title"] else said[:1],
                    "home": home,
                }
            )
        )
    except Exception:
        # Even the page about an error may break: say the words at least. The reason goes to the log, never to the page.
        log.exception("The page of an error could not be drawn")
        body = "<!doctype html><title>Panah</title>" + "".join(
            f"<p>{escape(line)}</p>" for one in said for line in [one["title"], *one["texts"]]
        )
    return HttpResponse(body, status=status)


def bad(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(TOO_LONG, 413) if isinstance(exception, RequestDataTooBig) else error_page(BAD, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(FORBIDDEN, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(NOT_FOUND, 404)


def broken(request: HttpRequest) -> HttpResponse:
    return error_page(BROKEN, 500)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page(STALE, 403)
