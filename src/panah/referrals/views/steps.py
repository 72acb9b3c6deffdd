"""What can be done next with a referral: which forms stand on its page, and what each does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from panah.consent.words import ConsentPurpose
from panah.foundation.http import StaffRequest
from panah.kit.pages import page
from panah.referrals import actions, queries
from panah.referrals.forms import (
    ByTelephoneForm,
    ConfirmForm,
    FirstDaysForm,
    MetForm,
    SafeForm,
    ShareForm,
    TheyCannotForm,
)
from panah.referrals.words import DeliveryMethod, ReferralDirection, ReferralState, TheyErased

if TYPE_CHECKING:
    from panah.cases.models import Case
    from panah.referrals.queries import OpenedReferral

SETTLED = (TheyErased.ERASED, TheyErased.KEPT)

FORMS: dict[str, Callable[..., Any]] = {
    "take_up": ConfirmForm,
    "confirm": ConfirmForm,
    "they_agree": ByTelephoneForm,
    "told": ByTelephoneForm,
    "met": MetForm,
    "safe": SafeForm,
    "first_days": FirstDaysForm,
    "share": ShareForm,
    "they_cannot": TheyCannotForm,
    "page_again": ConfirmForm,
}
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
    safe = ["safe"] if queries.watched(row) else []
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


def heading_and_button(key: str, state: str, *, across: bool = False, first: bool = True) -> tuple[str, str]:
    """Return the heading and the button of a step; ``first`` when no other stands before it."""
    meeting = {
        ReferralState.NOT_MET: _("Agree a meeting again"),
        ReferralState.MEETING: _("Change the meeting"),
    }.get(ReferralState(state), _("Agree a meeting"))
    return {
        "take_up": (_("They have written"), _("Open what they wrote")),
        "seal": (_("Send"), _("Seal and send exactly this")),
        "send": (_("Send") if first else _("Another way: letter, telephone, page"), _("Send exactly this")),
        "answer": (
            _("They answered by telephone") if across else _("What did they answer?"),
            _("Write it down"),
        ),
        "tell": (
            _("Answer what they ask"),
            _("Seal and send the answer") if across else _("It was told on the telephone"),
        ),
        "told": (_("They wait to be told by telephone"), _("They have been told")),
        "they_agree": (_("Do they agree to this meeting?"), _("They agree to it")),
        "first_days": (_("The first three days"), _("Write it down")),
        "they_cannot": (_("They cannot after all"), _("Write down that they decline")),
        "told_back": (_("Tell them that it is withdrawn"), _("Write it down")),
        "meeting": (meeting, _("Write it down")),
        "confirm": (_("Is this meeting agreed?"), _("Yes, agreed")),
        "travel": (_("News about the journey"), _("Note it and move the alarm")),
        "met": (_("Did they meet?"), _("Write it down")),
        "safe": (_("Is the person safe?"), _("Write down the answer")),
        "outcome": (_("How did it go?"), _("Write it down")),
        "page_again": (_("The address or the code was lost, or its time is over"), _("Make the page anew")),
        "share": (_("Tell them how it went on"), _("Tell them")),
        "after_all": (_("It cannot be done after all"), _("Decline after all")),
    }[key]


def missing_sentence(code: str) -> str:
    """Return what is missing before a child is referred across a border, as a sentence."""
    return {
        "assessment": _("The best-interests assessment is not written yet."),
        "note": _("Not even the best-interests note for tonight is written."),
        "guardian": _("No guardian or representative is known who is not involved."),
        "determination": _("A return is asked for, and no determination by several parties is written yet."),
        "authority": _("Nobody is named to call at the competent authority."),
    }[code]


# -- what each does ----------------------------------------------------------------------------


def _take_up(request: StaffRequest, case: Case, opened: OpenedReferral, form: object, at: datetime) -> None:
    actions.take_up(keys=request.keys, case=case, opened=opened, at=at)


def _seal(request: StaffRequest, case: Case, opened: OpenedReferral, form: Any, at: datetime) -> None:
    actions.send(
        keys=request.keys,
        case=case,
        opened=opened,
        way=DeliveryMethod.NODE,
        life=form.cleaned_data.get("life", ""),
        at=at,
    )


def _send(
    request: StaffRequest, case: Case, opened: OpenedReferral, form: Any, at: datetime
) -> HttpResponse | None:
    data = form.cleaned_data
    sent = actions.send(
        keys=request.keys, case=case, opened=opened, way=data["way"], life=data.get("life", ""), at=at
    )
    return _made_once(request, case, opened, sent) if sent.token else None


def _page_again(
    request: StaffRequest, case: Case, opened: OpenedReferral, form: object, at: datetime
) -> HttpResponse:
    sent = actions.make_page_again(keys=request.keys, case=case, opened=opened, at=at)
    return _made_once(request, case, opened, sent)


def _made_once(request: StaffRequest, case: Case, opened: OpenedReferral, sent: Any) -> HttpResponse:
    # Shown once, on this answer itself: kept nowhere, so there is nothing to come back to.
    return page(
        request,
        "referrals/once_made.html",
        case=case,
        opened=opened,
        code=sent.code,
        address=request.build_absolute_uri(f"/r/{sent.token}/"),
    )


def _answered(request: StaffRequest, case: Case, opened: OpenedReferral, form: Any, at: datetime) -> None:
    data = form.cleaned_data
    actions.write_answer(
        keys=request.keys,
        case=case,
        opened=opened,
        answer=data["answer"],
        reason=data["reason"],
        note=data["note"],
        at=at,
    )


def _tell(request: StaffRequest, case: Case, opened: OpenedReferral, form: Any, at: datetime) -> None:
    text, values = form.cleaned_data["text"], form.values()
    actions.tell_more(keys=request.keys, case=case, opened=opened, text=text, values=values, at=at)


def _agree(request: StaffRequest, case: Case, opened: OpenedReferral, form: Any, at: datetime) -> None:
    note = form.cleaned_data["note"]
    actions.confirm_meeting(keys=request.keys, case=case, opened=opened, note=note, at=at)


def _told(request: StaffRequest, case: Case, opened: OpenedReferral, form: Any, at: datetime) -> None:
    actions.write_told(keys=request.keys, case=case, opened=opened, at=at, **form.cleaned_data)


def _first_days(request: StaffRequest, case: Case, opened: OpenedReferral, form: Any, at: datetime) -> None:
    actions.write_heard(keys=request.keys, case=case, opened=opened, at=at, **form.cleaned_data)


def _they_cannot(request: StaffRequest, case: Case, opened: OpenedReferral, form: Any, at: datetime) -> None:
    data = form.cleaned_data
    actions.write_answer(
        keys=request.keys,
        case=case,
        opened=opened,
        answer=ReferralState.DECLINED,
        reason=data["reason"],
        note=data["note"],
        at=at,
    )


def _told_back(request: StaffRequest, case: Case, opened: OpenedReferral, form: Any, at: datetime) -> None:
    data = form.cleaned_data
    actions.write_told_back(
        keys=request.keys,
        case=case,
        opened=opened,
        how=data["how"],
        fields=data["fields_erased"],
        note=data["note"],
        at=at,
    )


def _meeting(request: StaffRequest, case: Case, opened: OpenedReferral, form: Any, at: datetime) -> None:
    actions.agree_meeting(keys=request.keys, case=case, opened=opened, meeting=form.cleaned_data, at=at)


def _confirm(request: StaffRequest, case: Case, opened: OpenedReferral, form: object, at: datetime) -> None:
    actions.confirm_meeting(keys=request.keys, case=case, opened=opened, at=at)


def _travel(request: StaffRequest, case: Case, opened: OpenedReferral, form: Any, at: datetime) -> None:
    actions.write_travel(keys=request.keys, case=case, opened=opened, at=at, **form.cleaned_data)


def _met(request: StaffRequest, case: Case, opened: OpenedReferral, form: Any, at: datetime) -> None:
    data = form.cleaned_data
    actions.write_met(
        keys=request.keys, case=case, opened=opened, met=data["met"] == "yes", note=data["note"], at=at
    )


def _safe(request: StaffRequest, case: Case, opened: OpenedReferral, form: Any, at: datetime) -> None:
    actions.write_safe(keys=request.keys, case=case, opened=opened, at=at, **form.cleaned_data)


def _outcome(request: StaffRequest, case: Case, opened: OpenedReferral, form: Any, at: datetime) -> None:
    actions.write_outcome(keys=request.keys, case=case, opened=opened, at=at, **form.cleaned_data)


def _share(request: StaffRequest, case: Case, opened: OpenedReferral, form: Any, at: datetime) -> None:
    actions.tell_outcome(keys=request.keys, case=case, opened=opened, at=at, **form.cleaned_data)


def _after_all(request: StaffRequest, case: Case, opened: OpenedReferral, form: Any, at: datetime) -> None:
    data = form.cleaned_data
    actions.decline_after_all(
        keys=request.keys,
        case=case,
        opened=opened,
        reason=data["reason"],
        note=data["note"],
        others=form.named(),
        at=at,
    )


HANDLERS: dict[str, Callable[..., HttpResponse | None]] = {
    "take_up": _take_up,
    "seal": _seal,
    "send": _send,
    "answer": _answered,
    "tell": _tell,
    "meeting": _meeting,
    "confirm": _confirm,
    "travel": _travel,
    "met": _met,
    "safe": _safe,
    "outcome": _outcome,
    "share": _share,
    "after_all": _after_all,
    "they_agree": _agree,
    "told": _told,
    "first_days": _first_days,
    "they_cannot": _they_cannot,
    "told_back": _told_back,
    "page_again": _page_again,
}
