"""What can be written in the journal: each event with a sentence and a way to forget."""

from dataclasses import dataclass
from typing import Any, Literal

Retention = Literal["with the file", "names no one"]


@dataclass(frozen=True)
class Event:
    """``name`` is source:subject:action; ``sentence`` has ``%(who)s`` for the pseudonym."""

    name: str
    sentence: Any
    retention: Retention


REGISTER: dict[str, Event] = {}


def event(name: str, sentence: Any, *, retention: Retention = "with the file") -> Event:
    """Declare an event once; its name is part of the frozen journal format."""
    if name in REGISTER or len(name.split(":")) != 3:
        raise ValueError(name)
    REGISTER[name] = Event(name, sentence, retention)
    return REGISTER[name]
