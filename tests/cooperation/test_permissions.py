"""Who reads the network's space, who keeps and who decides what the society says there."""

from panah.programmes.cooperation import permissions
from tests.allowed import allowed, also, let_through


def test_every_colleague_reads_and_no_guest_and_nobody_who_left(world):
    everybody = allowed(world, lambda _staff: True)
    also(world, "gulnar", "guest")
    world.staff["elena"].is_active = False
    assert allowed(world, permissions.reads) == everybody - {"gulnar", "elena"}
    assert not permissions.reads(None) and not permissions.keeps(None) and not permissions.decides(None)


def test_focal_points_and_the_networks_coordinator_keep_and_focal_points_decide(world):
    also(world, "timur", "network_coordinator")
    assert let_through(world, permissions.must_keep) == ({"bakyt", "saule", "timur"}, "not-yours-to-keep")
    assert let_through(world, permissions.must_decide) == ({"bakyt", "saule"}, "focal-point-only")
