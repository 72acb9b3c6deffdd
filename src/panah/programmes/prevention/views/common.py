"""What the pages of this room share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.utils import timezone

from panah.ground.directory import queries as directory_queries
from panah.ground.kit.form_page import form_page as shown_form
from panah.programmes.prevention import permissions

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django_stubs_ext import StrOrPromise

    from panah.ground.directory.queries import HotlineCard
    from panah.ground.foundation.http import StaffRequest
    from panah.ground.kit.forms import Form


def must_plan(request: StaffRequest) -> None:
    if not permissions.plans(request.staff):
        raise Http404


def own_numbers(request: StaffRequest) -> list[HotlineCard]:
    """Our own numbers, without what was changed outside Panah."""
    found = directory_queries.own_numbers(request.staff.society, at=timezone.now())
    return [one for one in found if not one.changed]


def form_page(
    request: StaffRequest,
    form: Form,
    heading: StrOrPromise,
    button: StrOrPromise,
    back: str,
    *,
    back_text: StrOrPromise = "",
    hint: StrOrPromise = "",
) -> HttpResponse:
    """Show a form on a page of its own; ``back`` is where it hangs."""
    return shown_form(
        request, "prevention", form, heading, back, back_text=back_text, button=button, hint=hint
    )
