"""Which societies can be written to through the door."""

from datetime import date

from panah.ground.network.models import Society
from panah.people.public.queries import DOOR, door_or_none, doors_for

TODAY = date(2026, 11, 24)


def test_the_society_of_her_country_comes_first_then_who_speaks_her_language(register, world):
    assert [one.slug for one in doors_for("XB", on=TODAY)] == ["practice-south", "practice-north"]
    assert [one.slug for one in doors_for("TR", "tg", on=TODAY)] == ["practice-south", "practice-north"]
    assert [one.slug for one in doors_for("TR", "kk", on=TODAY)] == ["practice-north", "practice-south"]


def test_a_society_that_closed_its_door_is_offered_nowhere(register, world):
    Society.objects.filter(slug="practice-north").update(closed=[DOOR], closed_from=TODAY)
    assert [one.slug for one in doors_for("XA", on=TODAY)] == ["practice-south"]
    assert door_or_none("practice-north", on=TODAY) is None
    assert door_or_none("practice-north", on=date(2026, 11, 23)) is not None, (
        "not before the day it was decided for"
    )
