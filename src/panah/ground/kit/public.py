"""Pages of strangers' doors: what somebody opens who has no account, by an address that was printed or sent.

No cookie is set or read, no script runs, nothing of the rooms behind shows, the title is neutral, and each page can be
left in one tap. The template is ``kit/public.html``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from panah.ground.kit.languages import READERS, language_of_reader
from panah.ground.kit.pages import page

# No script, no frame; style sheet and drawings are ours, and a form goes back to the page it is on.
PUBLIC_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
# Where one tap leads away: a page that everybody opens.
AWAY = "https://www.wikipedia.org/"

type PublicView = Callable[..., HttpResponse]


def public(view: PublicView) -> PublicView:
    """A page of a stranger's door: no sign-in, no cookie, its own policy, the language asked for or the browser's."""

    @login_not_required
    @csrf_exempt  # Nobody is signed in here: there is nothing that another site could have done in her name.
    @csp_override(PUBLIC_CSP)
    @require_http_methods(["GET", "POST"])
    @wraps(view)
    def answered(request: HttpRequest, **named: str) -> HttpResponse:
        with translation.override(language_of_reader(request)):
            return view(request, **named)

    return answered


def public_page(
    request: HttpRequest,
    template: str,
    *,
    status: int | None = None,
    offered: Sequence[tuple[str, str]] = READERS,
    **more: object,
) -> HttpResponse:
    """Answer with a page in the public frame; ``offered``: languages to choose from, () where none is changed."""
    return page(request, template, None, status, away=AWAY, offered=offered, **more)
