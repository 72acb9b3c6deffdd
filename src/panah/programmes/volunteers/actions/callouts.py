"""Asking for help: the call-out, the answers, who is chosen, and who follows when somebody has to cancel.

Why somebody is not taken is kept nowhere: nothing here joins a volunteer with whoever is met.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.audit import actions as audit
from panah.ground.channels import actions as channels
from panah.ground.channels.words import MessageKind
from panah.ground.foundation import retention
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.row_locks import locked
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DueKind, Urgency
from panah.programmes.volunteers import helping_events as events
from panah.programmes.volunteers import helping_rules as rules
from panah.programmes.volunteers.actions.register import changed_meanwhile, kept_branch, put_on_lists
from panah.programmes.volunteers.helping_words import (
    ANSWERED,
    CALL_OUTS,
    CAN_ANSWER,
    CAN_BE_CHOSEN,
    REOPENED,
    Answer,
    CallOutState,
)
from panah.programmes.volunteers.models import Asked, CallOut
from panah.programmes.volunteers.queries import callouts
from panah.programmes.volunteers.words import MayDo

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

NOT_SAME, SAME = "not_same", "same"


@transaction.atomic
def call_out(
    *,
    by: Staff,
    branch: str,
    what: str,
    language: str,
    wanted: int,
    meets_person: bool,
    place: str,
    note: str,
    starts_at: datetime,
    ends_at: datetime,
    pk: UUID | None = None,
    at: datetime,
) -> CallOut:
    """Write down what help is needed, from when to when; nobody is asked by it yet."""
    where = kept_branch(branch, by=by)
    _must_be_hours(starts_at, ends_at, at)
    row = CallOut(
        pk=pk or uuid4(),
        society_id=by.society_id,
        branch_id=where,
        what=what,
        language=language,
        wanted=wanted,
        meets_person=meets_person or what == MayDo.MEET,
        asked_by=by,
    )
    _set_told(row, callouts.Told(place, note, starts_at, ends_at))
    row.save(force_insert=True)
    audit.record(event=events.CALLED_OUT, by=by, at=at, about=row.pk, facts={"what": what, "number": wanted})
    return row


def _must_be_hours(starts_at: datetime, ends_at: datetime, at: datetime) -> None:
    if not timedelta(0) < ends_at - starts_at <= rules.LONGEST:
        raise Refusal(
            _("The end lies before the beginning, or more than a day after it."),
            next_step=_("Look at both days and hours; for longer help ask once for each day."),
            code="bad-hours",
        )
    if ends_at <= at:
        raise Refusal(
            _("These hours are over."), next_step=_("Look at the day and the hour."), code="hours-over"
        )


def _set_told(row: CallOut, told: callouts.Told) -> None:
    row.day = timezone.localtime(told.starts_at).date()
    row.sealed = callouts.seal_told(row, told)


@transaction.atomic
def ask_volunteers(*, by: Staff, row: CallOut, volunteers: Iterable[str], at: datetime) -> int:
    """Ask those who fit and are named here; each is written to once her quiet hours are over. Returns how many."""
    row = locked(row)
    if row.state != CallOutState.OPEN:
        raise changed_meanwhile()
    named = set(volunteers)
    found = [one for one in callouts.candidates(row, to=by, at=at).rows if str(one.row.pk) in named]
    rows = [Asked(society_id=row.society_id, call_out=row, volunteer=one.row) for one in found]
    Asked.objects.bulk_create(rows)
    for asked in rows:
        _write_to(asked, at)
    if rows:
        audit.record(event=events.ASKED, by=by, at=at, about=row.pk, facts={"number": len(rows)})
    return len(rows)


def _write_to(asked: Asked, at: datetime) -> None:
    """Send word that the branch asks; what, where and when is read on the page alone."""
    channels.queue_outside(
        to=asked.volunteer_id,
        society=asked.society_id,
        message=MessageKind.BRANCH,
        at=at,
        # Whoever is chosen said yes to these hours and waits for word.
        due_at=at if asked.answer == Answer.CHOSEN else callouts.leaves_at(asked.volunteer, at),
        about=asked.pk,
    )


@transaction.atomic
def answer(*, asked: Asked, answer: str, by: Staff | None, at: datetime) -> None:
    """Keep an answer: the volunteer's own (``by`` None), or told to the branch on the telephone."""
    row = locked(asked.call_out)
    asked.refresh_from_db()
    if asked.answer not in CAN_ANSWER:
        raise changed_meanwhile()
    if row.state != CallOutState.OPEN and answer != Answer.NO:
        raise Refusal(
            _("The place is filled already. Thank you."),
            next_step=_("Nothing more is needed."),
            code="place-filled",
        )
    if answer in (Answer.YES, Answer.LATER) and asked.answer != answer:
        asked.turn = 1 + Asked.objects.filter(call_out=row, turn__isnull=False).count()
    asked.answer = answer
    asked.save(update_fields=["answer", "turn"])
    channels.call_off(about=[asked.pk])
    if by is None and answer in (Answer.YES, Answer.LATER):
        _tell_the_branch(row, ANSWERED, Urgency.TODAY, at)
    audit.record(
        event=events.TOLD_ANSWER if by else events.ANSWERED,
        by=by,
        society=row.society_id,
        at=at,
        about=row.pk,
        facts={"what": str(answer)},
    )


