"""What rooms above let stand beside something that a room below shows, without that room knowing them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@dataclass(frozen=True)
class Beside:
    """A link: what it is called, where it leads, and what is said of it."""

    title: str
    address: str
    said: str = ""


# The reader -> for each key of the room below what stands beside it.
Finds = Callable[["Staff"], Mapping[str, list[Beside]]]


def found(rooms: Iterable[Finds], staff: Staff) -> dict[str, list[Beside]]:
    """Return what all rooms let stand beside each key, in their order."""
    every: dict[str, list[Beside]] = {}
    for room in rooms:
        for key, links in room(staff).items():
            every.setdefault(key, []).extend(links)
    return every
