"""Somebody who waits in a chat of the public door, and Elena, who takes it and writes back."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from panah.ground.accounts.models import Duty
from panah.ground.vault import actions as vault
from panah.people.hotline import actions as hotline
from panah.people.hotline import queries as hotline_queries
from panah.people.hotline.models import Contact, LineChat
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries

FIRST = "Practice: he took our passports, we are in the house by the river."


@pytest.fixture
def open_line(world: Any, line: Any) -> Any:
    """Line 1 takes chats in Russian and Uzbek, and Elena is on duty for calls."""
    line.takes_chats, line.languages = True, ["ru", "uz", "en"]
    line.save()
    vault.make_line_key(keys=world.keys("bakyt"), line=line.pk, operators=[world.staff["elena"]], at=world.at)
    now = timezone.now()
    Duty.objects.create(
        society=world.societies["north"], staff=world.staff["elena"], what="calls",
        starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=8),
    )  # fmt: skip
    return line


class Caller:
    """Somebody who writes in a chat, with the code that only she has."""

    def __init__(self, line: Any, *, text: str = FIRST, danger: bool = False, at: Any = None) -> None:
        self.token = reporters_queries.new_token()
        self.id = hotline.start_chat(
            line=line, token=self.token, language="ru", danger=danger, text=text, at=at or timezone.now()
        )

    @property
    def opened(self) -> Any:
        receipt = reporters_queries.receipt_for(self.token)
        return reporters_queries.find_chat(receipt.handle, receipt.secret)

    @property
    def row(self) -> LineChat:
        return hotline_queries.chat_row(self.id)

    def says(self, text: str) -> None:
        reporters.say_as_reporter(opened=self.opened, once=uuid4(), text=text, at=timezone.now())

    def reads(self) -> list[str]:
        return [one.text for one in reporters_queries.chat_lines_for(self.opened) if one.to_reporter]


def taken(client: Any, caller: Any) -> Contact:
    """Whoever takes a chat presses once. ``caller``: a Caller, or the chat itself."""
    answer = client.post(f"/calls/chats/{caller.id}/")
    assert answer.status_code == 302, answer.text[:500]
    return Contact.objects.get(pk=caller.id)


def url(contact: Contact, rest: str = "") -> str:
    return f"/calls/{contact.number}/{rest}"


def send(client: Any, contact: Contact, text: str, *, once: str = "a") -> Any:
    return client.post(url(contact, "say"), {"reply": text, "reply_once": once})
