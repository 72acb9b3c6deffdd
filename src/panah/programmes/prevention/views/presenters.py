"""How many came, and how the change between two tests is said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from panah.programmes.prevention.words import Band, Compared, Counted
from panah.programmes.training.claims import Claim, said_of
from panah.programmes.training.effect import Change

if TYPE_CHECKING:
    from panah.programmes.prevention.models import Session


def claims(changes: Iterable[tuple[object, Change, str]], *, least: int = 0) -> list[Claim]:
    """Say each change. ``least``: a smaller number of people who were lost is not told."""
    return [
        said_of(one, when=when, paired=compared == Compared.PAIRED, least=least)
        for when, one, compared in changes
    ]


def counted(session: Session) -> list[tuple[object, list[int]]]:
    """How many came, a row for each band of age, a column for each of ``Counted``."""
    return [(band.label, [session.numbers.get(f"{sex} {band}", 0) for sex in Counted]) for band in Band]
