"""The page on which a stranger lands who leaves the door, and the way back from it."""

import pytest

from panah.ground.directory import actions
from tests import delivered


@pytest.fixture
def register(world, at):
    return delivered.load(actions.load_reference_data, at=at)


@pytest.fixture
def away(settings, live_server):
    """A page of this machine stands for the one that everybody opens."""
    settings.PANAH_AWAY = f"{live_server.url}/vault/sign-in?away"
    return settings.PANAH_AWAY


def back(page):
    """Go back, and wait for the page that the reader ends on."""
    with page.expect_event("framenavigated", predicate=lambda frame: "away" in frame.url):
        page.evaluate("history.back()")
