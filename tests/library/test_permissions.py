"""Who brings documents, who changes what is said of one, and for whom it may be opened."""

from functools import partial
from types import SimpleNamespace

import pytest

from panah.programmes.library import permissions
from tests.allowed import allowed, also, let_through

BRING = {"bakyt", "saule", "ibrat", "nurlan", "timur"}


@pytest.fixture
def document(world):
    """All that is asked of a document here: whose it is, and who brought it."""
    return SimpleNamespace(society_id=world.societies["north"].pk, brought_by_id=world.staff["ibrat"].pk)


def test_coordinators_the_data_officer_and_focal_points_bring_documents_and_every_colleague_reads(world):
    also(world, "timur", "network_coordinator")
    assert let_through(world, permissions.must_bring) == (BRING, "not-yours-to-bring")
    assert allowed(world, permissions.reads) == allowed(world, lambda _staff: True)
    assert not permissions.reads(None) and not permissions.brings(None)


def test_whoever_brought_it_focal_points_and_the_networks_coordinator_change_it_and_nobody_of_another_society(
    world, document
):
    also(world, "timur", "network_coordinator")
    must = partial(permissions.must_keep, document=document)
    assert let_through(world, must) == ({"bakyt", "saule", "ibrat", "timur"}, "not-yours-to-keep")
    assert not permissions.keeps(world.staff["rustam"], document) and not permissions.keeps(None, document)


def test_whoever_brings_opens_it_for_the_network_and_a_focal_point_for_everybody(world):
    also(world, "timur", "network_coordinator")
    network = partial(permissions.must_open, visibility="network")
    assert let_through(world, network) == (BRING, "focal-point-only")
    public = partial(permissions.must_open, visibility="public")
    assert let_through(world, public) == ({"bakyt", "saule"}, "focal-point-only")
    permissions.must_open(world.staff["amina"], "confidential")
