"""Whoever is written to and is no colleague: a room above knows how, and registers here who that is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from panah.ground.channels.words import ChannelKind
from panah.ground.foundation.registry import Registry


@dataclass(frozen=True)
class Outsider:
    """Where somebody is written to, and in which language; "" where it is not known or not wanted."""

    email: str = ""
    phone: str = ""
    language: str = "en"

    def addresses(self, kind: str) -> list[str]:
        """Return what a kind of channel needs; no browser and no telephone of ours is known of an outsider."""
        found = {ChannelKind.EMAIL: self.email, ChannelKind.SMS: self.phone}.get(ChannelKind(kind), "")
        return [found] if found else []


# (outsider) -> how to write to whom, or None: unknown to that room, or not to be written to any more.
OUTSIDERS: Registry[Callable[[UUID], Outsider | None]] = Registry("who is written to and is no colleague")


def outsider(pk: UUID) -> Outsider | None:
    """Return how somebody is written to, as it is now: looked up again when a message is sent."""
    return next((one for find in OUTSIDERS if (one := find(pk)) is not None), None)
