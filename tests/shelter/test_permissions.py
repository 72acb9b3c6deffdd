"""Who runs a house, who follows a stay, who finds safe places at all."""

import pytest

from panah.ground.foundation.errors import Refusal
from panah.people.shelter import permissions
from panah.people.shelter.permissions import policy
from tests.roles import CASEWORKERS, FOCAL_POINTS, who
from tests.shelter.conftest import ask, make_house


def seeing(world, find):
    return {name for name, staff in world.staff.items() if find(staff).exists()}


def test_managers_and_focal_points_run_houses_and_caseworkers_ask_for_beds(world):
    assert who(world, permissions.leads) == FOCAL_POINTS
    assert who(world, permissions.may_run) == FOCAL_POINTS | {"gulnar"}
    assert who(world, permissions.may_enter) == FOCAL_POINTS | {"gulnar"} | CASEWORKERS


def test_a_house_is_run_by_whoever_is_named_for_it_and_the_focal_points_of_its_society(world, house):
    assert seeing(world, policy.places) == {"gulnar", "bakyt", "saule"}
    assert {name for name, staff in world.staff.items() if policy.runs(staff, house)} == {
        "gulnar",
        "bakyt",
        "saule",
    }
    assert not policy.places(None).exists()


def test_a_manager_runs_the_houses_she_is_named_for_and_no_other(world, house):
    other = make_house(world, lead="bakyt", name="House 4", runner="bakyt")
    assert set(policy.places(world.staff["gulnar"])) == {house}
    assert set(policy.places(world.staff["saule"])) == {house, other}
    assert not policy.runs(world.staff["gulnar"], other) and policy.runs(world.staff["saule"], other)


def test_whoever_is_named_for_a_house_and_lost_the_role_runs_it_no_more(world, house):
    world.staff["gulnar"].roles.all().delete()
    world.staff["gulnar"].__dict__.pop("role_names", None)
    assert not policy.places(world.staff["gulnar"]).exists()


def test_a_stay_is_seen_by_the_house_and_by_whoever_follows_it(world, house):
    ask(world, house)
    assert seeing(world, policy.stays) == {"amina", "gulnar", "bakyt", "saule"}
    ask(world, make_house(world, lead="bakyt", name="House 4", runner="bakyt"), by="cholpon")
    assert policy.stays(world.staff["gulnar"]).count() == policy.stays(world.staff["amina"]).count() == 1
    assert policy.stays(world.staff["saule"]).count() == 2
    assert not policy.stays(None).exists()


def test_whoever_does_not_run_a_house_is_refused_with_a_sentence(world, house):
    permissions.must_run(world.staff["gulnar"], house, "Not yours.")
    with pytest.raises(Refusal) as refused:
        permissions.must_run(world.staff["amina"], house, "Not yours.", "Ask Gulnar.")
    assert (refused.value.code, refused.value.status) == ("not-the-runner", 403)
    assert (refused.value.sentence, refused.value.next_step) == ("Not yours.", "Ask Gulnar.")
