"""Withdrawing a referral: what it stops and what goes on, what the other side is told and asked; then the press."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in.middleware import vault_required
from panah.people.cases.queries import by_number_or_404
from panah.people.referrals import actions, queries, rules
from panah.people.referrals.forms import WithdrawReferralForm
from panah.people.referrals.views.detail import meeting_kept
from panah.people.referrals.views.step_forms import moment
from panah.people.referrals.words import ReferralDirection, ReferralState, WithdrawalReason

if TYPE_CHECKING:
    from panah.people.cases.models import Case
    from panah.people.referrals.queries import OpenedReferral


# Nobody has accepted it yet: nothing but the offer is there.
WAITS = (ReferralState.OFFERED, ReferralState.MORE_ASKED)


@require_http_methods(["GET", "POST"])
@vault_required
def withdraw(request: StaffRequest, number: str, referral: UUID) -> HttpResponse:
    """Say what withdrawing this referral does, ask why, then do it. Whoever received one declines it instead."""
    case = by_number_or_404(number, to=request.staff)
    opened = queries.one_or_404(case=case, keys=request.keys, referral=referral)
    if opened.row.direction == ReferralDirection.IN:
        raise Http404
    whys = _whys(opened)
    if not whys:
        # Pressed twice, or a colleague was first.
        add_message(request, _("This referral is over already: nothing was done again."), tone="soon")
        return redirect("referrals:one", number, referral)
    form = WithdrawReferralForm(request.POST or None, whys=[(why.value, why.label) for why in whys])
    if len(whys) == 1:
        del form.fields["why"]
    if form.submit(lambda **said: _withdraw(request, case, opened, {"why": whys[0].value, **said})):
        return form.result
    return page(
        request,
        "referrals/give_up.html",
        case=case,
        opened=opened,
        form=form,
        means=[(why.label, _consequences(why, opened)) for why in whys],
        met=opened.row.state in (ReferralState.MET, ReferralState.DONE),
        draft=opened.row.state == ReferralState.DRAFT,
        travels=actions.travels(opened.row),
        goes_on=actions.GOES_ON,
        cover=meeting_kept(opened.sealed),
        when=moment(_arrival(opened.sealed)),
    )


def _whys(opened: OpenedReferral) -> list[WithdrawalReason]:
    """Return why this referral can still be withdrawn. What has not left needs no reason."""
    state = opened.row.state
    if state == ReferralState.DRAFT:
        return [WithdrawalReason.NOT_NEEDED]
    becomes = {WithdrawalReason.NOT_NEEDED: ReferralState.NOT_NEEDED}
    return [
        why for why in WithdrawalReason if rules.may_become(state, becomes.get(why, ReferralState.WITHDRAWN))
    ]


def _arrival(content: dict[str, Any]) -> str:
    meeting = content.get("meeting") or {}
    return str(meeting.get("arrives") or meeting.get("when") or "")


def _withdraw(
    request: StaffRequest, case: Case, opened: OpenedReferral, data: dict[str, Any]
) -> HttpResponse:
    at = timezone.now()
    actions.withdraw_referral(keys=request.keys, case=case, opened=opened, at=at, **data)
    row = opened.row
    if queries.must_be_called(row, at=at) or (row.sent_at is not None and row.conversation is None):
        words = _("Withdrawn here. The other side has NOT been told yet: telephone them now.")
        add_message(request, words, tone="urgent")
    elif row.sent_at is None:
        add_message(request, _("Withdrawn. Nothing had left."))
    else:
        add_message(request, _("Withdrawn, and the other side is told."))
    return redirect("referrals:one", case.number, row.pk)


def _consequences(why: WithdrawalReason, opened: OpenedReferral) -> list[str]:
    """Return, as sentences, what the other side is told and asked for this reason."""
    row, who = opened.row, {"who": opened.sealed["receiver_name"]}
    if row.state == ReferralState.DRAFT:
        return [_("Nothing has left. Nobody is told anything.")]
    across, waits = row.conversation is not None, row.state in WAITS
    if why == WithdrawalReason.NOT_NEEDED:
        told = (
            _("%(who)s is told at once that it is not needed any more, and stops.")
            if across
            else _("You are asked to tell %(who)s by telephone that it is not needed any more.")
        )
        erase = (
            _("An offer that nobody there has accepted is deleted.")
            if across and waits
            else _("They are not asked to erase anything: the consent of the person holds.")
        )
        return [told % who, erase]
    if across and not queries.offer_may_have_arrived(society=row.society_id, conversation=row.conversation):
        return [_("The offer to %(who)s is still on its way: it is stopped.") % who, *_next_steps(why)]
    told = (
        _(
            "%(who)s is told at once that it is withdrawn, and asked to erase all that came and to say what was erased."
        )
        if across
        else _(
            "You are asked to tell %(who)s by telephone to erase all that came, and to write down what they say."
        )
    )
    return [told % who, *_next_steps(why)]


def _next_steps(why: WithdrawalReason) -> list[str]:
    if why == WithdrawalReason.MISTAKE:
        return [_("It reached somebody whom it was not meant for: tell the data protection officer today.")]
    return [_("The consent itself stays until it is withdrawn on the page of consent.")]
