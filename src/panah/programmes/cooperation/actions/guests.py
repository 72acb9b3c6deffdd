"""What the society shares: with the other societies, and with guests, who may ask for details."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.accounts import actions as accounts
from panah.ground.accounts.guests import is_guest
from panah.ground.accounts.queries import guests, with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.dates import morning
from panah.ground.vault.actions.offboarding import HandoverResult
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, DueSubject, DueType, Urgency
from panah.programmes.cooperation import events
from panah.programmes.cooperation.models import Decision, Entry, Practice, Question, Seat, SharedWith
from panah.programmes.cooperation.permissions import keeps, must_decide
from panah.programmes.cooperation.queries import MODELS, may_be_shared, own_seat, shared_with
from panah.programmes.cooperation.words import QUESTIONS, REPLY, DecisionState, PracticeState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.vault.keyring import Keyring

ANSWER_WITHIN = timedelta(days=7)
# Questions of one guest that wait for an answer: more would bury what else is on the list of whoever answers.
MOST_WAITING = 5

REPLY_TO_GUEST = DueType(QUESTIONS, REPLY, DueKind.ANSWER, urgency=Urgency.WEEK)


@transaction.atomic
def share(*, kind: str, entry: UUID, shared: bool, by: Staff, at: datetime) -> Entry:
    """Share an entry with all paired societies, or take it back: they are told with the next run."""
    must_decide(by)
    rows = MODELS[kind]._default_manager.select_for_update().filter(society=by.society_id)
    row: Entry = get_object_or_404(rows, pk=entry)
    if shared and isinstance(row, Practice) and row.state != PracticeState.PUBLISHED:
        raise Refusal(
            _("Only a published practice is shared."),
            next_step=_("Let another society review it, and a second person publish it."),
            code="not-published",
        )
    row.shared, row.edited_at = shared, at
    row.save(update_fields=["shared", "edited_at"])
    audit.record(event=events.SHARED if shared else events.TAKEN_BACK, by=by, at=at, about=row.pk)
    return row


@transaction.atomic
def give_seat(
    *, guest: str, organisation: str, kind: str, until: date, pk: UUID | None = None, by: Staff, at: datetime
) -> Seat:
    """Give a guest account a seat; it reads nothing until something is shared with it."""
    must_decide(by)
    account = get_object_or_404(guests(to=by), pk=UUID(guest))
    try:
        with transaction.atomic():
            row: Seat = Seat.objects.create(
                pk=pk or uuid4(),
                society_id=by.society_id,
                staff=account,
                organisation=organisation,
                kind=kind,
                until=until,
            )
    except IntegrityError:
        raise Refusal(
            _("This guest has a seat already."), next_step=_("Open it in the list."), code="seated-already"
        ) from None
    audit.record(event=events.SEATED, by=by, at=at, about=row.pk)
    return row


@transaction.atomic
def end_seat(*, seat: Seat, by: Staff, at: datetime) -> None:
    """End a guest seat: the account signs in no more, at once."""
    must_decide(by)
    row: Seat = Seat.objects.select_for_update().select_related("staff").get(pk=seat.pk)
    if row.ended_on is not None:
        return
    row.ended_on = timezone.localtime(at).date()
    row.save(update_fields=["ended_on"])
    accounts.deactivate(staff=row.staff, by=by, at=at)
    audit.record(event=events.UNSEATED, by=by, at=at, about=row.pk)


@transaction.atomic
def show_to_guest(*, seat: Seat, entries: list[str], by: Staff, at: datetime) -> None:
    """Let a guest read exactly these entries, as ids; what she was shown besides is taken back."""
    must_decide(by)
    known = {str(one.entry): one.kind for one in may_be_shared(by.society_id, at=at)}
    wanted = {entry for entry in entries if entry in known}
    had = {str(one.entry) for one in SharedWith.objects.select_for_update().filter(seat=seat)}
    SharedWith.objects.filter(seat=seat, entry__in=had - wanted).delete()
    SharedWith.objects.bulk_create(
        SharedWith(seat=seat, kind=known[one], entry=UUID(one)) for one in sorted(wanted - had)
    )
    for event, changed in ((events.SHOWN, wanted - had), (events.HIDDEN, had - wanted)):
        if changed:
            audit.record(event=event, by=by, at=at, about=seat.pk)


@transaction.atomic
def ask(*, entry: UUID, text: str, pk: UUID | None = None, by: Staff, at: datetime) -> Question:
    """A guest asks for details of what she reads; whoever wrote it last answers within a week, else a focal point."""
    seat = own_seat(to=by, at=at)
    found = next((one for one in shared_with(seat, at=at) if one.entry == entry), None) if seat else None
    if seat is None or found is None:
        raise Refusal(
            _("This is not shared with you any more."),
            next_step=_("Ask the society that invited you."),
            code="not-shared",
            status=403,
        )
    _must_not_flood(seat)
    owner = _who_answers(found.kind, entry, seat)
    row: Question = Question.objects.create(
        pk=pk or uuid4(),
        seat=seat,
        kind=found.kind,
        entry=entry,
        text=text,
        owner=owner,
        asked_on=timezone.localtime(at).date(),
        due_on=timezone.localtime(at + ANSWER_WITHIN).date(),
    )
    work.due(
        REPLY_TO_GUEST, DueSubject(seat.society_id, row.pk), owner=owner, due_at=morning(row.due_on), at=at
    )
    audit.record(event=events.QUESTION, by=by, at=at, about=row.pk)
    return row


def _must_not_flood(seat: Seat) -> None:
    Seat.objects.select_for_update().get(pk=seat.pk)
    if seat.questions.filter(answered_on=None).count() >= MOST_WAITING:
        raise Refusal(
            _("Five of your questions wait for an answer."),
            next_step=_("Ask this one when one of them has been answered."),
            code="questions-wait",
        )


def _who_answers(kind: str, entry: UUID, seat: Seat) -> Staff:
    known = {"family": entry, "state": PracticeState.PUBLISHED} if MODELS[kind] is Practice else {"pk": entry}
    rows = MODELS[kind]._default_manager.filter(society=seat.society_id, **known)
    row = rows.select_related("changed_by").first()
    if row is not None and keeps(row.changed_by):
        return row.changed_by
    return with_permission(seat.society_id, Permission.COOPERATION_DECIDE)[0]


@transaction.atomic
def answer(*, question: Question, answer: str, by: Staff, at: datetime) -> None:
    """Answer a guest's question; she reads it on her page."""
    row: Question = Question.objects.select_for_update().get(pk=question.pk)
    if row.owner_id != by.pk or is_guest(by):
        must_decide(by)
    if row.answered_on is not None:
        raise Refusal(
            _("A colleague has answered it already."),
            next_step=_("Open its page again."),
            code="answered-already",
        )
    row.answer, row.answered_on = answer, timezone.localtime(at).date()
    row.save(update_fields=["answer", "answered_on"])
    work.complete_for(subject=row.pk, purpose=REPLY, by=by, at=at)
    audit.record(event=events.ANSWERED, by=by, at=at, about=row.pk)


@transaction.atomic
def hand_over_all(*, keys: Keyring, staff: Staff, to: Staff, at: datetime) -> HandoverResult:
    """A colleague leaves: decisions that are open and questions without an answer go to ``to``."""
    del keys, at
    Question.objects.filter(owner=staff, answered_on=None).update(owner=to)
    Decision.objects.filter(owner=staff, state=DecisionState.OPEN).update(owner=to)
    return HandoverResult(0, 0)
