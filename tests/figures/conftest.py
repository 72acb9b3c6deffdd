"""Figures that colleagues of the two societies entered, and those that are delivered with Panah."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from panah.programmes.figures import actions as figures
from panah.programmes.figures.models import Figure, Source
from tests.conftest import World


@pytest.fixture
def source(world: World) -> Source:
    return figures.add_source(
        publisher="Practice Office",
        title="Practice yearbook",
        kind="statistics",
        hides_from=1,
        by=world.staff["nurlan"],
        at=world.at,
    )


@pytest.fixture
def entered(world: World, source: Source) -> Callable[..., Figure]:
    """A figure as Nurlan, the data officer, enters it."""

    def enter(number: int = 120, **said: object) -> Figure:
        plain = {
            "measure": "identified",
            "as_printed": str(number),
            "country": "XA",
            "data_year": 2025,
            "quote": "so",
        }
        claim = figures.Claim(low=Decimal(number), high=Decimal(number), **{**plain, **said})  # type: ignore[arg-type]
        return figures.enter(claim=claim, source=source, by=world.staff["nurlan"], at=world.at)

    return enter


@pytest.fixture
def delivered(world: World) -> dict[str, Figure]:
    """The delivered figures of North, by their ids."""
    figures.bring_delivered(society=world.societies["north"].pk, at=world.at)
    return {one.delivered: one for one in Figure.objects.exclude(delivered="")}
