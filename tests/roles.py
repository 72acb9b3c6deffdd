"""Asking a permission of everyone in the cast at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.conftest import World

FOCAL_POINTS = {"bakyt", "saule", "rustam", "malika"}
CASEWORKERS = {"amina", "cholpon", "daler"}


def who(world: World, may: Callable[..., Any], **given: Any) -> set[str]:
    """Return the names of those who may; whoever has left, and nobody, never may."""
    assert not may(None, **given)
    for staff in world.staff.values():
        staff.is_active = False
    assert not [name for name, staff in world.staff.items() if may(staff, **given)]
    for staff in world.staff.values():
        staff.is_active = True
    found = {name: may(staff, **given) for name, staff in world.staff.items()}
    assert set(map(type, found.values())) <= {bool}
    return {name for name, allowed in found.items() if allowed}
