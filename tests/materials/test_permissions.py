"""Who writes what people take along, and who publishes it."""

from panah.people.materials import permissions
from tests.allowed import allowed


def test_focal_points_and_coordinators_of_branches_write_and_focal_points_publish(world):
    assert allowed(world, permissions.writes) == {"bakyt", "saule", "ibrat"}
    assert allowed(world, permissions.publishes) == {"bakyt", "saule"}
    assert not permissions.writes(None) and not permissions.publishes(None)
