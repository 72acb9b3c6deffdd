"""What every page of one case shares: the guard, the frame, the way back."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.cases.models import Case
from panah.cases.permissions import leads, policy
from panah.cases.queries import by_number_or_404
from panah.cases.queries.page import more_tabs
from panah.kit.pages import page
from panah.network.words import language_name
from panah.vault.doors import vault_must_be_open

View = Callable[..., HttpResponse]

OWN = (
    "overview",
    "told",
    "plan",
    "safety",
    "stage",
    "child",
    "dates",
    "documents",
    "means",
    "links",
    "team",
    "close",
)
BEFORE_OTHERS = 7  # tabs of rooms above come after this many of ours


def of_case(view: View) -> View:
    """Load the case for whoever asks, with the vault open: strangers and missing cases get the same 404."""

    @wraps(view)
    @vault_must_be_open
    def guarded(request: Any, number: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, by_number_or_404(number, to=request.staff), *args, **kwargs)

    return guarded


def own_tabs(case: Case) -> list[tuple[str, str, str]]:
    labels = {
        "overview": _("Overview"),
        "told": _("What has happened"),
        "plan": _("Plan"),
        "safety": _("Safety"),
        "stage": _("Stage"),
        "child": _("Age and child"),
        "dates": _("Dates"),
        "documents": _("Photos and documents"),
        "means": _("Means"),
        "links": _("Links"),
        "team": _("Team"),
        "close": _("Close"),
    }
    names = {"overview": "cases:case"}
    return [(key, reverse(names.get(key, f"cases:{key}"), args=[case.number]), labels[key]) for key in OWN]


def tabs_of(case: Case, here: str) -> list[list[tuple[str, str, bool]]]:
    """Two rows of tabs: what is done with the person; then those of rooms above, and what is around the case."""
    own = own_tabs(case)
    rows = own[:BEFORE_OTHERS], [*more_tabs(case), *own[BEFORE_OTHERS:]]
    return [[(href, label, key == here) for key, href, label in row] for row in rows]


def show(
    request: Any, template: str, case: Case, here: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """One page of a case."""
    return page(
        request,
        template,
        status=status,
        case=case,
        tabs_of_case=tabs_of(case, here),
        now=timezone.now(),
        leads=leads(request.staff),
        policy=policy,
        speaks=speaks(case),
        **context,
    )


def speaks(case: Case) -> str:
    """The language to speak, in the reader's words."""
    return language_name(case.language, get_language() or "en") if case.language else ""


def back_to(name: str, case: Case, *args: Any, at: str = "") -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(name, args=[case.number, *args]) + at)


def end_of_day(now: datetime) -> datetime:
    """Midnight where the reader is."""
    return timezone.localtime(now).replace(hour=23, minute=59, second=59, microsecond=0)


def posted(request: HttpRequest) -> Any:
    """The data of a form that was sent, else None: for unbound forms."""
    return request.POST if request.method == "POST" else None
