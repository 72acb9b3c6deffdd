"""The page of one referral, on either side: what left or came, what is known of the meeting, what can be done next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from panah.accounts.queries import duty_phones
from panah.cases.queries import by_number_or_404
from panah.consent.words import ConsentPurpose, SharedField
from panah.foundation.http import StaffRequest
from panah.kit.pages import add_message, page
from panah.network import queries as network_queries
from panah.referrals import actions, offer_schema, queries, rules
from panah.referrals.actions import one_time_page
from panah.referrals.views import alternatives, steps
from panah.referrals.views.step_forms import form_of, moment, values, verdict
from panah.referrals.views.timeline import happened, told_by_telephone
from panah.referrals.words import FIRST_NEEDS, DeliveryMethod, ReferralState
from panah.vault.middleware import vault_required

if TYPE_CHECKING:
    from panah.cases.models import Case


@dataclass(frozen=True)
class Offered:
    """One thing that can be done now: its form, and how it is called."""

    key: str
    form: Any
    title: str
    button: str
    main: bool = True
    # Sent and refused, or searched in: it stays open.
    open: bool = False


@require_http_methods(["GET", "POST"])
@vault_required
def one(request: StaffRequest, number: str, referral: UUID) -> HttpResponse:
    """A referral: the packet as it leaves or as it came, what stays, and what comes next."""
    case = by_number_or_404(number, to=request.staff)
    opened = queries.one_of(case=case, keys=request.keys, referral=referral)
    offered = _offered(request, case, opened)
    posted = _posted(request, offered)
    if posted is not None and posted.form.submit(lambda **_given: _take_step(request, case, opened, posted)):
        return posted.form.result
    return _show(request, case, opened, offered)


def _posted(request: StaffRequest, offered: list[Offered]) -> Offered | None:
    if request.method != "POST" or not offered:
        return None
    asked = request.POST.get("step", "")
    return next((o for o in offered if o.key == asked), None if asked else offered[0])


def _offered(request: StaffRequest, case: Case, opened: Any) -> list[Offered]:
    keys = steps.next_steps(
        opened,
        unread=len(queries.unread(opened.row)),
        reachable=queries.can_reach(opened.sealed["receiver"], society=case.society_id),
        to_call=queries.waits_for_call(opened.row) or bool(queries.untold(opened, at=timezone.now())),
        typed=bool(one_time_page.answers_of(referral=opened.row, key=opened.sealed.get("page_key", ""))),
    )
    asked = request.POST.get("step", "") or (keys[0] if keys else "")
    found = []
    for place, key in enumerate(keys):
        data = request.POST if request.method == "POST" and key == asked else None
        # Several forms stand on one page: the first keeps the plain ids.
        more: dict[str, Any] = {} if place == 0 else {"auto_id": f"id_{key}_%s"}
        title, button = steps.named(
            key, opened.row.state, across=opened.row.conversation is not None, first=place == 0
        )
        # Who waits for an answer that comes by itself is not asked for it.
        main = place == 0 and not (key == "answer" and opened.row.conversation is not None)
        found.append(
            Offered(
                key, form_of(request, case, opened, key)(data, **more), title, button, main, data is not None
            )
        )
    return found


def _take_step(request: StaffRequest, case: Case, opened: Any, posted: Offered) -> HttpResponse:
    at = timezone.now()
    shown = steps.TAKE[posted.key](request, case, opened, posted.form, at)
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


def _show(request: StaffRequest, case: Case, opened: Any, offered: list[Offered]) -> HttpResponse:
    content, row, now = opened.sealed, opened.row, timezone.now()
    packet = values(content)
    offer = _offer(request, case, opened)
    told = offer.told if offer else packet
    meeting = meeting_kept(content)
    return page(
        request,
        "referrals/one.html",
        case=case,
        opened=opened,
        offered=offered,
        # The first form carries the page's errors into its title.
        form=offered[0].form if offered else None,
        verdict=verdict(request, case, opened),
        packet=told_rows(packet),
        offer=offer,
        lacks=_lacks(request, case, opened),
        stays=[f.label for f in SharedField if f.value not in told],
        steps=happened(content["steps"]),
        typed=one_time_page.answers_of(referral=row, key=content.get("page_key", "")),
        way=DeliveryMethod(content["way"]).label if content.get("way") else "",
        meeting_at=moment(content.get("meeting", {}).get("when")),
        arrives_at=moment(content.get("meeting", {}).get("arrives")),
        cover=meeting,
        left="packet" in content,
        reference=content.get("reference", ""),
        to_decide=bool(content.get("offer")),
        unread=queries.unread(row),
        timeline=queries.timeline(row) or told_by_telephone(opened),
        late=_is_late(row, content, now),
        unheard=row.read_by is not None and row.read_by <= now,
        untold=queries.untold(opened, at=now),
        by_phone=bool(row.conversation) and queries.waits_for_call(row),
        **_whom_to_ring(row, now),
        others=alternatives.others_for(request, case, opened),
        watched=queries.watched(row),
        on_the_way=actions.travels(row),
        goes_on=actions.GOES_ON,
        first_needs=FIRST_NEEDS if row.direction == "in" and row.state == ReferralState.MET else (),
    )


def _whom_to_ring(row: Any, at: datetime) -> dict[str, Any]:
    """The numbers of the other side, and who is on duty here now."""
    return {"numbers": _numbers(row, at), "duty": duty_phones(row.society_id, at=at)}


def _numbers(row: Any, at: datetime) -> list[Any]:
    """The telephone numbers of the other side that the directory has: its own, not those of offices that it lists."""
    if row.peer is None:
        return []
    return network_queries.own_numbers(row.peer.theirs, at=at)


def _offer(request: StaffRequest, case: Case, opened: Any) -> Any:
    """The offer as both sides see it: what left, what came, or what would leave; None for another way."""
    content = opened.sealed
    if content.get("offer"):
        return offer_schema.shown(offer_schema.read(content["offer"]))
    if _leaves_across(opened):
        would = actions.offer_of(keys=request.keys, case=case, opened=opened, packet=values(content))
        return offer_schema.shown(offer_schema.read(would))
    return None


def _leaves_across(opened: Any) -> bool:
    return opened.row.state == ReferralState.DRAFT and opened.sealed["purpose"] == ConsentPurpose.CROSS_BORDER


def _lacks(request: StaffRequest, case: Case, opened: Any) -> list[tuple[str, str]]:
    """What a child's referral still lacks, with the page where it is written."""
    if not _leaves_across(opened):
        return []
    covered = verdict(request, case, opened).allowed
    return [
        (code, steps.lack(code))
        for code in actions.child_lacks(keys=request.keys, case=case, content=opened.sealed, life=not covered)
    ]


def _is_late(row: Any, content: dict[str, Any], now: datetime) -> bool:
    """Whether somebody should have been met half an hour ago, or nobody was."""
    if row.state == ReferralState.NOT_MET:
        return True
    meeting = content.get("meeting") or {}
    arrival = moment(meeting.get("arrives")) or moment(meeting.get("when"))
    on = row.state == ReferralState.MEETING or queries.watched(row)
    return bool(on and arrival and rules.alarm_at(arrival) <= now)


def meeting_kept(content: dict[str, Any]) -> dict[str, Any]:
    """Return the meeting with every field, or nothing."""
    kept: dict[str, Any] = content.get("meeting") or {}
    return {**dict.fromkeys(("escort", "papers", "medical", "by", "confirmed"), ""), **kept} if kept else {}


def told_rows(values: dict[str, str]) -> list[tuple[Any, str]]:
    """The fields of a packet with their names."""
    return [(SharedField(name).label, text) for name, text in values.items()]
