"""What can be written in the journal: each event with a sentence and a way to forget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from panah.ground.foundation.registry import Registry

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Retention = Literal["with the file", "names no one"]
Does = Literal["", "writes", "approves"]


@dataclass(frozen=True)
class Event:
    """``name`` is source:subject:action; ``sentence`` has ``%(who)s`` for the pseudonym.

    ``does``: what it means where a second person signs: who ``writes`` has a hand in it until somebody ``approves``.
    ``decides``: what may be done is read from it, so an entry that was only written into the table is none.
    """

    name: str
    sentence: StrOrPromise
    retention: Retention
    does: Does = ""
    decides: bool = False

    @property
    def is_kept(self) -> bool:
        """Say whether it is kept outside the main database too that an entry of it was written (``kept_entries``)."""
        return self.decides or self.does == "approves"


REGISTER: Registry[Event] = Registry("what can be written in the journal")


def event(
    name: str,
    sentence: StrOrPromise,
    *,
    retention: Retention = "with the file",
    does: Does = "",
    decides: bool = False,
) -> Event:
    """Declare an event once; its name is part of the frozen journal format."""
    if len(name.split(":")) != 3:
        raise ValueError(name)
    return REGISTER.register(name, Event(name, sentence, retention, does, decides))
