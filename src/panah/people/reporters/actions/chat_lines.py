"""A line of a chat: sealed for both sides, acknowledged once; sent again it is the same line."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from panah.ground.foundation.protected_rows import load_trusted
from panah.ground.vault import actions as vault
from panah.people.reporters import errors, rules
from panah.people.reporters.actions.sealing import must_be_short
from panah.people.reporters.actions.tallies import count_here
from panah.people.reporters.content import both, seal_words
from panah.people.reporters.models import Chat, ChatLine
from panah.people.reporters.queries.tallies import counted_here
from panah.people.reporters.words import LINE, ChatState, Counted, Direction


def sealed_line(
    chat: Chat, once: UUID, text: str, to: Direction, *, at: datetime, country: str = ""
) -> bytes:
    """Return a text sealed for colleagues and for the reporter, as one value; with a country, also without words."""
    if not text.strip() and not country:
        raise errors.nothing_said()
    must_be_short({"text": text}, longest=rules.LONGEST_LINE)
    if not load_trusted(chat):
        raise errors.chat_ended()
    content = {
        "text": text,
        # Inside the seal: a row alone makes nobody's line the other's.
        "to": str(to),
        "at": at.isoformat(timespec="seconds"),
        **({"country": country} if country else {}),
    }
    return both(
        seal_words(bytes(chat.public), content, "door line", chat.pk, once),
        seal_words(bytes(chat.reply_public), content, "door line", chat.pk, once),
    )


def looked_at(sealed: tuple[bytes, bytes]) -> bytes:
    """Return both copies of a line from a browser as one value, or refuse what does not have their shape."""
    if not all(map(rules.is_sealed_line, sealed)):
        raise errors.old_page()
    return both(*sealed)


def number_of(chat: Chat, once: UUID) -> int | None:
    """Return the number of a line that is there already, whatever has become of the chat since."""
    return ChatLine.objects.filter(chat=chat, once=once).values_list("number", flat=True).first()


def keep_line(row: Chat, once: UUID, body: bytes, direction: Direction, *, at: datetime) -> int:
    """Write a line into a locked chat; returns its number."""
    if row.state == ChatState.ENDED:
        raise errors.chat_ended()
    if direction == Direction.TO_STAFF:
        _spend(row, len(body), at)
    elif row.last_number >= 2 * rules.MOST_LINES:
        raise errors.enough_today()
    row.last_number += 1
    row.spoken_at = at
    row.save(update_fields=["last_number", "spoken_at"])
    line = ChatLine(chat=row, number=row.last_number, direction=direction, once=once, size=len(body))
    vault.store_new_blobs(kind=LINE, sealed={line.pk: body}, society=row.society_id)
    line.save(force_insert=True)
    return row.last_number


def _spend(row: Chat, size: int, at: datetime) -> None:
    hour = rules.hour_of(at)
    if rules.is_full(before=counted_here(Counted.BYTES, hour), more=size, files=False):
        raise errors.full()
    if row.last_number >= rules.MOST_LINES:
        raise errors.enough_today()
    count_here(Counted.BYTES, hour, size)
