"""Who pairs for a society."""

import pytest

from panah.ground.exchange import permissions
from panah.ground.foundation.errors import Refusal
from tests.roles import FOCAL_POINTS, who


def test_only_focal_points_pair_and_others_are_told_whom_to_ask(world):
    assert who(world, permissions.pairs) == FOCAL_POINTS
    permissions.require_pairing(world.staff["bakyt"])
    with pytest.raises(Refusal) as refused:
        permissions.require_pairing(world.staff["amina"])
    assert refused.value.code == "focal-point-only"
