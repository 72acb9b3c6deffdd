"""What a withdrawal stops: rooms above register here, the page shows it before it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class WithdrawalEffect:
    """``preview(keys=, file=, consent=, at=) -> list of sentences`` and ``act`` with the same arguments."""

    preview: Callable[..., list[Any]]
    act: Callable[..., None]


EFFECTS: dict[str, WithdrawalEffect] = {}


def register(name: str, *, preview: Callable[..., list[Any]], act: Callable[..., None]) -> None:
    """Register what a room stops when a consent is withdrawn; called inside the transaction."""
    EFFECTS[name] = WithdrawalEffect(preview, act)


# Called as ``then(keys=, file=, consent=, at=)`` inside the transaction in which an answer is written or withdrawn.
ON_CHANGE: list[Callable[..., None]] = []


def on_change(callback: Callable[..., None]) -> None:
    """Register what follows from an answer itself (a facts card comes or goes with the yes to being counted)."""
    if callback not in ON_CHANGE:
        ON_CHANGE.append(callback)
