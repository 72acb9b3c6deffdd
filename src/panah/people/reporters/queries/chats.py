"""Chats: found by a receipt, read by both sides; which wait for somebody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from panah.ground.foundation import tenancy
from panah.ground.foundation.protected_rows import load_trusted
from panah.ground.network.queries import hosted_ids
from panah.ground.vault import actions as vault
from panah.ground.vault.seals import DoesNotOpen, Private
from panah.people.reporters import rules
from panah.people.reporters.content import open_words, parted
from panah.people.reporters.models import Chat, ChatGrant, ChatLine, Report
from panah.people.reporters.queries.reports import NO_ROW, is_of_receipt
from panah.people.reporters.wall import inside, pepper
from panah.people.reporters.words import LINE, Direction

if TYPE_CHECKING:
    from panah.ground.vault.keyring import Keyring

# Of the two copies of a line: for colleagues, and for her.
OURS, HERS = 0, 1
# More than a reporter may bring a chat to (rules), and what colleagues answer then: no line is kept that nobody sees.
MOST_LINES = 2 * rules.MOST_LINES


@dataclass(frozen=True)
class OpenedChat:
    """A chat whose receipt was shown; lives as long as one request. ``state``: of ``words.ChatState``.

    ``public``: the chat's key, to which a browser seals for colleagues; ``reply_public``: to which it seals for her.
    """

    id: UUID
    society: UUID
    report: UUID | None
    receipt: rules.Receipt = field(repr=False)
    private: Private = field(repr=False)
    public: bytes = field(repr=False)
    reply_public: bytes = field(repr=False)
    state: str
    later: bool
    language: str
    last_number: int = 0


@dataclass(frozen=True)
class ChatLineSaid:
    """One line. ``said_at``: ISO time from inside the seal, "" where it does not open; then ``text`` is None.

    ``country``: two letters where the line says in which country she is, else "". Such a line may be without words.
    """

    number: int
    once: UUID
    to_reporter: bool
    said_at: str
    text: str | None = field(repr=False)
    country: str = field(default="", repr=False)


def find_chat(handle: str, secret: str) -> OpenedChat | None:
    """Return the newest chat of a receipt, its own or its report's; existing and missing ones cost the same."""
    keys = rules.keys_of(pepper(), handle, secret)
    tenancy.show(keys.verifier)
    row = chat = report = None
    for society in hosted_ids():
        with inside(society):
            rows = Chat.objects.filter(
                Q(verifier=keys.verifier) | Q(report__verifier=keys.verifier), society=society
            )
            found = rows.order_by("-started_at").first()
            chat = chat or Chat.objects.filter(society=society).first()
            report = report or Report.objects.filter(society=society).values_list("pk", flat=True).first()
        row = found or row
    # What was not found is asked about by somebody else's: the one costs what the other does.
    shown = row or chat
    with inside(shown.society_id if shown else NO_ROW):
        written = shown is not None and load_trusted(shown)
        of_report = is_of_receipt(Report, (row.report_id if row else None) or report or NO_ROW, keys.verifier)
    if row is None or not written:
        return None
    if not (
        of_report if row.report_id else row.verifier is not None and bytes(row.verifier) == keys.verifier
    ):
        return None
    return OpenedChat(
        id=row.pk, society=row.society_id, report=row.report_id, receipt=rules.Receipt(handle, secret),
        private=keys.private, public=bytes(row.public), reply_public=bytes(row.reply_public), state=row.state,
        later=row.later, language=row.language, last_number=row.last_number,
    )  # fmt: skip


def chat_lines_for(opened: OpenedChat, *, after: int = 0) -> list[ChatLineSaid]:
    """Return the lines of both sides after a number, for the reporter."""
    with inside(opened.society):
        return _lines(opened.id, opened.private, after, opened.last_number, HERS)


def lines_of(*, keys: Keyring, chat: Chat, after: int = 0) -> list[ChatLineSaid] | None:
    """Return the lines of both sides after a number, for a colleague; None where no key of hers opens the chat."""
    private = private_of(keys, chat)
    return None if private is None else _lines(chat.pk, private, after, chat.last_number, OURS)


def private_of(keys: Keyring, chat: Chat) -> Private | None:
    """Return the chat's own key, as an intake or line key of the colleague opens it."""
    held = {one.id: one.private for one in keys.held() if one.private is not None}
    for grant in ChatGrant.objects.filter(chat=chat, key__in=list(held)):
        try:
            return Private(held[grant.key_id].open(bytes(grant.sealed), "door chat", chat.pk, grant.key_id))
        except DoesNotOpen:
            continue
    return None


def _lines(chat: UUID, private: Private, after: int, last: int, copy: int) -> list[ChatLineSaid]:
    """``last``: the number of the last line when the chat was read."""
    rows = list(ChatLine.objects.filter(chat=chat, number__gt=after).order_by("number")[:MOST_LINES])
    bodies = vault.load_blobs(kind=LINE, keys=[row.pk for row in rows])
    said: list[ChatLineSaid] = []
    for row in rows:
        # They are numbered without gaps: where some are missing each side sees that the other said something.
        if row.number > (said[-1].number if said else after) + 1:
            said.append(_missing(row.number - 1, copy))
        said.append(_said(row, private, bodies.get(row.pk), copy))
    if last > (said[-1].number if said else after) and len(rows) < MOST_LINES:
        said.append(_missing(last, copy))
    return said


def _missing(number: int, copy: int) -> ChatLineSaid:
    return ChatLineSaid(number, UUID(int=0), copy == HERS, "", None)


def _said(row: ChatLine, private: Private, body: bytes | None, copy: int) -> ChatLineSaid:
    content: dict[str, object] = {}
    if body is not None:
        try:
            content = open_words(private, parted(body)[copy], "door line", row.chat_id, row.once)
        except DoesNotOpen:
            content = {}
    if content.get("to", row.direction) != row.direction:
        content = {}
    text = content.get("text")
    return ChatLineSaid(
        row.number,
        row.once,
        row.direction == Direction.TO_REPORTER,
        str(content.get("at", ""))[:40],
        text if isinstance(text, str) else None,
        rules.country_in(content),
    )


def bodies_of_lines(society: UUID) -> Iterable[UUID]:
    """Return the ids of a society's lines whose body must be there."""
    return ChatLine.objects.filter(chat__society=society).values_list("pk", flat=True)
