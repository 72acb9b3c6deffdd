"""The hotline of the standing cast: one line of North, which Elena and the focal points answer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from panah.people.hotline.models import Contact, Line

LINE_NORTH = UUID("00000000-0000-4000-8000-00000000a001")


@pytest.fixture
def line(world: Any) -> Line:
    return Line.objects.create(
        pk=LINE_NORTH,
        society=world.societies["north"],
        name_en="Line 1",
        name_ru="Линия 1",
        numbers=["0 000 000 00 01"],
        made_at=world.at,
    )


@pytest.fixture
def elenas(world: Any, line: Line) -> Client:
    """Elena's browser, her vault open."""
    return world.client("elena")


@pytest.fixture
def take(line: Line) -> Callable[[Client], Contact]:
    """Take a call as someone takes it: one press."""

    def take_a_call(client: Client, channel: str = "phone") -> Contact:
        answer = client.post("/calls/take/", {"line": str(line.pk), "channel": channel})
        assert answer.status_code == 302, answer.content[:500]
        return Contact.objects.get(number=answer.url.strip("/").split("/")[-1])

    return take_a_call


@pytest.fixture
def contact(elenas: Client, take: Callable[[Client], Contact]) -> Contact:
    return take(elenas)
