"""Look-alikes: found among what waits, seen with one example, put aside in one go, brought back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.foundation import retention
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.languages import language_name
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in.middleware import vault_required
from panah.people.inbox import permissions
from panah.people.inbox.words import kind_words
from panah.people.intake import actions, queries
from panah.people.intake.forms import EmptyForm


def _must_open(request: StaffRequest) -> None:
    if not permissions.opens_arrivals(request.staff):
        raise Http404


@require_http_methods(["GET", "POST"])
def piles(request: StaffRequest) -> HttpResponse:
    """What can be brought back; and, when she presses, what of all that waits looks alike."""
    _must_open(request)
    if request.method == "POST":
        return _found(request)
    return _shown(request, None)


@vault_required
def _found(request: StaffRequest) -> HttpResponse:
    return _shown(request, actions.find_piles(keys=request.keys, at=timezone.now()))


def _shown(request: StaffRequest, found: actions.PilesFound | None) -> HttpResponse:
    return page(
        request,
        "intake/piles.html",
        found=found,
        kept=queries.piles_of(request.staff.society_id),
        keep_days=retention.PILE.days,
        kind_words=kind_words,
    )


@require_POST
@vault_required
def empty(request: StaffRequest) -> HttpResponse:
    """Put a pile aside: everything in it that looked alike when it was shown."""
    _must_open(request)
    form = EmptyForm(request.POST)
    if not form.is_valid():
        return redirect("intake:piles")
    until: datetime = form.cleaned_data["until"]
    row = actions.empty_pile(
        keys=request.keys, first=form.cleaned_data["first"], until=until, at=timezone.now()
    )
    said = ngettext("%(num)s message was put aside.", "%(num)s messages were put aside.", row.number)
    add_message(
        request,
        said % {"num": row.number},
        href=reverse("intake:pile-back", args=[row.pk]),
        link=_("Bring it back"),
        post=True,
    )
    return redirect("intake:piles")


@require_GET
def pile(request: StaffRequest, pile: UUID) -> HttpResponse:
    """What was put aside in one go, from the outside: each can be brought back alone."""
    _must_open(request)
    row = get_object_or_404(queries.piles_there(request.staff.society_id), pk=pile)
    return page(
        request,
        "intake/pile.html",
        one=row,
        rows=queries.put_aside(row, after=request.GET.get("after", "")),
        gone_at=row.emptied_at + retention.PILE.period,
        kind_words=kind_words,
        language_name=language_name,
    )


@require_POST
def back(request: StaffRequest, pile: UUID) -> HttpResponse:
    """Bring a pile back, or one message of it."""
    _must_open(request)
    row = get_object_or_404(queries.piles_there(request.staff.society_id), pk=pile)
    try:
        only = UUID(request.POST["only"]) if request.POST.get("only") else None
    except ValueError:
        raise Http404 from None
    number = actions.put_pile_back(pile=row, by=request.staff, at=timezone.now(), only=only)
    said = ngettext("%(num)s message waits again.", "%(num)s messages wait again.", number)
    add_message(request, said % {"num": number})
    return redirect("intake:piles") if only is None else redirect("intake:pile", pile)
