"""The houses of this node, from below."""

from panah.ground.house import HOUSE as GROUND
from panah.people.house import HOUSE as PEOPLE
from panah.programmes.house import HOUSE as PROGRAMMES

HOUSES = (GROUND, PROGRAMMES, PEOPLE)
# What composes them: it stands in no house, and shows what is there.
COMPOSITION = ("month", "desk", "node", "practice")
