"""What rooms above say about a report: to whom its later words go once it became something, and who answers it too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings

from panah.ground.foundation.registry import Registry

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@dataclass(frozen=True)
class WordsGoTo:
    """Whoever holds what a report became. ``public``: what words are sealed to; ``room`` and ``subject``: its key."""

    room: str
    subject: UUID
    owner: Staff | None
    public: bytes = field(repr=False)
    number: str = ""
    file: UUID | None = None


# arrival of the report -> to whom words go, or None: to whoever opens what arrives.
WORDS_GO_TO: Registry[Callable[[UUID], WordsGoTo | None]] = Registry("to whom later words of a report go")
# (colleague, arrival of the report) -> whether she answers it because of what it became.
ANSWERS_TOO: Registry[Callable[[Staff, UUID], bool]] = Registry(
    "who answers a report because of what it became"
)


def words_go_to(arrival: UUID) -> WordsGoTo | None:
    """Return to whom later words of a report go; None: to the intake, as always on a machine of the door's own."""
    if settings.PANAH_DOOR_ONLY:
        # That machine reads no case and no contact: the intake passes the words on.
        return None
    return next((to for find in WORDS_GO_TO if (to := find(arrival)) is not None), None)
