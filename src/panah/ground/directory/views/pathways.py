"""Referral pathways: drawn, told in a table, kept by the society's focal points."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from panah.ground.directory import actions, queries
from panah.ground.directory.forms import StepForm
from panah.ground.directory.models import PathwayStep
from panah.ground.directory.words import Need
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.network import queries as network_queries
from panah.ground.network.permissions import policy
from panah.ground.network.words import country_name

if TYPE_CHECKING:
    from panah.ground.network.models import Society


@require_safe
def pathways(request: StaffRequest, slug: str) -> HttpResponse:
    """Who refers whom for what, need by need."""
    found = network_queries.society_or_404(slug)
    return page(
        request,
        "directory/pathways.html",
        society=found,
        name=found.name_in(request.LANGUAGE_CODE),
        country=country_name(found.iso2, request.LANGUAGE_CODE),
        pathways=queries.pathways_of(found),
        keeps=policy.allows(request.staff, found),
    )


def _step(found: Society, pk: UUID | None, need: str) -> PathwayStep:
    if pk is None:
        wanted = need if need in Need.values else ""
        known = queries.pathways_of(found, need=wanted) if wanted else ()
        return PathwayStep(society=found, need=wanted, order=len(known[0].steps) + 1 if known else 1)
    row = queries.step_or_none(found, pk)
    if row is None:
        raise Http404
    return row


def step_form(request: StaffRequest, slug: str, pk: UUID | None = None) -> HttpResponse:
    found = network_queries.kept_society_or_404(slug, by=request.staff)
    row = _step(found, pk, request.GET.get("need", ""))
    form = StepForm(request.POST or None, row=row, society=found)

    def save(*, seen: str, **_given: object) -> None:
        actions.save_step(
            entry=form.entry(), society=found, step=row, seen=seen, by=request.staff, at=timezone.now()
        )

    if form.submit(save):
        add_message(request, _("The step is saved."))
        return redirect("directory:pathways", slug)
    return page(
        request,
        "directory/step_form.html",
        form=form,
        pk=pk,
        society=found,
        name=found.name_in(request.LANGUAGE_CODE),
    )


@require_POST
def remove_step(request: StaffRequest, slug: str, pk: UUID) -> HttpResponse:
    found = network_queries.kept_society_or_404(slug, by=request.staff)
    actions.remove_step(step=_step(found, pk, ""), by=request.staff, at=timezone.now())
    add_message(request, _("The step is removed."))
    return redirect("directory:pathways", slug)
