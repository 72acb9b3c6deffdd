"""Who looks for a person, and who lets a question of another society be compared."""

from panah.people.finding import permissions
from tests.roles import CASEWORKERS, FOCAL_POINTS, who


def test_caseworkers_and_focal_points_look_for_a_person_and_focal_points_alone_compare(world):
    assert who(world, permissions.may_find) == CASEWORKERS | FOCAL_POINTS
    assert who(world, permissions.may_compare) == FOCAL_POINTS
