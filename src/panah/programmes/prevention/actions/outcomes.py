"""After a session: numbers, feedback and tests in counts. What anybody told is written nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.months import months_after
from panah.ground.work import actions as work
from panah.ground.work.queries import items_of
from panah.programmes.prevention import events, rules
from panah.programmes.prevention.actions.sessions import COUNT, DEBRIEF, TEST_AGAIN, put
from panah.programmes.prevention.models import Session, TestResult
from panah.programmes.prevention.words import Compared, SessionState, TestedAt
from panah.programmes.training import effect

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@transaction.atomic
def count_session(
    *,
    session: Session,
    numbers: Mapping[str, int],
    feedback: Mapping[str, int],
    months: int,
    by: Staff,
    at: datetime,
) -> None:
    """Write down how many came, by sex and band of age, and what they said of it; again: correct it.

    ``months``: after how many the test is to be repeated, 0 for never.
    """
    today = timezone.localtime(at).date()
    if session.state == SessionState.CALLED_OFF or session.on > today:
        raise Refusal(
            _("This session was not held yet, or was called off."),
            next_step=_("Write down its numbers after it."),
            code="session-not-held",
        )
    first = session.state == SessionState.PLANNED
    session.state, session.counted_on = SessionState.HELD, session.counted_on or today
    session.numbers = {name: number for name, number in numbers.items() if number}
    session.feedback = {name: number for name, number in feedback.items() if number}
    session.reached = sum(session.numbers.values())
    session.test_again_on = months_after(session.on, months) if months else None
    session.save()
    work.complete_for(subject=session.pk, purpose=COUNT, by=by, at=at)
    work.cancel_for(subject=session.pk, purpose=TEST_AGAIN, at=at)
    if session.test_again_on is not None and not _tested_later(session):
        put(session, TEST_AGAIN, session.test_again_on, by=by, at=at)
    if first and session.has_minor:
        # Always, whatever happened: that it is due tells nothing.
        _put_debriefing(session, by=by, at=at)
    audit.record(event=events.COUNTED, by=by, at=at, about=session.pk)


def _tested_later(session: Session) -> bool:
    return session.tests.filter(tested=TestedAt.MONTHS).exists()


@transaction.atomic
def ask_debriefing(*, session: Session, by: Staff, at: datetime) -> None:
    """Put a debriefing of those who led on the list, without a word about why."""
    _put_debriefing(session, by=by, at=at)
    audit.record(event=events.CHANGED, by=by, at=at, about=session.pk)


def _put_debriefing(session: Session, *, by: Staff, at: datetime) -> None:
    if not items_of(session.pk, purpose=DEBRIEF):
        tomorrow: date = timezone.localtime(at).date() + timedelta(days=1)
        put(session, DEBRIEF, tomorrow, by=by, at=at)


WRONG = {
    "passed-more-than-took": _("More passed than took the test."),
    "more-pairs-than-tests": _("There are more pairs of sheets than sheets before."),
    "pairs-do-not-add-up": _("Those who passed only before or only after do not fit the other numbers."),
}


@transaction.atomic
def write_tests(
    *,
    session: Session,
    tested: str,
    compared: str,
    took_before: int,
    passed_before: int,
    took_after: int,
    passed_after: int,
    gained: int,
    dropped: int,
    by: Staff,
    at: datetime,
) -> None:
    """Write down a test before with one after, in counts; again: correct it."""
    paired = compared == Compared.PAIRED
    counts = {
        "took_before": took_before,
        "passed_before": passed_before,
        "took_after": took_after,
        "passed_after": passed_after,
        "gained": gained if paired else 0,
        "dropped": dropped if paired else 0,
    }
    wrong = rules.wrong_tests(effect.CountedTests(paired=paired, **counts))
    if wrong:
        raise Refusal(WRONG[wrong], next_step=_("Count the sheets once more."), code=wrong)
    TestResult.objects.update_or_create(
        session=session, tested=tested, defaults={"compared": compared, **counts}
    )
    if tested == TestedAt.MONTHS:
        work.complete_for(subject=session.pk, purpose=TEST_AGAIN, by=by, at=at)
    audit.record(event=events.TESTED, by=by, at=at, about=session.pk)
