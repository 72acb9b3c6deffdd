"""A notice on a page as data: a presenter decides what it says, the part ``notice`` draws it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Point:
    """One line of a notice: a text, in bold what it is about, numbers to call (directory cards), where it leads."""

    text: str
    value: str = ""
    numbers: tuple[Any, ...] = ()
    href: str = ""
    link: str = ""


@dataclass(frozen=True)
class Notice:
    """A title in bold with what follows it; below it more, steps or points, who is on duty, a button that leads on."""

    title: str
    text: str = ""
    more: str = ""
    steps: tuple[Point, ...] = ()
    points: tuple[Point, ...] = ()
    duty: tuple[Any, ...] = ()
    href: str = ""
    link: str = ""
    tone: str = "urgent"
