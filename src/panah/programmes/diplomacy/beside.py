"""What rooms above let stand here: what is beside a provision, what other societies tell of commitments, routes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from panah.ground.foundation.registry import Registry
from panah.ground.kit.beside import Finds
from panah.programmes.diplomacy.words import Progress

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

BESIDE_PROVISIONS: Registry[Finds] = Registry("what stands beside a provision")


@dataclass(frozen=True)
class ToldStatus:
    """What another society says of one of its commitments: its word, by which evidence, of when it is.

    ``printed``: it may stand in reports of others.
    """

    slug: str
    society: str
    iso2: str
    title: str
    provisions: tuple[str, ...]
    progress: str
    why: str
    evidence: str
    source: str
    shown_on: date
    as_of: datetime
    printed: bool
    address: str

    @property
    def label(self) -> str:
        return str(Progress(self.progress).label)


# The reader -> what other societies tell, by the name of the society.
TOLD: Registry[Callable[[Staff], list[ToldStatus]]] = Registry("what other societies tell of commitments")
# The reader -> two countries each, in two letters, between which societies work.
ROUTES: Registry[Callable[[Staff], list[tuple[str, str]]]] = Registry("routes of which a report can be made")


@dataclass(frozen=True)
class AttachedFile:
    """A file that goes along with a report. ``cited``: how it is named; ``pieces`` yields it."""

    ending: str
    size: int
    cited: str
    pieces: Callable[[], Iterable[bytes]]


# Sources of papers as they were typed, and the reader -> the file of each that she may open.
ATTACHED: Registry[Callable[[Sequence[str], Staff], Mapping[str, AttachedFile]]] = Registry(
    "files that stand behind the papers of a report"
)


def told_by_others(staff: Staff) -> list[ToldStatus]:
    return [one for room in TOLD for one in room(staff)]


def routes(staff: Staff) -> list[tuple[str, str]]:
    """Return each pair of countries once, in the order of the rooms."""
    return list(dict.fromkeys(pair for room in ROUTES for pair in room(staff)))
