"""What rooms above do when a colleague is reached elsewhere, or her ways in end. They register in their ``hooks.py``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from panah.foundation.registry import Registry

if TYPE_CHECKING:
    from panah.accounts.models import Staff

# Called with (staff, at) after her e-mail or duty telephone changed, in the same transaction.
REACHED_ELSEWHERE: Registry[Callable[[Staff, datetime], None]] = Registry(
    "what follows a change of where a colleague is reached"
)
