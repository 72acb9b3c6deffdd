"""Who looks for somebody who interprets, and who keeps the list of them."""

from panah.ground.accounts.models import RoleHeld
from panah.people.safety import permissions
from tests.roles import CASEWORKERS, FOCAL_POINTS, who


def test_whoever_speaks_with_people_looks_for_an_interpreter_and_focal_points_keep_the_list(world):
    assert who(world, permissions.leads) == FOCAL_POINTS
    speak = CASEWORKERS | FOCAL_POINTS | {"elena", "gulnar"}
    assert who(world, permissions.names_interpreters) == speak
    RoleHeld.objects.create(staff=world.staff["nurlan"], role="intake", since=world.at)
    world.staff["nurlan"].__dict__.pop("role_names", None)
    assert who(world, permissions.names_interpreters) == speak | {"nurlan"}
