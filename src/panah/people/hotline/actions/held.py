"""The person of a contact is held: where is sealed, and its hours are due on the line until it becomes a case."""

from __future__ import annotations

from datetime import datetime, timedelta
from secrets import randbelow
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.people.cases.queries.detention import (
    DetentionValue,
    earlier_of,
    ended,
    is_held,
    look_before,
    moment,
)
from panah.people.cases.words.detention import ASK_FOR_A_VISIT
from panah.people.hotline import events
from panah.people.hotline.actions.pending_decisions import add_decision, set_finished
from panah.people.hotline.models import Contact
from panah.people.hotline.queries.contacts import held_of
from panah.people.hotline.queries.joined import joined_with
from panah.people.hotline.rules import DECIDE_WITHIN
from panah.people.hotline.words import ContactState
from panah.people.hotline.words.parts import HELD

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

ASK_FOR_A_VISIT_IN = timedelta(hours=24)


def _locked(contact: Contact) -> Contact:
    row: Contact = Contact.objects.select_for_update().get(pk=contact.pk)
    if row.state == ContactState.CASE:
        raise Refusal(
            _("This contact became a case already."),
            next_step=_("Ask a focal point who holds the case."),
            code="case-already",
        )
    return row


def _write(keys: Keyring, row: Contact, held: DetentionValue, by: Staff, at: datetime) -> None:
    vault.write(keys=keys, file=row.file_id, part=HELD, value=held, at=at)
    if row.state != ContactState.OPEN:
        # An event of its own would say in plain that somebody is held. During a call it is typed like everything else.
        audit.record(event=events.DECIDED_NEXT, by=by, at=at, about=row.file_id)


@transaction.atomic
def write_held(*, keys: Keyring, contact: Contact, held: DetentionValue, by: Staff, at: datetime) -> None:
    """Seal where the person is held, and put on the list that somebody sees to it before the hours run out.

    It stands there as *decide*, and only once the call has ended, like everything that follows a contact: another
    kind, or another time, would say in plain what it is. One that has ended stays beside it.
    """
    row = _locked(contact)
    earlier = earlier_of(held_of(keys=keys, contact=row))
    _write(keys, row, {**held, "earlier": earlier} if earlier else held, by, at)
    if row.state == ContactState.OPEN:
        return
    set_finished(row, ContactState.CLOSED)
    look, soon = look_before(held, at=at), _within_a_day(at)
    if look is not None:
        soon = min(soon, look) if look > at else at + DECIDE_WITHIN
    add_decision(keys=keys, contact=row, due_at=soon, at=at, sentence=ASK_FOR_A_VISIT)


def _within_a_day(at: datetime) -> datetime:
    # A round time, like one that somebody chose: a day to the second would say in plain what is due.
    soon = at + ASK_FOR_A_VISIT_IN - timedelta(minutes=randbelow(55))
    return soon.replace(minute=soon.minute - soon.minute % 5, second=0, microsecond=0)


@transaction.atomic
def end_held(
    *,
    keys: Keyring,
    contact: Contact,
    how: str,
    ended_at: datetime,
    by: Staff,
    at: datetime,
    remark: str = "",
) -> None:
    """The person is no longer held there. What happens next is still decided."""
    row = _locked(contact)
    held = held_of(keys=keys, contact=row)
    if not is_held(held):
        raise Refusal(
            _("Nothing says that the person is held."),
            next_step=_("Write first where the person is held."),
            code="not-held",
        )
    _write(keys, row, ended(held, how=how, ended_at=ended_at, remark=remark), by, at)


def hours_of(*, keys: Keyring, contact: Contact, by: Staff, at: datetime) -> datetime | None:
    """When somebody who decides now looks again at the latest, since the person is held and the hours run; else None.

    What was written last of this contact and of those that are joined with it counts: it is one person.
    """
    group = [contact, *(one.contact for one in joined_with(keys=keys, contact=contact, to=by))]
    read = [(one.pk, vault_queries.read(keys=keys, file=one.file_id, part=HELD)) for one in group]
    written = [(pk, one.at, one.value) for pk, one in read if one is not None]
    if not written:
        return None
    whose, _at, held = max(written, key=lambda one: one[1])
    look = look_before(held, at=at)
    if look is not None and look <= at:
        # In the last quarter whoever decides has looked: then it comes back when the hours are over.
        look = moment(held, "until")
    if look is None or whose == contact.pk:
        return look
    # Never at one moment with what was due with a joined contact.
    return max(at, look - timedelta(microseconds=randbelow(300_000_000)))
