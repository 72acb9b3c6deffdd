"""Somebody who writes to the public door of North, and comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from panah.reporters import actions as reporters
from panah.reporters import queries as reporters_queries
from panah.reporters.models import Report

STORY = "Practice: the employer keeps our papers and nobody was paid since August."


@dataclass
class Stranger:
    """Somebody with a borrowed telephone. ``writes`` as the page does; ``returns`` with her digits."""

    world: Any
    token: str = field(default_factory=reporters_queries.new_token)

    @property
    def receipt(self) -> Any:
        return reporters_queries.receipt_for(self.token)

    def writes(self, text: str = STORY, **more: Any) -> Any:
        said = {
            "society": self.world.societies["north"].pk, "token": self.token, "language": "tg", "urgency": "today",
            "content": {"text": text, "about": "me"}, "receipt": self.receipt, "at": self.world.at, **more,
        }  # fmt: skip
        return reporters.submit_report(**said)

    def returns(self, **more: Any) -> Any:
        handle, secret = reporters_queries.parse(self.receipt.shown)
        said = {"handle": handle, "secret": secret, "at": self.world.at, **more}
        return reporters.come_back(**said).opened

    @property
    def report(self) -> Report:
        return Report.objects.select_related("arrival").get(pk=self.returns().id)


@pytest.fixture
def stranger(world: Any) -> Stranger:
    return Stranger(world)
