"""A notice on a page as data: a presenter decides what it says, the part ``notice`` draws it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Point:
    """One line of a notice: a text, what it is about in bold, numbers to call (``name``, ``number``), where to go."""

    text: str
    value: str = ""
    numbers: tuple[Any, ...] = ()
    href: str = ""
    link: str = ""


@dataclass(frozen=True)
class Notice:
    """A title in bold with what follows it; below it more, steps in order or points, and a button that leads on."""

    title: str
    text: str = ""
    more: str = ""
    steps: tuple[Point, ...] = ()
    points: tuple[Point, ...] = ()
    href: str = ""
    link: str = ""
    tone: str = "urgent"
