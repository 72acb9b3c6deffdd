"""Volunteers who may stand in the register twice: a list, two side by side, and taking a merge back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page, posted
from panah.programmes.volunteers import actions, forms, queries
from panah.programmes.volunteers.forms.imports import APART
from panah.programmes.volunteers.views.register import must_keep_volunteers


@require_GET
def listed(request: StaffRequest) -> HttpResponse:
    must_keep_volunteers(request)
    pairs, after = queries.doubles(to=request.staff, after=request.GET.get("after", ""))
    return page(
        request,
        "volunteers/doubles.html",
        pairs=pairs,
        after=after,
        merged=queries.merged_lately(to=request.staff),
    )


@require_http_methods(["GET", "POST"])
def pair(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Two side by side; only a press makes one of them."""
    must_keep_volunteers(request)
    two = queries.pair_or_404(pk, to=request.staff)
    form = forms.PairForm(posted(request), pair=two)

    def decide(decision: str) -> None:
        now = timezone.now()
        if decision == APART:
            actions.keep_apart(by=request.staff, pair=two, at=now)
            add_message(request, _("They stay two people."))
        else:
            actions.merge(by=request.staff, pair=two, keep=UUID(decision), at=now)
            add_message(request, _("The two are one now. For 30 days you can take that back."))

    if form.submit(decide):
        return redirect("volunteers:doubles")
    return page(request, "volunteers/double.html", form=form, lines=queries.side_by_side(two), pair=two)


@require_POST
def take_back(request: StaffRequest, pk: UUID) -> HttpResponse:
    must_keep_volunteers(request)
    merged = queries.merged_or_404(pk, to=request.staff)
    row = actions.take_back(by=request.staff, merged=merged, at=timezone.now())
    add_message(request, _("They are two again."))
    return redirect("volunteers:volunteer", row.pk)
