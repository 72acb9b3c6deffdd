"""The houses of this node, and what composes them."""

from panah.ground.house import HOUSE as GROUND
from panah.people.house import HOUSE as PEOPLE
from panah.programmes.house import HOUSE as PROGRAMMES

# In the order in which Django reads their apps and addresses: of two files of one name, or two addresses that fit,
# the first is taken.
INSTALLED_HOUSES = (GROUND, PROGRAMMES, PEOPLE)
# What composes them: it stands in no house, and shows what is there.
COMPOSITION = ("month", "desk", "node", "practice")
