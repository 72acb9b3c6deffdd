"""The delivered register and directory, for the pages of strangers."""

import pytest
from django.test import Client

from panah.ground.directory import actions
from tests import delivered


@pytest.fixture
def register(world, at):
    """All of the delivered data, the two practice societies included."""
    return delivered.load(actions.load_reference_data, at=at)


@pytest.fixture
def stranger(db):
    """A browser that nobody has signed in with."""
    return Client()
