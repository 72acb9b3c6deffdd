"""A society with a second reader: Gulnar, named by Bakyt, confirmed by Zarina."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from panah.people.complaints import actions

STORY = "The driver Qwertyman took her telephone and shouted at Tulip."
NAME = "Practice Person Snowdrop"


def name_second(world, who="gulnar"):
    row = actions.name_second(
        staff=world.staff[who], by=world.staff["bakyt"], at=timezone.now() - timedelta(hours=25)
    )
    actions.confirm(row=row, by=world.staff["zarina"], at=timezone.now())
    return row


def complaint(world, by="elena", concerned=(), at=None, **typed):
    return actions.take(
        keys=world.keys(by),
        once=uuid4(),
        kind="complaint",
        typed={"what": STORY, "called": NAME, **typed},
        concerned={world.staff[name].pk for name in concerned},
        at=at or timezone.now(),
    )


def request(world, by="elena", at=None, **typed):
    return actions.take(
        keys=world.keys(by),
        once=uuid4(),
        kind="own_data",
        typed={"wishes": ["see"], "asker": "person", "proof": "none", "what": STORY, **typed},
        concerned=set(),
        at=at or timezone.now(),
    ).row


@pytest.fixture
def second(world):
    return name_second(world)


@pytest.fixture
def taken(world, second):
    return complaint(world)
