"""Whom a permission lets: asked of the whole cast of one society at once."""


def allowed(world, says):
    """Return the names of the colleagues of the north to whom a permission says yes."""
    ours = world.societies["north"].pk
    return {name for name, staff in world.staff.items() if staff.society_id == ours and says(staff)}
