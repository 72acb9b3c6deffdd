"""Who counts the society's facts, who decides about a release, and whether somebody is left to."""

from panah.programmes.evidence import permissions
from tests.allowed import allowed, let_through


def test_the_data_officer_and_focal_points_count_and_focal_points_decide(world):
    assert let_through(world, permissions.must_count) == ({"bakyt", "saule", "nurlan"}, "prepares-no-release")
    assert allowed(world, permissions.decides) == {"bakyt", "saule"}
    assert not permissions.counts(None) and not permissions.decides(None)


def test_of_two_focal_points_one_must_have_had_no_hand_in_it(world):
    nurlan, bakyt, saule = (world.staff[name] for name in ("nurlan", "bakyt", "saule"))
    assert permissions.leaves_a_second(nurlan, set(), at=world.at)
    assert permissions.leaves_a_second(nurlan, {bakyt.pk}, at=world.at)
    assert permissions.leaves_a_second(bakyt, {None, nurlan.pk}, at=world.at)
    assert not permissions.leaves_a_second(bakyt, {saule.pk}, at=world.at)
    assert not permissions.leaves_a_second(nurlan, {bakyt.pk, saule.pk}, at=world.at)
