"""What made-up volunteers were asked and gave, with an own page. After trainings: these say who fits."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import uuid4

from django.utils import timezone

from panah.ground.network.queries import branch_or_none, society_or_none
from panah.practice.cast import Practice
from panah.programmes.volunteers import queries as volunteers_queries
from panah.programmes.volunteers.actions import callouts, helping, own_page
from panah.programmes.volunteers.helping_rules import MOST_WRONG
from panah.programmes.volunteers.helping_words import DEBRIEF, TELL
from panah.programmes.volunteers.queries import callouts as callouts_queries
from panah.programmes.volunteers.queries import helping as helping_queries
from panah.programmes.volunteers.words import VolunteerState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.volunteers.models import CallOut, OwnPage, Volunteer

ANSWERS = ("yes", "later", "no", "yes")
WRONG = "Practice: my year of birth is another one. I will say it on the telephone."


def build(practice: Practice) -> None:
    """At Arna: help is asked for tonight and tomorrow; three volunteers wrote what they gave, and what they need."""
    if not practice.has("ibrat"):
        return
    by = practice.staff["ibrat"]
    society = society_or_none("practice-north")
    arna = branch_or_none(society, "arna") if society else None
    if arna is None:
        return
    rows = (
        volunteers_queries.visible(to=by)
        .filter(branch=arna, state=VolunteerState.ACTIVE)
        .order_by("name_key")
    )
    for number, row in enumerate(rows[:4]):
        _gave(practice, by, row, number)
    tonight = timezone.localtime(practice.at).replace(hour=20, minute=0, second=0, microsecond=0)
    if tonight < practice.at:
        tonight += timedelta(days=1)
    _asked(practice, by, str(arna.pk), "meet", hours=3, starts=tonight + timedelta(hours=6, minutes=40))
    filled = _asked(practice, by, str(arna.pk), "help", hours=4, starts=tonight)
    answers = callouts_queries.answers(filled, to=by, at=practice.at)
    for first in [answer.row for answer in answers if answer.row.answer == "yes"][:1]:
        callouts.choose(by=by, asked=first, tie=callouts.NOT_SAME, at=practice.at)
    reopened = _asked(
        practice, by, str(arna.pk), "help", hours=2, starts=tonight + timedelta(days=1), answers=("yes",)
    )
    for only in callouts_queries.answers(reopened, to=by, at=practice.at):
        callouts.choose(by=by, asked=only.row, tie=callouts.NOT_SAME, at=practice.at)
        callouts.withdraw(asked=only.row, by=None, at=practice.at)


def _asked(
    practice: Practice,
    by: Staff,
    branch: str,
    what: str,
    *,
    hours: int,
    starts: datetime,
    answers: tuple[str, ...] = ANSWERS,
) -> CallOut:
    row = callouts.call_out(
        by=by, branch=branch, what=what, language="", wanted=1, meets_person=False, starts_at=starts,
        ends_at=starts + timedelta(hours=hours), place="Practice hall 7, left door",
        note="Practice: ask at the information desk.", at=practice.at,
    )  # fmt: skip
    found = callouts_queries.candidates(row, to=by, at=practice.at).rows[: len(answers)]
    callouts.ask_volunteers(by=by, row=row, volunteers=[str(one.row.pk) for one in found], at=practice.at)
    asked = callouts_queries.answers(row, to=by, at=practice.at)
    for one, answer in zip(asked, answers, strict=False):
        callouts.answer(asked=one.row, answer=answer, by=None, at=practice.at)
    return row


def _gave(practice: Practice, by: Staff, row: Volunteer, number: int) -> None:
    """Hours that the branch knows of, hours and a fare that wait for it; the last one has no page."""
    today, at = timezone.localtime(practice.at).date(), practice.at
    for days, what in ((3, "session"), (12, "line"), (40, "training")):
        helping.write_hours(
            by=by, row=row, on=today - timedelta(days=days), minutes=90 + 30 * number, what=what, at=at
        )
    if number == 3:
        return
    own_page.give_page(by=by, row=row, at=at)
    page = helping_queries.own_page_of(row)
    if page is None:
        raise LookupError(row.pk)
    day = today - timedelta(days=1)
    helping.propose_hours(page=page, once=uuid4(), on=day, minutes=150, what="office", at=at)
    if number == 0:
        helping.ask_money(
            page=page, once=uuid4(), on=day, what="fare", amount=Decimal(120), currency="KGS", at=at
        )
    _needs(page, number, at)


def _needs(page: OwnPage, number: int, at: datetime) -> None:
    """What waits for a coordinator besides: a mistake in the register, somebody who wants to be rung, a lost PIN."""
    if number == 0:
        own_page.ask_correction(page=page, text=WRONG, at=at)
    elif number == 1:
        own_page.ask_branch(page=page, purpose=TELL, at=at)
    else:
        own_page.ask_branch(page=page, purpose=DEBRIEF, at=at)
        for _time in range(MOST_WRONG):
            own_page.try_pin(page=page, pin="000000", at=at)
