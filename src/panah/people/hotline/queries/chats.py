"""Chats of the public door: who could answer one now, what waits, what was said in one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.conf import settings

from panah.ground.accounts.eligibility import who_may
from panah.ground.accounts.queries import on_duty, on_duty_now, pseudonyms
from panah.ground.accounts.words import DutyKind
from panah.ground.foundation.compiled_queries import prepared
from panah.ground.foundation.request_cache import cached_per_request
from panah.ground.kit.languages import language_name
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.queries import holders_of_line, lines_held
from panah.ground.work import queries as work_queries
from panah.ground.work.words import Urgency
from panah.people.hotline import rules
from panah.people.hotline.models import Contact, Line, LineChat
from panah.people.hotline.words import Channel, ChatStands
from panah.people.hotline.words.parts import CHAT, REPLY
from panah.people.inbox.for_the_door import posted
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters.words import ChatState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from panah.ground.accounts.models import Staff

# What the door's own machine is told of: {line: languages in which somebody answers a chat now}.
CHATS = "chats"
# The room of the one alarm for many chats that say danger.
TOGETHER = "hotline_chats"


def who_answers_chats(line: Line, *, language: str, at: datetime) -> list[Staff]:
    """Return who is on duty for calls now, holds the key of a line, may answer, and speaks a language.

    A colleague who has not said what she speaks counts for the languages of her line.
    """
    return [one for one in _who_answers(line, at) if not one.speaks or rules.speaks(one.speaks, language)]


def _who_answers(line: Line, at: datetime) -> list[Staff]:
    there = {one.pk: one for one in on_duty(line.society_id, DutyKind.CALLS, at=at) if one.is_active}
    if not there:
        return []
    return who_may([one for one in holders_of_line(line.pk) if one.pk in there], DutyKind.CALLS, at=at)


def line_for_chat(*, society: UUID, language: str, at: datetime) -> Line | None:
    """Return the line of a society that takes a chat in this language now; None while nobody is on duty for one."""
    speaking = [one for one in _lines_with_chats(society) if rules.speaks(one.languages, language)]
    if settings.PANAH_DOOR_ONLY:
        # That machine sees no roster with names: the node tells it who of its lines answers, and in what.
        told = posted(society, CHATS, at=at) or {}
        return next((one for one in speaking if rules.speaks(told.get(str(one.pk), ()), language)), None)
    return next((one for one in speaking if who_answers_chats(one, language=language, at=at)), None)


def _lines_with_chats(society: UUID) -> QuerySet[Line]:
    return Line.objects.filter(society=society, takes_chats=True, ended_at=None).select_related("society")


def lines_told(society: UUID, at: datetime) -> dict[str, list[str]]:
    """Return in which languages somebody answers chats on which line now: for the door's own machine."""
    found: dict[str, list[str]] = {}
    for line in _lines_with_chats(society):
        who = _who_answers(line, at)
        found[str(line.pk)] = [
            tag
            for tag in line.languages
            if any(not one.speaks or rules.speaks(one.speaks, tag) for one in who)
        ]
    return found


def languages_of_chats(*, society: UUID, at: datetime) -> set[str]:
    """Return the languages in which somebody of a society answers a chat now; the door's own machine as it is told."""
    if settings.PANAH_DOOR_ONLY:
        told = posted(society, CHATS, at=at) or {}
        found = [told.get(str(line.pk), ()) for line in _lines_with_chats(society)]
    else:
        found = list(lines_told(society, at).values())
    return {tag for tags in found for tag in tags}


def waiting_chats(*, to: Staff, at: datetime) -> list[WaitingChat]:
    """Return the chats that wait on the lines whose key a colleague holds, danger first, then the longest waiting."""
    found = [WaitingChat(one, is_late(one, at=at)) for one in _waiting(to)]
    return sorted(found, key=lambda one: (one.chat.later, not one.danger, one.chat.waits_since))


def is_late(row: LineChat, *, at: datetime) -> bool:
    """Say whether somebody waits in a chat longer than she can be asked to."""
    return row.waits_since is not None and rules.chat_is_late(since=row.waits_since, now=at)


@dataclass(frozen=True)
class WaitingChat:
    """A chat that nobody answers. ``late``: longer than whoever waits there can be asked to."""

    chat: LineChat
    late: bool

    @property
    def danger(self) -> bool:
        return bool(self.chat.urgency == Urgency.NOW)

    @property
    def language(self) -> str:
        """What is spoken in it, in the words of the reader."""
        return language_name(self.chat.language.split("-")[0])

    @property
    def left(self) -> bool:
        """Whether the person has ended it meanwhile: it is read all the same."""
        return not self.chat.goes_on


@cached_per_request
def _waiting(to: Staff) -> list[LineChat]:
    # Asked by every page of a colleague who may answer: one question where nobody waits.
    found: list[LineChat] = list(_waiting_in(society=to.society_id))
    held = lines_held(to) if found else set()
    return [one for one in found if one.line_id in held]


