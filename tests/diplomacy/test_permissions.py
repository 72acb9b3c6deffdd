"""Who reads and keeps commitments, and who decides: and what the others are told."""

from panah.programmes.diplomacy import permissions
from tests.allowed import allowed, also, let_through


def test_focal_points_keep_and_decide_and_coordinators_and_the_data_officer_read(world):
    also(world, "timur", "network_coordinator")
    assert allowed(world, permissions.keeps) == {"bakyt", "saule", "timur"}
    assert allowed(world, permissions.decides) == {"bakyt", "saule"}
    assert allowed(world, permissions.reads) == {"bakyt", "saule", "timur", "ibrat", "nurlan"}


def test_whoever_may_not_is_told_whom_to_ask(world):
    assert let_through(world, permissions.must_keep) == ({"bakyt", "saule"}, "not-yours-to-keep")
    assert let_through(world, permissions.must_decide) == ({"bakyt", "saule"}, "focal-point-only")
