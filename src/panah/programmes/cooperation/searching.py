"""What a room above does for this one: it searches practices and meetings, and knows papers by a number."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.urls import reverse

from panah.ground.foundation.registry import Registry
from panah.ground.kit.beside import Beside

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

SEARCH: Registry[str] = Registry("the address at which practices and meetings are searched")


def search_address() -> str:
    """Return where the words are posted to, "" on a node without a search."""
    return next((reverse(name) for name in SEARCH), "")


# What was typed of where papers are, the reader -> for each that is a number of a document she may read, the document.
FindsPapers = Callable[[Sequence[str], "Staff"], Mapping[str, Beside]]
PAPERS: Registry[FindsPapers] = Registry("the documents that papers of a meeting name by a number")


def named_papers(typed: Sequence[str], *, to: Staff) -> dict[str, Beside]:
    return {text: one for finds in PAPERS for text, one in finds(typed, to).items()}
