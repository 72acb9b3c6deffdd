"""Danger now, on every page of whoever is paged: a banner, a sound, and a page to answer on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from panah.ground.accounts.queries import duty_phones, with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit import nav
from panah.ground.kit.dates import clock
from panah.ground.kit.pages import add_message, page, wants_fragment
from panah.ground.sign_in.middleware import vault_required
from panah.ground.vault.queries import holders_of_intake
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.paged import called_by, told_apart, who_may_be_named
from panah.ground.work.permissions import called_for_help, may_answer
from panah.people.hotline import queries
from panah.people.hotline.actions.chat_lines import ROOM as CHATS
from panah.people.hotline.actions.night_cover import ROOM as COVER
from panah.people.hotline.call_pages import redirect_to
from panah.people.hotline.views.chats import chat
from panah.people.inbox import queries as inbox_queries
from panah.people.inbox.words import ROOM

MOST_BANNERS = 2

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.work.models import Alarm
    from panah.people.hotline.models import Contact


def warnings(staff: Staff) -> list[nav.Banner]:
    """What stands on top of every page of a colleague who is paged, and of a focal point; one query.

    More than two would bury the page on a telephone: then one line says how many, and leads to their list. Whoever is
    in a danger call herself reads who comes to the others, also once somebody does.
    """
    waiting: list[Any] = work_queries.alarms_for(to=staff)
    beside = [
        other
        for call in queries.open_dangers(staff)[:1]
        for other in queries.other_dangers(to=staff, contact=call, most=MOST_BANNERS)
    ]
    comes = {other.pk: other.say for other in beside if not other.comes}
    taken = [_taken(other) for other in beside if other.comes][-MOST_BANNERS:]
    if len(waiting) <= MOST_BANNERS:
        return [
            *_numbered([replace(_banner(staff, waits), comes=comes.get(waits.pk, "")) for waits in waiting]),
            *taken,
        ]
    summary = ngettext(
        "%(num)s in danger now, the first since %(time)s.",
        "%(num)s in danger now, the first since %(time)s.",
        len(waiting),
    ) % {"num": len(waiting), "time": clock(waiting[0].raised_at)}
    if any(waits.called and not called_for_help(waits, staff=staff) for waits in waiting):
        summary += " " + _("You are called in.")
    summary = " ".join(filter(None, (summary, _messages(waiting))))
    together = " ".join(dict.fromkeys(comes.values()))
    return [nav.Banner(summary, reverse("hotline:alarms_now"), _("See them all"), comes=together), *taken]


def _taken(other: queries.OtherDanger) -> nav.Banner:
    """Another danger to which a colleague comes: whoever is in a danger call need not look after it."""
    since = _("Danger now since %(time)s.") % {"time": clock(other.since)}
    address = reverse("hotline:alarm", args=[other.pk])
    return nav.Banner(
        f"{since} {other.which}".strip(), address, _("Look"), sounds=False, comes=other.say, tone="soon"
    )


def _banner(staff: Staff, raised: Alarm) -> nav.Banner:
    """Whoever called for help reads how it stands, without a button or a sound: somebody may stand beside her."""
    answers, own = _ends_paging(raised, staff), called_for_help(raised, staff=staff)
    text = " ".join(
        filter(None, (_together(raised), _called(staff, raised), told_apart(raised, staff=staff)))
    )
    link = _("I answer") if answers else _("See who is paged") if own else _("Look")
    address = reverse("hotline:alarm", args=[raised.pk])
    return nav.Banner(text, address, link, sounds=not own, post=answers, about=str(raised.subject))


def _numbered(banners: Iterable[nav.Banner]) -> list[nav.Banner]:
    """Number those that say the same: raised within one minute, about things of one kind."""
    rows, met = list(banners), Counter[object]()
    same = Counter(banner.text for banner in rows)
    numbered = []
    for banner in rows:
        met[banner.text] += 1
        numbered.append(
            replace(banner, text=f"{banner.text} ({met[banner.text]})") if same[banner.text] > 1 else banner
        )
    return numbered


def _together(raised: Alarm) -> str:
    """How many chats an alarm is about, where it is about many: those that came after it have joined it."""
    if raised.room != queries.TOGETHER:
        return ""
    waiting = queries.danger_waits(raised.society_id)
    return ngettext("%(num)s chat waits, danger.", "%(num)s chats wait, danger.", waiting) % {"num": waiting}


def _messages(waiting: Iterable[Alarm]) -> str:
    """How many messages are among them, and how many of these look unlike the others: a flood is read in one line."""
    messages = [one.subject for one in waiting if one.room == ROOM]
    if len(messages) <= MOST_BANNERS:
        return ""
    unlike = len(inbox_queries.unlike_the_rest(messages))
    said = ngettext(
        "%(num)s message, %(unlike)s unlike the rest.",
        "%(num)s messages, %(unlike)s unlike the rest.",
        len(messages),
    )
    return said % {"num": len(messages), "unlike": unlike}


def _called(staff: Staff, raised: Any) -> str:
    """Whether she is called in herself, or called for help; a focal point who did neither reads who was told."""
    since = clock(raised.raised_at)
    own = called_for_help(raised, staff=staff)
    if raised.called and not own:
        return _("Danger now: you are called in since %(time)s.") % {"time": since}
    called_names = called_by(raised, to=staff).told
    if own and called_names:
        return _("You called for help at %(time)s. Nobody has answered yet.") % {"time": since}
    if own:
        return _("You called for help at %(time)s. Nobody has been told.") % {"time": since}
    if not called_names:
        return _("Danger now since %(time)s. Nobody has been told.") % {"time": since}
    return _("Danger now since %(time)s. Paged: %(name)s.") % {"time": since, "name": ", ".join(called_names)}


@require_safe
def now(request: StaffRequest) -> HttpResponse:
    """The banner alone, asked for by every staff page of a colleague. It does not keep her vault open."""
    at = timezone.now()
    if work_queries.unanswered(to=request.staff):
        # Also when no worker runs: whoever's page asks first calls the next on the list.
        work.escalate(at=at)
    # As a page of its own it has the list, under the line that every page has.
    if wants_fragment(request):
        return page(request, "hotline/alarms.html", "alarms")
    waiting = work_queries.alarms_for(to=request.staff)
    unlike = inbox_queries.unlike_the_rest([one.subject for one in waiting if one.room == ROOM])
    # Of messages that look alike none hides what is unlike them, or what is no message.
    ordered = sorted(waiting, key=lambda one: one.room == ROOM and one.subject not in unlike)
    each = _numbered([_banner(request.staff, raised) for raised in ordered])
    return page(request, "hotline/alarms.html", each=each, messages=_messages(waiting))


def alarm(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One alarm: since when, who is paged, *I answer*."""
    raised = get_object_or_404(work_queries.alarm_visible(to=request.staff), pk=pk)
    if request.method == "POST":
        may_open = work_queries.may_open(raised, staff=request.staff)
        if may_open and raised.room != COVER and request.keys is None:
            # Others are paged until she has it open: whoever cannot open it helps with the numbers of its page.
            return vault_required(lambda again: alarm(again, raised.pk))(request)
        if raised.room == CHATS and may_open:
            return _answer_chat(request, raised)
        if raised.room == ROOM and not may_open:
            return redirect_to("alarm", raised.pk)
        _answer(request, raised)
        if raised.room == "hotline" and may_open:
            contact = queries.visible(to=request.staff).get(pk=raised.subject)
            _answer_joined(request, contact)
            # The page of danger is one for both: number and place, what was answered, who else comes.
            return redirect_to("next" if _late_since(raised) else "emergency", contact.number)
        return redirect_to("alarm", raised.pk)
    may_open = work_queries.may_open(raised, staff=request.staff)
    return page(
        request,
        "hotline/alarm.html",
        alarm=raised,
        now=timezone.now(),
        href=work_queries.alarm_href(raised) if may_open else "",
        may_open=may_open,
        may_answer=_ends_paging(raised, request.staff),
        own=called_for_help(raised, staff=request.staff),
        told_apart=told_apart(raised, staff=request.staff),
        arrived=raised.room == ROOM,
        chats=queries.danger_waits(raised.society_id) if raised.room == queries.TOGETHER else 0,
        called=called_by(raised, to=request.staff),
        ended_at=_ended_at(raised),
        became_case=may_open and raised.room == "hotline" and queries.became_a_case(raised.subject),
        late_since=_late_since(raised),
        calls_us=queries.who_calls(raised.subject, to=request.staff, at=timezone.now())
        if raised.room == COVER
        else None,
        night_covers=queries.covered_by(to=request.staff, at=timezone.now()),
        **({} if may_open else _without_key(request.staff, raised)),
    )


