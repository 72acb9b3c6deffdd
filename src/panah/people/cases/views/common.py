"""What every page of one case shares: the guard, the frame, the way back."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.forms import Form
from panah.ground.kit.languages import language_name
from panah.ground.kit.pages import page
from panah.ground.sign_in.middleware import vault_required
from panah.people.cases.models import Case
from panah.people.cases.permissions import leads, policy
from panah.people.cases.queries import by_number_or_404
from panah.people.consent import queries as consent_queries

View = Callable[..., HttpResponse]


def of_case(view: View) -> View:
    """Load the case for whoever asks, with the vault open: strangers and missing cases get the same 404."""

    @wraps(view)
    @vault_required
    def guarded(request: StaffRequest, number: str, *args: object, **kwargs: object) -> HttpResponse:
        return view(request, by_number_or_404(number, to=request.staff), *args, **kwargs)

    return guarded


def show(request: StaffRequest, template: str, case: Case, tab: str, **context: Any) -> HttpResponse:
    """One page of a case."""
    return page(
        request,
        template,
        case=case,
        tab=tab,
        now=timezone.now(),
        leads=leads(request.staff),
        policy=policy,
        speaks=language_of(case),
        **context,
    )


def show_form(
    request: StaffRequest,
    case: Case,
    tab: str,
    form: Form,
    *,
    heading: object,
    button: str,
    hint: str = "",
    **context: object,
) -> HttpResponse:
    """A page of a case that is one form."""
    return show(
        request, "cases/form.html", case, tab, form=form, heading=heading, button=button, hint=hint, **context
    )


def no_notes(request: StaffRequest, case: Case) -> bool:
    """Whether the person wants no notes: the pages on which something about her is written say so."""
    return consent_queries.notes_refused(keys=request.keys, file=case.file_id)


def language_of(case: Case) -> str:
    """The language to speak, in the reader's words."""
    return language_name(case.language) if case.language else ""


def from_paper(request: HttpRequest) -> bool:
    """Whether what is typed stands on a sheet: ``?from=paper``."""
    return request.GET.get("from") == "paper"


def back_to(name: str, case: Case, *args: object, at: str = "") -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(name, args=[case.number, *args]) + at)


def end_of_day(now: datetime) -> datetime:
    """Midnight where the reader is."""
    return timezone.localtime(now).replace(hour=23, minute=59, second=59, microsecond=0)
