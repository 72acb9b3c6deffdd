"""Somebody with a borrowed telephone in a chat of the door."""

import re
from typing import Any

from django.test import Client

from panah.people.hotline.models import LineChat

TALK = "/info/talk?in=en&country=XA"
WORDS = "Practice: we are locked in, the house by the mill."


def hidden(page: str, name: str) -> str:
    """What a page carries in a hidden field."""
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


class Phone:
    """Her telephone: it presses buttons, and keeps nothing between two pages but what the page itself holds."""

    def __init__(self) -> None:
        self.client, self.page = Client(), ""

    def opens(self, address: str = TALK) -> str:
        return self._shows(self.client.get(address))

    def presses(self, do: str, **typed: object) -> str:
        sent = {"state": hidden(self.page, "state"), "do": do, **typed}
        return self._shows(self.client.post("/info/talk?in=en", sent))

    def says(self, text: str, once: str = "") -> str:
        return self.presses("say", text=text, once=once or hidden(self.page, "once"))

    def _shows(self, answer: Any) -> str:
        assert answer.status_code == 200, answer.status_code
        assert not answer.cookies
        assert answer.headers["Cache-Control"].find("no-store") >= 0
        self.page = answer.text
        return self.page

    def starts(self, text: str = WORDS, **more: object) -> "Phone":
        self.opens()
        self.presses("start", text=text, **more)
        return self

    @property
    def row(self) -> LineChat:
        return LineChat.objects.select_related("chat", "line").get()
