"""Leaves out the tests that need what the system lacks: ``tools/testing.py`` says which, tests say what they need by a mark."""

from __future__ import annotations

import os
from typing import Any

from tools.system_needs import LACKING, NEEDS

MISSING = frozenset(filter(None, os.environ.get(LACKING, "").split(",")))


def needs(item: Any) -> set[str]:
    """Return what a test needs of the system."""
    named = {name for mark in item.iter_markers("needs") for name in mark.args}
    if "browser" in item.path.parts:
        named |= {"browser", "fonts"}
    assert named <= set(NEEDS), f"{item.nodeid} needs what tools/system_needs.py does not know"
    return named


def leave_out(config: Any, items: list[Any]) -> None:
    missing = [item for item in items if needs(item) & MISSING]
    if missing:
        items[:] = [item for item in items if item not in set(missing)]
        config.hook.pytest_deselected(items=missing)
