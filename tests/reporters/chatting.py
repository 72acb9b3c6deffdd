"""Somebody who writes in a chat of the door."""

from __future__ import annotations

from uuid import uuid4

from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters.models import Chat


class Chatting:
    """Somebody in a chat, reloading the page between all she does."""

    def __init__(self, world, **more):
        self.world, self.token = world, reporters_queries.new_token()
        self.said = {
            "society": world.societies["north"].pk, "token": self.token, "language": "tg", "urgency": "today",
            "at": world.at, **more,
        }  # fmt: skip
        self.started = reporters.start_chat(**self.said)

    @property
    def opened(self):
        receipt = self.started.receipt
        return reporters_queries.find_chat(receipt.handle, receipt.secret)

    @property
    def row(self):
        return Chat.objects.get(pk=self.started.id)

    def says(self, text, once=None, **more):
        return reporters.say_as_reporter(
            opened=self.opened, once=once or uuid4(), text=text, **{"at": self.world.at, **more}
        )

    def reads(self, after=0):
        return [
            (one.to_reporter, one.text) for one in reporters_queries.chat_lines_for(self.opened, after=after)
        ]
