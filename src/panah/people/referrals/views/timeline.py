"""What happened with a referral, and what is told of a conversation, in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from panah.ground.exchange.envelope import Header
from panah.ground.exchange.words import MessageKind
from panah.ground.kit.notices import Notice
from panah.people.consent.words import SharedField
from panah.people.referrals import queries
from panah.people.referrals.words import (
    AfterWithdrawal,
    DeclineReason,
    ReferralOutcome,
    SafetyAnswer,
    TheyErased,
    TravelNews,
    WithdrawalReason,
)

if TYPE_CHECKING:
    from django.db.models import TextChoices

    from panah.ground.exchange.queries import ConversationMessage
    from panah.people.inbox.models import Arrival
    from panah.people.referrals.models import Referral
    from panah.people.referrals.queries import OpenedReferral

# What somebody without a Panah said, written down here.
HEARD = ("accepted", "declined", "more_asked", "heard", "heard_outcome", "done")
# The steps of a referral by hand as the messages that they would have been, so that there is one timeline.
AS_MESSAGES = {
    "sent": MessageKind.OFFERED,
    "accepted": MessageKind.ACCEPTED,
    "declined": MessageKind.DECLINED,
    "more_asked": MessageKind.MORE_ASKED,
    "told": MessageKind.TOLD,
    "meeting": MessageKind.MEETING,
    "confirmed": MessageKind.MEETING,
    "travel": MessageKind.TRAVEL,
    "met": MessageKind.MET,
    "not_met": MessageKind.NOT_MET,
    "heard": MessageKind.OUTCOME,
    "heard_outcome": MessageKind.OUTCOME,
    "done": MessageKind.OUTCOME,
    "withdrawn": MessageKind.WITHDRAWN,
    "not_needed": MessageKind.NOT_NEEDED,
    "consent_withdrawn": MessageKind.WITHDRAWN,
    "told_back": MessageKind.ERASED,
}
# What has to be told by telephone, until somebody writes down that it was.
TO_TELL = ("meeting", "confirmed", "travel", "not_met", "withdrawn", "not_needed", "consent_withdrawn")


@dataclass(frozen=True)
class MessageLine:
    """One line of the timeline of a referral by hand; a conversation has ``exchange.queries.ConversationMessage``."""

    kind: str
    label: str
    ours: bool
    state: str
    at: datetime


def timeline_lines(steps: list[dict[str, object]]) -> list[dict[str, object]]:
    """The steps of a referral, newest first."""
    return [_line_of(step) for step in reversed(steps)]


def _line_of(step: dict[str, Any]) -> dict[str, object]:
    return {
        "what": what_happened(step["what"], confirmed=step.get("confirmed", False)),
        "theirs": step["what"].startswith("they:") or step["what"] in HEARD or step.get("theirs", False),
        "at": datetime.fromisoformat(step["at"]),
        "note": step.get("note", ""),
        "reason": _label(DeclineReason, step.get("reason")) or _label(WithdrawalReason, step.get("why")),
        "outcome": _label(ReferralOutcome, step.get("outcome")),
        "travel": _label(TravelNews, step.get("travel")),
        "when": datetime.fromisoformat(step["when"]) if step.get("when") else None,
        "how": _detail_of(step),
        "known": step.get("known", False),
        "erased": [_field(name) for name in step.get("fields") or ()],
        "kept": [_field(name) for name in step.get("kept") or ()],
        "ground": step.get("ground", ""),
        "confirmed": step.get("confirmed", False),
        "values": [(_field(name), text) for name, text in (step.get("values") or {}).items()],
        "others": step.get("others") or (),
        "person": step.get("person", ""),
        "partner": step.get("partner", ""),
        "untold": step.get("untold", False),
        "life": step.get("life", ""),
        "doubt": why_doubted(step.get("doubt", "")),
    }


def why_doubted(code: str) -> str:
    """Return why *they met* was not enough to end the alarm, and what to do; "" where it was."""
    reasons = {
        "wrong_side": _("Only the side that receives the person can say so."),
        "not_this_case": _(
            "It was not sealed to this case: anybody with a key of their node can write that."
        ),
        "says_nothing": _("It opens, and says nothing that belongs to a meeting."),
        "too_early": _("It was written before the agreed time."),
    }
    return reasons.get(code, "")


def opens_for_others(names: list[str]) -> Notice:
    """What to do with what does not open here: whoever sent it never opened our offer, and so knows no key of it."""
    title = _("They have written, and it does not open for you.")
    if not names:
        return Notice(
            title,
            _("Nobody who opens this case holds the key to it. Telephone them, and ask what they wrote."),
        )
    who = _(
        "It is sealed to the key of what arrives. These colleagues hold that key and this case: %(names)s."
    )
    return Notice(
        title, who % {"names": ", ".join(names)}, _("Ask one of them to open it on this page."), tone="soon"
    )


def _field(name: str) -> str:
    return str(SharedField(name).label) if name in SharedField.values else name


def _detail_of(step: dict[str, object]) -> str:
    if step.get("safe"):
        return _label(SafetyAnswer, step["safe"])
    if step.get("they"):
        return _label(TheyErased, step["they"])
    if step.get("partly"):
        return _("They erased a part, and keep the rest on a ground of their own")
    ground = _("They keep it on a ground of their own") if step.get("how") == "kept" else ""
    return _label(AfterWithdrawal, step.get("how")) or ground


def _label(words: type[TextChoices], value: object) -> str:
    return str(words(value).label) if value in words.values else ""


def what_happened(code: str, *, confirmed: bool = False) -> str:
    """What a step was, in words."""
    if code.startswith("they:"):
        kind = code.partition(":")[2]
        return str(MessageKind(kind).label) if kind in MessageKind.values else kind
    named = {
        "sent": _("Sent"),
        "accepted": _("Accepted"),
        "declined": _("Declined"),
        "more_asked": _("More is asked"),
        "offered": _("Offered again"),
        "told": _("Answered what they asked"),
        "meeting": _("Meeting agreed") if confirmed else _("Meeting proposed"),
        "confirmed": _("Meeting confirmed"),
        "travel": _("News about the journey"),
        "met": _("They met"),
        "not_met": _("Nobody was met"),
        "done": _("Ended, with feedback"),
        "outcome": _("Told how it went on"),
        "withdrawn": _("Withdrawn by us"),
        "not_needed": _("Ended by us"),
        "safe": _("Is the person safe?"),
        "consent_withdrawn": _("Consent withdrawn"),
        "accepted_here": _("Accepted by us"),
        "declined_here": _("Declined by us after all"),
        "after_withdrawal": _("Decided about what had come"),
        "told_by_phone": _("They were told by telephone"),
        "heard": _("What they say about the first days"),
        "heard_outcome": _("How it went on"),
        "page_again": _("The page was made anew"),
        "told_back": _("They were called about the withdrawal"),
    }
    return named.get(code, code)


def conversation_timeline(row: Referral) -> list[ConversationMessage]:
    """Return what both sides see of a conversation, oldest first; of what came, also what nobody could read yet."""
    unread = {_message_of(message): "unread" for message in queries.unread(row)}
    closed = unread | {
        _message_of(message): "damaged" for message in queries.damaged(row, MessageKind.values)
    }
    return [
        replace(message, state=closed.get(message.id, message.state)) for message in queries.timeline(row)
    ]


def _message_of(arrival: Arrival) -> UUID:
    return Header.unpack(bytes(arrival.header)).id


def phone_timeline(opened: OpenedReferral) -> list[MessageLine]:
    """Return the timeline of a referral to somebody without a Panah, oldest first: from what was written down."""
    lines: list[MessageLine] = []
    if opened.row.sent_at is None:
        return lines
    for step in opened.sealed["steps"]:
        code, they = step["what"], step.get("they", "")
        spoken = code in ("told_by_phone", "told_back") and they != TheyErased.NOT_REACHED
        # Their yes, and what was said on the telephone, answer what waited to be told before.
        if spoken or (code in TO_TELL and (step.get("theirs") or step.get("known"))):
            lines = [replace(line, state="said" if line.state == "to_tell" else line.state) for line in lines]
        if code not in AS_MESSAGES or they in (TheyErased.WILL, TheyErased.NOT_REACHED):
            continue
        kind = AS_MESSAGES[code]
        theirs = code in (*HEARD, "told_back") or bool(step.get("theirs"))
        arrived = theirs or step.get("known") or step.get("confirmed") or code not in TO_TELL
        at = datetime.fromisoformat(step["at"])
        lines.append(MessageLine(kind, str(kind.label), not theirs, "said" if arrived else "to_tell", at))
    return lines
