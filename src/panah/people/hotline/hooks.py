"""What the hotline registers with rooms below it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from panah.ground.accounts.roster import COVERED, FROM_THE_ROSTER
from panah.ground.audit import actions as audit
from panah.ground.audit.fact_words import FACT_WORDS, FactWords, by_codes
from panah.ground.exchange.actions import HANDLERS, MessageHandler
from panah.ground.exchange.words import MessageKind
from panah.ground.foundation import dialled_numbers
from panah.ground.kit.jinja import url
from panah.ground.kit.nav import (
    BANNERS,
    FRAME_PAGES,
    MENU,
    OPEN_DANGERS,
    RED_BUTTONS,
    Banner,
    DangerHere,
    FramePage,
    MenuItem,
    OpenDanger,
)
from panah.ground.kit.rank import Rank
from panah.ground.network.capabilities import NEVER_CLOSED
from panah.ground.sign_in.actions.locking import CALL_OPEN
from panah.ground.vault.actions.erasure import ON_ERASE
from panah.ground.vault.actions.offboarding import OFFBOARDING, Offboarding
from panah.ground.vault.door_store import DOOR_KINDS
from panah.ground.work.actions import ENGAGED, UNANSWERED
from panah.ground.work.first_steps import FIRST_STEPS
from panah.ground.work.item_rooms import ITEM_ROOMS, ItemRoom, by_number, by_subject, plain
from panah.ground.work.one_person import SAME_PERSON
from panah.ground.work.told_parts import MORE, SHEETS, in_order
from panah.people.finding.actions.local_search import CLOSED
from panah.people.hotline import actions as hotline
from panah.people.hotline import events, permissions, told
from panah.people.hotline import queries as hotline_queries
from panah.people.hotline.actions import night_cover
from panah.people.hotline.actions.authorities import ROOM as AUTHORITY
from panah.people.hotline.actions.chat_lines import ROOM as CHATS
from panah.people.hotline.actions.chat_lines import SECOND
from panah.people.hotline.models import LineChat
from panah.people.hotline.urls import urlpatterns
from panah.people.hotline.words import Channel
from panah.people.inbox.for_the_door import FACTS
from panah.people.reporters import events as reporters_events

if TYPE_CHECKING:
    from django.urls import ResolverMatch

    from panah.ground.accounts.models import Staff


dialled_numbers.ALL.register("hotline", hotline_queries.rows_with_numbers)
DOOR_KINDS.register(LineChat.protection.kind, "add name")
ITEM_ROOMS.register(
    "hotline",
    ItemRoom(
        address=by_subject("hotline:opened"),
        ends_on={"call_back": by_number("hotline:back"), "decide": by_number("hotline:next")},
        asks_first=frozenset({"came_late", "arrived"}),
        of_people=frozenset({"call_back", "decide", "arrived"}),
        # When ringing is safe, and what is said first.
        shown_in_lists=frozenset({"call_back"}),
        of_safety=frozenset({"decide"}),
        sentences_in_lists=(
            gettext_lazy("Decide what happens next: the person was in danger"),
            gettext_lazy("Decide: a call-back was agreed on, but nobody said that ringing is safe"),
            gettext_lazy("Decide: a joined call was in danger, and nobody said that ringing is safe"),
        ),
        says={
            "call_back": gettext_lazy("A promised call-back: read first whether ringing is safe"),
            "decide": gettext_lazy("Decide what happens next after this contact"),
            "came_late": gettext_lazy(
                "Something was written to this contact after it became a case: read it"
            ),
            "arrived": gettext_lazy("A contact came from the inbox: read it and answer"),
        },
        may_open=hotline_queries.may_open,
        told_apart=hotline_queries.call_told_apart,
        holders=hotline_queries.holders_of_case,
        when_due=hotline_queries.when_due,
        hours_are_sealed=hotline_queries.hours_are_sealed,
    ),
)
ITEM_ROOMS.register(
    CHATS,
    ItemRoom(
        address=by_subject("hotline:chat"),
        ends_on={"chat": by_subject("hotline:chat"), SECOND: by_subject("hotline:chat")},
        of_people=frozenset({"chat", SECOND}),
        says={
            "chat": gettext_lazy("Somebody waits in a chat: take it"),
            SECOND: gettext_lazy("Nobody has answered somebody who waits in a chat: take it"),
        },
        may_open=hotline_queries.may_take_chat,
        told_apart=hotline_queries.chat_told_apart,
    ),
)
ITEM_ROOMS.register(hotline_queries.TOGETHER, ItemRoom(address=plain("hotline:calls"), says={}))
ITEM_ROOMS.register(
    AUTHORITY,
    ItemRoom(
        address=by_number("hotline:authority"),
        ends_on=dict.fromkeys(("decide", "answer", "tell_person", "hear"), by_number("hotline:authority")),
        focal_points_only=True,
        says={
            "decide": gettext_lazy("An authority asks: decide"),
            "answer": gettext_lazy("Answer the request of an authority"),
            "tell_person": gettext_lazy("Tell the person that an authority asked"),
            "hear": gettext_lazy("An authority asked: should the person hear of it?"),
        },
    ),
)
ITEM_ROOMS.register(
    "hotline_debrief",
    ItemRoom(
        address=by_subject("hotline:debrief"),
        outcome_alone=frozenset({"debrief"}),
        says={"debrief": gettext_lazy("Talk with the colleague after a hard call")},
    ),
)
ITEM_ROOMS.register(
    "hotline_keeping",
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=plain("hotline:keeping"),
        outcome_alone=frozenset({"erase_soon"}),
        says={"erase_soon": gettext_lazy("Contacts are to be erased soon: look at them first")},
    ),
)
ITEM_ROOMS.register(
    "hotline_alarm",
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=by_subject("hotline:alarm"),
        outcome_alone=frozenset({"ended"}),
        says={"ended": gettext_lazy("The call to which you were called in has ended")},
    ),
)
ITEM_ROOMS.register(
    night_cover.ROOM,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=plain("hotline:covers"),
        ends_on={night_cover.OFFERED: plain("hotline:covers")},
        outcome_alone=frozenset({night_cover.TOLD}),
        says={
            night_cover.OFFERED: gettext_lazy(
                "A paired society offers to cover your nights: agree or decline"
            ),
            night_cover.TOLD: gettext_lazy("A night cover was agreed or has ended: look at it"),
        },
    ),
)
ENGAGED.register("hotline", hotline_queries.engaged)
SAME_PERSON.register("hotline", hotline_queries.same_person)
UNANSWERED.register("night cover", hotline.ring_cover)
COVERED.register("night cover", hotline_queries.cover_sentences)
HANDLERS.register(
    MessageKind.NIGHT_COVER, MessageHandler(frozenset({MessageKind.NIGHT_COVER}), hotline.take_cover)
)
ON_ERASE.register("hotline", hotline.forget_contact, order=10)
OFFBOARDING.register(
    "chats",
    Offboarding(
        held=hotline.chats_held,
        hand_over=hotline.hand_over_chats,
        give_back=hotline.pass_on_chats,
        pass_on=hotline.pass_on_chats,
    ),
    order=28,
)
FACT_WORDS.register("channel", FactWords("channel", by_codes(Channel)))
FIRST_STEPS.register("hotline", hotline_queries.first_steps)
CALL_OPEN.register("hotline", hotline_queries.call_elsewhere)
# What a machine of the door's own leaves, and what it is told.
audit.TAKEN_UP.register(
    reporters_events.STARTED.name, audit.Follows(hotline.take_up_chats, hotline.lock_chats)
)
audit.TAKEN_UP.register(events.CHAT_IN_DANGER.name, audit.Follows(hotline.take_up_danger, hotline.lock_calls))
FACTS.register(hotline_queries.CHATS, hotline_queries.lines_told)


def _call_open(*, staff: Staff, at: datetime) -> bool:
    return hotline_queries.call_open(staff)


CLOSED.register("hotline", _call_open)


def _alarms(staff: Staff) -> list[Banner]:
    # The views know the addresses; they are loaded with the first page, not with the app.
    from panah.people.hotline.views.alarms import warnings

    return warnings(staff)


def _chats(staff: Staff) -> list[Banner]:
    from panah.people.hotline.views.chats import chat_banners

    return chat_banners(staff)


def _open_dangers(staff: Staff) -> list[OpenDanger]:
    return [
        OpenDanger(
            str(call.pk),
            url("hotline:call", call.number),
            url("hotline:emergency", call.number),
            call.started_at,
        )
        for call in hotline_queries.open_dangers(staff)
    ]


def _red_button(match: ResolverMatch) -> DangerHere | None:
    # Whichever room a page of a call is of, its address begins so.
    if not match.route.startswith("calls/<number:number>/"):
        return None
    return DangerHere(url("hotline:emergency", match.kwargs["number"]), "start", "e")


OPEN_DANGERS.register("hotline", _open_dangers)
RED_BUTTONS.register("hotline", _red_button)
BANNERS.register("alarms", _alarms)
BANNERS.register("chats", _chats)
FROM_THE_ROSTER.register("call-out tree", ("hotline:call_tree", gettext_lazy("Call-out tree on paper")))
FRAME_PAGES.register("banners", FramePage("hotline:alarms_now", script="hotline/alarms.js"))
MENU.register(
    "calls",
    MenuItem("hotline:calls", gettext_lazy("Calls"), "phone", visible=permissions.may_see_calls, go="gl"),
    order=20,
)
# A group that is found on a call is for whoever takes groups in.
NEVER_CLOSED.register(
    "hotline", frozenset(f"hotline:{pattern.name}" for pattern in urlpatterns if pattern.name != "people")
)
for name, part, order in in_order("contact", told.CONTACT, order=0):
    SHEETS.register(name, part, order=order)
for name, part, order in in_order("case", told.CALLS, order=300):
    SHEETS.register(name, part, order=order)
MORE.register("hotline", told.handed_in)