@prepared
def _waiting_in(society: UUID) -> QuerySet[LineChat]:
    rows = LineChat.objects.filter(society=society, waits_since__isnull=False).select_related("line", "chat")
    return rows.order_by("waits_since")


def waiting_chat(pk: UUID, *, to: Staff, at: datetime) -> WaitingChat | None:
    """Return one chat that waits on a line of hers."""
    return next((one for one in waiting_chats(to=to, at=at) if one.chat.pk == pk), None)


def may_take_chat(subject: UUID, *, staff: Staff) -> bool:
    """For alarms: say whether whoever is paged holds the key of the line of a chat."""
    return LineChat.objects.filter(pk=subject, line__in=lines_held(staff)).exists()


def chat_row(pk: UUID) -> LineChat | None:
    """Return the outside of a chat for the door, which has opened the chat itself by its receipt."""
    return LineChat.objects.filter(pk=pk).select_related("line", "society", "chat").first()


def how_chat_stands(row: LineChat, *, at: datetime) -> ChatStands:
    """Return how a chat stands for the person in it: she is told the truth about who answers."""
    if row.ended_by_person:
        return ChatStands.ENDED_BY_PERSON
    if row.ended_at is not None:
        return ChatStands.ENDED_BY_US
    if row.chat.state == ChatState.ENDED:
        return ChatStands.ENDED_BY_ITSELF
    if row.waits_since is None:
        return ChatStands.ANSWERED
    if at - row.waits_since >= rules.CHAT_UNANSWERED_AFTER:
        return ChatStands.UNANSWERED
    if is_late(row, at=at):
        return ChatStands.LATE
    return ChatStands.CUT_OFF if row.contact_id is not None else ChatStands.WAITS


def is_on_duty_for_calls(staff: Staff, *, at: datetime) -> bool:
    """Say whether a colleague is on duty for calls now: what waits in a chat is said to her on every page."""
    return any(one.pk == staff.pk for one in on_duty_now(staff.society_id, at=at).get(DutyKind.CALLS, []))


def page_out_of(society: UUID) -> UUID:
    """Return what the alarm for all chats of a flood of a society is about: always the same."""
    return uuid5(society, TOGETHER)


def danger_waits(society: UUID) -> int:
    """Return how many chats of a society wait and say danger."""
    return sum(one.urgency == Urgency.NOW and one.ended_at is None for one in _waiting_in(society=society))


def somebody_is_told(row: LineChat) -> bool:
    """Whether whoever says danger in a chat may be told that a second person knows of it.

    A door's own machine sees no alarm: there only of a chat that pages by itself.
    """
    if not row.put_off:
        return True
    if settings.PANAH_DOOR_ONLY:
        return False
    last = work_queries.own_alarm_of(page_out_of(row.society_id))
    return last is not None and (last.answered_at is None or last.answered_at >= row.began_at)


def is_chat(contact: Contact) -> bool:
    """Say whether a contact was a chat of the public door."""
    return contact.channel == Channel.CHAT


# Years that a clock may show: a line comes from any browser, and the first and the last day know no other time zone.
PLAUSIBLE = range(2000, 2200)


@dataclass(frozen=True)
class SaidLine:
    """One line of a chat as colleagues read it. ``ours``: one of us said it. ``said_at``: ISO, "" where unknown.

    ``text``: "" where it is gone or does not open.
    """

    said_at: str
    text: str
    ours: bool

    @property
    def at(self) -> datetime | None:
        """When it was said, as its writer's clock had it; None where that is no time at which a line can be shown."""
        try:
            found = datetime.fromisoformat(self.said_at)
        except ValueError:
            return None
        return found if found.tzinfo and found.year in PLAUSIBLE else None


@dataclass(frozen=True)
class ChatRead:
    """A chat as far as its reader opens it."""

    lines: list[SaidLine]
    goes_on: bool
    ended_at: datetime | None
    ended_by_person: bool
    may_go_along: bool


def chat_of(*, keys: Keyring | None, contact: Contact) -> ChatRead:
    """Return what was said in the chat that a contact is, with what the person chose."""
    row = LineChat.objects.filter(pk=contact.pk).select_related("chat").first()
    kept = vault_queries.value_of(keys=keys, file=contact.file_id, part=CHAT)
    lines = [SaidLine(one["at"], one["text"], one["ours"]) for one in kept.get("lines", [])]
    if row is not None and keys is not None:
        said = reporters_queries.lines_of(keys=keys, chat=row.chat) or []
        there = [SaidLine(one.said_at, one.text or "", one.to_reporter) for one in said if one.text != ""]
        lines = there if len(there) >= len(lines) else lines
    over = row is None or not row.goes_on
    return ChatRead(
        lines=lines,
        goes_on=not over,
        ended_at=(row.ended_at or row.chat.spoken_at if row else contact.ended_at) if over else None,
        ended_by_person=row.ended_by_person if row else bool(kept.get("ended_by_person")),
        may_go_along=bool(row.may_go_along if row else kept.get("may_go_along")),
    )


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
