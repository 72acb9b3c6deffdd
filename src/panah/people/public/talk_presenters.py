"""What the pages of a chat say: how it stands, in true sentences; whom to ring instead; what is confidential."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.ground.foundation import tenancy
from panah.ground.foundation.base64url import from_base64url, to_base64url
from panah.ground.kit.languages import DOOR
from panah.ground.work.words import Urgency
from panah.people.hotline import queries as hotline
from panah.people.hotline.words import ChatStands
from panah.people.public.help_presenters import HelpLine, lines_said
from panah.people.public.queries import numbers_for

if TYPE_CHECKING:
    from panah.people.hotline.models import LineChat
    from panah.people.public.queries import Door
    from panah.people.reporters.queries import ChatLineSaid, OpenedChat

MOST_NUMBERS = 6


@dataclass(frozen=True)
class Said:
    """A chat as its page shows it. ``asks``: whether what was written may be kept, once it has ended."""

    lines: Sequence[ChatLineSaid]
    sentences: Sequence[str]
    tone: str
    ended: bool
    asks: bool
    danger: bool
    numbers: Sequence[HelpLine]


def said(row: LineChat, lines: Sequence[ChatLineSaid], *, country: str, at: datetime) -> Said:
    """Return how a chat looks to the person in it now."""
    stands = hotline.how_chat_stands(row, at=at)
    ended = stands in (ChatStands.ENDED_BY_PERSON, ChatStands.ENDED_BY_US, ChatStands.ENDED_BY_ITSELF)
    alone = row.put_off or stands in (ChatStands.LATE, ChatStands.UNANSWERED)
    tones = {ChatStands.ANSWERED: "good", ChatStands.WAITS: "info", ChatStands.ENDED_BY_PERSON: "info"}
    return Said(
        lines=lines,
        sentences=[
            *_sentences(stands, put_off=row.put_off),
            *_danger(row, ended=ended),
            *_choice(row, ended=ended),
        ],
        tone=tones.get(stands, "soon"),
        ended=ended,
        asks=ended and row.may_go_along is None,
        danger=row.urgency == Urgency.NOW,
        numbers=numbers(country, at=at) if alone or ended else (),
    )


def _sentences(stands: ChatStands, *, put_off: bool) -> list[str]:
    if put_off and stands in (ChatStands.WAITS, ChatStands.LATE):
        # Nobody was called: nothing else is said.
        return [
            _("You are in the chat."),
            _("Many messages come in now. Yours is kept, and read after others."),
        ]
    kept = _("What you wrote is kept, and a person of our team will read it.")
    said: dict[ChatStands, list[str]] = {
        ChatStands.WAITS: [
            _("You are in the chat."),
            _("We have told a person of our team. Please wait a little."),
        ],
        ChatStands.CUT_OFF: [
            _("The line of the person who wrote with you broke."),
            _("We have told others."),
        ],
        ChatStands.LATE: [
            _("Nobody has answered yet."),
            _("We have told one more person. You can also call here:"),
        ],
        ChatStands.UNANSWERED: [
            _("Nobody has answered yet, and we do not know when somebody will."),
            kept,
            _("Please do not wait here. You can call one of these numbers:"),
        ],
        ChatStands.ANSWERED: [_("A person of our team is here.")],
        ChatStands.ENDED_BY_PERSON: [_("You have ended the chat.")],
        ChatStands.ENDED_BY_ITSELF: [
            _("Nobody wrote here for a long time, so the chat has ended."),
            kept,
            _("You can begin again at any time."),
        ],
        ChatStands.ENDED_BY_US: [
            _("The person of our team has ended the chat."),
            _("You can begin again at any time."),
        ],
    }
    return said[stands]


def _danger(row: LineChat, *, ended: bool) -> list[str]:
    told = row.urgency == Urgency.NOW and not ended and hotline.somebody_is_told(row)
    return [_("You said that you are in danger: we have told a second person.")] if told else []


def _choice(row: LineChat, *, ended: bool) -> list[str]:
    if not ended or row.may_go_along is None:
        return []
    return [
        _("You said yes: what was written may go into your case.")
        if row.may_go_along
        else _("You said no: what was written does not go into your case.")
    ]


def numbers(country: str, *, at: datetime) -> list[HelpLine]:
    """Return whom to ring in a country instead of waiting, in her language and what answers now first."""
    found = numbers_for(country, get_language() or "en", at=at)
    return lines_said(found, [*found.children, *found.lines], at=at)[:MOST_NUMBERS]


def languages_now(doors: Sequence[Door], *, at: datetime) -> list[tuple[str, str]]:
    """(language of the door, its own name) in which somebody answers a chat now, of any of these societies."""
    there: set[str] = set()
    for one in doors:
        with tenancy.tenant_context(one.society.pk):
            there |= hotline.languages_of_chats(society=one.society.pk, at=at)
    return [(tag, name) for tag, name in DOOR if tag in there]


@dataclass(frozen=True)
class Sealing:
    """What a browser locks a line with: the keys of both sides, base64url, and the chat that a line is bound to."""

    public: str
    own: str
    chat: UUID


def sealing(opened: OpenedChat) -> Sealing:
    """Return what a browser needs to lock a line before it leaves it."""
    return Sealing(to_base64url(opened.public), to_base64url(opened.reply_public), opened.id)


def sealed_line(ours: str, own: str) -> tuple[bytes, bytes] | None:
    """Return both copies of a line that a browser locked; None where it did not, or they cannot be read."""
    if not ours or not own:
        return None
    try:
        return from_base64url(ours), from_base64url(own)
    except ValueError:
        return None
