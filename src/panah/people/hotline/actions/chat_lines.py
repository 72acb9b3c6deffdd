"""What a chat leaves: its lines sealed in the contact, its end told to the person, and who is told when it waits."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from panah.ground.audit import actions as audit
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DueKind, DueSubject, DueType, Urgency
from panah.people.hotline import events, rules, words
from panah.people.hotline.actions.chat_locks import lock_call
from panah.people.hotline.models import Contact, LineChat
from panah.people.hotline.queries.chats import TOGETHER, chat_of, page_out_of, who_answers_chats
from panah.people.hotline.words.parts import CHAT
from panah.people.reporters import actions as reporters

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

# Of what waits in a chat: its room on the lists, and the purpose of the item that a second colleague gets.
ROOM, SECOND = "hotline_chat", "chat_second"
HOUR = timedelta(hours=1)

SOMEBODY_WAITS = DueType(ROOM, CHAT, DueKind.ANSWER, urgency=Urgency.NOW)
CALL_SECOND = DueType(ROOM, SECOND, DueKind.ANSWER, urgency=Urgency.NOW)


def announce(row: LineChat, at: datetime) -> None:
    """Say to all who are on duty for its line that somebody waits in a chat; danger pages."""
    work.due(
        SOMEBODY_WAITS,
        DueSubject(row.society_id, row.pk, line=row.line_id, language=row.language.split("-")[0]),
        at=at,
    )
    if row.urgency == Urgency.NOW:
        call_in(row, at)
    if row.later:
        # Beyond what an hour can bring: it waits on the list, and calls nobody away from those who came before.
        return
    for one in who_answers_chats(row.line, language=row.language, at=at):
        work.send_word(to=one, kind="due", at=at)


def call_in(row: LineChat, at: datetime) -> None:
    """Danger is said in a chat: it pages by itself, or in a flood together with the others that wait."""
    before = work_queries.alarms_since(row.society_id, ROOM, at - HOUR)
    if rules.pages_alone(put_off=row.put_off, alarms_of_the_hour=before):
        work.raise_alarm(society=row.society_id, room=ROOM, subject=row.pk, by=None, at=at)
    else:
        page_out(row.society_id, at)


def page_out(society: UUID, at: datetime) -> None:
    """Page once for all chats of a flood that say danger; those that come while nobody has answered join it.

    Answered a moment ago, it is raised again a little later by the worker, as long as one of them waits.
    """
    subject = page_out_of(society)
    last = work_queries.own_alarm_of(subject)
    if last is None or last.answered_at is None or rules.may_page_out(raised=last.raised_at, now=at):
        work.raise_alarm(society=society, room=TOGETHER, subject=subject, by=None, at=at)


def take_over(row: LineChat, contact: Contact, by: Staff, at: datetime) -> None:
    """Whoever speaks in a chat holds it: where a colleague had taken it, it goes over to her; journalled."""
    before = row.chat.claimed_by
    if before is not None and before.pk != by.pk:
        reporters.hand_over_chat(by=before, chat=row.chat, to=by, at=at)
        Contact.objects.filter(pk=contact.pk).update(with_whom=by)
        audit.record(event=events.CHAT_GOES_ON, by=by, at=at, about=contact.file_id)


@transaction.atomic
def end_chat(*, keys: Keyring | None, contact: Contact, by: Staff, at: datetime) -> None:
    """A colleague finished the call: the person is told that the chat has ended, and its lines are kept here."""
    if contact.channel != words.Channel.CHAT:
        return
    row = lock_call(contact.pk)
    if row is not None and row.goes_on:
        take_over(row, contact, by, at)
        reporters.end_chat(by=by, chat=row.chat, at=at)
        LineChat.objects.filter(pk=row.pk).update(ended_at=at, waits_since=None)
    if keys is not None:
        keep_lines(keys=keys, contact=contact, at=at)


def keep_lines(*, keys: Keyring, contact: Contact, at: datetime) -> None:
    """Seal into the contact what was said in its chat, and what the person chose; what is kept already stays."""
    found = chat_of(keys=keys, contact=contact)
    value = {
        "lines": [{"at": line.said_at, "text": line.text, "ours": line.ours} for line in found.lines],
        "ended_by_person": found.ended_by_person,
        "may_go_along": found.may_go_along,
    }
    if value != vault_queries.value_of(keys=keys, file=contact.file_id, part=CHAT):
        vault.write(keys=keys, file=contact.file_id, part=CHAT, value=value, at=at)


def put_back(row: LineChat, at: datetime) -> bool:
    """A colleague's page was cut off, or she leaves: a locked chat waits again for all; returns whether it does."""
    if row.contact_id is None or row.waits_since is not None or not row.goes_on:
        return False
    if row.chat.claimed_by is not None:
        reporters.release_chat(by=row.chat.claimed_by, chat=row.chat, at=at)
    LineChat.objects.filter(pk=row.pk).update(waits_since=at, second_called_at=None)
    announce(row, at)
    return True


def leave_chat(contact: Contact) -> None:
    """A contact becomes a case: of its chat nobody on the line opens anything more; the person still has her code."""
    row = LineChat.objects.filter(pk=contact.pk).select_related("chat").first()
    if row is not None:
        reporters.close_to_staff(chat=row.chat)


def forget_chat(chat: UUID, at: datetime) -> None:
    """A contact is erased: of its chat nothing stays either."""
    row = lock_call(chat)
    if row is not None:
        reporters.erase_chat(chat=row.chat, at=at)
