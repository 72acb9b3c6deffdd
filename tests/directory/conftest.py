"""The register and the directory as Panah is delivered, for the tests of this room."""

import pytest

from panah.ground.directory import actions
from tests import delivered


@pytest.fixture
def register(world, at):
    """All of the delivered data, the two practice societies included."""
    return delivered.load(actions.load_reference_data, at=at)


@pytest.fixture
def bakyts(register, world):
    """Bakyt's browser: a focal point of North."""
    return world.client("bakyt")


@pytest.fixture
def elenas(register, world):
    """Elena's browser: she answers the hotline of North and keeps no entries."""
    return world.client("elena")
