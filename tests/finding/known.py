"""North and South, paired, on one node: Amina asks South about her person, whom Daler may hold a case of."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.utils import timezone

from panah.ground.exchange import actions as exchange
from panah.ground.foundation import tenancy
from panah.ground.vault import search
from panah.ground.work.queries import open_items
from panah.people.cases import actions as cases
from panah.people.cases.queries.consent import consent_subject
from panah.people.consent import actions as consent
from panah.people.consent.rules import MUST_BE_TOLD
from panah.people.finding import actions as finding
from panah.people.finding.models import IncomingInquiry, OutgoingInquiry
from panah.people.inbox.models import Arrival

SOUTH = "society:practice-south"
NAME, THERE = "Гүлнара Токтосунова", "Toktosunova Gulnara"
ALL = ("names", "birth_year", "phone_tail")


def a_case(
    world: Any, owner: str, name: str, *, born: str = "1990-05-02", age: str = "adult", **identity: Any
) -> Any:
    return cases.open_case(
        keys=world.keys(owner),
        by=world.staff[owner],
        at=timezone.now(),
        age_group=age,
        identity={"names": [{"text": name, "kind": "full"}], "born": born, **identity},
    )


def agree(world: Any, case: Any, owner: str = "amina", **changes: Any) -> Any:
    subject = consent_subject(case.number, to=world.staff[owner], keys=world.keys(owner))
    answer = {
        "purpose": "known_there", "said": "yes", "receiver": SOUTH, "receiver_name": "Practice Society South",
        "fields": list(ALL), "seven": dict.fromkeys(MUST_BE_TOLD, "yes"), "guardian": "not_needed",
        "until": "2099-01-01", "way": "spoken_face", "language": "ky", "interpreter": "none", "understood": "yes",
        **changes,
    }  # fmt: skip
    return consent.write_answer(keys=world.keys(owner), subject=subject, answer=answer, at=timezone.now())


def text_of(answer: Any) -> str:
    html = answer.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html[html.index("<main") :]))


class Asking:
    """The browsers of both societies, and the steps of one question."""

    def __init__(self, world: Any, *, name: str = NAME, consent: bool = True, **identity: Any) -> None:
        search._KEPT.clear()
        self.world = world
        self.case = a_case(
            world, "amina", name, phones=[{"number": "+996 700 001 234", "safe": "yes"}], **identity
        )
        self.consent = agree(world, self.case) if consent else None
        self.amina, self.rustam, self.daler = (world.client(one) for one in ("amina", "rustam", "daler"))
        self.page = f"/find/known/{self.case.number}/"

    def look(self, **typed: Any) -> Any:
        name = self.case_name()
        return self.amina.post(
            f"{self.page}ask/practice-south/", {"names": [name], "year": "on", "step": "look", **typed}
        )

    def case_name(self) -> str:
        from panah.ground.vault import queries as vault_queries

        identity = vault_queries.value_of(
            keys=self.world.keys("amina"), file=self.case.file_id, part="identity"
        )
        return str(identity["names"][0]["text"])

    def send(self, **typed: Any) -> Any:
        return self.look(step="send", **typed)

    def deliver(self, *, days: float = 0) -> int:
        at = timezone.now() + timedelta(days=days)
        moved = 0
        for slug in ("north", "south"):
            with tenancy.tenant_context(self.world.societies[slug].pk):
                moved += exchange.deliver_due(at=at)
        return moved

    def arrival(self) -> Any:
        return Arrival.objects.filter(society=self.world.societies["south"], kind="known-asked").latest(
            "arrived_at"
        )

    def ask(self, **typed: Any) -> Any:
        """From Amina's click until South has it."""
        assert self.send(**typed).status_code == 302
        self.deliver()
        return self.arrival()

    def compare(self) -> Any:
        """Rustam lets it be compared; returns the page after it."""
        answer = self.rustam.post(f"/find/others/{self.arrival().pk}/")
        assert answer.status_code == 302, text_of(answer)
        return self.rustam.get(answer["Location"])

    def due(self, name: str) -> list[Any]:
        return list(open_items(to=self.world.staff[name]).filter(room="known"))

    def decide(self, case: Any, said: str, call: str = "", name: str = "daler") -> Any:
        where = f"/find/known/{case.number}/decide/{self.here().pk}/"
        return self.world.client(name).post(where, {"said": said, "call": call, "decide": "1"})

    def here(self) -> IncomingInquiry:
        return IncomingInquiry.objects.latest("arrived_at")

    def there(self) -> OutgoingInquiry:
        return OutgoingInquiry.objects.latest("asked_at")

    def answered(self) -> str:
        """The days go by, the answer leaves, Amina opens it; returns what her page says."""
        assert self.deliver(days=5) == 1
        self.amina.post(f"{self.page}answer/{self.there().pk}/")
        return text_of(self.amina.get(self.page))

    def sweep(self, *, days: float) -> int:
        with tenancy.tenant_context(self.world.societies["south"].pk):
            return finding.sweep(at=timezone.now() + timedelta(days=days))
