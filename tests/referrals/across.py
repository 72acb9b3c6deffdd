"""Two societies on one node, joined by the real wire: Amina of North refers a person to South, where Daler works."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.utils import timezone

from panah.ground.exchange import actions as exchange
from panah.ground.foundation import tenancy
from panah.ground.kit.sealed_addresses import sealed
from panah.people.cases import actions as cases
from panah.people.cases import queries as cases_queries
from panah.people.cases.queries.consent import consent_subject
from panah.people.consent import actions as consent
from panah.people.consent.rules import MUST_BE_TOLD
from panah.people.inbox.models import Arrival
from panah.people.referrals.models import Referral
from panah.people.referrals.words import ReferralDirection
from tests.rows_again import Begun

SOUTH = "society:practice-south"
CALLED, STAYS = "Practice Person Tulip", "Gulzira Testova"
AGREED = ("called", "language", "needs", "age", "phone")


def open_case(world: Any, *, age: str = "adult") -> Any:
    return cases.open_case(
        keys=world.keys("amina"),
        by=world.staff["amina"],
        at=timezone.now(),
        language="uz",
        age_group=age,
        urgency="today",
        identity={
            "names": [{"text": CALLED, "kind": "called"}, {"text": STAYS, "kind": "full"}],
            "phones": [{"number": "+000111222", "safe": "yes"}],
        },
        codes={"prs_Gender": {"answer": "yes", "values": ["Feminine"]}},
    )


def agree(world: Any, case: Any, fields: Any = AGREED, **changes: Any) -> Any:
    """The person agrees that South is told these fields; returns the ref of the answer."""
    subject = consent_subject(case.number, to=world.staff["amina"], keys=world.keys("amina"))
    assert subject is not None
    answer = {
        "purpose": "cross_border", "said": "yes", "receiver": SOUTH, "receiver_name": "Practice Society South",
        "fields": list(fields), "seven": dict.fromkeys(MUST_BE_TOLD, "yes"), "guardian": "not_needed",
        "until": "2099-01-01", "way": "spoken_face", "language": "uz", "interpreter": "none", "understood": "yes",
        **changes,
    }  # fmt: skip
    return consent.write_answer(keys=world.keys("amina"), subject=subject, answer=answer, at=timezone.now())


def text_of(answer: Any) -> str:
    """What stands in the main part of a page, without marks."""
    html = answer.content.decode()
    main = html[html.index("<main") :]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def packet_of(answer: Any) -> str:
    """What the packet on a page says of the person: between its heading and what stays."""
    html = answer.content.decode()
    packet = html[html.index('<article class="packet"') : html.index("</article>")]
    body = packet[packet.index("</header>") :]
    body = body.split('<section class="stays"')[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)).strip()


def soon(hours: float) -> dict[str, str]:
    """The fields of a time some hours from now."""
    at = timezone.localtime() + timedelta(hours=hours)
    return {
        "when_day": str(at.day),
        "when_month": str(at.month),
        "when_year": str(at.year),
        "when_time": f"{at:%H:%M}",
    }


class Story(Begun):
    """The two browsers, and where each of them stands."""

    BROWSERS = ("amina", "rustam", "daler")

    def __init__(self, world: Any, *, age: str = "adult", fields: Any = AGREED) -> None:
        self.world, self.case = world, open_case(world, age=age)
        self.amina, self.rustam, self.daler = (world.client(n) for n in self.BROWSERS)
        self.consent = agree(world, self.case, fields) if fields else None
        self.here = self.there = ""

    # -- Amina's side

    def prepare(self, **typed: str) -> Any:
        new = f"/cases/{self.case.number}/referrals/new/{sealed('cross_border')}/{sealed(SOUTH)}/"
        offered = self.amina.get(new).content.decode()
        assert 'name="wish"' in offered
        data = {"need": "a bed and someone who meets the person", "wish": "after 2 December", "note": "",
                "tell_called": CALLED, "tell_language": "Uzbek", "tell_needs": "rest", "needs": ["shelter", "reception"],
                "tell_age": "adult", "tell_phone": "+000111222, evenings", **typed}  # fmt: skip
        made = self.amina.post(new, data)
        assert made.status_code == 302, text_of(made)
        self.here = made["Location"]
        return self.amina.get(self.here)

    def seal(self, **typed: str) -> Any:
        return self.amina.post(self.here, {"step": "seal", "read": "on", **typed})

    def does(self, who: str, step: str, /, **typed: Any) -> Any:
        where = self.here if who == "amina" else self.there
        answer = getattr(self, who).post(where, {"step": step, **typed})
        assert answer.status_code == 302, text_of(answer)
        return getattr(self, who).get(where)

    def deliver(self) -> int:
        return sum(self._deliver(name) for name in ("north", "south"))

    def _deliver(self, name: str) -> int:
        with tenancy.tenant_context(self.world.societies[name].pk):
            return exchange.deliver_due(at=timezone.now())

    # -- South's side

    def arrivals(self, **more: Any) -> list[Any]:
        return list(
            Arrival.objects.filter(society=self.world.societies["south"], **more).order_by("arrived_at")
        )

    def open_offer(self) -> Any:
        """Rustam, who holds the intake key, opens the offer in the inbox and comes to its page."""
        (arrival,) = self.arrivals(kind="referral-offered", state="sealed")
        self.rustam.post(f"/inbox/{arrival.pk}/open/")
        self.offer = f"/cases/offers/{arrival.pk}/"
        return self.rustam.get(self.offer)

    def accept(self, **typed: str) -> Any:
        daler = self.world.staff["daler"]
        data = {"step": "accept", "note": "a bed from Monday", "owner": str(daler.pk), "branch": "", **typed}
        answer = self.rustam.post(self.offer, data)
        assert answer.status_code == 302, text_of(answer)
        row = Referral.objects.get(direction=ReferralDirection.IN)
        self.theirs = cases_queries.by_id(row.case_id, to=daler)
        assert self.theirs is not None
        self.there = f"/cases/{self.theirs.number}/referrals/{row.pk}/"
        return self.daler.get(self.there)

    def accepted(self) -> None:
        """From the start until Amina has read that South accepts."""
        self.prepare()
        assert self.seal().status_code == 302
        self.deliver()
        self.open_offer()
        self.accept()
        self.deliver()
        self.does("amina", "take_up")


MEETING = {
    "when_day": "20", "when_month": "11", "when_year": "2027", "when_time": "10:30", "where": "the bakery behind the station",
    "who": "Practice Nurse Poplar", "sign": "a blue scarf", "fallback": "call Bakyt and wait in the bakery",
    "escort": "", "papers": "", "medical": "",
}  # fmt: skip