def _tell_the_branch(row: CallOut, purpose: str, urgency: Urgency, at: datetime) -> None:
    """One line on the lists of those who keep the branch, however many answered, and however often."""
    if purpose == ANSWERED and work_queries.items_of(row.pk, purpose=purpose):
        return
    work.cancel_for(subject=row.pk, purpose=purpose, at=at)
    put_on_lists(row, purpose, DueKind.DECIDE, room=CALL_OUTS, urgency=urgency, at=at)


@transaction.atomic
def choose(*, by: Staff, asked: Asked, at: datetime, tie: str = "") -> bool:
    """Choose somebody, who then reads place and hour; False where the tie was one, and somebody else is needed.

    ``tie``: what the one who asks heard about it (NOT_SAME, SAME), needed where a person is met and ties were named.
    """
    row = locked(asked.call_out)
    asked.refresh_from_db()
    if row.state != CallOutState.OPEN or asked.answer not in CAN_BE_CHOSEN:
        raise changed_meanwhile()
    if callouts.lacking(row, [asked.volunteer])[asked.volunteer_id]:
        raise Refusal(
            _("This volunteer may not do this on that day any more."),
            next_step=_("Choose another one. The page of the volunteer says what is missing."),
            code="may-not-any-more",
        )
    if row.meets_person and callouts.has_tie(asked.volunteer):
        if tie == SAME:
            _pass_over(by, row, asked, at)
            return False
        if tie != NOT_SAME:
            raise Refusal(
                _("This volunteer named a community, and a person is to be met."),
                next_step=_("Ask whoever looks after the person whether it is the same one."),
                code="tie-to-ask-about",
            )
        asked.tie_asked = True
    _take(by, row, asked, at)
    return True


def _pass_over(by: Staff, row: CallOut, asked: Asked, at: datetime) -> None:
    asked.answer = Answer.NOT_CHOSEN
    asked.save(update_fields=["answer"])
    channels.call_off(about=[asked.pk])
    audit.record(event=events.PASSED_OVER, by=by, at=at, about=row.pk)


def _take(by: Staff | None, row: CallOut, asked: Asked, at: datetime) -> None:
    asked.answer = Answer.CHOSEN
    asked.save(update_fields=["answer", "tie_asked"])
    _seal_chosen(row, asked, add=True)
    channels.call_off(about=[asked.pk])
    _write_to(asked, at)
    audit.record(event=events.CHOSEN, by=by, society=row.society_id, at=at, about=row.pk)
    if Asked.objects.filter(call_out=row, answer=Answer.CHOSEN).count() >= row.wanted:
        _fill(row, at)


def _seal_chosen(row: CallOut, asked: Asked, *, add: bool) -> None:
    """Keep in the seal who reads place and hour: whoever writes in the database chooses nobody."""
    known = callouts.told(row)
    if known is not None:
        others = tuple(one for one in known.chosen if one != callouts.in_seal(asked))
        row.sealed = callouts.seal_told(
            row, replace(known, chosen=(*others, callouts.in_seal(asked)) if add else others)
        )
        row.save(update_fields=["sealed"])


def _fill(row: CallOut, at: datetime) -> None:
    """Whoever said yes hears that it is filled; whoever was not written to yet never is."""
    row.state = CallOutState.FILLED
    row.save(update_fields=["state"])
    _off_the_lists(row, at)
    others = list(
        Asked.objects.filter(call_out=row, answer__in=CAN_BE_CHOSEN).select_related("volunteer__own_page")
    )
    channels.call_off(about=[other.pk for other in others])
    for one in others:
        if one.answer in (Answer.YES, Answer.LATER):
            _write_to(one, at)


