"""A page is one template; htmx takes one block of it; both carry the same frame."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import lru_cache, partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.messages import get_messages, info
from django.contrib.messages.storage.cookie import CookieStorage
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import get_token
from django.urls import NoReverseMatch
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.safestring import SafeString
from markupsafe import Markup

from panah.ground.foundation.errors import Refusal
from panah.ground.kit import nav
from panah.ground.kit.jinja import engine, url

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


# What the frame reads on every page (`common`): a page that gave one of them would, say, turn the way home.
FRAME_NAMES = frozenset(
    {
        *(
            "lang",
            "dir",
            "theme",
            "shortcuts",
            "practice",
            "vault",
            "read_messages",
            "damaged",
            "csrf_token",
            "csrf_input",
        ),
        *(
            "menu_items",
            "footer_links",
            "search_url",
            "home",
            "banner",
            "danger_here",
            "to_ring",
            "own_calls",
            "page_path",
            "case_tabs",
            "is_closed",
            "staff_line",
        ),
    }
)


@dataclass(frozen=True)
class Message:
    """A sentence for the next page, with an optional link (where to look) or button (``post``: undo)."""

    text: str
    tone: str = ""
    href: str = ""
    link: str = ""
    post: bool = False


def page(
    request: HttpRequest,
    template: str,
    block: str | None = None,
    status: int | None = None,
    **context: object,
) -> HttpResponse:
    """Answer with the whole page, or with ``block`` alone when htmx asks for a part of it.

    The title begins with "Error:" when any form in ``context`` came back with errors; the answer to a post is then
    422, so that a script knows that nothing was done. ``status`` says another one.
    """
    if taken := FRAME_NAMES & context.keys():
        raise TypeError(f"the frame of every page reads these itself: {', '.join(sorted(taken))}")
    wrong = any(has_errors(one) for one in context.values())
    context.setdefault("has_errors", wrong)
    if status is None:
        status = 422 if wrong and request.method == "POST" else 200
    if block and wants_fragment(request):
        body = str(engine().render_block(template, block, context, request))
    else:
        body = str(engine().render_page(template, context, request))
    response = HttpResponse(body, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with; None while its page is only looked at."""
    return request.POST if request.method == "POST" else None


def download(body: bytes, *, name: str, kind: str) -> HttpResponse:
    """Hand over a file to be saved. Its name stays among the downloads of a telephone: it says nothing of a person."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type=kind, headers=headers)


def filters(
    form: Callable[..., BaseForm], initial: Mapping[str, str], **offered: Iterable[Hashable]
) -> Markup:
    """The fields of a filter, drawn once for all who ask with the same words: of a list they are half of the work.

    ``offered`` are choices that the form takes. What a filter says and offers are codes and colleagues, never people.
    """
    language = translation.get_language() or "en"
    given = tuple(sorted(initial.items())), tuple((name, tuple(rows)) for name, rows in offered.items())
    return filters_drawn(form, language, *given)


@lru_cache(maxsize=256)
def filters_drawn(
    form: Callable[..., BaseForm],
    _language: str,
    initial: tuple[tuple[str, str], ...],
    offered: tuple[tuple[str, tuple[Hashable, ...]], ...],
) -> Markup:
    drawn = (
        engine()
        .env.get_template("kit/filters.html")
        .render(form=form(initial=dict(initial), **dict(offered)))
    )
    return Markup(drawn)  # noqa: S704  the template has escaped what it was given


def wants_fragment(request: HttpRequest) -> bool:
    # Going back in the history asks for the whole page, since no page is kept in the browser.
    return (
        request.headers.get("HX-Request") == "true"
        and request.headers.get("HX-History-Restore-Request") != "true"
    )


def page_path(request: HttpRequest) -> str:
    """Return the path of the page that is looked at, also where its script asks for a part of it."""
    return urlsplit(request.headers.get("HX-Current-URL", "")).path or request.path


def has_errors(one: object) -> bool:
    return isinstance(one, BaseForm) and one.is_bound and bool(one.errors)


def add_message(
    request: HttpRequest,
    text: object,
    *,
    tone: str = "",
    href: str = "",
    link: object = "",
    post: bool = False,
) -> None:
    """Say ``text`` at the top of the next whole page. Never a name or free text about people: it lies in a cookie."""
    info(request, json.dumps(asdict(Message(str(text), tone, href, str(link), post))))


def attempt(request: HttpRequest, action: Callable[..., object], said: object = "", **given: object) -> bool:
    """Do what a button means, and say ``said`` on the next page; what was refused is said there instead."""
    try:
        action(**given)
    except Refusal as refusal:
        add_message(request, f"{refusal.sentence} {refusal.next_step}".strip(), tone="soon")
        return False
    if said:
        add_message(request, said)
    return True


def read_messages(request: HttpRequest) -> list[Message]:
    """What was said before, once: reading it is what takes it off the cookie."""
    return [Message(**json.loads(message.message)) for message in get_messages(request)]


class MessageCookie(CookieStorage):
    """Django's messages in a signed cookie alone, for an hour; never in a session, which is a row of ours."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        # Cookies ignore ports: two nodes on one machine are told apart by the name of their session cookie.
        self.cookie_name = f"{settings.SESSION_COOKIE_NAME}_said"

    def _update_cookie(self, encoded_data: str, response: HttpResponse) -> None:
        super()._update_cookie(encoded_data, response)  # type: ignore[misc]  # the stubs leave it out
        if encoded_data:
            response.cookies[self.cookie_name]["max-age"] = 3600


