"""Hours and money: written by the branch, or asked for by the volunteer and decided by the branch."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.ids import idempotency_id
from panah.ground.work import actions as work
from panah.programmes.volunteers import helping_events as events
from panah.programmes.volunteers import helping_rules as rules
from panah.programmes.volunteers import sealed_details
from panah.programmes.volunteers.actions.own_page import ask_branch
from panah.programmes.volunteers.actions.register import (
    changed_meanwhile,
    lock_row,
    must_be_another,
    must_keep,
)
from panah.programmes.volunteers.actions.ringing import note_rung
from panah.programmes.volunteers.helping_words import CORRECT, HOURS, MONEY, TELL, Claim
from panah.programmes.volunteers.models import Expense, Hours, OwnPage, Volunteer
from panah.programmes.volunteers.queries import helping

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@transaction.atomic
def write_hours(
    *, by: Staff, row: Volunteer, on: date, minutes: int, what: str, pk: UUID | None = None, at: datetime
) -> Hours:
    """Write down hours that the branch knows of: they count at once."""
    must_keep(by, row)
    must_be_another(by, row)
    one: Hours = Hours.objects.create(
        pk=pk or uuid4(),
        society_id=row.society_id,
        branch_id=row.branch_id,
        volunteer=row,
        on=on,
        minutes=minutes,
        what=what,
        state=Claim.CONFIRMED,
        decided_by=by,
    )
    audit.record(event=events.HOURS, by=by, at=at, about=row.pk)
    return one


@transaction.atomic
def propose_hours(*, page: OwnPage, once: UUID, on: date, minutes: int, what: str, at: datetime) -> None:
    """A volunteer says what she gave; the same sent twice is one line."""
    row = page.volunteer
    pk = idempotency_id(row.pk, once, {"on": on, "minutes": minutes, "what": what})
    if Hours.objects.filter(pk=pk).exists():
        return
    _must_not_flood(row)
    Hours.objects.create(
        pk=pk,
        society_id=row.society_id,
        branch_id=row.branch_id,
        volunteer=row,
        on=on,
        minutes=minutes,
        what=what,
    )
    ask_branch(page=page, purpose=HOURS, at=at)


@transaction.atomic
def ask_money(
    *, page: OwnPage, once: UUID, on: date, what: str, amount: Decimal, currency: str, at: datetime
) -> None:
    """A volunteer asks a fare or phone credit back; the same sent twice is one line."""
    row = page.volunteer
    pk = idempotency_id(row.pk, once, {"on": on, "what": what, "amount": amount, "currency": currency})
    if Expense.objects.filter(pk=pk).exists():
        return
    _must_not_flood(row)
    Expense.objects.create(
        pk=pk,
        society_id=row.society_id,
        branch_id=row.branch_id,
        volunteer=row,
        on=on,
        what=what,
        amount=amount,
        currency=currency,
    )
    ask_branch(page=page, purpose=MONEY, at=at)


def _must_not_flood(row: Volunteer) -> None:
    if helping.waiting_of(row) >= rules.MOST_WAITING:
        raise Refusal(
            _("A lot waits for your branch already."),
            next_step=_("Ask the branch to answer it first."),
            code="too-much-waits",
        )


@transaction.atomic
def decide_hours(*, by: Staff, one: Hours, confirmed: bool, at: datetime) -> None:
    """Confirm hours, or not."""
    must_keep(by, one.volunteer)
    must_be_another(by, one.volunteer)
    state = Claim.CONFIRMED if confirmed else Claim.REFUSED
    if not Hours.objects.filter(pk=one.pk, state=Claim.ASKED).update(state=state, decided_by=by):
        raise changed_meanwhile()
    if not Hours.objects.filter(volunteer=one.volunteer_id, state=Claim.ASKED).exists():
        work.complete_for(subject=one.volunteer_id, purpose=HOURS, by=by, at=at)
    audit.record(event=events.HOURS, by=by, at=at, about=one.volunteer_id, facts={"what": str(state)})


@transaction.atomic
def decide_money(*, by: Staff, one: Expense, paid: bool, at: datetime) -> None:
    """Write down that a fare was paid today, or is not paid."""
    must_keep(by, one.volunteer)
    must_be_another(by, one.volunteer)
    state, day = (Claim.CONFIRMED, timezone.localtime(at).date()) if paid else (Claim.REFUSED, None)
    changed = Expense.objects.filter(pk=one.pk, state=Claim.ASKED)
    if not changed.update(state=state, decided_by=by, paid_on=day):
        raise changed_meanwhile()
    if not Expense.objects.filter(volunteer=one.volunteer_id, state=Claim.ASKED).exists():
        work.complete_for(subject=one.volunteer_id, purpose=MONEY, by=by, at=at)
    audit.record(event=events.MONEY, by=by, at=at, about=one.volunteer_id, facts={"what": str(state)})


@transaction.atomic
def answered(*, by: Staff, row: Volunteer, purpose: str, at: datetime) -> None:
    """What a volunteer asked of the branch is done: told, debriefed, or put right."""
    lock_row(row)
    must_keep(by, row)
    if purpose == CORRECT:
        sealed_details.write(row, correction="")
        row.save(update_fields=["details", "phone_mark"])
    if purpose == TELL:
        # As where an incident came of it: which of the two it was is sealed.
        note_rung(by=by, row=row, at=at)
    else:
        work.complete_for(subject=row.pk, purpose=purpose, by=by, at=at)
