"""Two societies that change their keys."""

import pytest
from django.utils import timezone

from panah.vault import actions as vault
from tests.conftest import everyone_signs_in


@pytest.fixture
def new_signing_key(world):
    """A society gets a new D: one focal point proposes it, the other confirms it; then everybody signs in."""

    def changed(first, second):
        everyone_signs_in(world)
        vault.propose_signing_key(keys=world.keys(first), at=timezone.now())
        vault.confirm_signing_key(keys=world.keys(second), at=timezone.now())
        everyone_signs_in(world)

    return changed
