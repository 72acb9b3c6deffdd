"""What goes wrong, said in the door's own look: which page it was, and whose machine this is, nobody reads there."""

from __future__ import annotations

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.csp import build_policy
from django.utils.html import escape
from django.utils.translation import gettext as _

from panah.ground.kit.languages import DOOR, language_of_reader
from panah.ground.kit.middleware import HEADERS
from panah.people.public.frame import DOOR_CSP, answer

log = logging.getLogger(__name__)


def failure(request: HttpRequest, status: int) -> HttpResponse:
    """Answer with a few words in the reader's language; also where nothing else works any more."""
    with translation.override(settings.LANGUAGE_CODE):
        wanted = language_of_reader(request, DOOR)
    with translation.override(wanted):
        title, text = _said(status)
        try:
            response = answer(request, "public/failure.html", status=status, heading=title, text=text)
        except Exception:
            log.exception("The page of an error could not be drawn")
            response = HttpResponse(_bare(title, text), status=status)
    # It is answered before anything else of the node has looked at the request.
    for name, value in HEADERS.items():
        response.headers[name] = value
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = build_policy(DOOR_CSP)
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "DENY"
    return response


def _said(status: int) -> tuple[str, str]:
    if status == 404:
        return _("There is nothing here"), ""
    if status == 413:
        return _("This is too large"), _("At most 25 MB can be sent at once. Nothing was kept of it.")
    if status in (429, 503, 507):
        return _("This cannot be done now"), _("Try again in a minute. In danger, use the telephone.")
    if status < 500:
        return (
            _("The page could not be read"),
            _("Something was missing in what the browser sent. Go back and try once more."),
        )
    return _("Something went wrong here"), _("Try again in a minute. In danger, use the telephone.")


def _bare(title: str, text: str) -> str:
    return f"<!doctype html><title>{escape(_('Information'))}</title><h1>{escape(title)}</h1><p>{escape(text)}</p>"
