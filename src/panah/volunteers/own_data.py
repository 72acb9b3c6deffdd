"""What is held of a volunteer beside the register itself: where she helps, trainings, sessions, hours.

Each room that holds something registers here, so that an export forgets nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from panah.foundation.registry import Registry

if TYPE_CHECKING:
    from panah.volunteers.models import Volunteer

# (volunteer) -> a heading, and lines of (what it is, what is held) in the reader's language.
HELD: Registry[Callable[[Volunteer], tuple[str, Sequence[tuple[str, str]]]]] = Registry(
    "what rooms hold of a volunteer"
)
