"""What the pages of the door ask."""

from panah.public.queries.doors import DOOR, ELSEWHERE, Door, countries, door_or_none, doors_for
from panah.public.queries.numbers import Line, Numbers, is_answered, numbers_for
from panah.public.queries.places import MOST, Places, places