def lock_state(request: HttpRequest) -> dict[str, object] | None:
    """Open until when, and where to lock or open it; None where there is no vault."""
    keys = getattr(request, "keys", None)
    try:
        lock, unlock = url("sign_in:lock"), url("sign_in:unlock")
    except NoReverseMatch:
        return None
    # Every request starts the idle time anew, so this page's own request counts.
    idle = timedelta(minutes=getattr(settings, "PANAH_VAULT_IDLE_MINUTES", 20))
    until = getattr(keys, "open_until", None) or timezone.now() + idle
    return {
        "open": keys is not None,
        "until": until,
        # Not to the second: two pages that say the same are to be the same. What it is exactly, a script is told soon.
        "left": int(idle.total_seconds()) if keys else 0,
        "lock": lock,
        "unlock": unlock,
        "whose": session_tag(getattr(request, "staff", None)),
    }


def seconds_left(until: datetime | None) -> int:
    """How long a vault stays open if nothing more is done: seconds, since the clock of a telephone may be wrong."""
    return max(0, int((until - timezone.now()).total_seconds())) if until else 0


def session_tag(staff: Staff | None) -> str:
    """Tell apart, for the scripts of a page, who was signed in when it was made and who is now."""
    return staff.pk.hex[-12:] if staff is not None else ""


def csrf_field(token: str) -> SafeString:
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)


def common(request: HttpRequest) -> Mapping[str, object]:
    """Context processor: what the frame of every page reads. Costly parts are asked for only by whole pages."""
    staff = getattr(request, "staff", None)
    token = SimpleLazyObject(lambda: get_token(request))
    return {
        "lang": translation.get_language() or "en",
        "dir": "rtl" if translation.get_language_bidi() else "ltr",
        "theme": getattr(staff, "theme", "") or request.COOKIES.get("panah_theme", ""),
        "shortcuts": getattr(staff, "shortcuts", True),
        "staff": staff,
        "practice": getattr(settings, "PANAH_PRACTICE", False),
        "languages": settings.LANGUAGES,
        "menu_items": SimpleLazyObject(lambda: nav.menu(staff)),
        "footer_links": SimpleLazyObject(lambda: nav.foot(staff)),
        "search_url": SimpleLazyObject(lambda: nav.search_at(staff)),
        "home": nav.home(),
        "banner": SimpleLazyObject(lambda: nav.banners(staff, page_path(request))),
        "danger_here": SimpleLazyObject(lambda: nav.danger_here(request.resolver_match)),
        # A page that has a red button of its own, which does more, says so.
        "has_red_button": False,
        "to_ring": SimpleLazyObject(lambda: nav.to_ring(staff)),
        "own_calls": SimpleLazyObject(lambda: nav.own_calls(staff)),
        "page_path": page_path(request),
        "case_tabs": partial(nav.case_tabs, staff),
        "is_closed": partial(nav.is_closed, staff),
        "staff_line": SimpleLazyObject(lambda: nav.described(staff)),
        "vault": SimpleLazyObject(lambda: lock_state(request)),
        "read_messages": lambda: read_messages(request),
        # Called by the frame when the page has read what it shows.
        "damaged": lambda: len(getattr(getattr(request, "keys", None), "damaged", ())),
        "active": "",
        # Masked anew for each page, which is what it is masked for; not for each of its fifty forms.
        "csrf_token": token,
        "csrf_input": SimpleLazyObject(lambda: csrf_field(str(token))),
    }
