"""Who finds the calls: by role, or by the key of a line."""

from panah.ground.vault import actions as vault
from panah.people.hotline import permissions
from tests.conftest import LINE_NORTH
from tests.roles import FOCAL_POINTS, who


def test_focal_points_lead_the_hotline_and_operators_find_the_calls_too(world):
    assert who(world, permissions.leads) == FOCAL_POINTS
    assert who(world, permissions.may_see_calls) == FOCAL_POINTS | {"elena"}


def test_whoever_holds_the_key_of_a_line_answers_and_works_with_calls_whatever_her_role(world):
    assert who(world, permissions.answers) == {"bakyt", "saule", "elena"}
    vault.give_key(
        keys=world.keys("bakyt"), kind="L", line=LINE_NORTH, to=world.staff["cholpon"], at=world.at
    )
    assert who(world, permissions.answers) == {"bakyt", "saule", "elena", "cholpon"}
    assert who(world, permissions.works_with_calls) == FOCAL_POINTS | {"elena", "cholpon"}
