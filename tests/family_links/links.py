"""Two societies on one node, joined by the real wire: Bakyt of North asks South, where Rustam looks and answers."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.utils import timezone

from panah.ground.exchange import actions as exchange
from panah.ground.exchange.models import Outgoing
from panah.ground.foundation import tenancy
from panah.ground.work.models import DueItem
from panah.people.family_links.models import FamilyLinksAcross, FamilyLinksRequest
from panah.people.inbox.models import Arrival
from tests.rows_again import Begun

SOUGHT, SEEKER, WHERE = "Practice Person Zebrason, 1999", "Practice Mother Quillova", "a bakery in Vexford"
ASK = {
    "receiver": "practice-south", "receiver_name": "", "doubt": "none", "sought": SOUGHT, "relation": "mother",
    "fields_told": ["seeker", "message", "language"], "tell_seeker": SEEKER, "tell_message": "we all wait for you",
    "tell_language": "uz", "tell_proof": "a photograph", "tell_news": "", "tell_why": "",
    "way": "spoken_phone", "language": "uz", "until_day": "1", "until_month": "1", "until_year": "2099",
    "understood": "on",
}  # fmt: skip
SEARCHED = {
    "doubt": "none", "reached": "asked", "wants": "yes", "agreed": "a call on Sundays",
    "asked_by": "Rustam", "how": "in the park, alone, in Uzbek", "asked_on_day": "1", "asked_on_month": "11",
    "asked_on_year": "2026",
}  # fmt: skip


def text_of(answer: Any) -> str:
    """What stands in the main part of a page, without marks."""
    html = answer.content.decode()
    main = html[html.index("<main") :]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def packet_of(answer: Any) -> str:
    """What the packet on a page says: from its rows until what stays."""
    html = answer.content.decode()
    packet = html[html.index('<article class="packet"') : html.index("</article>")]
    body = packet[packet.index("</header>") :].split('<section class="stays"')[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)).strip()


class Story(Begun):
    """The browsers of both sides, and where each stands."""

    BROWSERS = ("bakyt", "rustam", "elena")

    def __init__(self, world: Any) -> None:
        self.world = world
        self.bakyt, self.rustam = world.client("bakyt"), world.client("rustam")
        self.elena = world.client("elena")
        self.elena.post(
            "/calls/family/new/",
            {
                "asks": SEEKER,
                "relation": "mother",
                "sought": SOUGHT,
                "language": "uz",
                "message": "we all wait for you",
            },
        )
        self.request = FamilyLinksRequest.objects.get(society=world.societies["north"])
        self.home = f"/calls/family/{self.request.number}/"
        self.here = self.there = ""

    def prepare(self, **typed: Any) -> Any:
        answer = self.bakyt.post(f"{self.home}ask/", {**ASK, **typed})
        if answer.status_code == 302:
            self.here = answer["Location"]
            return self.bakyt.get(self.here)
        return answer

    def does(self, who: str, step: str, /, **typed: Any) -> Any:
        """One step on the page of the conversation; returns the page afterwards."""
        where = self.here if who in ("bakyt", "saule") else self.there
        answer = getattr(self, who).post(where, {"step": step, **typed})
        assert answer.status_code == 302, text_of(answer)
        return getattr(self, who).get(where)

    def tries(self, who: str, step: str, /, **typed: Any) -> Any:
        where = self.here if who == "bakyt" else self.there
        return getattr(self, who).post(where, {"step": step, **typed})

    def ask(self, **typed: Any) -> None:
        self.prepare(**typed)
        self.does("bakyt", "seal", read="on")

    def deliver(self) -> None:
        for name in ("north", "south", "north"):
            with tenancy.tenant_context(self.world.societies[name].pk):
                exchange.deliver_due(at=timezone.now())

    def arrivals(self, society: str = "south", **more: Any) -> list[Any]:
        rows = Arrival.objects.filter(society=self.world.societies[society], **more)
        return list(rows.order_by("arrived_at"))

    def open_it(self) -> Any:
        """Rustam, who holds the intake key, opens what came and comes to its page."""
        (arrival,) = self.arrivals(kind="links-asked", state="sealed")
        answer = self.rustam.post(f"/inbox/{arrival.pk}/open/")
        self.came = answer["Location"]
        return self.rustam.get(self.came)

    def take_over(self) -> Any:
        self.rustam.post(self.came, {"step": "take"})
        row = FamilyLinksAcross.objects.get(direction="in")
        self.there = f"/calls/family/{row.request.number}/across/{row.pk}/"
        return self.rustam.get(self.there)

    def arrived(self, **typed: Any) -> None:
        """From the beginning until South has a request of its own."""
        self.ask(**typed)
        self.deliver()
        self.open_it()
        self.take_over()

    def weeks_pass(self) -> None:
        """As if the request had come to South three weeks and a day ago."""
        FamilyLinksAcross.objects.filter(direction="in").update(sent_at=timezone.now() - timedelta(days=22))

    def answers(self, answer: str, **typed: str) -> Any:
        self.does("rustam", "answer", answer=answer, message="", reach="", **typed)
        return self.does("rustam", "send", read="on")

    def due(self, society: str, **more: Any) -> list[Any]:
        rows = DueItem.objects.filter(
            society=self.world.societies[society], room="family_links", done_at=None, **more
        )
        return list(rows.order_by("due_at"))

    def sent(self, kind: str) -> list[Any]:
        return list(Outgoing.objects.filter(kind=kind).order_by("created_at"))
