"""What the pages of the door ask."""

from panah.people.public.queries.doors import DOOR, ELSEWHERE, Door, countries, door_or_none, doors_for
from panah.people.public.queries.numbers import Line, Numbers, numbers_for
from panah.people.public.queries.offers import home_lines, offer_picture, offer_sound
from panah.people.public.queries.places import MOST, places
