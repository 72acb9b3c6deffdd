"""The sources of the house, read and not run."""

import ast
from collections.abc import Iterator
from pathlib import Path

from panah.rooms import PANAH, from_room

HOUSE = PANAH


def trees(*words: str) -> Iterator[tuple[Path, ast.Module]]:
    """Yield path and syntax tree of every module in whose text one of the words stands: to parse all takes seconds."""
    for path in sorted(HOUSE.rglob("*.py")):
        text = path.read_text()
        if any(word in text for word in words):
            yield path, ast.parse(text)


def saying(*words: str) -> Iterator[tuple[str, ast.Module]]:
    """Do the same with each path from its room on."""
    return ((from_room(path), tree) for path, tree in trees(*words))
