"""What rooms above let stand beside a document, by the SHA-256 of its file: the figures that are read in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from panah.ground.foundation.registry import Registry
from panah.ground.kit.beside import Beside

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

# The hash of a file, the reader -> what stands in it, as far as she may read it.
FindsInFile = Callable[[str, "Staff"], list[Beside]]
FIGURES_IN: Registry[FindsInFile] = Registry("the figures that stand in a document")


def figures_in(sha256: str, *, to: Staff) -> list[Beside]:
    return [one for finds in FIGURES_IN for one in finds(sha256, to)]
