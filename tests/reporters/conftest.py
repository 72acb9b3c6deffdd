"""Somebody who writes to the public door of North, and comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from panah.ground.audit import actions as audit
from panah.ground.foundation import tenancy
from panah.people.inbox import actions as inbox
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters.models import Report

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
        """She sends it, and a second later the worker has put it on the lists."""
        told = self.sends(text, **more)
        with tenancy.tenant_context(more.get("society", self.world.societies["north"].pk)):
            audit.take_up(at=more.get("at", self.world.at))
        return told

    def sends(self, text: str = STORY, **more: Any) -> Any:
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

    def is_answered(self, text: str, *, by: str = "bakyt", **more: Any) -> None:
        """Intake opens her report where nobody has, and answers."""
        report = self.report
        if report.arrival.state == "sealed":
            opens(self.world, report, by)
        said = {"keys": self.world.keys(by), "report": report, "text": text, "at": self.world.at, **more}
        reporters.answer(**said)


def opens(world: Any, report: Report, who: str = "bakyt") -> dict[str, Any]:
    """A colleague opens what arrived, and returns what it says."""
    return inbox.open_arrival(keys=world.keys(who), arrival=report.arrival, by=world.staff[who], at=world.at)


@pytest.fixture
def stranger(world: Any) -> Stranger:
    return Stranger(world)
