"""When an answer, a meeting and a feedback are due; which step may follow which. Plain Python."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

ANSWER_WITHIN = {
    "now": timedelta(hours=2),
    "today": timedelta(hours=24),
    "week": timedelta(days=3),
    "later": timedelta(days=7),
}
# A referral was withdrawn while the person travelled and nobody has said whether she is safe: ask again after this
# long; unanswered, the alarm rings.
SAFE_AGAIN, ON_THE_WAY_AGAIN = timedelta(minutes=30), timedelta(hours=2)
NOT_MET_AFTER = timedelta(minutes=30)
# How urgent a message about a journey travels: its times are sealed, so this alone tells the other side, before anybody
# has read it, by when it must be read. Each is read long before the arrival it speaks of.
JOURNEY = ((timedelta(hours=12), "now"), (timedelta(days=3), "today"), (timedelta(days=14), "week"))
READ_WITHIN = {
    "now": timedelta(minutes=15),
    "today": timedelta(hours=8),
    "week": timedelta(days=2),
    "later": timedelta(days=7),
}
RINGS_AGAIN = timedelta(minutes=30)
FEEDBACK_AFTER = timedelta(days=14)
FIRST_DAYS = timedelta(days=3)

TRANSITIONS: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"offered", "withdrawn"}),
    "offered": frozenset({"accepted", "declined", "more_asked", "withdrawn", "not_needed"}),
    "more_asked": frozenset({"offered", "accepted", "declined", "withdrawn", "not_needed"}),
    "accepted": frozenset({"meeting", "done", "declined", "withdrawn", "not_needed"}),
    "meeting": frozenset({"meeting", "met", "not_met", "declined", "withdrawn", "not_needed"}),
    "not_met": frozenset({"meeting", "met", "done", "declined", "withdrawn", "not_needed"}),
    "met": frozenset({"done", "withdrawn"}),
    "done": frozenset({"withdrawn"}),
    "declined": frozenset(),
    "withdrawn": frozenset(),
    "not_needed": frozenset({"withdrawn"}),
}


def may_become(state: str, target: str) -> bool:
    """Say whether a referral in one state may go to another."""
    return target in TRANSITIONS[state]


def answer_due(*, urgency: str, sent: datetime) -> datetime:
    """Return when an answer is due: two hours for *now*, a day for *today*."""
    return sent + ANSWER_WITHIN.get(urgency, ANSWER_WITHIN["today"])


def alarm_at(arrival: datetime) -> datetime:
    """Return when *not met* becomes an alarm: 30 minutes after the actual arrival."""
    return arrival + NOT_MET_AFTER


def journey_urgency(arrival: datetime, *, at: datetime) -> str:
    """Return the urgency of news about a journey, from the time left until arrival: twelve hours or less is *now*."""
    return next((urgency for within, urgency in JOURNEY if arrival - at <= within), "later")


def read_by(*, urgency: str, arrived: datetime, before: datetime | None = None) -> datetime:
    """Return until when a message about a journey must have been read; what waited before keeps its time."""
    by = arrived + READ_WITHIN.get(urgency, READ_WITHIN["now"])
    return min(by, before) if before else by


def may_be_on_the_way(state: str, *, alarm_at: datetime | None, read_by: datetime | None) -> bool:
    """Say whether somebody may be on the way: a meeting is agreed or told of, and nobody here has settled it."""
    return state in ("meeting", "not_met") or alarm_at is not None or read_by is not None


def safe_by(*, alarm: datetime | None, at: datetime, before: datetime | None = None) -> datetime:
    """Return until when somebody here must say whether the person is safe: the nearer the arrival, the sooner.

    ``alarm``: when *not met* would ring, as known here. Asked twice, the earlier time counts.
    """
    urgency = journey_urgency(alarm - NOT_MET_AFTER, at=at) if alarm else "now"
    by = at + READ_WITHIN[urgency]
    return min(by, before) if before else by


def fields_that_leave(agreed: set[str], values: Mapping[str, str]) -> dict[str, str]:
    """Return what leaves: only what was agreed to and is not empty, whatever else was typed."""
    return {name: text for name, text in values.items() if name in agreed and text.strip()}


# -- across borders ----------------------------------------------------------------------------

ENDED = frozenset({"done", "declined", "withdrawn", "not_needed"})
# Ended early. Somebody may still be on the way.
CUT_SHORT = ENDED - {"done"}
# A person of ours wrote that they met: nobody is on the way any more.
ARRIVED = frozenset({"met", "done"})
# What acts before anybody has read it, by its kind alone: it may end what is told, never what watches over a person.
ACTS_UNREAD = frozenset({"not-met", "not-needed", "consent-withdrawn"})
# What a message makes of a referral: of those above when it comes, of the others when somebody here has read it.
BECOMES: Mapping[str, tuple[str, frozenset[str]]] = {
    "referral-accepted": ("accepted", frozenset({"offered", "more_asked"})),
    "referral-declined": ("declined", frozenset(TRANSITIONS) - ENDED - {"draft", "met"}),
    "referral-more-asked": ("more_asked", frozenset({"offered"})),
    # Whoever stands beside the person knows: it is accepted in whatever state our own row is.
    "met": ("met", frozenset({"offered", "more_asked", "accepted", "meeting", "not_met"})),
    # Their yes may lie unread: somebody waited for the person all the same.
    "not-met": ("not_met", frozenset({"offered", "more_asked", "accepted", "meeting"})),
    "not-needed": ("not_needed", frozenset(TRANSITIONS) - ENDED - {"draft", "met"}),
    "consent-withdrawn": ("withdrawn", frozenset(TRANSITIONS) - {"draft", "withdrawn"}),
}
OUTCOME_AFTER = {"14d": 14, "3m": 91, "6m": 182, "12m": 365}


def becomes(state: str, kind: str) -> str | None:
    """Return the state that a message of this kind leads to, or None when it changes nothing by itself."""
    then, starts = BECOMES.get(kind, (None, frozenset()))
    return then if state in starts else None


def met_is_doubted(
    *, says: bool, from_receiver: bool, to_case: bool, agreed: datetime | None, written: datetime
) -> str:
    """Return why *they have met* from the other side ends no alarm, or "" when it does.

    Codes: ``wrong_side`` (only whoever receives the person is there), ``not_this_case`` (it was not sealed to the key
    that they alone were told), ``says_nothing``, ``too_early`` (written before the agreed time).
    """
    if not from_receiver:
        return "wrong_side"
    if not to_case:
        return "not_this_case"
    if not says:
        return "says_nothing"
    return "too_early" if agreed and written < agreed else ""


def outcome_dates(met: datetime) -> list[tuple[str, datetime]]:
    """Return when the receiver says how it went on: 14 days, 3, 6 and 12 months after they met."""
    return [(key, met + timedelta(days=days)) for key, days in OUTCOME_AFTER.items()]


def child_lacks(
    *,
    age_group: str,
    child: Mapping[str, Any],
    authority: str,
    life: bool = False,
    determination: bool = False,
) -> tuple[str, ...]:
    """Return what must be there before a child, or perhaps a child, is referred across a border.

    Codes: ``assessment`` (of the best interests), ``guardian`` (of whom it is known that she is not involved),
    ``determination`` (by several parties, where it is missing for a return), ``authority`` (whom to call there),
    ``note``. With a risk to life the short note of tonight is enough.
    """
    if age_group == "adult":
        return ()
    lacks = []
    if life:
        if not (child.get("note") or child.get("assessment")):
            lacks.append("note")
    else:
        if not child.get("assessment"):
            lacks.append("assessment")
        if str((child.get("guardian") or {}).get("involved", "none")) != "no":
            lacks.append("guardian")
        if determination:
            lacks.append("determination")
    if not authority.strip():
        lacks.append("authority")
    return tuple(lacks)
