"""Chats of the public door: one waits for all who are on duty, one colleague takes it, and it becomes a contact."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.accounts.eligibility import must_fit
from panah.accounts.queries import with_role
from panah.accounts.words import DutyKind, Role
from panah.audit import actions as audit
from panah.foundation.errors import Refusal
from panah.hotline import events, words
from panah.hotline.actions.calls import begin_file_of_contact
from panah.hotline.actions.drafts import clear_reply
from panah.hotline.models import Contact, Line
from panah.hotline.queries.chats import kept_lines, waiting_chats, who_answers_chats
from panah.hotline.words.parts import CHAT
from panah.reporters import actions as reporters
from panah.reporters import queries as reporters_queries
from panah.vault import actions as vault
from panah.vault import queries as vault_queries
from panah.vault.keyring import Keyring
from panah.work import actions as work
from panah.work import queries as work_queries
from panah.work.words import DueKind, Urgency

if TYPE_CHECKING:
    from panah.accounts.models import Staff

# Of what waits in a chat: its room on the lists, and the purpose of the item that a second colleague gets.
ROOM, SECOND = "hotline_chat", "chat_second"


def announce_chat(*, chat: Any, line: Line, at: datetime) -> None:
    """Put a chat that has just begun on the list of its line, and send word to all who are on duty for it.

    Danger pages at once, as everywhere.
    """
    work.add_item(
        keys=None,
        society=line.society_id,
        kind=DueKind.ANSWER,
        due_at=at,
        room=ROOM,
        subject=chat.pk,
        line=line.pk,
        urgency=Urgency.NOW,
        language=chat.language,
        purpose=CHAT,
        at=at,
    )
    if chat.danger:
        work.raise_alarm(society=line.society_id, room=ROOM, subject=chat.pk, by=None, at=at)
    for one in who_answers_chats(line, language=chat.language, at=at):
        work.send_word(to=one, kind="due", at=at)
