"""Who keeps the list of colleagues and the roster."""

import pytest

from panah.ground.accounts import permissions
from panah.ground.foundation.errors import Refusal
from tests.roles import FOCAL_POINTS, who


def test_the_focal_points_of_a_society_keep_its_colleagues_and_nobody_elses(world):
    north = world.societies["north"]
    assert who(world, permissions.manages_staff, society=north) == {"bakyt", "saule"}
    assert who(world, permissions.manages_staff, society=world.societies["south"]) == {"rustam", "malika"}
    assert who(world, permissions.is_staff_manager) == FOCAL_POINTS


def test_a_colleague_of_another_society_or_without_the_role_is_told_whom_to_ask(world):
    north = world.societies["north"]
    permissions.require_staff_manager(world.staff["bakyt"], north)
    for name in ("amina", "rustam"):
        with pytest.raises(Refusal) as refused:
            permissions.require_staff_manager(world.staff[name], north)
        assert refused.value.code == "focal-point-only"
