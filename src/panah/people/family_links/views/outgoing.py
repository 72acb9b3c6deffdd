"""Preparing what another society is asked about a relative."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from panah.ground.exchange import queries as exchange_queries
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import page
from panah.ground.sign_in.middleware import vault_required
from panah.ground.vault import queries as vault_queries
from panah.people.family_links import actions, queries
from panah.people.family_links.forms import across as forms
from panah.people.family_links.words import DOUBTS, REQUEST, LinksAcrossState, LinksState, SharedDetail

if TYPE_CHECKING:
    from panah.people.family_links.models import FamilyLinksAcross, FamilyLinksRequest


def request_or_404(request: StaffRequest, number: str) -> FamilyLinksRequest:
    """A family links request, for the focal points; for all others it does not exist."""
    return get_object_or_404(queries.links_requests(to=request.staff), number=number)


@require_http_methods(["GET", "POST"])
@vault_required
def ask(request: StaffRequest, number: str, pk: UUID | None = None) -> HttpResponse:
    """Prepare what another society is asked; what was prepared before stands there again."""
    one = request_or_404(request, number)
    instead = queries.one_across(request=one, keys=request.keys, pk=pk) if pk else None
    if one.state == LinksState.CLOSED or (instead and instead.row.state != LinksAcrossState.DRAFT):
        raise Http404
    form = forms.AskForm(
        request.POST or None,
        societies=[
            (reach.slug, reach.name) for reach in exchange_queries.reachable_societies(to=request.staff)
        ],
        initial=_initial(request, one, instead),
    )
    if form.submit(lambda **_given: _prepare(request, one, instead, form)):
        return redirect("family_links:across", number, form.result.pk)
    return page(request, "family_links/ask.html", one=one, form=form, doubts=DOUBTS)


def _initial(
    request: StaffRequest, one: FamilyLinksRequest, instead: queries.OpenedLinks | None
) -> dict[str, object]:
    """What the request says already, or the draft: nothing is typed again."""
    if instead is not None:
        kept = instead.sealed
        peer = instead.row.peer
        told = {f"tell_{name}": value for name, value in kept["values"].items()}
        return {
            **told,
            **{name: kept[name] for name in ("sought", "relation", "receiver_name", "doubt")},
            "fields_told": kept["fields"],
            "receiver": peer.theirs.slug if peer else forms.BY_HAND,
            "way": kept["consent"]["way"],
            "language": kept["consent"]["language"],
        }
    typed = vault_queries.value_of(keys=request.keys, file=one.file_id, part=REQUEST)
    known = {
        SharedDetail.SEEKER: "asks",
        SharedDetail.PROOF: "proof",
        SharedDetail.NEWS: "last_news",
        SharedDetail.WHY: "why",
        SharedDetail.MESSAGE: "message",
        SharedDetail.LANGUAGE: "language",
    }
    return {
        "sought": typed.get("sought", ""),
        "relation": typed.get("relation", ""),
        "language": typed.get("language", ""),
        **{f"tell_{name.value}": typed.get(part, "") for name, part in known.items()},
    }


def _prepare(
    request: StaffRequest, one: FamilyLinksRequest, instead: queries.OpenedLinks | None, form: forms.AskForm
) -> FamilyLinksAcross:
    receiver, now = form.cleaned_data["receiver"], timezone.now()
    peer, name = None, form.cleaned_data["receiver_name"]
    if receiver != forms.BY_HAND:
        peer = exchange_queries.paired_with(society=request.staff.society_id, theirs=receiver)
        name = str(peer.theirs) if peer else name
    return actions.prepare_across(
        keys=request.keys,
        request=one,
        peer=peer,
        typed={**form.typed(today=timezone.localdate()), "receiver_name": name},
        instead=instead,
        at=now,
    )
