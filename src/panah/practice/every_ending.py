"""How contacts, stays, complaints, reports and requests end, one of each, where the other parts leave them open."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from panah.people.cases import actions as cases
from panah.people.cases import queries as cases_queries
from panah.people.cases.words import AskedKind
from panah.people.complaints import actions as complaints
from panah.people.hotline import actions as hotline
from panah.people.hotline import queries as hotline_queries
from panah.people.hotline.actions import CallDraft
from panah.people.hotline.words import AttemptOutcome, CallEnding, NextStep
from panah.people.safety import actions as safety
from panah.people.shelter import actions as shelter
from panah.people.shelter import queries as shelter_queries
from panah.practice import contacts
from panah.practice.cast import Practice

if TYPE_CHECKING:
    from panah.people.complaints.models import Matter
    from panah.people.hotline.models import AuthorityRequest, Contact

# Which of Amina's open cases, the oldest first, is Tulip's.
TULIP = 1


def build(practice: Practice) -> None:
    """End what has to be seen ended, as far as those who do it work on this node."""
    if practice.has("elena", "amina", "bakyt", "saule", "gulnar", "zarina", "cholpon"):
        _contact(practice)
        _authorities(practice)
        _stays(practice)
        _complaints(practice)
        _threat(practice)


def _contact(practice: Practice) -> None:
    """One contact in which all was tried and everything given; one in danger that became Amina's case."""
    by, keys, at = practice.staff["elena"], practice.keys("elena"), practice.at - timedelta(hours=30)
    tried = _finished(practice, "no", [one.value for one in CallEnding])
    for number, outcome in enumerate(reversed(AttemptOutcome)):
        tried_at = at + timedelta(hours=2, minutes=20 * number)
        hotline.note_attempt(keys=keys, contact=tried, outcome=outcome, text="", by=by, at=tried_at)
    *before, last = (one for one in NextStep if one is not NextStep.NOTHING)
    for number, step in enumerate((*before, last)):
        hotline.write_next_step(
            keys=keys, contact=tried, step=step, text="Practice: agreed with the person.", by=by,
            at=at + timedelta(hours=5, minutes=number), due_at=practice.at + timedelta(hours=20),
        )  # fmt: skip
    hotline.convert_to_case(
        keys=keys, contact=_finished(practice, "yes", ["case", "call_back"]), owner=practice.staff["amina"],
        # What was answered is named by the pages of the hotline, which no other room asks.
        say=lambda _name, _value: ("", ""), by=by, at=at + timedelta(hours=1),
    )  # fmt: skip


def _finished(practice: Practice, danger: str, ends: list[str]) -> Contact:
    """A call that promised to call back, finished."""
    by, keys, at = practice.staff["elena"], practice.keys("elena"), practice.at - timedelta(hours=30)
    line = hotline_queries.lines_of(by)[0]
    contact = hotline.begin_contact(keys=keys, line=line, channel="sms", by=by, at=at)
    answers: dict[str, object] = {
        **contacts.SAFE, "danger": danger, "caller": "self", "language": "ru", "urgency": "today", "safe_back": "yes",
        "ends": ends,
    }  # fmt: skip
    typed = CallDraft(
        answers=answers, note="Practice: a hostel by the market, pay is kept back.", tab="practice",
        identity={"called": "Rowan", "phone": "0 000 000 09 07"},
    )  # fmt: skip
    hotline.save_typed(keys=keys, contact=contact, typed=typed, by=by, at=at)
    later = at + timedelta(hours=2)
    hotline.plan_call_back(keys=keys, contact=contact, due_at=later, by=by, at=at, tries=6)
    return hotline.finish_call(keys=keys, contact=contact, by=by, at=at + timedelta(minutes=9))


COURT = {
    "who": "Practice Court Besh, a judge", "how": "letter", "paper": "order", "what": "Who sleeps here",
    "until": "", "said": "Practice: two people decide, a lawyer is asked.",
}  # fmt: skip
EMBASSY = {
    "who": "Practice Embassy, a secretary", "how": "letter", "paper": "none", "until": "",
    "what": "Whether Practice Person Tulip is with us", "said": "Practice: nothing confirmed or denied.",
}  # fmt: skip


def _authorities(practice: Practice) -> None:
    """Two answered requests: one got something, which the person is to be told; one, about Tulip, got nothing."""
    order = {"decision": "give", "reason": "Practice: an order.", "basis": "order", "lawyer": "yes"}
    _answered(practice, COURT, order, "Practice: yes, nothing more.", days=2)
    nothing = {"decision": "refuse", "reason": "", "basis": "", "lawyer": ""}
    request = _answered(practice, EMBASSY, nothing, "", days=1)
    theirs = cases_queries.visible(to=practice.staff["amina"]).filter(
        owner=practice.staff["amina"], closed_at=None
    )
    cases.link_request(
        keys=practice.keys("bakyt"), case=list(theirs.order_by("opened_at"))[TULIP], kind=AskedKind.AUTHORITY,
        request=request.pk, file=request.file_id, at=practice.at - timedelta(hours=20),
        asked={"on": request.asked_at.isoformat(), "who": EMBASSY["who"], "what": EMBASSY["what"]},
    )  # fmt: skip


