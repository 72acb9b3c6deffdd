"""Whom a screening is about: found by the guard of the room that owns the file.

A room above (calls, say) that wants the same pages over its own files registers a finder of its
own; config calls it.
"""

from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID


@dataclass(frozen=True)
class Subject:
    """What the pages need to know. `age` is the work fact: adult, child or unknown."""

    number: str
    file: UUID
    age: str
    address: str
    types_of_exploitation: tuple[str, ...] = ()


class Finder(Protocol):
    def __call__(self, number: str, *, to: Any, keys: Any) -> Subject | None:
        """Return the subject if this colleague may see it, else None."""


_finders: dict[str, Finder] = {}


def register(kind: str, finder: Finder) -> None:
    """Let files of another kind be screened through the same pages."""
    _finders[kind] = finder


def find(kind: str, number: str, *, to: Any, keys: Any) -> Subject | None:
    """Return the subject, or None for a stranger and for what does not exist alike."""
    finder = _finders.get(kind)
    return finder(number, to=to, keys=keys) if finder else None
