"""The pages for people who were found together, and those of a caller who rang before, as people see them."""

from uuid import UUID

import pytest
from django.utils import timezone

from panah.people.cases import actions as cases
from panah.people.hotline.models import Contact, Line

LINE_NORTH = UUID("00000000-0000-4000-8000-00000000a001")


@pytest.fixture
def event(world):
    people = [
        {"number": str(n), "looks": look, "age_group": "adult", "language": "uz"}
        for n, look in enumerate(("blue jacket", "grey beard", "red cap"), start=1)
    ]
    made, _cases = cases.take_in_group(
        keys=world.keys("amina"), about={"title": "Practice site 7"}, people=people, at=timezone.now()
    )
    return made


@pytest.mark.parametrize("place", ["", "together/bed/", "together/referral/", "together/follow-up/"])
def test_what_is_done_for_several_people_can_be_used_by_everyone(look, world, event, place):
    look("amina", f"/cases/events/{event.number}/{place}")


@pytest.fixture
def again(world):
    """Two calls of one number; the second is joined with the first."""
    Line.objects.create(
        pk=LINE_NORTH, society=world.societies["north"], name_en="Line 1", name_ru="Линия 1", made_at=world.at
    )
    elena, contacts = world.client("elena"), []
    for n in range(3):
        place = elena.post("/calls/take/", {"line": str(LINE_NORTH), "channel": "phone"}).url
        sent = {"phone": "0700112233", "danger": "yes", "note": f"call {n}, the foreman keeps the papers"}
        elena.post(place, {**sent, "do": "save" if n == 2 else "finish"})
        contacts.append(Contact.objects.get(number=place.strip("/").split("/")[-1]))
    elena.post(f"/calls/{contacts[2].number}/join", {"other": contacts[0].number})
    return contacts[2]


@pytest.mark.parametrize("place", ["", "earlier/", "page/"])
def test_a_call_that_is_joined_can_be_read_by_everyone(look, world, again, place):
    look("elena", f"/calls/{again.number}/{place}")


def test_a_rehearsed_call_can_be_played_by_everyone(look, world):
    place = world.client("elena").post("/calls/rehearsal/silent/").url
    world.client("elena").post(place, {"do": "emergency"})
    look("elena", place)
    look("bakyt", "/calls/rehearsal/")
    world.client("elena").post(place, {"do": "finish"})
    look("bakyt", "/calls/rehearsal/")
