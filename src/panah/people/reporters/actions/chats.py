"""A chat from our side: taken, handed over, answered, ended. Whoever has taken it speaks in it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.people.reporters import events
from panah.people.reporters.actions.chat_bodies import end
from panah.people.reporters.actions.chat_lines import keep_line, number_of, sealed_line
from panah.people.reporters.errors import chat_ended
from panah.people.reporters.models import Chat
from panah.people.reporters.queries.chats import private_of
from panah.people.reporters.words import ChatState, Direction

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.vault.keyring import Keyring


@transaction.atomic
def claim_chat(*, keys: Keyring, chat: Chat, at: datetime) -> None:
    """Take a chat that waits; of two who press at one moment one has it. Pressed again by the same it stays hers."""
    row = _locked(chat, keys.staff)
    if row.state == ChatState.ENDED:
        raise chat_ended()
    if row.claimed_by_id not in (None, keys.staff.pk):
        raise _of_another()
    if private_of(keys, row) is None:
        raise Refusal(
            _("None of your keys opens this chat."),
            next_step=_("Ask a colleague who holds the intake key or the key of the line."),
            code="no-key-of-chat",
            status=403,
        )
    if row.claimed_by_id is None:
        _give(row, keys.staff)
        audit.record(event=events.CLAIMED, by=keys.staff, at=at, about=row.pk)
    chat.refresh_from_db()


@transaction.atomic
def hand_over_chat(*, by: Staff, chat: Chat, to: Staff, at: datetime) -> None:
    """Give a chat to a colleague of the same society, who goes on in it with all its lines."""
    row = _locked(chat, by)
    _must_hold(row, by)
    if to.society_id != row.society_id or not to.is_active:
        raise _of_another()
    _give(row, to)
    audit.record(event=events.CLAIMED, by=to, at=at, about=row.pk)
    chat.refresh_from_db()


@transaction.atomic
def release_chat(*, by: Staff, chat: Chat, at: datetime) -> None:
    """Put a chat back among those that wait."""
    del at
    row = _locked(chat, by)
    _must_hold(row, by)
    row.state, row.claimed_by = ChatState.OPEN, None
    row.save(update_fields=["state", "claimed_by"])
    chat.refresh_from_db()


@transaction.atomic
def say(*, keys: Keyring, chat: Chat, once: UUID, text: str, at: datetime) -> int:
    """Say a line to the reporter; returns its number. The same ``once`` (of the page) stands once."""
    row = _locked(chat, keys.staff)
    there = number_of(row, once)
    if there is not None:
        return there
    _must_hold(row, keys.staff)
    body = sealed_line(row, once, text, Direction.TO_REPORTER, at=at)
    return keep_line(row, once, body, Direction.TO_REPORTER, at=at)


@transaction.atomic
def end_chat(*, by: Staff, chat: Chat, at: datetime) -> None:
    """End a chat that one has taken. A second press changes nothing."""
    row = _locked(chat, by)
    if row.state != ChatState.ENDED:
        _must_hold(row, by)
        end(row, by_staff=True, at=at)
    chat.refresh_from_db()


def _locked(chat: Chat, by: Staff) -> Chat:
    row = Chat.objects.select_for_update().get(pk=chat.pk)
    if row.society_id != by.society_id:
        raise _of_another()
    return row


def _must_hold(row: Chat, by: Staff) -> None:
    if row.state == ChatState.ENDED:
        raise chat_ended()
    if row.claimed_by_id != by.pk:
        raise _of_another()


def _give(row: Chat, to: Staff) -> None:
    row.state, row.claimed_by = ChatState.CLAIMED, to
    row.save(update_fields=["state", "claimed_by"])


def _of_another() -> Refusal:
    return Refusal(
        _("A colleague has taken this chat."),
        next_step=_("Ask this colleague to hand it over to you."),
        code="chat-of-another",
    )
