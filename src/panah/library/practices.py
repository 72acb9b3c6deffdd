"""Good practices that a document can be linked with: the room that keeps them registers how they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from panah.foundation.registry import Registry

if TYPE_CHECKING:
    from panah.accounts.models import Staff

# ``cooperation``: (to=) -> {slug: title} of the practices that a colleague may read.
PRACTICES: Registry[Callable[..., Mapping[str, str]]] = Registry(
    "good practices that documents are linked with"
)


def practice_titles(*, to: Staff) -> dict[str, str]:
    """Return the title of each practice that ``to`` may read, by its slug; nothing where no room keeps any."""
    found: dict[str, str] = {}
    for titles in PRACTICES:
        found.update(titles(to=to))
    return found