def _ends_paging(raised: Alarm, staff: Staff) -> bool:
    """Say whether a colleague's answer calls the others off: a sealed message helps nobody until somebody opens it."""
    opened = raised.room != ROOM or work_queries.may_open(raised, staff=staff)
    return opened and may_answer(raised, staff=staff)


def _answer(request: StaffRequest, raised: Alarm) -> None:
    work.answer_alarm(alarm=raised, by=request.staff, at=timezone.now())
    add_message(request, _("You answer. Everyone who was paged sees it."))


def _answer_joined(request: StaffRequest, contact: Contact) -> None:
    """What calls for the same person elsewhere is the same alarm: whoever takes one has taken it."""
    for joined in queries.joined_with(keys=request.keys, contact=contact, to=request.staff):
        work.answer_alarm_of(subject=joined.contact.pk, by=request.staff, at=timezone.now())


def _late_since(alarm: Alarm) -> datetime | None:
    """Since when somebody should have decided, where the list itself calls; None for what a colleague called for."""
    if alarm.raised_by_id is not None or alarm.room not in ("hotline", "cases"):
        return None
    late = [item.due_at for item in work_queries.items_of(alarm.subject) if item.pages_at is not None]
    return min(late, default=None)


def _answer_chat(request: StaffRequest, raised: Alarm) -> HttpResponse:
    """A person waits in it: the same press takes the chat, and opens it. Others are paged until she has it."""
    answer = chat(request, raised.subject)
    if queries.waiting_chat(raised.subject, to=request.staff, at=timezone.now()) is None:
        # She has it, or whoever was quicker; who may not take it leaves the others paged.
        _answer(request, raised)
    return answer


