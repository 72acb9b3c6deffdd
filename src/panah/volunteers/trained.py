"""Who is trained in what: said by the room that keeps trainings, which registers here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from uuid import UUID

from panah.foundation.registry import Registry

# (volunteers, on) -> for each the things (words.TrainedIn) in which training holds on that day.
TRAINED: Registry[Callable[[Collection[UUID], date], Mapping[UUID, frozenset[str]]]] = Registry(
    "who is trained in what"
)
