"""The person of a contact is held: where is sealed, and its hours are due on the line until it becomes a case."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.audit import actions as audit
from panah.cases.queries.detention import DetentionValue, ended, is_held, look_before
from panah.cases.words.detention import ASK_FOR_A_VISIT
from panah.foundation.errors import Refusal
from panah.hotline import events
from panah.hotline.actions.pending_decisions import add_decision
from panah.hotline.models import Contact
from panah.hotline.queries.contacts import held_of
from panah.hotline.words import ContactState
from panah.hotline.words.parts import HELD
from panah.vault import actions as vault
from panah.vault.keyring import Keyring

if TYPE_CHECKING:
    from panah.accounts.models import Staff

ASK_FOR_A_VISIT_IN = timedelta(hours=24)


def _write(keys: Keyring, contact: Contact, held: DetentionValue, by: Staff, at: datetime) -> Contact:
    row: Contact = Contact.objects.select_for_update().get(pk=contact.pk)
    if row.state == ContactState.CASE:
        raise Refusal(
            _("This contact became a case already."),
            next_step=_("Ask a focal point who holds the case."),
            code="case-already",
        )
    vault.write(keys=keys, file=row.file_id, part=HELD, value=held, at=at)
    if row.state != ContactState.OPEN:
        # An event of its own would say in plain that somebody is held. During a call it is typed like everything else.
        audit.record(event=events.DECIDED_NEXT, by=by, at=at, about=row.file_id)
    return row


@transaction.atomic
def write_held(*, keys: Keyring, contact: Contact, held: DetentionValue, by: Staff, at: datetime) -> None:
    """Seal where the person is held, and put on the list that somebody sees to it before the hours run out.

    It stands there as *decide*, and only once the call has ended, like everything that follows a contact: another
    kind, or another time, would say in plain what it is.
    """
    row = _write(keys, contact, held, by, at)
    if row.state == ContactState.OPEN:
        return
    soon = at + ASK_FOR_A_VISIT_IN
    add_decision(
        keys=keys,
        contact=row,
        due_at=min(soon, look_before(held, at=at) or soon),
        at=at,
        sentence=ASK_FOR_A_VISIT,
    )


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
    held = held_of(keys=keys, contact=contact)
    if not is_held(held):
        raise Refusal(
            _("Nothing says that the person is held."),
            next_step=_("Write first where the person is held."),
            code="not-held",
        )
    _write(keys, contact, ended(held, how=how, ended_at=ended_at, remark=remark), by, at)


def hours_of(*, keys: Keyring, contact: Contact, at: datetime) -> datetime | None:
    """When somebody looks at the latest, since the person is held and the hours run; else None."""
    return look_before(held_of(keys=keys, contact=contact), at=at)
