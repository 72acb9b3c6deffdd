"""Who is trained in what: said by the room that keeps trainings, which registers here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from panah.ground.foundation.registry import Registry


@dataclass(frozen=True)
class Trainings:
    """``held``: (volunteers, on) -> for each the things (words.TrainedIn) in which training holds on that day.

    ``holders``: (society, thing, on) -> the volunteers in whom it holds, as a query that nobody has run.
    """

    held: Callable[[Collection[UUID], date], Mapping[UUID, frozenset[str]]]
    holders: Callable[[UUID, str, date], Iterable[UUID | None]]


TRAINED: Registry[Trainings] = Registry("who is trained in what")
