"""How a focal point comes and goes in tests: everybody signs in, Cholpon becomes one, Saule leaves."""

from django.utils import timezone

from panah.ground.sign_in import actions as sign_in
from panah.ground.vault.models import SocietyKey
from tests.two_people import END, decide, make_focal_point


def signs_in(world, name, session="s"):
    opened = sign_in.CheckedPassphrase(world.staff[name], world.seeds[name])
    return sign_in.open_vault(opened=opened, session_key=session, at=world.at)


def everyone_signs_in(world):
    for name in ("amina", "bakyt", "saule", "cholpon", "elena"):
        signs_in(world, name, f"s-{name}")


def fresh(world, name):
    """The colleague as the next request reads her."""
    world.staff[name] = type(world.staff[name]).objects.get(pk=world.staff[name].pk)
    return world.staff[name]


def saule_leaves(world):
    """Everybody has met Cholpon, the new focal point; then Saule leaves. Returns the signing key that waits."""
    everyone_signs_in(world)
    make_focal_point(world, "cholpon")
    fresh(world, "cholpon")
    everyone_signs_in(world)
    # Pages go by the clock, and what was asked for waits a week at most.
    request = decide(world, END, "saule", at=timezone.now(), second="cholpon")
    page = world.client("bakyt").post(f"/vault/two-people/{request.pk}/carry-out", follow=True)
    assert "confirms the new signing key" in page.content.decode()
    return SocietyKey.objects.get(society=world.societies["north"], kind="D", waits=True)
