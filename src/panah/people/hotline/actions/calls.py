"""A contact from its first second to its end."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.eligibility import must_fit
from panah.ground.accounts.words import DutyKind
from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.ids import idempotency_id
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.words import FileKind
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DECIDE
from panah.people.hotline import events, words
from panah.people.hotline.actions.answered_alarm import tell_who_answered
from panah.people.hotline.actions.chat_lines import end_chat, put_back
from panah.people.hotline.actions.chat_locks import lock_chat, lock_chats
from panah.people.hotline.actions.joined_contacts import hold_back_unsafe
from panah.people.hotline.actions.pending_decisions import ask_for_decision
from panah.people.hotline.models import Contact, Line
from panah.people.hotline.permissions import must_hold_line
from panah.people.hotline.queries.contacts import has_call_back
from panah.people.hotline.rules import SILENT_AFTER
from panah.people.hotline.words.parts import CALL_BACK

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


# A page that lies open longer takes another call, not the same one.
PRESSED_TWICE = timedelta(seconds=15)


def record_past_contact(
    *,
    keys: Keyring,
    line: Line,
    channel: words.Channel,
    began_at: datetime,
    by: Staff,
    at: datetime,
    typed_in_at: datetime | None = None,
) -> Contact:
    """Make a contact of what came without a call, for a line whose key she holds: it is over before it begins."""
    must_hold_line(by, line.pk)
    return Contact.objects.create(
        society_id=line.society_id,
        line=line,
        channel=channel,
        state=words.ContactState.FINISHED,
        taken_by=by,
        started_at=began_at,
        ended_at=began_at,
        last_sign_of_life=at,
        typed_in_at=typed_in_at,
        file_id=begin_file_of_contact(keys=keys, line=line, at=at),
    )


def begin_file_of_contact(*, keys: Keyring, line: Line, at: datetime) -> UUID:
    """A contact's file opens for whoever holds the line's key, and for the recovery key."""
    return vault.begin_file(keys=keys, kind=FileKind.CONTACT, line=line.pk, at=at)


@transaction.atomic
def begin_contact(
    *,
    keys: Keyring,
    line: Line,
    channel: str,
    by: Staff,
    at: datetime,
    once: UUID | None = None,
    in_danger: bool = False,
) -> Contact:
    """Take a call: from here on everything typed is sealed to the line.

    ``once`` is a fresh id of the page: a button that is pressed twice takes one call. ``in_danger``: also by a
    volunteer who may not answer now, since nobody else is there; see ``take_in_danger``.
    """
    pk = idempotency_id(by.pk, once)
    pressed = Contact.objects.filter(pk=pk, line=line, state=words.ContactState.OPEN).first()
    if pressed is not None and at - pressed.started_at < PRESSED_TWICE:
        return pressed
    must_hold_line(
        by,
        line.pk,
        next_step=_("Ask a focal point to give it to you. Until then a colleague takes the call."),
    )
    if line.ended_at is not None:
        raise Refusal(
            _("This line has ended and takes no new calls."),
            next_step=_("Take the call on another line."),
            code="line-ended",
        )
    is_exception = must_fit(by, DutyKind.CALLS, at=at, in_danger=in_danger)
    contact = Contact.objects.create(
        pk=uuid4() if Contact.objects.filter(pk=pk).exists() else pk,
        society_id=line.society_id,
        line=line,
        channel=channel,
        taken_by=by,
        started_at=at,
        last_sign_of_life=at,
        file_id=begin_file_of_contact(keys=keys, line=line, at=at),
    )
    audit.record(event=events.TAKEN, by=by, at=at, about=contact.file_id, facts={"channel": channel})
    if is_exception:
        audit.record(event=events.TAKEN_IN_DANGER, by=by, at=at, about=contact.file_id)
    return contact


def keep_call_alive(*, contact: Contact, at: datetime) -> None:
    """The page of an open call is still there."""
    Contact.objects.filter(pk=contact.pk, state=words.ContactState.OPEN).update(last_sign_of_life=at)


@transaction.atomic
def finish_call(*, keys: Keyring | None, contact: Contact, by: Staff, at: datetime) -> Contact:
    """End a call. Nothing needs to be filled in; doing it twice changes nothing.

    What must not be lost is put on the list as *decide*: see ``ask_for_decision``.
    """
    row: Contact = Contact.objects.select_for_update().get(pk=contact.pk)
    if row.state == words.ContactState.OPEN:
        if row.channel == words.Channel.CHAT:
            lock_chat(row.pk)
        row.state, row.ended_at = _state_after(row), at
        row.save(update_fields=["state", "ended_at"])
        audit.record(event=events.FINISHED, by=by, at=at, about=row.file_id)
        end_chat(keys=keys, contact=row, by=by, at=at)
        asked = ask_for_decision(keys=keys, contact=row, at=at, since=at)
        if keys is not None and not asked:
            # Nobody had read how it ended before; now somebody has, and nothing must follow.
            work.complete_for(subject=row.pk, purpose=DECIDE, by=by, at=at)
        if keys is not None:
            hold_back_unsafe(keys=keys, contact=row, by=by, at=at)
        tell_who_answered(contact=row, by=by, at=at)
    return row


def _state_after(contact: Contact) -> words.ContactState:
    return words.ContactState.CALL_BACK if has_call_back(contact) else words.ContactState.FINISHED


@transaction.atomic
def resume_call(*, contact: Contact, by: Staff, at: datetime) -> Contact:
    """Go on with a call that ended by itself, that goes on after all, or whose contact was closed by a slip.

    Whoever took it goes on with it whatever has run out meanwhile; anybody else answers anew.
    """
    if contact.taken_by_id != by.pk:
        must_fit(by, DutyKind.CALLS, at=at)
    row: Contact = Contact.objects.select_for_update(of=("self",)).select_related("file").get(pk=contact.pk)
    ended = (words.ContactState.FINISHED, words.ContactState.CALL_BACK, words.ContactState.CLOSED)
    if row.state in ended and row.file.erasing_since is None:
        row.state, row.ended_at, row.ended_by_itself, row.last_sign_of_life = (
            words.ContactState.OPEN,
            None,
            False,
            at,
        )
        row.save(update_fields=["state", "ended_at", "ended_by_itself", "last_sign_of_life"])
        if not any(item.pages_at for item in work_queries.items_of(row.pk, purpose=DECIDE)):
            # It is asked again when the call ends again. What pages stays: an open page decides nothing.
            work.complete_for(subject=row.pk, purpose=DECIDE, by=by, at=at)
        audit.record(event=events.RESUMED, by=by, at=at, about=row.file_id)
    return row


@transaction.atomic
def close_contact(*, contact: Contact, by: Staff, at: datetime) -> None:
    """Nothing is left to do: what is still on a list is cancelled. Nothing is erased.

    Refuses a call that goes on, and one whose call-back or *what happens next* would be lost.
    """
    row: Contact = Contact.objects.select_for_update().get(pk=contact.pk)
    if row.state in words.ENDED:
        return
    if row.state == words.ContactState.OPEN:
        raise Refusal(_("The call is still going on."), next_step=_("Finish it first."), code="not-ended")
    if any(item.purpose in (DECIDE, CALL_BACK) for item in work_queries.items_of(row.pk)):
        raise Refusal(
            _("Something is still due with this contact."),
            next_step=_("Write what happens next, or what came of it. Then it can be closed."),
            code="decide-first",
        )
    row.state, row.ended_at = words.ContactState.CLOSED, row.ended_at or at
    row.save(update_fields=["state", "ended_at"])
    work.cancel_for(subject=row.pk, at=at)
    audit.record(event=events.CLOSED, by=by, at=at, about=row.file_id)


@transaction.atomic
def close_silent_calls(*, at: datetime) -> int:
    """End open calls whose page gave no sign of life for ten minutes; returns how many.

    For the worker, every minute. It reads nothing, so somebody decides about each: the person may still wait.
    """
    silent = list(
        Contact.objects.select_for_update(of=("self",))
        .filter(state=words.ContactState.OPEN, last_sign_of_life__lte=at - SILENT_AFTER)
        .select_related("line", "taken_by", "with_whom")
        .order_by("pk")
    )
    chats = lock_chats([contact.pk for contact in silent]) if silent else {}
    for contact in silent:
        contact.state, contact.ended_at, contact.ended_by_itself = (
            _state_after(contact),
            contact.last_sign_of_life,
            True,
        )
        contact.save(update_fields=["state", "ended_at", "ended_by_itself"])
        if contact.pk in chats:
            put_back(chats[contact.pk], at)
        ask_for_decision(keys=None, contact=contact, at=at, since=contact.ended_at)
        tell_who_answered(contact=contact, by=None, at=at)
        audit.record(
            event=events.WENT_SILENT, by=None, society=contact.society_id, at=at, about=contact.file_id
        )
    return len(silent)
