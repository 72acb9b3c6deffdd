"""The watch over a journey: news that lies unread, an arrival that nobody met, a question that nobody answered.

A withdrawal stops what is told, not the watching. Whatever comes from the other side, only a person here ends it: by
writing down that they met, or in words whether the person is safe.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.audit.events import Event
from panah.ground.exchange.words import MessageKind
from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import LazySentence, Sentence, Urgency
from panah.people.cases import actions as cases
from panah.people.inbox import actions as inbox
from panah.people.referrals import events, received_content, rules
from panah.people.referrals.actions.outgoing_messages import send_message
from panah.people.referrals.actions.workflow import (
    IS_SAFE,
    MEET,
    NEWS,
    READ,
    ROOM,
    SAFE,
    step,
    travels,
    write,
)
from panah.people.referrals.models import Referral
from panah.people.referrals.queries import JOURNEY, OF_SAFETY, OpenedReferral, safety_unconfirmed, unread
from panah.people.referrals.words import ReferralDirection, ReferralState, SafetyAnswer

if TYPE_CHECKING:
    from panah.people.cases.models import Case

NOT_OF_SAFETY = tuple(kind for kind in MessageKind if kind not in OF_SAFETY)


def must_be_read(row: Referral, urgency: str, at: datetime) -> None:
    """Put reading news of a journey on the list: somebody may stand at a station in half an hour.

    The times it tells are sealed; how urgent it travels says by when it must be read. Unread then, the alarm rings.
    """
    by = rules.read_by(urgency=urgency, arrived=at, before=row.read_by)
    if by == row.read_by and work_queries.items_of(row.pk, purpose=READ):
        return  # What waits there already is more urgent.
    Referral.objects.filter(pk=row.pk).update(read_by=by)
    work.due(NEWS, cases.on_case(row.case, row.pk), due_at=by, urgency=urgency, at=at)


# -- is the person safe? -----------------------------------------------------------------------


def ask_if_safe(row: Referral, at: datetime, *, keys: Keyring | None = None, who: Sentence = "") -> None:
    """Put on the holder's list, now, the question whether the person is safe; unanswered, it rings.

    ``keys`` and ``who`` (the other side): with somebody logged in, the line says it in a sentence.
    """
    by = rules.safe_by(alarm=row.alarm_at, at=at, before=row.safe_by)
    Referral.objects.filter(pk=row.pk).update(safe_by=by)
    if any(item.due_at <= at for item in work_queries.items_of(row.pk, purpose=SAFE)):
        return
    work.cancel_for(subject=row.pk, purpose=SAFE, at=at)
    _add_safety_question(row, at, at, keys, who)
    audit.record(event=events.SAFE_ASKED, by=None, society=row.society_id, at=at, about=row.case.file_id)


def _add_safety_question(
    row: Referral, due_at: datetime, at: datetime, keys: Keyring | None, who: Sentence
) -> None:
    said = LazySentence(
        _("Is the person safe? Ask the person or %(who)s, and write down the answer"), who=who
    )
    work.due(IS_SAFE, cases.on_case(row.case, row.pk), keys=keys, due_at=due_at, sentence=said, at=at)


def keep_watching(*, keys: Keyring, case: Case, opened: OpenedReferral, at: datetime) -> None:
    """A referral was cut short while somebody may be on the way: both sides are asked whether the person is safe.

    ``opened`` is the referral as it was before. Whoever has no Panah is asked on the call that is on the list anyway.
    """
    if not travels(opened.row):
        return
    ask_if_safe(opened.row, at, keys=keys, who=opened.called)
    if opened.row.conversation is not None:
        _ask_there(keys, case, opened, at)


def _ask_there(keys: Keyring, case: Case, opened: OpenedReferral, at: datetime) -> None:
    send_message(
        keys=keys,
        case=case,
        opened=opened,
        kind=MessageKind.SAFETY_ASKED,
        content={},
        at=at,
        urgency=Urgency.NOW,
    )


@transaction.atomic
def write_safe(
    *, keys: Keyring, case: Case, opened: OpenedReferral, how: str, note: str, at: datetime
) -> None:
    """Write down in words whether the person is safe; only this ends the question and, with the journey, the watching.

    The other side is told nothing of it. *Not safe* calls the duty, and asks the other side once more.
    """
    row, answer = opened.row, SafetyAnswer(how)
    if not safety_unconfirmed(row):
        raise Refusal(
            _("Nobody asks whether the person is safe."),
            next_step=_("Look at the page again: a colleague may have answered."),
            code="nobody-asks",
        )
    if not note.strip():
        raise Refusal(
            _("Only an answer in words ends the question."),
            next_step=_("Write how you know it, or what you tried."),
            code="no-words",
        )
    over = answer == SafetyAnswer.SAFE and row.state in rules.CUT_SHORT
    happened = step("safe", at, keys, safe=answer.value, note=note.strip())
    value = {**opened.sealed, "steps": [*opened.sealed["steps"], happened]}
    write(keys, case, opened, _without_journey(row, value) if over else value, at)
    _after_answer(keys, row, answer, at, over=over, who=opened.called)
    if answer == SafetyAnswer.NOT_SAFE:
        work.raise_alarm(society=row.society_id, room=ROOM, subject=row.pk, by=keys.staff, at=at)
        if row.conversation is not None:
            _ask_there(keys, case, opened, at)
    audit.record(event=events.SAFE_ANSWERED, by=keys.staff, at=at, about=case.file_id)


def _after_answer(
    keys: Keyring, row: Referral, answer: SafetyAnswer, at: datetime, *, over: bool, who: Sentence
) -> None:
    """Decide from the answer whether and when to ask again, and close the items it answers."""
    work.complete_for(subject=row.pk, purpose=SAFE, by=keys.staff, at=at)
    if over:
        Referral.objects.filter(pk=row.pk).update(alarm_at=None, read_by=None, safe_by=None)
        for purpose in (MEET, READ):
            work.complete_for(subject=row.pk, purpose=purpose, by=keys.staff, at=at)
        _delete_unread(row, at)
        return
    again = None
    if answer in (SafetyAnswer.NOT_SAFE, SafetyAnswer.NOT_KNOWN):
        again = at + rules.SAFE_AGAIN
    elif answer == SafetyAnswer.ON_THE_WAY and (row.alarm_at is None or row.alarm_at <= at):
        # No alarm is set for the arrival: the question itself comes again.
        again = at + rules.ON_THE_WAY_AGAIN
    Referral.objects.filter(pk=row.pk).update(safe_by=again)
    if again is not None:
        _add_safety_question(row, at if answer == SafetyAnswer.NOT_SAFE else again, at, keys, who)


def _without_journey(row: Referral, value: Mapping[str, object]) -> Mapping[str, object]:
    """Return a referral without its meeting, where what came was erased and the watch alone needed the meeting."""
    erased = (
        row.direction == ReferralDirection.IN
        and row.state == ReferralState.WITHDRAWN
        and not value.get("offer")
    )
    return received_content.without_meeting(value) if erased else value


def _delete_unread(row: Referral, at: datetime) -> None:
    if row.state == ReferralState.WITHDRAWN and row.peer is not None and row.conversation is not None:
        inbox.withdraw(
            society=row.society_id,
            sender=row.peer.theirs_id,
            conversation=row.conversation,
            at=at,
            exclude=NOT_OF_SAFETY,
        )


# -- the alarm ---------------------------------------------------------------------------------


@transaction.atomic
def raise_due_alarms(*, at: datetime) -> int:
    """Raise the alarm where somebody should have been met, news of a journey lies unread, or no answer says *safe*.

    Half an hour after the arrival; a while after the news came or the question was asked. Returns for how many people.
    A job's. Each node does so for itself: no line between them is needed for it.
    """
    late, unheard = _waiting(alarm_at__lte=at), _waiting(read_by__lte=at)
    for row in late:
        Referral.objects.filter(pk=row.pk).update(alarm_at=None)
        _raise(row, events.OVERDUE, at)
        if row.state in rules.CUT_SHORT:
            ask_if_safe(row, at)
    for row in unheard:
        # Even after somebody answers the alarm it rings again until the message is read; a damaged message cannot be
        # read, so it does not.
        again = at + rules.RINGS_AGAIN if any(one.kind in JOURNEY for one in unread(row)) else None
        Referral.objects.filter(pk=row.pk).update(read_by=again)
        _raise(row, events.UNREAD, at)
    unsaid = _waiting(safe_by__lte=at)
    for row in unsaid:
        Referral.objects.filter(pk=row.pk).update(safe_by=at + rules.RINGS_AGAIN)
        _raise(row, events.SAFE_UNKNOWN, at)
    return len({row.pk for row in (*late, *unheard, *unsaid)})


def _waiting(**due_by: datetime) -> list[Referral]:
    rows = Referral.objects.select_for_update(of=("self",)).filter(case__erased_at=None, **due_by)
    here = tenancy.current_tenant()
    found = rows if here is None else rows.filter(society=here)
    return list(found.select_related("case__owner", "case__branch")[:200])


def _raise(row: Referral, event: Event, at: datetime) -> None:
    work.raise_alarm(society=row.society_id, room=ROOM, subject=row.pk, by=None, at=at)
    audit.record(event=event, by=None, society=row.society_id, at=at, about=row.case.file_id)