def _ended_at(alarm: Alarm) -> datetime | None:
    """When the call that an alarm is about ended: whoever was called in may know that, with or without its key."""
    return queries.ended_at(alarm.subject) if alarm.room == "hotline" else None


def _without_key(staff: Staff, raised: Alarm) -> dict[str, Any]:
    """Whom to telephone and which numbers to dial, for someone who cannot open the call. Nothing about the call."""
    at, named = timezone.now(), who_may_be_named(raised)
    called = [raised.raised_by] if raised.raised_by else []
    of_room = work_queries.holders_of(raised)
    holding = of_room or (
        holders_of_intake(staff.society_id)
        if raised.room == ROOM
        else [p for line in queries.visible_lines(to=staff) for p in queries.operators_of(line)]
    )
    can_open = _("can open what arrived") if raised.room == ROOM else _("can open calls")
    if of_room:
        can_open = _("can open the case")
    rows = (
        (_("called for help"), called),
        (_("paged as well"), [p for p in (raised.first, raised.second) if p and p.pk != staff.pk]),
        (can_open, [p for p in holding if p.pk != staff.pk]),
        (
            _("focal points"),
            [p for p in with_permission(staff.society_id, Permission.HOTLINE_LEAD) if p.pk != staff.pk],
        ),
    )
    people = [
        (why, list({p.pk: p for p in who if named is None or p.pk in named}.values())) for why, who in rows
    ]
    return {
        "people": [(why, who) for why, who in people if who],
        "duty": duty_phones(staff.society_id, at=at) if named is None else [],
        "numbers": queries.emergency(society=staff.society, iso2=staff.society.iso2, at=at),
    }
