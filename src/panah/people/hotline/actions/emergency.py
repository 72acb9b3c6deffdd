"""Danger now: the person on duty is paged at once, a second after five minutes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DueKind, DueSubject, DueType, Urgency
from panah.people.cases import actions as cases
from panah.people.hotline import events
from panah.people.hotline.actions.calls import begin_contact
from panah.people.hotline.actions.pending_decisions import ask_for_decision
from panah.people.hotline.models import Contact, Line
from panah.people.hotline.words import AFTER_THE_CALL
from panah.people.hotline.words.parts import DEBRIEF

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.work.models import Alarm

TALK = DueType("hotline_debrief", DEBRIEF, DueKind.CALL, within=timedelta(hours=12))


@transaction.atomic
def start_emergency(*, contact: Contact, by: Staff, at: datetime, keys: Keyring | None = None) -> Alarm:
    """Turn a contact into an emergency and page the person on duty; twice pages nobody again.

    Whoever calls for help is not paged: a second colleague is wanted, also where she is on duty herself. After the
    call somebody also decides what happens next; in the case that it became, somebody looks at the risk.
    """
    row: Contact = Contact.objects.select_for_update().get(pk=contact.pk)
    row.urgency = contact.urgency = Urgency.NOW
    row.save(update_fields=["urgency"])
    audit.record(event=events.EMERGENCY, by=by, at=at, about=contact.file_id)
    alarm = work.raise_alarm(society=contact.society_id, room="hotline", subject=contact.pk, by=by, at=at)
    if row.state in AFTER_THE_CALL and row.file.erasing_since is None:
        ask_for_decision(keys=keys, contact=row, at=at, since=at)
    elif row.became_case is not None:
        cases.review_risk_at_once(case=row.became_case, at=at)
    return alarm


@transaction.atomic
def take_in_danger(
    *, keys: Keyring, line: Line, channel: str, by: Staff, at: datetime, once: UUID | None = None
) -> Contact:
    """Take a call of somebody in danger whom nobody else can answer, and call a second colleague in at once.

    Also a volunteer whose vetting or training has run out takes it, and finishes it.
    """
    contact = begin_contact(keys=keys, line=line, channel=channel, by=by, at=at, once=once, in_danger=True)
    start_emergency(contact=contact, by=by, at=at, keys=keys)
    return contact


@transaction.atomic
def ask_for_debriefing(*, contact: Contact, by: Staff, at: datetime) -> None:
    """A hard call: each focal point gets *talk with a colleague* on her list, with a name of staff and no content."""
    leaders = [one for one in with_permission(contact.society_id, Permission.HOTLINE_LEAD) if one.pk != by.pk]
    if not leaders:
        raise Refusal(
            _("There is no other focal point who could talk with you."),
            next_step=_("Speak with a colleague you trust, today."),
            code="nobody-to-talk-to",
        )
    for leader in leaders:
        # About the colleague, not about the contact: nobody reads from the list which call it was.
        if any(item.owner_id == leader.pk for item in work_queries.items_of(by.pk, purpose=DEBRIEF)):
            continue
        work.due(TALK, DueSubject(contact.society_id, by.pk), owner=leader, at=at)
    audit.record(event=events.HARD_CALL, by=by, at=at, about=contact.file_id)


@transaction.atomic
def complete_debriefing(*, colleague: UUID, by: Staff, at: datetime) -> None:
    """The talk after a hard call took place."""
    work.complete_for(subject=colleague, purpose=DEBRIEF, by=by, at=at)


def end_emergency(*, contact: Contact, by: Staff, at: datetime) -> bool:
    """The danger is over, or the key was pressed by mistake: paging stops by a second colleague's word alone."""
    return work.say_it_is_over(subject=contact.pk, by=by, at=at)
