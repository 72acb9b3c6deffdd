"""A line with its operator, and a contact on it, for pages in a browser."""

from uuid import UUID

import pytest

from panah.people.hotline.models import Contact, Line

LINE_NORTH = UUID("00000000-0000-4000-8000-00000000a001")


@pytest.fixture
def line(world):
    return Line.objects.create(
        pk=LINE_NORTH, society=world.societies["north"], name_en="Line 1", name_ru="Линия 1", made_at=world.at
    )


@pytest.fixture
def contact(world, line):
    answer = world.client("elena").post("/calls/take/", {"line": str(line.pk), "channel": "phone"})
    return Contact.objects.get(number=answer.url.strip("/").split("/")[-1])
