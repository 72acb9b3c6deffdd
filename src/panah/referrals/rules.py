"""When an answer, a meeting and a feedback are due; which step may follow which. Plain Python."""

from collections.abc import Mapping
from datetime import datetime, timedelta

ANSWER_WITHIN = {
    "now": timedelta(hours=2),
    "today": timedelta(hours=24),
    "week": timedelta(days=3),
    "later": timedelta(days=7),
}
NOT_MET_AFTER = timedelta(minutes=30)
FEEDBACK_AFTER = timedelta(days=14)

NEXT: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"offered", "withdrawn"}),
    "offered": frozenset({"accepted", "declined", "more_asked", "withdrawn"}),
    "more_asked": frozenset({"offered", "accepted", "declined", "withdrawn"}),
    "accepted": frozenset({"meeting", "done", "declined", "withdrawn"}),
    "meeting": frozenset({"meeting", "met", "not_met", "withdrawn"}),
    "not_met": frozenset({"meeting", "met", "done", "withdrawn"}),
    "met": frozenset({"done", "withdrawn"}),
    "done": frozenset(),
    "declined": frozenset(),
    "withdrawn": frozenset(),
}


def may_become(state: str, then: str) -> bool:
    """Say whether a referral in one state may go to another."""
    return then in NEXT[state]


def answer_due(*, urgency: str, sent: datetime) -> datetime:
    """Return when an answer is due: two hours for *now*, a day for *today*."""
    return sent + ANSWER_WITHIN.get(urgency, ANSWER_WITHIN["today"])


def alarm_at(arrival: datetime) -> datetime:
    """Return when *not met* becomes an alarm: 30 minutes after the actual arrival."""
    return arrival + NOT_MET_AFTER


def leaves(agreed: set[str], values: Mapping[str, str]) -> dict[str, str]:
    """Return what leaves: only what was agreed to and is not empty, whatever else was typed."""
    return {name: text for name, text in values.items() if name in agreed and text.strip()}
