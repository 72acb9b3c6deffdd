"""What the pages of the door ask."""

from panah.public.queries.doors import DOOR, ELSEWHERE, Door, countries, door_or_none, doors_for
from panah.public.queries.offers import NumbersToTake, home_lines, numbers_to_take, offer_sound