def _off_the_lists(row: CallOut, at: datetime) -> None:
    for purpose in (ANSWERED, REOPENED):
        work.cancel_for(subject=row.pk, purpose=purpose, at=at)


@transaction.atomic
def withdraw(*, asked: Asked, by: Staff | None, at: datetime) -> Asked | None:
    """Somebody who was chosen has to cancel: the next who said yes follows; returns her, None where somebody decides.

    Nobody follows by herself where a tie is to be asked about or her hours are at their limit.
    """
    row = locked(asked.call_out)
    asked.refresh_from_db()
    if asked.answer != Answer.CHOSEN or row.state == CallOutState.CLOSED:
        raise changed_meanwhile()
    asked.answer = Answer.WITHDREW
    asked.save(update_fields=["answer"])
    _seal_chosen(row, asked, add=False)
    channels.call_off(about=[asked.pk])
    row.state = CallOutState.OPEN
    row.save(update_fields=["state"])
    audit.record(event=events.WITHDREW, by=by, society=row.society_id, at=at, about=row.pk)
    follows = _who_follows(row, at)
    if follows is None:
        _tell_the_branch(row, REOPENED, Urgency.NOW, at)
        return None
    _take(None, row, follows, at)
    return follows


def _who_follows(row: CallOut, at: datetime) -> Asked | None:
    said_yes = Asked.objects.filter(call_out=row, answer=Answer.YES).select_related("volunteer__own_page")
    rows = list(said_yes.order_by("turn"))
    lacks = callouts.lacking(row, [one.volunteer for one in rows])
    minds = callouts.minded([one.volunteer for one in rows], row, to=row.asked_by, at=at)
    return next(
        (
            one
            for one in rows
            if not lacks[one.volunteer_id]
            and not minds[one.volunteer_id]
            and (one.tie_asked or not row.meets_person or not callouts.has_tie(one.volunteer))
        ),
        None,
    )


@transaction.atomic
def move_call_out(
    *, by: Staff, row: CallOut, place: str, note: str, starts_at: datetime, ends_at: datetime, at: datetime
) -> None:
    """Change place or hours: whoever is chosen hears that the page says something new."""
    row = locked(row)
    if row.state == CallOutState.CLOSED:
        raise changed_meanwhile()
    _must_be_hours(starts_at, ends_at, at)
    known = callouts.told(row)
    chosen = known.chosen if known is not None else ()
    _set_told(row, callouts.Told(place, note, starts_at, ends_at, chosen))
    row.save(update_fields=["day", "sealed"])
    _write_to_chosen(row, at)
    audit.record(event=events.MOVED, by=by, at=at, about=row.pk)


@transaction.atomic
def close_call_out(*, by: Staff, row: CallOut, at: datetime) -> None:
    """Nobody is needed any more: what was not sent is not sent, and whoever was chosen hears of it."""
    row = locked(row)
    if row.state == CallOutState.CLOSED:
        return
    row.state = CallOutState.CLOSED
    row.save(update_fields=["state"])
    channels.call_off(about=list(Asked.objects.filter(call_out=row).values_list("pk", flat=True)))
    _off_the_lists(row, at)
    known = callouts.told(row)
    if known is not None and known.ends_at > at:
        _write_to_chosen(row, at)
    audit.record(event=events.CLOSED, by=by, at=at, about=row.pk)


def _write_to_chosen(row: CallOut, at: datetime) -> None:
    for one in Asked.objects.filter(call_out=row, answer=Answer.CHOSEN).select_related("volunteer__own_page"):
        channels.call_off(about=[one.pk])
        _write_to(one, at)


@transaction.atomic
def settle_call_outs(*, society: UUID, at: datetime) -> None:
    """Close what is over, and forget it after a while, places and answers with it. For the worker."""
    today = timezone.localtime(at).date()
    over = CallOut.objects.filter(society=society, day__lt=today).exclude(state=CallOutState.CLOSED)
    for row in over:
        known = callouts.told(row)
        if known is None or known.ends_at < at:
            row.state = CallOutState.CLOSED
            row.save(update_fields=["state"])
            _off_the_lists(row, at)
    CallOut.objects.filter(society=society, day__lt=today - retention.CALL_OUT.period).delete()
