"""An offer of another society, as it came: accept it into a case of our own, decline it, ask for more."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from panah.ground.accounts.queries import with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.exchange.words import MessageKind
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.foundation.ids import spell_out
from panah.ground.kit.pages import add_message, page
from panah.ground.network import queries as network_queries
from panah.ground.sign_in.middleware import vault_required
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.words import RevealPurpose
from panah.people.cases import actions as cases
from panah.people.cases.queries import by_number, caseload
from panah.people.consent.words import SharedField
from panah.people.inbox import actions as inbox
from panah.people.inbox import queries as inbox_queries
from panah.people.referrals import actions, offer_schema, queries
from panah.people.referrals.forms import AcceptForm, AskMoreForm
from panah.people.referrals.views import alternatives

if TYPE_CHECKING:
    from panah.people.inbox.models import Arrival
    from panah.people.referrals.forms import DeclineForm


@require_http_methods(["GET", "POST"])
@vault_required
def offer(request: StaffRequest, arrival: UUID) -> HttpResponse:
    """Show exactly what came, with what is to be done about it."""
    row = inbox_queries.visible(to=request.staff).filter(pk=arrival, kind=MessageKind.OFFERED).first()
    if row is None:
        raise Http404
    content = _content(request, row)
    if content is None:
        # Nobody has opened it, it is over, or it was opened a while ago: the inbox asks for what it needs.
        return redirect("intake:arrival", row.pk)
    found = offer_schema.read(content)
    forms = _forms(request, found)
    asked = request.POST.get("step", "")
    form = forms.get(asked)
    if form is not None and form.submit(lambda **_given: TAKE[asked](request, row, content, form)):
        return form.result
    return page(
        request,
        "referrals/offer.html",
        arrival=row,
        calls_on=inbox_queries.calls_on(row),
        unreachable=bool(inbox.closings_of(row)),
        offer=offer_schema.offer_rows(found),
        reference=spell_out(inbox_queries.conversation_of(row)),
        stays=[f.label for f in SharedField if f.value not in found.values],
        forms=forms,
        # Sent, or searched for another service: it stays open.
        declining=asked == "decline",
        form=form or forms["accept"],
        beside=_more_messages(request, row),
        timeline=queries.timeline_of(row),
        due=row.open_by,
    )


def _content(request: StaffRequest, row: Arrival) -> dict[str, Any] | None:
    if not row.waits:
        return None
    # Who types an answer for longer than an opening lasts loses nothing: it is opened again, and journalled.
    purpose = RevealPurpose.ASSIST.value if request.method == "POST" and row.opened_at is not None else None
    now = timezone.now()
    try:
        found = inbox.content_of(keys=request.keys, arrival=row, at=now)
        if found is None and purpose is not None:
            found = inbox.content_of(keys=request.keys, arrival=row, at=now, purpose=purpose)
    except Refusal:
        # Its outside, and who can open it, stand on its line of the inbox.
        return None
    return found


def _forms(request: StaffRequest, found: offer_schema.Offer) -> dict[str, Any]:
    posted = request.POST if request.method == "POST" else None
    asked = request.POST.get("step", "")
    staff = request.staff
    holders = [
        one for one in with_permission(staff.society_id, Permission.CASES_WORK) if vault_queries.has_key(one)
    ]
    return {
        "accept": AcceptForm(
            posted if asked == "accept" else None,
            holders=holders,
            load=caseload(society=staff.society_id),
            branches=network_queries.branch_names(staff.society_id),
            initial={"owner": str(staff.pk), "branch": str(staff.branch_id or "")},
        ),
        "ask": AskMoreForm(posted if asked == "ask" else None, auto_id="id_ask_%s"),
        "decline": alternatives.form_for(request, found, asked=asked == "decline", auto_id="id_decline_%s"),
    }


def _more_messages(request: StaffRequest, row: Arrival) -> list[tuple[Arrival, str, dict[str, str]]]:
    """What else came in the conversation before anybody accepted: (arrival, text, fields); closed ones without."""
    found = []
    for one in queries.of_conversation(row):
        if one.pk == row.pk or not one.waits:
            continue
        content = (
            inbox.content_of(keys=request.keys, arrival=one, at=timezone.now())
            if one.opened_at is not None
            else None
        )
        values = offer_schema.offer_rows(offer_schema.read(content)).rows if content else []
        found.append((one, offer_schema.text(content.get("text")) if content else "", dict(values)))
    return found


def _accept(
    request: StaffRequest, row: Arrival, content: dict[str, object], form: AcceptForm
) -> HttpResponse:
    data = form.cleaned_data
    owner = next(
        one
        for one in with_permission(request.staff.society_id, Permission.CASES_WORK)
        if str(one.pk) == data["owner"]
    )
    branch = next(
        (b for b in network_queries.branches_of(request.staff.society) if str(b.id) == data["branch"]), None
    )
    cases.must_fit_ceiling(owner=owner, more=1, reason=data.get("beyond", ""))
    case = actions.accept(
        keys=request.keys,
        arrival=row,
        content=content,
        owner=owner,
        branch=network_queries.branch_or_none(request.staff.society, branch.slug) if branch else None,
        note=data["note"],
        at=timezone.now(),
    )
    if by_number(case.number, to=request.staff) is None:
        add_message(request, _("Accepted. The case is in your colleague’s hands, and the sender is told."))
        return redirect("intake:arrivals")
    add_message(request, _("Accepted, and the sender is told. Nothing that came has to be typed again."))
    return redirect("referrals:list", case.number)


def _decline(
    request: StaffRequest, row: Arrival, content: dict[str, object], form: DeclineForm
) -> HttpResponse:
    data = form.cleaned_data
    actions.decline(
        keys=request.keys,
        arrival=row,
        content=content,
        reason=data["reason"],
        note=data["note"],
        others=form.named(),
        at=timezone.now(),
    )
    add_message(request, _("Declined, and the sender is told. What came is destroyed here."))
    return redirect("intake:arrivals")


def _ask(request: StaffRequest, row: Arrival, content: dict[str, object], form: AskMoreForm) -> HttpResponse:
    text = form.cleaned_data["text"]
    actions.ask_more(keys=request.keys, arrival=row, content=content, text=text, at=timezone.now())
    add_message(request, _("Asked. The offer stays in the inbox until you decide."))
    return redirect("referrals:offer", row.pk)


TAKE: dict[str, Callable[..., HttpResponse]] = {"accept": _accept, "decline": _decline, "ask": _ask}
