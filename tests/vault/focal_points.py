"""How a focal point comes and goes in tests: everybody signs in, Cholpon becomes one, Saule leaves."""

from panah.ground.approvals import queries as approvals_queries
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
    decide(world, END, "saule", at=world.at, second="cholpon")
    request = approvals_queries.waiting(
        society=world.societies["north"].pk, act=END.name, subject=world.staff["saule"].pk, at=world.at
    )
    page = world.client("bakyt").post(f"/vault/two-people/{request.pk}/carry-out", follow=True)
    assert "confirms the new signing key" in page.content.decode()
    return SocietyKey.objects.get(society=world.societies["north"], kind="D", waits=True)
