"""The houses of this node, and what composes them."""

import os

from django.core.exceptions import ImproperlyConfigured

from panah.ground.house import HOUSE as GROUND
from panah.people.house import HOUSE as PEOPLE
from panah.programmes.house import HOUSE as PROGRAMMES
from panah.rooms import House

# In the order in which Django reads their apps and addresses: of two files of one name, or two addresses that fit,
# the first is taken.
HOUSES = (GROUND, PROGRAMMES, PEOPLE)
# What composes them: it stands in no house, and shows what is there.
COMPOSITION = ("desk", "node", "practice")


def houses_named(named: str) -> tuple[House, ...]:
    """Return the houses that ``PANAH_HOUSES`` names, separated by commas; "" is all. The ground is always there."""
    names = {one.strip() for one in named.split(",") if one.strip()} or {house.name for house in HOUSES}
    choice = "people, programmes, or both separated by a comma; the ground is always there"
    if unknown := sorted(names - {house.name for house in HOUSES}):
        raise ImproperlyConfigured(f"PANAH_HOUSES names “{unknown[0]}”, which is no house. Name {choice}.")
    if names == {GROUND.name}:
        raise ImproperlyConfigured(f"PANAH_HOUSES names the ground alone. Name {choice}.")
    return tuple(house for house in HOUSES if house.name in names or house is GROUND)


INSTALLED_HOUSES = houses_named(os.environ.get("PANAH_HOUSES", ""))
