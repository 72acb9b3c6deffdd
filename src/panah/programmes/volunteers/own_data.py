"""What is held of a volunteer beside the register itself: where she helps, trainings, sessions, hours.

Each room that holds something registers here, so that an export forgets nothing; and each that shows something of her
to strangers, so that she finds it on her own page and can switch it off.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from panah.ground.foundation.registry import Registry

if TYPE_CHECKING:
    from panah.programmes.volunteers.models import Volunteer

# (volunteer) -> a heading, and lines of (what it is, what is held) in the reader's language.
HELD: Registry[Callable[[Volunteer], tuple[str, Sequence[tuple[str, str]]]]] = Registry(
    "what rooms hold of a volunteer"
)


@dataclass(frozen=True)
class PublicPage:
    """One page on which strangers can see something of a volunteer; ``is_on``: it shows it now."""

    pk: UUID
    text: str
    is_on: bool


@dataclass(frozen=True)
class PublicPages:
    """``of``: (volunteer) -> her pages. ``switch``: (volunteer=, pk=, is_on=, at=); somebody else's it leaves alone."""

    of: Callable[[Volunteer], Sequence[PublicPage]]
    switch: Callable[..., object]


PUBLIC: Registry[PublicPages] = Registry("what strangers can see of a volunteer")
