"""What a new society does first; rooms above add steps of their own in their ``hooks.py``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from panah.ground.foundation.registry import Registry

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@dataclass(frozen=True)
class FirstStep:
    """One thing to do: what, whether it is done, where, and a line about it."""

    what: str
    done: bool
    href: str
    hint: str = ""


# Focal point -> her steps, before those of the roster.
FIRST_STEPS: Registry[Callable[[Staff], list[FirstStep]]] = Registry("first steps of a society")
