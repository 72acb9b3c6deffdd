"""What a withdrawal stops: rooms above register here, the page shows it before it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Stop:
    """``preview(keys=, file=, consent=, at=) -> list of sentences`` and ``act`` with the same arguments."""

    preview: Callable[..., list[Any]]
    act: Callable[..., None]


STOPS: dict[str, Stop] = {}


def register(name: str, *, preview: Callable[..., list[Any]], act: Callable[..., None]) -> None:
    """Register what a room stops when a consent is withdrawn; called inside the transaction."""
    STOPS[name] = Stop(preview, act)


# Called as ``then(keys=, file=, consent=, at=)`` inside the transaction in which an answer is written or withdrawn.
ANSWERED: list[Callable[..., None]] = []


def when_answered(then: Callable[..., None]) -> None:
    """Register what follows from an answer itself (a facts card comes or goes with the yes to being counted)."""
    if then not in ANSWERED:
        ANSWERED.append(then)