def _answered(
    practice: Practice, typed: dict[str, str], decided: dict[str, str], handed_over: str, *, days: int
) -> AuthorityRequest:
    at = practice.at - timedelta(days=days)
    request = hotline.take_request(
        keys=practice.keys("elena"), by=practice.staff["elena"], at=at, typed=typed
    )
    for who in ("bakyt", "saule"):
        by, when = practice.staff[who], at + timedelta(hours=3)
        request = hotline.decide_request(keys=practice.keys(who), request=request, by=by, at=when, **decided)
    hotline.note_answer(
        keys=practice.keys("bakyt"), request=request, handed_over=handed_over, person_told="no",
        by=practice.staff["bakyt"], at=at + timedelta(hours=5),
    )  # fmt: skip
    return request


def _stays(practice: Practice) -> None:
    """Two requests for a bed that end without one: no free bed, and not needed any more."""
    keys, at = practice.keys("gulnar"), practice.at - timedelta(hours=8)
    houses = shelter_queries.all_houses(to=practice.staff["gulnar"], keys=keys, at=at)
    place = next(card.place for card in houses.cards if card.place.name == "House 3")
    first = shelter_queries.tonight(at)
    for called in ("Sorrel", "Thyme"):
        sheet = {
            "called": called,
            "who": "women",
            "age": "adult",
            "needs": "",
            "said": "yes",
            "told": ["house", "rules"],
        }
        stay = shelter.ask(
            keys=keys, place=place, case=None, sheet={**sheet, "language": "ru", "spoken": "ru"}, from_day=first,
            to_day=first + timedelta(days=2), at=at,
        )  # fmt: skip
        opened = shelter_queries.stay_or_404(stay.pk, to=practice.staff["gulnar"], keys=keys)
        if called == "Sorrel":
            shelter.decline(
                keys=keys, opened=opened, reason="full", note="Practice: ask at the made-up inn.", at=at
            )
        else:
            shelter.take_back(keys=keys, opened=opened, at=at)


def _complaints(practice: Practice) -> None:
    """A complaint that was closed, a request about own data that was answered; and a word that was left with a code."""
    keys, at = practice.keys("zarina"), practice.at - timedelta(days=20)
    complaint = _taken(practice, "complaint", about=["help"], speaker="person", danger="no")
    said = {
        "outcome": "right",
        "done": "Practice: two answer now.",
        "way": "phone",
        "text": "Practice: sorry.",
    }
    complaints.answer(keys=keys, matter=complaint, said=said, at=at + timedelta(days=9))
    ask_on = (practice.at + timedelta(days=30)).date()
    complaints.close(keys=keys, matter=complaint, follow_up_on=ask_on, at=at + timedelta(days=10))
    asked = _taken(practice, "own_data", wishes=["see"], asker="person", proof="safe_word")
    of = practice.staff["cholpon"]
    ask = complaints.ask_colleague(keys=keys, matter=asked, of=of, text="Practice: what is kept?", at=at)
    replied = {"text": "Practice: a note about the lost papers.", "knows": "yes"}
    complaints.reply(keys=practice.keys("cholpon"), ask=ask, at=at + timedelta(days=1), **replied)
    said = {"outcome": "done", "done": "Practice: read aloud.", "way": "meeting", "proof": "safe_word"}
    complaints.answer(keys=keys, matter=asked, said=said, at=at + timedelta(days=9))
    complaints.leave_word(
        keys=practice.keys("elena"),
        code=asked.number,
        word="pear",
        text="Practice: thank you.",
        at=practice.at,
    )


def _taken(practice: Practice, kind: str, **more: object) -> Matter:
    at = practice.at - timedelta(days=21)
    what = {
        "what": "Practice: nobody called back for a week.",
        "called": "Ash",
        "safe_word": "pear",
        "reach": "phone",
    }
    keys = practice.keys("elena")
    row = complaints.take(
        keys=keys, once=uuid4(), kind=kind, concerned=set(), at=at, typed={**what, **more}
    ).row
    complaints.acknowledge(keys=practice.keys("zarina"), matter=row, text="Practice: called.", at=at)
    return row


def _threat(practice: Practice) -> None:
    """A second threat, with a step that was taken, which has stopped."""
    keys, at = practice.keys("bakyt"), practice.at - timedelta(days=40)
    threat = safety.report(
        keys=practice.keys("cholpon"), once=uuid4(), concerned=(), at=at,
        typed={"story": "Practice: somebody wrote on the door.", "against": "all", "now": "no", "what": ["words"],
               "source": "unknown", "where": "work", "needs": ["know"]},
    ).row  # fmt: skip
    step = {"done": ["office"], "text": "Practice: a lamp, and a second lock.", "agreed": "yes"}
    safety.take_step(keys=keys, threat=threat, step=step, review_on=(at + timedelta(days=7)).date(), at=at)
    safety.close(
        keys=keys,
        threat=threat,
        outcome="stopped",
        text="Practice: nothing since.",
        at=at + timedelta(days=30),
    )
