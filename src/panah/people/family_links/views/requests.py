"""Family links requests: taken down by anybody, worked on by the focal points."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.answers import answer_rows
from panah.ground.kit.fields import ANSWERS
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in.middleware import vault_required
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.people.cases.words import AskedKind, Hears
from panah.people.family_links import actions, queries
from panah.people.family_links.forms import FamilyForm, LinksNoteForm
from panah.people.family_links.models import FamilyLinksRequest
from panah.people.family_links.views.timeline import asked_rows
from panah.people.family_links.words import NOTED, REQUEST, LinksState
from panah.people.hotline import permissions
from panah.people.hotline.call_pages import for_focal_points, paper_sheet, signed, take_down_page
from panah.people.hotline.linked_case import link_form, linked, not_bound, was_linked

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@vault_required
def take(request: StaffRequest, number: str = "") -> HttpResponse:
    """Take a restoring family links request. The page knows nothing about whether anyone is known."""
    return take_down_page(
        request,
        number=number,
        form=FamilyForm(request.POST or None),
        take=actions.take_links_request,
        template="family_links/take.html",
        told=_("The request is with the focal points. You may give the caller this number: %(number)s"),
    )


@require_safe
def requests(request: StaffRequest) -> HttpResponse:
    """Family links requests, for the focal points."""
    for_focal_points(request)
    return page(
        request,
        "family_links/requests.html",
        rows=list(queries.links_requests(to=request.staff)[:100]),
        leads=permissions.leads(request.staff),
        now=timezone.now(),
    )


@vault_required
def request_page(request: StaffRequest, number: str) -> HttpResponse:
    """One request: what is asked, what was done, and what may be told."""
    row = get_object_or_404(queries.links_requests(to=request.staff), number=number)
    parts = vault_queries.read_parts(keys=request.keys, file=row.file_id, names=[REQUEST, NOTED])
    question = parts[REQUEST][0].value if parts.get(REQUEST) else {}
    links = link_form(request)
    if was_linked(
        request, links, row=row, kind=AskedKind.FAMILY, who=question.get("asks"), what=question.get("message")
    ):
        add_message(request, _("Saved and protected."))
        return redirect("family_links:request", number)
    form = LinksNoteForm(not_bound(links, request))
    closes = request.POST.get("do") == "close"
    who = {"keys": request.keys, "request": row, "by": request.staff, "at": timezone.now()}
    if form.submit(_close_links if closes else actions.note_links, **who):
        add_message(request, _("Saved and protected."))
        return redirect("family_links:requests") if closes else redirect("family_links:request", number)
    noted = parts.get(NOTED, [])
    return page(
        request,
        "family_links/request.html",
        one=row,
        form=form,
        link_form=links,
        linked=linked(request, row),
        hears_in_case=dict(Hears.choices),
        LinksState=LinksState,
        asked=answer_rows(FamilyForm, question),
        noted=[(who, at, value, _asked(value)) for who, at, value in signed(noted)],
        across=queries.across_of(request=row, keys=request.keys),
        erased=row.file.erasing_since is not None,
    )


def _asked(value: dict[str, str]) -> list[tuple[str, str]]:
    """What is kept of how the person sought was asked, where anything is."""
    answer = dict(ANSWERS).get(value.get("consent", "none"), "") if value.get("consent") != "none" else ""
    label = LinksNoteForm.base_fields["consent"].label
    return [(str(shown), str(text)) for shown, text in (*asked_rows(value), (label, answer)) if text]


def _close_links(
    *, keys: Keyring, request: FamilyLinksRequest, by: Staff, at: datetime, **noted: Any
) -> None:
    actions.close_links(keys=keys, request=request, noted=noted, by=by, at=at)


@require_safe
def sheet(request: StaffRequest) -> HttpResponse:
    """The form on paper, for days without power or line."""
    return paper_sheet(request, kind="family", form=FamilyForm)
