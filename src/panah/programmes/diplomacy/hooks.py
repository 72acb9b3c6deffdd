"""What commitments register with rooms below them."""

from django.utils.translation import gettext_lazy as _

from panah.ground.kit.nav import MENU, MenuItem, Section
from panah.ground.kit.rank import Rank
from panah.ground.vault.actions.erasure import ON_ERASE
from panah.ground.vault.actions.offboarding import OFFBOARDING, Offboarding
from panah.ground.work.item_rooms import ITEM_ROOMS, ItemRoom, by_number, by_subject
from panah.programmes.diplomacy import actions as diplomacy
from panah.programmes.diplomacy import permissions
from panah.programmes.diplomacy.words import (
    ANSWER,
    CLEAR,
    COMMITMENTS,
    DECIDE,
    DIALOGUE_LATE,
    DIALOGUES,
    DO,
    FOLLOW_UP,
    KEEP,
    LATE,
    NEXT,
    REPORTS,
    STEP_LATE,
    STEPS,
)

_commitment, _step, _report = (
    by_subject("diplomacy:commitment"),
    by_subject("diplomacy:step"),
    by_subject("diplomacy:report"),
)
_dialogue = by_number("diplomacy:dialogue")
ITEM_ROOMS.register(
    COMMITMENTS,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=_commitment,
        ends_on={FOLLOW_UP: _commitment, DECIDE: _commitment, LATE: _commitment},
        says={
            FOLLOW_UP: _("A commitment: say how far it is, by newer evidence"),
            DECIDE: _("A draft of a commitment waits for a second person"),
            LATE: _("For two weeks nobody has said how far a commitment is: ask whoever leads it"),
        },
    ),
)
ITEM_ROOMS.register(
    STEPS,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=_step,
        ends_on={DO: _step, STEP_LATE: _step},
        says={
            DO: _("A step of a plan: show what was done, say how far it is"),
            STEP_LATE: _("A step of a plan is late by two weeks: ask whoever does it"),
        },
    ),
)
ITEM_ROOMS.register(
    REPORTS,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=_report,
        ends_on={CLEAR: _report},
        focal_points_only=True,
        says={CLEAR: _("A follow-up report: decide whether it may leave")},
    ),
)
ITEM_ROOMS.register(
    DIALOGUES,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=_dialogue,
        ends_on={ANSWER: _dialogue, NEXT: _dialogue, DIALOGUE_LATE: _dialogue},
        # Whoever has seen that it is still kept ticks it off: it comes back in a year.
        asks_first=frozenset({KEEP}),
        says={
            ANSWER: _("An authority was to answer by now: write down what came, or that it is silent"),
            NEXT: _("The next step of a dialogue with an authority"),
            DIALOGUE_LATE: _(
                "For two weeks nobody has gone on with a dialogue with an authority: ask whoever leads it"
            ),
            KEEP: _("A closed dialogue with an authority: erase it, or keep it until its page says"),
        },
    ),
)
ON_ERASE.register(DIALOGUES, diplomacy.forget, order=65)
# Before what is due itself is given on.
OFFBOARDING.register(COMMITMENTS, Offboarding(hand_over=diplomacy.hand_over_all), order=6)
MENU.register(
    COMMITMENTS,
    MenuItem(
        "diplomacy:start", _("Commitments"), "check", visible=permissions.reads, section=Section.SOCIETY
    ),
    order=86,
)
