"""Who names and confirms the second reader, and who gathers what is kept about a person."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from panah.people.complaints import permissions
from tests.roles import FOCAL_POINTS, who


def test_focal_points_lead_and_the_officer_is_the_officer(world):
    assert who(world, permissions.leads) == FOCAL_POINTS
    assert who(world, permissions.is_officer) == {"zarina"}


def test_the_officer_confirms_and_where_there_is_none_the_focal_points(world):
    ids = {name: staff.pk for name, staff in world.staff.items()}
    north, south = world.societies["north"].pk, world.societies["south"].pk
    assert set(permissions.confirming_since(north)) == {ids["zarina"]}
    assert set(permissions.confirming_since(south)) == {ids["rustam"], ids["malika"]}
    assert permissions.SECOND_READER.since is permissions.confirming_since


def confirming(world, *, by, named, officers, society="north", after=timedelta(days=1)):
    row = SimpleNamespace(
        named_by_id=world.staff[by].pk, staff_id=world.staff[named].pk, named_at=world.at + after
    )
    of_it = [s for s in world.staff.items() if s[1].society_id == world.societies[society].pk]
    return {name for name, staff in of_it if permissions.may_confirm(staff, named=row, officers=officers)}


def test_nobody_confirms_whom_she_named_nor_herself(world):
    zarina = [world.staff["zarina"]]
    assert confirming(world, by="bakyt", named="amina", officers=zarina) == {"zarina"}
    assert confirming(world, by="zarina", named="amina", officers=zarina) == set()
    assert confirming(world, by="bakyt", named="zarina", officers=zarina) == set()
    assert confirming(world, by="bakyt", named="amina", officers=zarina, after=-timedelta(days=1)) == set()


@pytest.mark.parametrize(
    ("by", "named", "confirm"),
    [("rustam", "daler", {"malika"}), ("malika", "daler", {"rustam"}), ("rustam", "malika", set())],
)
def test_where_there_is_no_officer_another_focal_point_confirms(world, by, named, confirm):
    assert confirming(world, by=by, named=named, officers=[], society="south") == confirm


def test_whoever_holds_a_case_and_the_focal_points_gather_what_is_kept(world):
    case = SimpleNamespace(owner_id=world.staff["amina"].pk)
    found = {name for name, staff in world.staff.items() if permissions.may_gather(staff, case)}
    assert found == {"amina"} | FOCAL_POINTS
