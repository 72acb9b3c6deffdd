"""All sentences of the door in one language: found, and marked as checked."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.languages import DOOR
from panah.ground.kit.pages import add_message, page, posted
from panah.people.page_texts import actions, permissions, queries
from panah.people.page_texts.forms import CheckForm

ON_A_PAGE = 50


def must_correct(request: StaffRequest) -> None:
    """There is nothing here for whoever does not correct texts."""
    if not permissions.corrects(request.staff):
        raise Http404


def language_or_404(language: str) -> str:
    if language not in queries.LANGUAGES:
        raise Http404
    return language


@require_safe
def start(request: StaffRequest) -> HttpResponse:
    """Begin with the texts in the reader's own language."""
    must_correct(request)
    return HttpResponseRedirect(reverse("page_texts:texts", args=[get_language() or "en"]))


@require_http_methods(["GET", "POST"])
def texts(request: StaffRequest, language: str) -> HttpResponse:
    """The sentences of the door, those that a search finds; beneath it who checked those of this page."""
    must_correct(request)
    rows = queries.lines(language_or_404(language))
    words, unchecked = request.GET.get("words", "")[:200], "unchecked" in request.GET
    found = queries.found(rows, words=words, unchecked=unchecked)
    first = _first(request.GET.get("first", ""), len(found))
    shown = found[first : first + ON_A_PAGE]
    form = CheckForm(posted(request))
    # Nobody has read what does not stand on this page.
    given = {"language": language, "lines": shown, "by": request.staff, "at": timezone.now()}
    if form.submit(actions.mark_checked, **given):
        add_message(request, _("Written down: these texts are checked as they are now."))
        return HttpResponseRedirect(request.get_full_path())
    asked = {**({"words": words} if words else {}), **({"unchecked": "1"} if unchecked else {})}
    return page(
        request,
        "page_texts/texts.html",
        language=language,
        languages=[(reverse("page_texts:texts", args=[tag]), name, tag == language) for tag, name in DOOR],
        rows=shown,
        first=first,
        before=_at(asked, first - ON_A_PAGE) if first else "",
        after=_at(asked, first + ON_A_PAGE) if first + ON_A_PAGE < len(found) else "",
        words=words,
        unchecked=unchecked,
        progress=queries.progress(language, rows),
        drafts=queries.drafts(),
        form=form,
    )


def _first(typed: str, number: int) -> int:
    first = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 0
    return min(first, max(0, number - 1)) // ON_A_PAGE * ON_A_PAGE


def _at(asked: dict[str, str], first: int) -> str:
    return "?" + urlencode({**asked, "first": str(max(0, first))})
