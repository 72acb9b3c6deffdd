"""What is put on lists about a case: each type once. How it ends is said in ``hooks.py``, by its purpose.

A purpose is a neutral code: it stands in a plain column and must not say what it is about.
"""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from panah.ground.work.words import DueKind, DueType, Urgency
from panah.people.cases.words.detention import ASK_FOR_A_VISIT, HOURS_RUN_OUT

ROOM = "cases"
DAY = timedelta(days=1)

FIRST_MEETING = DueType(
    ROOM, "first", DueKind.MEET, _("First meeting: what is needed tonight, what is safe, what may be noted")
)
HANDED_OVER = DueType(
    ROOM,
    "first",
    DueKind.MEET,
    _("A colleague handed this case to you: read it, and meet the person together if you can"),
    DAY,
)
FIRST_REVIEW = DueType(ROOM, "review", DueKind.REVIEW, _("Look at the risk for the first time"), DAY)
REVIEW_IMPORTED = DueType(
    ROOM,
    "review",
    DueKind.REVIEW,
    _("Came from another system: look at the risk, and say who holds the case"),
)
REVIEW_REOPENED = DueType(ROOM, "review", DueKind.REVIEW, _("The case is open again: look at the risk"), DAY)
REVIEW_AGAIN = DueType(ROOM, "review", DueKind.REVIEW, _("Look at the risk again with the person"), once=True)
REVIEW_AFTER_A_CALL = DueType(
    ROOM,
    "review",
    DueKind.REVIEW,
    _("Look at the risk: the call told of danger"),
    urgency=Urgency.NOW,
    once=True,
)
# Put there without keys: the room says what it is.
REVIEW_AT_ONCE = DueType(ROOM, "review", DueKind.REVIEW, urgency=Urgency.NOW)
DANGER = DueType(
    ROOM,
    "danger",
    DueKind.DECIDE,
    _("Life was in danger: how is the person now, and what happens next?"),
    urgency=Urgency.NOW,
)
CALL_BACK = DueType(
    ROOM, "call_back", DueKind.CALL, _("A promised call-back: read first whether ringing is safe")
)

APPROVE_PLAN = DueType(
    ROOM, "approve", DueKind.DECIDE, _("Read the plan and approve it, or say what is missing"), DAY
)
PLAN_RETURNED = DueType(ROOM, "plan", DueKind.ANSWER, _("The plan came back with a remark"), DAY)
PLAN_AGAIN = DueType(
    ROOM,
    "plan",
    DueKind.REVIEW,
    _("Look at the plan together with the person"),
    timedelta(days=30),
    once=True,
)
HELP_GOES_ON = DueType(
    ROOM,
    "plan",
    DueKind.REVIEW,
    _("Help goes on. Speak with the person about an appeal and about other ways"),
    timedelta(days=3),
    once=True,
)
WAITING_LIST = DueType(ROOM, "waiting", DueKind.ANSWER, within=timedelta(days=7))
SIGN = DueType(ROOM, "sign", DueKind.DECIDE, _("Sign as the second for what was given"), DAY)
HEARS = DueType(
    ROOM,
    "hears",
    DueKind.DECIDE,
    _("A request names this person: decide whether the person hears of it"),
    DAY,
)

DEADLINE = DueType(ROOM, "deadline", DueKind.DEADLINE)
FOLLOW_UP = DueType(ROOM, "follow", DueKind.CALL)
REFLECTION_ENDS = DueType(ROOM, "decide", DueKind.DECIDE, once=True)
CONFERENCE = DueType(ROOM, "extra", DueKind.MEET)
# A colleague's own words, and her own kind.
EXTRA = DueType(ROOM, "extra", DueKind.REVIEW)

TONIGHT = DueType(ROOM, "tonight", DueKind.DECIDE, _("Best interests: a short note for tonight"), once=True)
ASSESS = DueType(ROOM, "assess", DueKind.REVIEW, _("Best interests: assessment within 72 hours"), once=True)
GUARDIAN = DueType(
    ROOM,
    "guardian",
    DueKind.DECIDE,
    _("Ask for a representative who is not involved. Do not tell the present one"),
    once=True,
)

ASK_FOR_VISIT = DueType(ROOM, "visit", DueKind.MEET, ASK_FOR_A_VISIT)
VISIT_AGAIN = DueType(ROOM, "visit", DueKind.MEET, _("Visit the person, or ask for it again"), once=True)
HOURS_END = DueType(ROOM, "extra", DueKind.DEADLINE, HOURS_RUN_OUT)
NOT_HELD_THERE = DueType(
    ROOM,
    "extra",
    DueKind.DECIDE,
    _("The person is no longer held there: find out where, and who is with the person"),
)

CLOSE = DueType(ROOM, "close", DueKind.DECIDE, _("Decide whether the case can be closed"), timedelta(days=2))
KEEP = DueType(ROOM, "keep", DueKind.DECIDE, _("Decide whether this case is kept or erased"))
KEEP_AFTER_CLOSING = DueType(
    ROOM,
    "keep",
    DueKind.DECIDE,
    _("Decide whether this case is kept or erased"),
    urgency=Urgency.LATER,
    once=True,
)
# Of a case without a rule that says until when.
STILL_KEPT = _("Look whether this case must still be kept")
ERASE = DueType(
    ROOM,
    "keep",
    DueKind.DECIDE,
    _("A colleague asks to erase this case: confirm or stop it"),
    timedelta(days=3),
)
