"""The page of one referral, on either side: what left or came, what is known of the meeting, what can be done next."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from panah.ground.accounts.queries import duty_phones
from panah.ground.directory import queries as directory_queries
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.forms import Form
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in.middleware import vault_required
from panah.people.cases.queries import by_number_or_404
from panah.people.consent import queries as consent_queries
from panah.people.consent.words import ConsentPurpose
from panah.people.inbox import queries as inbox_queries
from panah.people.referrals import actions, offer_schema, queries, rules
from panah.people.referrals.views import alternatives, step_order, steps
from panah.people.referrals.views.presenters import ReferralPage, ReferralWarnings
from panah.people.referrals.views.step_forms import moment, typed_answers, values, verdict
from panah.people.referrals.views.timeline import conversation_timeline, phone_timeline, timeline_lines
from panah.people.referrals.words import FIRST_NEEDS, DeliveryMethod, ReferralState

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from panah.ground.directory.queries import HotlineCard
    from panah.ground.exchange.queries import ConversationMessage
    from panah.people.cases.models import Case
    from panah.people.inbox.models import Arrival
    from panah.people.referrals.models import Referral
    from panah.people.referrals.queries import OpenedReferral
    from panah.people.referrals.views.timeline import MessageLine


@dataclass(frozen=True)
class OfferedStep:
    """One thing that can be done now: its form, and how it is called."""

    key: str
    form: Form
    title: str
    button: str
    main: bool = True
    # Sent and refused, or searched in: it stays open.
    open: bool = False


@require_http_methods(["GET", "POST"])
@vault_required
def referral_page(request: StaffRequest, number: str, referral: UUID) -> HttpResponse:
    """A referral: the packet as it leaves or as it came, what stays, and what comes next."""
    case = by_number_or_404(number, to=request.staff)
    opened = queries.one_or_404(case=case, keys=request.keys, referral=referral)
    offered = _offered(request, case, opened)
    posted = _posted(request, offered)
    if posted is not None and posted.form.submit(lambda **_given: _take_step(request, case, opened, posted)):
        return posted.form.result
    return _show(request, case, opened, offered)


def _posted(request: StaffRequest, offered: list[OfferedStep]) -> OfferedStep | None:
    if request.method != "POST" or not offered:
        return None
    asked = request.POST.get("step", "")
    return next((o for o in offered if o.key == asked), None if asked else offered[0])


def _offered(request: StaffRequest, case: Case, opened: OpenedReferral) -> list[OfferedStep]:
    keys = step_order.next_steps(
        opened,
        unread=len(_unread_by(request, opened.row)[0]),
        reachable=queries.can_reach(opened.sealed["receiver"], society=case.society_id),
        to_call=queries.waits_for_call(opened.row)
        or bool(queries.undelivered_and_not_phoned(opened, at=timezone.now())),
        typed=bool(typed_answers(opened, keys=request.keys)),
    )
    asked = request.POST.get("step", "") or (keys[0] if keys else "")
    found = []
    for place, key in enumerate(keys):
        data = request.POST if request.method == "POST" and key == asked else None
        # Several forms stand on one page: the first keeps the plain ids.
        more: dict[str, object] = {} if place == 0 else {"auto_id": f"id_{key}_%s"}
        step = steps.STEPS[key]
        title, button = step.words(
            steps.StepContext(
                ReferralState(opened.row.state), opened.row.conversation is not None, place == 0
            )
        )
        # Who waits for an answer that comes by itself is not asked for it.
        main = place == 0 and not (key == "answer" and opened.row.conversation is not None)
        found.append(
            OfferedStep(
                key, step.form(request, case, opened)(data, **more), title, button, main, data is not None
            )
        )
    return found


def _take_step(
    request: StaffRequest, case: Case, opened: OpenedReferral, posted: OfferedStep
) -> HttpResponse:
    at = timezone.now()
    shown = steps.STEPS[posted.key].act(request, case, opened, posted.form, at)
    if shown is not None:
        return shown
    if posted.key != "told" and queries.must_be_called(opened.row, at=at):
        add_message(
            request,
            _("Written down. The other side has NOT been told yet: telephone them now."),
            tone="urgent",
        )
    elif opened.row.conversation is None or posted.key == "told":
        add_message(request, _("Written down."))
    else:
        add_message(request, _("Written down, and told."))
    return redirect("referrals:one", case.number, opened.row.pk)


def _show(
    request: StaffRequest, case: Case, opened: OpenedReferral, offered: list[OfferedStep]
) -> HttpResponse:
    content, row, now = opened.sealed, opened.row, timezone.now()
    hers, closed = _unread_by(request, row)
    seen = ReferralPage(
        case=case,
        opened=opened,
        watch=_watch(opened, now),
        meeting=meeting_kept(content),
        verdict=verdict(request, case, opened),
        lacks=_missing(request, case, opened),
        offer=_offer(request, case, opened),
        packet=values(content),
        timeline=conversation_timeline(row) or phone_timeline(opened),
        agreed=_agreed(request, case, opened),
        opens_for=_opens_for(closed) if closed else None,
    )
    on_the_way = actions.travels(row)
    return page(
        request,
        "referrals/one.html",
        case=case,
        opened=opened,
        seen=seen,
        offer=seen.offer,
        timeline=seen.timeline,
        forms=[seen.step(one, on_the_way=on_the_way) for one in offered],
        # The first form carries the page's errors into its title.
        form=offered[0].form if offered else None,
        risk=_authority_risk(opened),
        steps=timeline_lines(content["steps"]),
        typed=[
            (_typed_answer(answer["answer"]), answer["note"])
            for answer in typed_answers(opened, keys=request.keys)
        ],
        way=DeliveryMethod(content["way"]).label if content.get("way") else "",
        reference=content.get("reference", ""),
        unread=_unread(hers, seen.timeline),
        others=alternatives.alternatives_for(request, case, opened),
        goes_on=actions.GOES_ON,
        first_needs=FIRST_NEEDS if seen.incoming and row.state == ReferralState.MET else (),
    )


def _watch(opened: OpenedReferral, now: datetime) -> ReferralWarnings:
    row = opened.row
    return ReferralWarnings(
        late=_is_late(row, opened.sealed, now),
        watched=queries.safety_unconfirmed(row),
        unheard=row.read_by is not None and row.read_by <= now,
        untold=queries.undelivered_and_not_phoned(opened, at=now),
        by_phone=bool(row.conversation) and queries.waits_for_call(row),
        numbers=tuple(_numbers(row, now)),
        duty=tuple(duty_phones(row.society_id, at=now)),
    )


def _typed_answer(answer: str) -> str:
    known = {"accepted": _("we can help"), "declined": _("we cannot"), "done": _("it is done")}
    return known.get(answer, _("we need to know more"))


def _unread_by(request: StaffRequest, row: Referral) -> tuple[list[Arrival], list[Arrival]]:
    """What they wrote and nobody has opened: what opens for her, and what was sealed to a key of others."""
    found = queries.unread(row)
    opens = [
        one
        for one in found
        if inbox_queries.is_of_conversation(one)
        or inbox_queries.may_open(one, staff=request.staff, keys=request.keys)
    ]
    return opens, [one for one in found if one not in opens]


def _opens_for(closed: list[Arrival]) -> list[str]:
    """The colleagues who hold this case and the key of what came."""
    return sorted({who.name for one in closed for who in inbox_queries.holders_for_its_case(one)})


def _unread(
    found: list[Arrival], timeline: Sequence[ConversationMessage | MessageLine]
) -> list[tuple[str, datetime]]:
    """Of each its kind in words, and when it came."""
    labels = {one.kind: one.label for one in reversed(timeline)}
    return [(str(labels.get(one.kind, one.kind)), one.arrived_at) for one in found]


def _numbers(row: Referral, at: datetime) -> list[HotlineCard]:
    """The telephone numbers of the other side that the directory has: its own, not those of offices that it lists."""
    if row.peer is None:
        return []
    return directory_queries.own_numbers(row.peer.theirs, at=at)


def _offer(request: StaffRequest, case: Case, opened: OpenedReferral) -> offer_schema.OfferRows | None:
    """The offer as both sides see it: what left, what came, or what would leave; None for another way."""
    content = opened.sealed
    if content.get("offer"):
        return offer_schema.offer_rows(offer_schema.read(content["offer"]))
    if _leaves_across(opened):
        would = actions.offer_of(keys=request.keys, case=case, opened=opened, packet=values(content))
        return offer_schema.offer_rows(offer_schema.read(would))
    return None


def _agreed(request: StaffRequest, case: Case, opened: OpenedReferral) -> Collection[str]:
    """The fields that the person agreed to tell; nothing once it has left."""
    if opened.row.state != ReferralState.DRAFT:
        return ()
    return queries.agreed_fields(keys=request.keys, case=case, content=opened.sealed)


def _authority_risk(opened: OpenedReferral) -> StrOrPromise | None:
    """What has to be said before a consulate or the police is told."""
    content = opened.sealed
    if opened.row.state != ReferralState.DRAFT:
        return None
    return consent_queries.authority_risk(content["receiver"], content["receiver_name"], at=timezone.now())


def _leaves_across(opened: OpenedReferral) -> bool:
    return opened.row.state == ReferralState.DRAFT and opened.sealed["purpose"] == ConsentPurpose.CROSS_BORDER


def _missing(request: StaffRequest, case: Case, opened: OpenedReferral) -> list[tuple[str, str]]:
    """What a child's referral still lacks, with the page where it is written."""
    if not _leaves_across(opened):
        return []
    covered = verdict(request, case, opened).allowed
    return [
        (code, step_order.missing_sentence(code))
        for code in actions.child_lacks(keys=request.keys, case=case, content=opened.sealed, life=not covered)
    ]


def _is_late(row: Referral, content: dict[str, Any], now: datetime) -> bool:
    """Whether somebody should have been met half an hour ago, or nobody was."""
    if row.state == ReferralState.NOT_MET:
        return True
    meeting = content.get("meeting") or {}
    arrival = moment(meeting.get("arrives")) or moment(meeting.get("when"))
    on = row.state == ReferralState.MEETING or queries.safety_unconfirmed(row)
    return bool(on and arrival and rules.alarm_at(arrival) <= now)


def meeting_kept(content: dict[str, Any]) -> dict[str, Any]:
    """Return the meeting with every field, or nothing."""
    kept: dict[str, object] = content.get("meeting") or {}
    return {**dict.fromkeys(("escort", "papers", "medical", "by", "confirmed"), ""), **kept} if kept else {}
