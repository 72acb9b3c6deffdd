"""A chat from the reporter's side: begun, spoken in, ended. No receipt of typing, no receipt of reading."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from panah.ground.audit import actions as audit
from panah.ground.foundation import retention, tenancy
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.seals import Private, seal
from panah.people.reporters import errors, events, rules
from panah.people.reporters.actions.chat_bodies import end
from panah.people.reporters.actions.chat_lines import keep_line, looked_at, number_of, sealed_line
from panah.people.reporters.actions.tallies import count
from panah.people.reporters.models import Chat, ChatGrant, Report
from panah.people.reporters.queries.chats import OpenedChat
from panah.people.reporters.queries.reports import OpenedReport
from panah.people.reporters.queries.tallies import counted
from panah.people.reporters.rules import Receipt
from panah.people.reporters.wall import inside, pepper
from panah.people.reporters.words import Counted, Direction, ReportState


@dataclass(frozen=True)
class StartedChat:
    """A chat that began. ``receipt`` finds it again: the report's, or one of its own."""

    id: UUID
    receipt: Receipt = field(repr=False)
    later: bool


def start_chat(
    *,
    society: UUID,
    token: str,
    language: str,
    urgency: str,
    at: datetime,
    opened: OpenedReport | None = None,
    proof: str = "",
    put_off: bool = False,
) -> StartedChat:
    """Begin a chat, of an opened report or by itself; the same form sent again begins no second one.

    Its receipt is the report's, else that of the form (``queries.receipt_for(token)``). Without proof of work, beyond
    the budget of the hour, it waits behind others, and so does what is ``put_off``. Refuses where nobody could read it.
    """
    if not (rules.is_token(token) and rules.are_codes(language=language, urgency=urgency, child="unknown")):
        raise errors.not_a_form()
    where = opened.society if opened else society
    receipt = opened.receipt if opened else rules.receipt_of(pepper(), token)
    once = rules.mark_of(pepper(), "chat", token)
    tenancy.show(once)
    with inside(where):
        row = Chat.objects.filter(once=once).first()
        try:
            proven = rules.proves_work(token, proof)
            row = row or _begin(where, once, receipt, opened, language, urgency, proven, put_off, at)
        except IntegrityError:
            # The same form at the same moment: the other press has begun it.
            row = Chat.objects.get(once=once)
        return StartedChat(row.pk, receipt, row.later)


@transaction.atomic
def _begin(
    society: UUID, once: bytes, receipt: Receipt, opened: OpenedReport | None, language: str, urgency: str,
    proven: bool, put_off: bool, at: datetime,
) -> Chat:  # fmt: skip
    publics = vault_queries.duty_publics(society)
    if not publics:
        raise errors.closed()
    if opened and Report.objects.select_for_update().get(pk=opened.id).state == ReportState.WITHDRAWN:
        raise errors.taken_back()
    hour = rules.hour_of(at)
    before = counted(society, Counted.UNPROVEN_CHATS, hour)
    keys, own = rules.keys_of(pepper(), receipt.handle, receipt.secret), Private.new()
    row = Chat.objects.create(
        society_id=society, report_id=opened.id if opened else None, once=once,
        verifier=None if opened else keys.verifier, reply_public=keys.public, public=own.public, language=language,
        urgency=urgency,
        later=put_off or rules.is_read_later(proven=proven, before=before, budget=rules.CHATS_AN_HOUR),
        started_at=at, spoken_at=at, kept_until=at + retention.CHAT.period,
    )  # fmt: skip
    ChatGrant.objects.bulk_create(
        ChatGrant(chat=row, key_id=key, sealed=seal(public, own.seed, "door chat", row.pk, key))
        for key, public in publics
    )
    count(society, Counted.CHATS, rules.month_name(at))
    if not proven:
        count(society, Counted.UNPROVEN_CHATS, hour)
    audit.record(event=events.STARTED, by=None, society=society, at=at, about=row.pk, first=urgency == "now")
    return row


def say_as_reporter(
    *, opened: OpenedChat, once: UUID, at: datetime, text: str = "", sealed: tuple[bytes, bytes] | None = None,
    country: str = "",
) -> int:  # fmt: skip
    """Say a line; returns its number. The same ``once`` (made by her page) stands once, however often it is sent.

    ``country``: two letters, where she is; sealed with the line, which may then be without words.

    ``sealed``: by a browser, first to the chat's ``public``, then to ``reply_public``; context "door line", chat, once.
    """
    with inside(opened.society), transaction.atomic():
        row = Chat.objects.select_for_update().get(pk=opened.id)
        there = number_of(row, once)
        if there is not None:
            return there
        to = Direction.TO_STAFF
        body = looked_at(sealed) if sealed else sealed_line(row, once, text, to, at=at, country=country)
        return keep_line(row, once, body, to, at=at)


def end_own_chat(*, opened: OpenedChat, at: datetime) -> None:
    """End a chat from the reporter's side. A second press changes nothing."""
    with inside(opened.society), transaction.atomic():
        end(Chat.objects.select_for_update().get(pk=opened.id), by_staff=False, at=at)
