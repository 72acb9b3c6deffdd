"""A stranger without scripts, who reads a page of the door and presses one of its buttons."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.test import Client

from panah.people.inbox import actions as inbox
from panah.people.inbox.models import Arrival
from panah.people.public.report_draft import EVERY

WRITE, ANSWER = "/info/write", "/info/answer"
HIDDEN = re.compile(r'<input\s+type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"')
FIELDS = {*EVERY}
DIGITS = re.compile(r'class="digits">([\d\s]+)<')


@dataclass
class Stranger:
    """``page`` is what she sees now, ``answer`` the whole answer, ``typed`` what stands in the fields of the page."""

    client: Client = field(default_factory=Client)
    answer: Any = None
    typed: dict[str, object] = field(default_factory=dict)

    @property
    def page(self) -> str:
        return unescape(self.answer.content.decode())

    @property
    def digits(self) -> str:
        found = DIGITS.search(self.page)
        assert found, self.page
        return found[1].strip()

    def begins(self, country: str = "XA", language: str = "en", **more: str) -> Stranger:
        self.answer, self.typed = self.client.get(WRITE, {"in": language, "country": country, **more}), {}
        return self

    def answers(self, **typed: object) -> Stranger:
        """Answer questions: nothing of it leaves her telephone."""
        self.typed |= typed
        return self

    def hidden(self) -> dict[str, str]:
        return dict(HIDDEN.findall(self.page))

    def presses(self, go: str, tongue: str = "en", **typed: object) -> Stranger:
        """Press a button of the form of questions, with what was typed into it. Files do not stay in a new page."""
        said = {**self.hidden(), "go": go, **self.typed, **typed}
        self.answer = self.client.post(f"{WRITE}?in={tongue}", said)
        self.typed |= {name: one for name, one in typed.items() if name in FIELDS}
        return self

    def acts(self, act: str, language: str = "en", **typed: object) -> Stranger:
        """Press a button of the pages of the number."""
        hidden = {name: value for name, value in self.hidden().items() if name in ("pass", "token", "page")}
        self.answer = self.client.post(f"{ANSWER}?in={language}", {**hidden, "act": act, **typed})
        return self

    def types(self, digits: str, language: str = "en") -> Stranger:
        self.answer = self.client.post(f"{ANSWER}?in={language}", {"act": "open", "number": digits})
        return self

    def writes(self, text: str, **answers: str) -> Stranger:
        """Go through the questions and send; answers by the names of the questions."""
        return self.begins().answers(**{"about": "me", **answers}).presses("send", text=text)


def content_of(world: Any, arrival: Arrival, at: Any, who: str = "bakyt") -> dict[str, Any]:
    """What the colleague on intake reads."""
    return inbox.open_arrival(keys=world.keys(who), arrival=arrival, by=world.staff[who], at=at)
