"""Ending and emptying chats: for both sides, for the node, and when a report is taken back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from panah.ground.audit import actions as audit
from panah.ground.foundation import retention
from panah.ground.vault import actions as vault
from panah.people.reporters import events
from panah.people.reporters.models import Chat, ChatLine, Report
from panah.people.reporters.words import LINE, ChatState


def end(row: Chat, *, by_staff: bool, at: datetime) -> None:
    """Write into a locked chat that it is over, once; it is kept some days for whoever has its receipt."""
    if row.state == ChatState.ENDED:
        return
    row.state, row.ended_by_staff = ChatState.ENDED, by_staff
    row.kept_until = at + retention.CHAT.period
    row.save(update_fields=["state", "ended_by_staff", "kept_until"])
    audit.record(event=events.ENDED, by=None, society=row.society_id, at=at, about=row.pk)


def lock_chats(*, chats: Collection[UUID]) -> None:
    """Lock chats first, in a transaction of a room above that writes in other rows of them too."""
    list(Chat.objects.select_for_update(of=("self",)).filter(pk__in=chats).order_by("pk").values_list("pk"))


def locked_chats(report: Report) -> list[Chat]:
    """Return the chats of a locked report, locked too."""
    return list(Chat.objects.select_for_update().filter(report=report).order_by("pk"))


def end_chats(chats: list[Chat], *, at: datetime) -> None:
    """End the chats of a report that was taken back, and delete what was said in them."""
    for row in chats:
        end(row, by_staff=False, at=at)
        empty_chat(row)


def empty_chat(row: Chat) -> None:
    """Delete every line of a chat, in every copy of the store once the transaction stands."""
    lines = list(ChatLine.objects.filter(chat=row).values_list("pk", flat=True))
    ChatLine.objects.filter(chat=row).delete()
    # Nobody misses what was deleted here.
    row.last_number = 0
    row.save(update_fields=["last_number"])
    transaction.on_commit(partial(vault.destroy, kind=LINE, keys=lines))
