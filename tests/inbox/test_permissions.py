"""Who sees what arrived: by the intake key, by role, or by being on duty for it."""

from datetime import timedelta

from panah.ground.accounts import actions as accounts
from panah.ground.accounts.models import RoleHeld, Staff
from panah.ground.vault import actions as vault
from panah.people.inbox import permissions
from tests.roles import CASEWORKERS, FOCAL_POINTS, who


def give_intake(world, name):
    vault.give_key(keys=world.keys("bakyt"), kind="G", to=world.staff[name], at=world.at)


def test_whoever_holds_the_intake_key_opens_sees_and_finds_what_arrived(world):
    assert who(world, permissions.opens_arrivals) == FOCAL_POINTS
    give_intake(world, "elena")
    assert who(world, permissions.opens_arrivals) == FOCAL_POINTS | {"elena"}
    assert who(world, permissions.sees_arrivals, at=world.at) == FOCAL_POINTS | {"elena"}
    found = {name for name, staff in world.staff.items() if permissions.finds_inbox(staff)}
    assert found == CASEWORKERS | FOCAL_POINTS | {"elena"}
    assert permissions.finds_inbox(None) is False


def test_whoever_is_on_intake_duty_sees_it_for_so_long_and_another_duty_is_not_enough(world):
    for name, what in (("gulnar", "intake"), ("cholpon", "calls")):
        accounts.put_on_duty(
            staff=world.staff[name], what=what, starts_at=world.at, ends_at=world.at + timedelta(hours=8), at=world.at,
        )  # fmt: skip
    assert who(world, permissions.sees_arrivals, at=world.at) == FOCAL_POINTS | {"gulnar"}
    assert who(world, permissions.sees_arrivals, at=world.at + timedelta(hours=8)) == FOCAL_POINTS


def test_the_role_alone_lets_a_colleague_see_and_find_it_but_not_open_it(world):
    RoleHeld.objects.create(staff=world.staff["gulnar"], role="intake", since=world.at)
    world.staff["gulnar"] = Staff.objects.get(pk=world.staff["gulnar"].pk)
    assert "gulnar" in who(world, permissions.sees_arrivals, at=world.at)
    assert permissions.finds_inbox(world.staff["gulnar"])
    assert "gulnar" not in who(world, permissions.opens_arrivals)
