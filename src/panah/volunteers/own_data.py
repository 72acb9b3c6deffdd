"""What rooms above hold of a volunteer: trainings, sessions, hours. They register here; the export shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from panah.foundation.registry import Registry

# (volunteer) -> lines, each {what is said: what is held}, in the reader's language, under the heading of the room.
HELD: Registry[Callable[[UUID], tuple[str, Sequence[Mapping[str, str]]]]] = Registry(
    "what rooms above hold of a volunteer"
)
