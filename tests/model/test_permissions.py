"""Who runs a self-assessment, who reads it, who edits its texts."""

from panah.programmes.model import permissions
from tests.allowed import allowed, also


def test_focal_points_run_it_coordinators_of_branches_read_it_and_the_networks_coordinator_edits_its_texts(
    world,
):
    also(world, "timur", "network_coordinator")
    assert allowed(world, permissions.runs_assessments) == {"bakyt", "saule"}
    assert allowed(world, permissions.reads_assessments) == {"bakyt", "saule", "ibrat"}
    assert allowed(world, permissions.edits_texts) == {"timur"}
    assert allowed(world, permissions.finds_it_in_the_menu) == {"bakyt", "saule", "ibrat", "timur"}
