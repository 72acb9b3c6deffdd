"""What a chat leaves: its lines sealed in the contact, its end told to the person, and who is told when it waits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.accounts.queries import pseudonyms
from panah.hotline import words
from panah.hotline.models import Contact, LineChat
from panah.hotline.queries.chats import chat_of, who_answers_chats
from panah.hotline.words.parts import CHAT
from panah.reporters import actions as reporters
from panah.vault import actions as vault
from panah.vault import queries as vault_queries
from panah.vault.keyring import Keyring
from panah.work import actions as work
from panah.work.words import DueKind, Joined, LazySentence, Urgency

if TYPE_CHECKING:
    from panah.accounts.models import Staff

# Of what waits in a chat: its room on the lists, and the purpose of the item that a second colleague gets.
ROOM, SECOND = "hotline_chat", "chat_second"


def announce(row: LineChat, at: datetime) -> None:
    """Say to all who are on duty for its line that somebody waits in a chat; danger pages."""
    work.add_item(
        keys=None,
        society=row.society_id,
        kind=DueKind.ANSWER,
        due_at=at,
        room=ROOM,
        subject=row.pk,
        line=row.line_id,
        urgency=Urgency.NOW,
        language=row.language.split("-")[0],
        purpose=CHAT,
        at=at,
    )
    if row.urgency == Urgency.NOW:
        work.raise_alarm(society=row.society_id, room=ROOM, subject=row.pk, by=None, at=at)
    for one in who_answers_chats(row.line, language=row.language, at=at):
        work.send_word(to=one, kind="due", at=at)


@transaction.atomic
def end_chat(*, keys: Keyring | None, contact: Contact, by: Staff, at: datetime) -> None:
    """A colleague finished the call: the person is told that the chat has ended, and its lines are kept here."""
    if contact.channel != words.Channel.CHAT:
        return
    if LineChat.objects.filter(pk=contact.pk, ended_at=None).update(ended_at=at, waits_since=None):
        reporters.end_chat(chat=contact.pk, by=by, at=at)
    if keys is not None:
        keep_lines(keys=keys, contact=contact, at=at)


def keep_lines(*, keys: Keyring, contact: Contact, at: datetime) -> None:
    """Seal into the contact what was said in its chat, and what the person chose; what is kept already stays."""
    found = chat_of(keys=keys, contact=contact)
    value = {
        "lines": [
            {"at": one.at.isoformat(), "text": one.text, "by": str(one.by) if one.by else ""}
            for one in found.lines
        ],
        "ended_by_person": found.ended_by_person,
        "may_go_along": found.may_go_along,
    }
    if value != vault_queries.value_of(keys=keys, file=contact.file_id, part=CHAT):
        vault.write(keys=keys, file=contact.file_id, part=CHAT, value=value, at=at)


def said_in_chat(value: Mapping[str, Any]) -> Joined:
    """What was written in a chat, as one text of a case: who and when before each line."""
    names = pseudonyms({one["by"] for one in value["lines"] if one["by"]})
    rows = [
        LazySentence(
            _("%(who)s, %(when)s: %(text)s"),
            who=names.get(UUID(one["by"]), "") if one["by"] else _("The person"),
            when=timezone.localtime(datetime.fromisoformat(one["at"])).strftime("%Y-%m-%d %H:%M"),
            text=one["text"],
        )
        for one in value["lines"]
    ]
    return Joined("\n", [_("Written in the chat; the person said that it may be kept here."), *rows])


def put_back(contact: Contact, at: datetime) -> bool:
    """The page of a colleague was cut off while somebody chats: it waits again for all; returns whether it does."""
    row = (
        LineChat.objects.filter(pk=contact.pk, ended_at=None, waits_since=None).select_related("line").first()
    )
    if row is None:
        return False
    LineChat.objects.filter(pk=row.pk).update(waits_since=at, second_called_at=None)
    announce(row, at)
    return True


def forget_chat(chat: UUID) -> None:
    """A contact is erased: of its chat nothing stays either."""
    if LineChat.objects.filter(pk=chat).exists():
        reporters.erase_chat(chat=chat)
