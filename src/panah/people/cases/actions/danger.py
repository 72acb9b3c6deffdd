"""Life in danger now, in a case: the colleague on duty is paged as from a call, and what follows stays due."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from panah.ground.audit import actions as audit
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import Urgency
from panah.people.cases import events, rules
from panah.people.cases.actions.due_items import on_case
from panah.people.cases.models import Case
from panah.people.cases.words.due_types import DANGER, ROOM

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.work.models import Alarm


# So soon somebody writes what came of it.
DECIDE_WITHIN = timedelta(minutes=15)


@transaction.atomic
def call_for_help(*, case: Case, by: Staff, at: datetime, keys: Keyring | None = None) -> Alarm:
    """Page the person on duty for a case, and a second after five minutes; returns the alarm.

    Needs no open vault. While an alarm about the person is unanswered, also one of the call that became this case, it
    is the same alarm. Whoever calls is not paged: a second colleague is wanted. What follows is due with the holder of
    the case until somebody writes what came of it.
    """
    locked = Case.objects.select_for_update().get(pk=case.pk)
    there = work_queries.open_alarm_of(locked.pk)
    Case.objects.filter(pk=case.pk).update(urgency=Urgency.NOW)
    case.urgency = Urgency.NOW
    alarm = work.raise_alarm(society=case.society_id, room=ROOM, subject=case.pk, by=by, at=at)
    if there is None or there.subject != case.pk:
        audit.record(event=events.DANGER, by=by, at=at, about=case.file_id)
    if not work_queries.items_of(case.pk, purpose=DANGER.purpose):
        decide_what_follows(case=case, keys=keys, due_at=at + DECIDE_WITHIN, at=at)
    return alarm


def decide_what_follows(
    *, case: Case, keys: Keyring | None, due_at: datetime, at: datetime, pages_after: timedelta = timedelta(0)
) -> None:
    """Put *decide* on the holder's list after danger; it pages at its time, or ``pages_after`` it."""
    work.due(DANGER, on_case(case), keys=keys, due_at=due_at, at=at, pages_after=pages_after)


def call_for_help_if_new(
    *, case: Case, level: str, before: str, by: Staff, at: datetime, keys: Keyring | None = None
) -> Alarm | None:
    """Page for a risk that says *life in danger now*, once a danger; returns the newest alarm of the case, or None.

    ``before`` is the level of the look before this one; "" where there was none, or the vault is locked. What a call
    was paged for is looked at anew in the case: while nobody has answered it, that is the same alarm.
    """
    alarm = work_queries.own_alarm_of(case.pk)
    if rules.pages(level, before=before, raised=alarm.raised_at if alarm else None, now=at):
        return call_for_help(case=case, by=by, at=at, keys=keys)
    return alarm


@transaction.atomic
def say_it_is_over(*, case: Case, by: Staff, at: datetime) -> None:
    """The danger is over, or it was a slip; only a second colleague stops the paging. What follows stays due."""
    work.say_it_is_over(subject=case.pk, by=by, at=at)
