"""Chats of the public door: who could answer one now, what waits, what was said in one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from panah.accounts.eligibility import who_may
from panah.accounts.queries import on_duty, on_duty_now, pseudonyms
from panah.accounts.words import DutyKind
from panah.foundation.request_cache import cached_per_request
from panah.hotline import rules
from panah.hotline.models import Contact, Line
from panah.hotline.words import Channel
from panah.hotline.words.parts import CHAT, REPLY
from panah.reporters import queries as reporters_queries
from panah.vault import queries as vault_queries
from panah.vault.keyring import Keyring
from panah.vault.queries import holders_of_line, lines_held

if TYPE_CHECKING:
    from panah.accounts.models import Staff


def who_answers_chats(line: Line, *, language: str, at: datetime) -> list[Staff]:
    """Return who is on duty for calls now, holds the key of a line, may answer, and speaks a language.

    A colleague who has not said what she speaks counts for the languages of her line.
    """
    there = {one.pk: one for one in on_duty(line.society_id, DutyKind.CALLS, at=at) if one.is_active}
    if not there:
        return []
    holding = [one for one in holders_of_line(line.pk) if one.pk in there]
    speaking = [one for one in holding if not one.speaks or rules.speaks(one.speaks, language)]
    return who_may(speaking, DutyKind.CALLS, at=at)


def lines_for_chat(*, societies: Iterable[UUID], language: str, at: datetime) -> list[Line]:
    """Return the lines that take a chat in this language now: somebody who answers them is on duty.

    ``societies`` in the order in which they are asked: those of the country where the person is stand first.
    """
    order = list(dict.fromkeys(societies))
    rows = Line.objects.filter(society__in=order, takes_chats=True, ended_at=None).select_related("society")
    speaking = [one for one in rows if rules.speaks(one.languages, language)]
    speaking.sort(key=lambda one: order.index(one.society_id))
    return [one for one in speaking if who_answers_chats(one, language=language, at=at)]


@dataclass(frozen=True)
class WaitingChat:
    """A chat that nobody has taken yet. ``late``: longer than whoever waits there can be asked to."""

    chat: Any
    line: Line
    late: bool


def waiting_chats(*, to: Staff, at: datetime) -> list[WaitingChat]:
    """Return the chats that wait on the lines whose key a colleague holds, danger first, then the oldest."""
    return [
        WaitingChat(one, line, rules.chat_is_late(since=one.started_at, now=at)) for one, line in _waiting(to)
    ]


@cached_per_request
def _waiting(to: Staff) -> list[tuple[Any, Line]]:
    # Asked by every page of a colleague who may answer: one question where nobody waits.
    waiting = reporters_queries.waiting_chats(society=to.society_id)
    if not waiting:
        return []
    held = lines_held(to)
    lines = {one.pk: one for one in Line.objects.filter(pk__in={one.line for one in waiting} & held)}
    found = [(one, lines[one.line]) for one in waiting if one.line in lines]
    return sorted(found, key=lambda one: (not one[0].danger, one[0].started_at))


def waiting_chat(pk: UUID, *, to: Staff, at: datetime) -> WaitingChat | None:
    """Return one chat that waits on a line of hers."""
    return next((one for one in waiting_chats(to=to, at=at) if one.chat.pk == pk), None)


def is_on_duty_for_calls(staff: Staff, *, at: datetime) -> bool:
    """Say whether a colleague is on duty for calls now: what waits in a chat is said to her on every page."""
    return any(one.pk == staff.pk for one in on_duty_now(staff.society_id, at=at).get(DutyKind.CALLS, []))


def is_chat(contact: Contact) -> bool:
    """Say whether a contact was a chat of the public door."""
    return contact.channel == Channel.CHAT


def kept_lines(*, keys: Keyring | None, contact: Contact) -> dict[str, Any]:
    """Return what is kept of a chat in its contact: ``lines`` and whether it ``may_go_along`` into a case."""
    return dict(vault_queries.value_of(keys=keys, file=contact.file_id, part=CHAT))


@dataclass(frozen=True)
class UnsentReply:
    """The line that a colleague was writing, and has not said yet."""

    who: str
    at: datetime
    text: str


def unsent_replies(*, keys: Keyring | None, contact: Contact, without: UUID) -> list[UnsentReply]:
    """Return what colleagues (``without`` one's own, by its place) were writing in a chat: whoever goes on reads it."""
    kept = vault_queries.read_all(keys=keys, file=contact.file_id, part=REPLY)
    found = [one for one in kept if one.ref != without and one.value.get("text")]
    names = pseudonyms({one.by for one in found})
    return [UnsentReply(names.get(one.by, ""), one.at, one.value["text"]) for one in found]
