"""Lines and contacts of a practice node, in every state, made through the hotline's own actions. All invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from panah.people.family_links import actions as family_links
from panah.people.hotline import actions as hotline
from panah.people.hotline import queries as hotline_queries
from panah.people.hotline.actions import CallDraft
from panah.people.hotline.words import ContactState, NextStep
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries
from panah.practice.cast import Practice

if TYPE_CHECKING:
    from panah.people.hotline.models import Line

LINES = (
    ("bakyt", "Line 1", "Линия 1", ("ru", "kk", "uz"), ("0 000 000 00 11",), ("elena",)),
    ("rustam", "Line South", "Линия Юг", ("uz", "tg", "ru"), ("0 000 000 00 51",), ("daler",)),
)


@dataclass(frozen=True)
class Told:
    """One invented contact: who took it on which line, how long ago, what was typed, and how it went on."""

    by: str
    line: str
    ago: timedelta
    note: str
    answers: Mapping[str, object]
    identity: dict[str, str] = field(default_factory=dict)
    channel: str = "phone"
    back: timedelta | None = None  # from now
    end: str = "finish"
    came_of_it: str = "The talk had come to its end."  # empty: nobody has decided yet what happens next


SAFE = {
    "speak": "yes",
    "danger": "no",
    "alone": "yes",
    "cut_off": "yes",
    "c_talk": "yes",
    "c_note": "yes",
    "c_back": "yes",
}
CONTACTS = (
    Told(
        "elena",
        "Line 1",
        timedelta(hours=20),
        "Came for a sewing job, the promised pay was three times higher. The owner keeps the passport. "
        "Sleeps above the workshop, the door is locked at night. Two others there.",
        {
            **SAFE,
            "caller": "self",
            "language": "uz",
            "sex": "female",
            "age_band": "25-29",
            "country": "XB",
            "where": "a large town",
            "urgency": "today",
            "topics": ["trafficking", "work"],
            "safe_back": "yes",
            "back_hours": "09:00–12:00",
            "safe_word": "apricot",
            "cover_story": "the library, about a book",
            "heard": "friend",
            "ends": ["information", "call_back"],
        },
        {"called": "the one from the sewing shop", "phone": "0 000 000 09 01"},
        back=timedelta(minutes=25),
    ),
    Told(
        "elena",
        "Line 1",
        timedelta(hours=27),
        "A driver, no pay since March, debts at home. Wants to know whether the contract counts.",
        {
            **SAFE,
            "caller": "self",
            "language": "ky",
            "sex": "male",
            "age_band": "30-39",
            "urgency": "week",
            "topics": ["work"],
            "safe_back": "yes",
            "back_hours": "20:00–22:00",
            "ends": ["call_back"],
        },
        {"called": "Poplar", "phone": "0 000 000 09 02"},
        channel="whatsapp",
        back=timedelta(hours=-2),
    ),
    Told(
        "elena",
        "Line 1",
        timedelta(hours=3),
        "A neighbour hears a boy crying at night; many people come and go. Does not want to be named.",
        {
            **SAFE,
            "caller": "public",
            "language": "ru",
            "age_band": "doubt",
            "urgency": "today",
            "topics": ["violence"],
            "ends": ["information"],
            "given_said": "What to watch for; that the child line can be called too",
        },
    ),
    Told(
        "elena",
        "Line 1",
        timedelta(hours=5),
        "An offer to work in an office abroad, the ticket is paid. Asked what to check.",
        {
            **SAFE,
            "caller": "self",
            "language": "kk",
            "sex": "male",
            "age_band": "18-24",
            "urgency": "later",
            "topics": ["job_check"],
            "ends": ["information"],
            "given_said": "Five questions to ask; never hand over the passport",
        },
        channel="telegram",
    ),
    Told(
        "elena",
        "Line 1",
        timedelta(minutes=50),
        "Whispered. Two men in the next room, the door is locked, on the fourth floor of a house by a market. "
        "Then somebody shouted and the line was dead.",
        {
            "speak": "no",
            "danger": "yes",
            "alone": "no",
            "cut_off": "yes",
            "caller": "self",
            "language": "uz",
            "sex": "male",
            "age_band": "18-24",
            "urgency": "now",
            "topics": ["trafficking", "crime"],
            "safe_back": "unknown",
            "e_locked": "yes",
            "e_who": "Two men, they may hear us",
        },
        {"called": "Maple", "phone": "0 000 000 09 04"},
        came_of_it="",
    ),
    Told("elena", "Line 1", timedelta(hours=6), "", {"speak": "none"}, end="silent"),
    Told(
        "elena",
        "Line 1",
        timedelta(days=6),
        "A poster, wanted to know when the line is open.",
        {
            **SAFE,
            "language": "ru",
            "urgency": "later",
            "topics": ["other"],
            "heard": "poster",
            "ends": ["information"],
        },
        end="close",
    ),
    Told(
        "daler",
        "Line South",
        timedelta(hours=8),
        "Came home last month. The man who sent her lives two streets away. Wants someone to talk to.",
        {
            **SAFE,
            "caller": "self",
            "language": "uz",
            "sex": "female",
            "age_band": "40-49",
            "urgency": "today",
            "topics": ["return"],
            "safe_back": "yes",
            "back_hours": "07:00–09:00",
            "safe_word": "willow",
            "ends": ["call_back"],
        },
        {"called": "Willow", "phone": "0 000 000 09 03"},
        back=timedelta(hours=14),
    ),
)


def build(practice: Practice) -> None:
    """Make the lines, the contacts and one request of each kind."""
    lines = {}
    for leader, name, name_ru, languages, numbers, operators in LINES:
        if not practice.has(leader):
            continue
        lines[name] = hotline.make_line(
            keys=practice.keys(leader),
            name_en=name,
            name_ru=name_ru,
            languages=languages,
            numbers=numbers,
            operators=[practice.staff[one] for one in operators],
            takes_chats=True,
            by=practice.staff[leader],
            at=practice.at,
        )
    for told in (one for one in CONTACTS if practice.has(one.by)):
        _tell(practice, told, lines[told.line])
    if practice.has("elena"):
        _rang_again(practice, lines["Line 1"])
        _rehearsed(practice)
        _paper(practice, lines["Line 1"])
        _requests(practice)
        _chats(practice, lines["Line 1"])


def _tell(practice: Practice, told: Told, line: Line) -> None:
    by, keys = practice.staff[told.by], practice.keys(told.by)
    began, ended = practice.at - told.ago, practice.at - told.ago + timedelta(minutes=12)
    contact = hotline.begin_contact(keys=keys, line=line, channel=told.channel, by=by, at=began)
    typed = CallDraft(answers=told.answers, note=told.note or None, identity=told.identity, tab="practice")
    hotline.save_typed(keys=keys, contact=contact, typed=typed, by=by, at=began + timedelta(minutes=2))
    if told.end == "silent":
        hotline.close_silent_calls(at=ended)
        return
    if told.back is not None:
        hotline.plan_call_back(keys=keys, contact=contact, due_at=practice.at + told.back, by=by, at=ended)
    contact = hotline.finish_call(keys=keys, contact=contact, by=by, at=ended)
    if told.came_of_it and hotline.is_undecided(contact):
        hotline.write_next_step(
            keys=keys, contact=contact, step=NextStep.NOTHING, text=told.came_of_it, by=by, at=ended
        )
    if told.end == "close" and contact.state == ContactState.FINISHED:
        hotline.close_contact(contact=contact, by=by, at=ended)


AGAIN = (
    # Found by the number when the page of the call asks; nobody has joined them.
    (
        timedelta(hours=9),
        "0 000 000 0901",
        "Only asked whether the number is still good. Somebody came in.",
        False,
    ),
    # The driver of yesterday rings again: one person, two records, one thing due.
    (
        timedelta(hours=1),
        "0000000902",
        "The same driver: found the contract, will read it aloud tonight.",
        True,
    ),
)


def _rang_again(practice: Practice, line: Line) -> None:
    by, keys = practice.staff["elena"], practice.keys("elena")
    for ago, phone, note, joined in AGAIN:
        began = practice.at - ago
        contact = hotline.begin_contact(keys=keys, line=line, channel="phone", by=by, at=began)
        typed = CallDraft(answers=SAFE, note=note, identity={"phone": phone}, tab="practice")
        hotline.save_typed(keys=keys, contact=contact, typed=typed, by=by, at=began)
        if joined:
            first = hotline_queries.earlier_contacts(keys=keys, contact=contact, to=by)[0].contact
            hotline.join_contacts(keys=keys, contact=contact, other=first, by=by, at=began)
        contact = hotline.finish_call(keys=keys, contact=contact, by=by, at=began + timedelta(minutes=4))
        if hotline.is_undecided(contact):
            hotline.write_next_step(
                keys=keys, contact=contact, step=NextStep.ELSEWHERE, text=note, by=by, at=practice.at
            )


def _rehearsed(practice: Practice) -> None:
    at = practice.at - timedelta(days=1)
    row = hotline.begin_rehearsal(script="silent", by=practice.staff["elena"], at=at)
    hotline.note_rehearsal(rehearsed=row, asked=True, at=at + timedelta(seconds=31))
    hotline.note_rehearsal(rehearsed=row, paged=True, at=at + timedelta(seconds=44))
    if practice.has("bakyt"):
        hotline.answer_rehearsal(rehearsed=row, by=practice.staff["bakyt"], at=at + timedelta(seconds=71))
    hotline.note_rehearsal(rehearsed=row, ended=True, at=at + timedelta(seconds=160))


def _paper(practice: Practice, line: Line) -> None:
    by, keys = practice.staff["elena"], practice.keys("elena")
    contact = hotline.type_in(
        keys=keys,
        line=line,
        written_at=practice.at - timedelta(days=2),
        author="Volunteer Poplar, Besh",
        by=by,
        at=practice.at,
    )
    note = CallDraft(
        note="At the station, an elderly man without papers, hungry. Food and tea given. Did not want more.",
        tab="practice",
    )
    hotline.save_typed(keys=keys, contact=contact, typed=note, by=by, at=practice.at)
    hotline.note_aid(kinds=["food", "call"], number=3, by=by, at=practice.at)


# Who says it (False: the person), and what: a chat that has ended, with a person who let it be kept.
CHAT = (
    (False, "Good evening. Is this safe? I am a driver, they keep my licence and my telephone at night."),
    (True, "Good evening. Nobody here sees who you are. Are you alone now, and for how long?"),
    (False, "Alone until ten. There are three of us in the yard, the gate is locked."),
    (True, "Is anybody ill or hurt? You can answer with yes or no."),
    (False, "No. They owe us four months of pay. We only want our papers and to go home."),
    (
        True,
        "We can call you back tomorrow at noon on another telephone, if you say so. Here is a number for tonight.",
    ),
    (False, "Tomorrow I have a telephone from a friend. I will write again."),
)


def _chats(practice: Practice, line: Line) -> None:
    """Somebody waits in a chat; another chat has ended."""
    by, keys, began = practice.staff["elena"], practice.keys("elena"), practice.at - timedelta(hours=3)
    token = reporters_queries.new_token()
    receipt = reporters_queries.receipt_for(token)
    pk = hotline.start_chat(line=line, token=token, language="ru", danger=False, text=CHAT[0][1], at=began)
    row, opened = hotline_queries.chat_row(pk), reporters_queries.find_chat(receipt.handle, receipt.secret)
    if row is None or opened is None:
        raise LookupError(pk)
    contact = hotline.claim_chat(keys=keys, chat=row, by=by, at=began + timedelta(minutes=1))
    for number, (ours, text) in enumerate(CHAT[1:], 2):
        at = began + timedelta(minutes=number)
        if ours:
            hotline.say_to_person(keys=keys, contact=contact, text=text, once=str(number), by=by, at=at)
        else:
            reporters.say_as_reporter(opened=opened, once=uuid4(), text=text, at=at)
    hotline.end_by_person(opened=opened, at=began + timedelta(minutes=11))
    hotline.choose_transcript(chat=pk, may_go_along=True)
    hotline.finish_call(keys=keys, contact=contact, by=by, at=began + timedelta(minutes=12))
    hotline.start_chat(
        line=line, token=reporters_queries.new_token(), language="uz", danger=False, at=practice.at,
        text="Is somebody there? I was told to ask before I sign. The plane is on Friday.",
    )  # fmt: skip


def _requests(practice: Practice) -> None:
    by, keys, at = practice.staff["elena"], practice.keys("elena"), practice.at
    asked: datetime = at - timedelta(hours=4)
    family_links.take_links_request(
        keys=keys,
        by=by,
        at=asked,
        typed={
            "asks": "A mother in Besh, by letter to the branch",
            "relation": "mother",
            "sought": "Practice Son Walnut, about 1999",
            "last_news": "In spring, from a building site abroad",
            "danger": "no",
            "message": "Come home, nobody is angry.",
            "language": "ky",
        },
    )
    hotline.take_request(
        keys=keys,
        by=by,
        at=asked,
        typed={
            "who": "Practice Police Arna, a captain",
            "how": "phone",
            "paper": "none",
            "what": "The number of a foreign caller of Monday",
            "until": "today",
            "said": "Requests are taken in writing; nothing confirmed or denied.",
        },
    )
