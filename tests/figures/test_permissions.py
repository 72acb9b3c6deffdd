"""Who writes in the register of figures, who clears what another wrote, and who clears a brief of a country."""

from functools import partial

from panah.programmes.figures import permissions
from tests.allowed import allowed, also, let_through


def test_every_colleague_reads_and_those_who_count_or_lead_write(world):
    also(world, "timur", "network_coordinator")
    assert allowed(world, permissions.reads) == allowed(world, lambda _staff: True)
    writers = {"bakyt", "saule", "nurlan", "timur"}
    assert let_through(world, permissions.must_write) == (writers, "not-yours-to-keep")
    assert let_through(world, permissions.must_clear) == ({"bakyt", "saule"}, "focal-point-only")
    assert not permissions.reads(None) and not permissions.writes(None) and not permissions.clears(None)


def test_a_brief_is_cleared_by_a_focal_point_of_the_society_concerned(world):
    north, south = world.societies["north"].pk, world.societies["south"].pk
    must = partial(permissions.must_clear_brief, concerned=north)
    assert let_through(world, must) == ({"bakyt", "saule"}, "not-yours-to-clear")
    assert allowed(world, partial(permissions.clears_brief, concerned=south)) == set()
    assert permissions.clears_brief(world.staff["rustam"], concerned=south)
    assert not permissions.clears_brief(None, concerned=None)
