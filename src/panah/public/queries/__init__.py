"""What the pages of the door ask."""

from panah.public.queries.doors import DOOR, ELSEWHERE, Door, countries, door_or_none, doors_for
