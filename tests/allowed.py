"""Whom a permission lets: asked of the whole cast of one society at once."""

from panah.ground.accounts.models import RoleHeld
from panah.ground.foundation.errors import Refusal


def allowed(world, says):
    """Return the names of the colleagues of the north to whom a permission says yes."""
    ours = world.societies["north"].pk
    return {name for name, staff in world.staff.items() if staff.society_id == ours and says(staff)}


def let_through(world, must):
    """The same of what raises a refusal: each tells whom to ask, and a page answers that nobody may."""
    through, told = set(), []
    for name in allowed(world, lambda _staff: True):
        try:
            must(world.staff[name])
        except Refusal as refused:
            told.append(refused)
        else:
            through.add(name)
    assert all(one.status == 403 and str(one.sentence) and str(one.next_step) for one in told)
    (code,) = {one.code for one in told}
    return through, code


def also(world, name, role):
    """Give a colleague one more role."""
    RoleHeld.objects.create(staff=world.staff[name], role=role, since=world.at)
    world.staff[name].__dict__.pop("role_names", None)
