"""Which steps a referral offers now, the one to do first in front: by its state and by who is on the other side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from panah.people.consent.words import ConsentPurpose
from panah.people.referrals import queries
from panah.people.referrals.words import DeliveryMethod, ReferralDirection, ReferralState, TheyErased

if TYPE_CHECKING:
    from panah.people.referrals.queries import OpenedReferral

SETTLED = (TheyErased.ERASED, TheyErased.KEPT)
# Without a Panah on the other side: the same steps, told and heard by telephone.
STEPS_BY_TELEPHONE = {
    ReferralState.DRAFT: ["send"],
    ReferralState.OFFERED: ["answer"],
    ReferralState.MORE_ASKED: ["tell", "answer"],
    ReferralState.ACCEPTED: ["meeting", "they_cannot"],
    ReferralState.MEETING: ["met", "travel", "meeting", "they_cannot"],
    ReferralState.NOT_MET: ["meeting", "met", "they_cannot"],
    ReferralState.MET: ["outcome", "first_days"],
    ReferralState.WITHDRAWN: ["told_back"],
}
STEPS_BETWEEN_NODES = {
    ReferralState.OFFERED: ["answer"],
    ReferralState.MORE_ASKED: ["tell", "answer"],
    ReferralState.ACCEPTED: ["meeting"],
    ReferralState.MEETING: ["met", "travel", "meeting"],
    ReferralState.NOT_MET: ["meeting", "met"],
    ReferralState.MET: ["outcome"],
}


def next_steps(
    opened: OpenedReferral, *, unread: int, reachable: bool, to_call: bool = False, typed: bool = False
) -> list[str]:
    """Return what can be done now, the one to do first in front.

    ``to_call``: they wait to be told by telephone; ``typed``: they have answered on the page that opens once.
    """
    row, state = opened.row, ReferralState(opened.row.state)
    safe = ["safe"] if queries.safety_unconfirmed(row) else []
    called = ["told"] if to_call else []
    if row.conversation is None:
        found = [*safe, *_alone(opened, state, called, reachable=reachable)]
        waits = (
            state in (ReferralState.OFFERED, ReferralState.MORE_ASKED)
            and opened.sealed.get("way") == DeliveryMethod.PAGE
        )
        return [*found, "page_again"] if waits and not typed else found
    found = list(STEPS_BETWEEN_NODES.get(state, []))
    meeting = opened.sealed.get("meeting") or {}
    if state == ReferralState.MEETING and meeting.get("by") == "them" and not meeting.get("confirmed"):
        found.insert(0, "confirm")
    if state == ReferralState.MEETING and not meeting:
        found = ["meeting", "met"]
    if row.direction == ReferralDirection.IN:
        found = ["share" if key == "outcome" else key for key in found]
        if state in (ReferralState.ACCEPTED, ReferralState.MEETING, ReferralState.NOT_MET):
            found.append("after_all")
    # What came is read first: the rest may look different then. That they met, or are safe, is never held up.
    now = [*called, *safe]
    return ["take_up", *now, *[key for key in found if key == "met"]] if unread else now + found


def _alone(opened: OpenedReferral, state: ReferralState, called: list[str], *, reachable: bool) -> list[str]:
    meeting = opened.sealed.get("meeting") or {}
    if state == ReferralState.DRAFT and reachable:
        return ["seal", "send"]
    if state == ReferralState.WITHDRAWN:
        told = opened.row.sent_at is None or opened.sealed.get("told_back") in SETTLED
        return [] if told else STEPS_BY_TELEPHONE[state]
    if state == ReferralState.MEETING and not meeting.get("confirmed"):
        answer = "confirm" if meeting.get("by") == "them" else "they_agree"
        # Their yes answers the call that waits; ours is one more to be made.
        return [answer, *(called if answer == "confirm" else []), *STEPS_BY_TELEPHONE[state]]
    if state == ReferralState.MET and opened.sealed["purpose"] != ConsentPurpose.CROSS_BORDER:
        return [*called, "outcome"]
    return [*called, *STEPS_BY_TELEPHONE.get(state, [])]


def missing_sentence(code: str) -> str:
    """Return what is missing before a child is referred across a border, as a sentence."""
    return {
        "assessment": _("The best-interests assessment is not written yet."),
        "note": _("Not even the best-interests note for tonight is written."),
        "guardian": _("No guardian or representative is known who is not involved."),
        "determination": _("A return is asked for, and no determination by several parties is written yet."),
        "authority": _("Nobody is named to call at the competent authority."),
    }[code]
