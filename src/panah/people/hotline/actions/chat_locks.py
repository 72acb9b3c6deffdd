"""The order in which everybody locks the rows of a chat: contact, chat, its outside here; the journal last.

A chat of the door is three rows with one id: the *contact* that it became, if it did, the *chat* itself (room
``reporters``, with its lines), and its *outside* here (``LineChat``). The person writes and ends it by the chat, a
colleague finishes her call by the contact, the worker puts it back by both. Each of them takes what it needs of these
rows at its beginning, in this order, before it writes anything in the journal, whose head is a lock too. What belongs
to a report is locked after the report, as ``reporters`` says. Nobody then waits crosswise; and since the outside is
read after the chat is locked, what stands in it of the chat is what is true while one holds it.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from panah.people.hotline.models import Contact, LineChat
from panah.people.reporters import actions as reporters


def lock_call(pk: UUID) -> LineChat | None:
    """Lock contact, chat and outside of a chat by their one id; returns the outside with its chat and line."""
    return lock_calls([pk]).get(pk)


def lock_calls(pks: Collection[UUID]) -> dict[UUID, LineChat]:
    """Lock many at once, each kind of row by id; returns the outsides by id."""
    list(Contact.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk"))
    return lock_chats(pks)


def lock_chat(pk: UUID) -> LineChat | None:
    """The same without the contact: for the person's own acts, which do not touch it."""
    return lock_chats([pk]).get(pk)


def lock_chats(pks: Collection[UUID]) -> dict[UUID, LineChat]:
    """Lock chats and their outsides; for whoever has locked the contacts already, or leaves them alone."""
    reporters.lock_chats(chats=pks)
    rows = LineChat.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
    return {row.pk: row for row in rows.select_related("line", "chat")}
