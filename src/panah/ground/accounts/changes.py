"""What rooms above do when a colleague is reached elsewhere, or her ways in end: they register it in ``hooks.py``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from panah.ground.foundation.registry import Registry

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

# Called with (staff, at) after her e-mail or duty telephone changed, in the same transaction.
REACHED_ELSEWHERE: Registry[Callable[[Staff, datetime], None]] = Registry(
    "what follows a change of where a colleague is reached"
)

# Called with (staff,) when what a colleague was known by ends: her key, her devices, her other sign-ins, her work.
# Which browser is whose, nobody knows: none of them is kept.
BROWSERS_FORGOTTEN: Registry[Callable[[Staff], None]] = Registry("what ends with a colleague's browsers")


def forget_browsers(staff: Staff) -> None:
    for forget in BROWSERS_FORGOTTEN:
        forget(staff)
