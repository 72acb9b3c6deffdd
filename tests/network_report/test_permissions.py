"""Who prepares a society's figures, signs them and reads those of all."""

from panah.programmes.network_report import permissions
from tests.allowed import allowed, also


def test_those_who_see_the_whole_society_prepare_focal_points_sign_and_the_networks_coordinator_reads(world):
    also(world, "timur", "network_coordinator")
    # Who counts and keeps one branch's register as well sees that branch alone.
    also(world, "ibrat", "data_officer")
    assert allowed(world, permissions.prepares) == {"bakyt", "saule", "nurlan"}
    assert allowed(world, permissions.signs) == {"bakyt", "saule"}
    assert allowed(world, permissions.reads) == {"bakyt", "saule", "nurlan", "timur"}
    for says in (permissions.prepares, permissions.signs, permissions.reads):
        assert not says(None)
