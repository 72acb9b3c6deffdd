"""What rooms above say about arrivals: whose messages they are, and where each kind goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from panah.foundation.registry import Registry
from panah.vault.keyring import Keyring
from panah.vault.seals import Private


@dataclass(frozen=True)
class ArrivalRoom:
    """A room that has conversations, or of whose things arrivals become."""

    # (subjects, to=) -> {subject: (address, text)} of what arrivals became, as far as the colleague may see it.
    links: Callable[..., dict[UUID, tuple[str, str]]]
    # (to=) -> the ids of its things whose messages a colleague may see (a queryset).
    subjects: Callable[..., Any] | None = None
    # (keys, subject) -> the key of a conversation that lies in its file, or None.
    key: Callable[[Keyring, UUID], Private | None] | None = None


@dataclass(frozen=True)
class ArrivalKind:
    """A kind of message that has pages of its own; the names of the pages take the arrival's id."""

    # Where an arrival of it goes on once it is opened.
    page: str = ""
    # The page that alone opens it: its content is never shown in the inbox.
    opened_at: str = ""
    # The page of the answer that whoever sent it waits for: nothing else ends it.
    answered_at: str = ""
    # Whether it can become a contact or a case from the inbox.
    convertible: bool = True
    # (keys=, arrival=, at=): tells whoever sent something damaged that it did not open.
    damaged: Callable[..., None] | None = None


ARRIVAL_ROOMS: Registry[ArrivalRoom] = Registry("rooms to which arrivals belong")
ARRIVAL_KINDS: Registry[ArrivalKind] = Registry("kinds of arrivals with pages of their own")
PLAIN = ArrivalKind()


def kind_of(arrival: Any) -> ArrivalKind:
    """Return what is said about the kind of an arrival; most go on in the inbox."""
    return ARRIVAL_KINDS.get(arrival.kind) or PLAIN
