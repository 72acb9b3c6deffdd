"""Referrals of one case that stand at every step, by every way; and two across the border, one met, one not sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from panah.ground.exchange import actions as exchange
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.people.cases import queries as cases_queries
from panah.people.consent import actions as consent
from panah.people.consent import subjects
from panah.people.consent.words import (
    ConsentAnswer,
    ConsentMethod,
    ConsentPurpose,
    GuardianRole,
    InterpreterUsed,
)
from panah.people.referrals import actions as referrals
from panah.people.referrals import queries as referrals_queries
from panah.people.referrals.words import WithdrawalReason
from panah.practice import across, every_case
from panah.practice.cases import all_seven
from panah.practice.cast import Practice

if TYPE_CHECKING:
    from uuid import UUID

    from panah.people.cases.models import Case
    from panah.people.referrals.queries import OpenedReferral

WHO = every_case.WHO
CASE = every_case.Opening("Larch", "three suitcases, two boys", 14, "Practice: wants to go on to relatives.")
FIELDS = ["called", "language", "needs"]
FAR = "Practice: a society without Panah"
CLINIC, AMBULANCE = "A made-up clinic", "Practice ambulance"


@dataclass
class Journey:
    """One referral on its way, and everything that a step needs to know."""

    practice: Practice
    case: Case
    row: UUID
    at: datetime

    @property
    def opened(self) -> OpenedReferral:
        keys = self.practice.keys(WHO)
        return referrals_queries.one_or_404(case=self.case, keys=keys, referral=self.row)

    def act(self, action: Callable[..., object], **given: object) -> object:
        self.at += timedelta(minutes=10)
        keys = self.practice.keys(WHO)
        return action(keys=keys, case=self.case, opened=self.opened, at=self.at, **given)


# One step of a journey.
type Step = Callable[[Journey], object]


def _send(way: str, life: str = "") -> Step:
    def step(one: Journey) -> None:
        one.act(referrals.send, way=way, life=life)

    return step


def _answer(answer: str, reason: str = "") -> Step:
    return lambda one: one.act(
        referrals.write_answer, answer=answer, note="Practice: said on the telephone.", reason=reason
    )


def _meet(stands: str, *, hours: int = 30) -> Step:
    def step(one: Journey) -> None:
        meeting = {**across.MEETING, "when": one.practice.at + timedelta(hours=hours), "stands": stands}
        one.act(referrals.agree_meeting, meeting=meeting)

    return step


def _left(one: Journey) -> None:
    when = one.practice.at + timedelta(hours=30)
    one.act(referrals.write_travel, what="left", when=when, note="Practice: sits in the bus.", known=True)


def _met(one: Journey) -> None:
    one.act(referrals.write_met, met=True, note="Practice: both were on time.")


def _not_met(one: Journey) -> None:
    one.act(referrals.write_met, met=False, note="Practice: nobody came out of the train.")
    alarm = work_queries.open_alarm_of(one.row)
    if alarm is not None:
        work.answer_alarm(alarm=alarm, by=one.practice.staff["bakyt"], at=one.at)


def _how_it_went(one: Journey) -> None:
    one.act(
        referrals.write_outcome, outcome="helped", person_says="Practice: well.", partner_says="Practice: well."
    )  # fmt: skip


def _withdraw(why: WithdrawalReason) -> Step:
    return lambda one: one.act(referrals.withdraw_referral, why=why, note="Practice: thought about it again.")


ACCEPTED = _answer("accepted")
HERE, FAR_AWAY = ConsentPurpose.PARTNER, ConsentPurpose.CROSS_BORDER
# Which need; to whom; what was done so far.
JOURNEYS: tuple[tuple[str, ConsentPurpose, tuple[Step, ...]], ...] = (
    ("Glasses, not sent yet", HERE, ()),
    ("A dentist, by a page that opens once", HERE, (_send("page"),)),
    ("A course, they ask for more", HERE, (_send("letter"), _answer("more_asked"))),
    ("A psychologist, accepted", HERE, (_send("script"), ACCEPTED)),
    ("A doctor, met and over", HERE, (_send("script"), ACCEPTED, _meet("agreed"), _met, _how_it_went)),
    ("A bed, they are full", HERE, (_send("script"), _answer("declined", "full"))),
    ("A school, not needed any more", HERE, (_send("script"), _withdraw(WithdrawalReason.NOT_NEEDED))),
    ("A job office, taken back", HERE, (_send("letter"), _withdraw(WithdrawalReason.PERSON))),
    ("An ambulance without consent, for a life", HERE, (_send("script", "Practice: bleeds, cannot be asked."),)),
    ("A cousin's town, proposed by us", FAR_AWAY, (_send("script"), ACCEPTED, _meet("ours"))),
    ("A cousin's town, proposed by them", FAR_AWAY, (_send("script"), ACCEPTED, _meet("theirs"), _left)),
    ("The aunt, nobody came", FAR_AWAY, (_send("script"), ACCEPTED, _meet("agreed"), _not_met)),
    ("The aunt, met", FAR_AWAY, (_send("script"), ACCEPTED, _meet("agreed"), _met)),
    (
        "The aunt, taken back on the way", FAR_AWAY,
        (_send("script"), ACCEPTED, _meet("agreed"), _left, _withdraw(WithdrawalReason.PERSON)),
    ),
)  # fmt: skip


def build(practice: Practice) -> None:
    """Ask for consent to everything, in every way; then let each referral go as far as its row says."""
    if not practice.has(every_case.WHO, "bakyt", "saule"):
        return
    case = every_case.open_from(practice, CASE)
    every_case.met(practice, case)
    _consents(practice, case)
    for need, purpose, steps in JOURNEYS:
        one = Journey(
            practice, case, _prepared(practice, case, need, purpose), practice.at - timedelta(hours=5)
        )
        for step in steps:
            step(one)
    if practice.has("rustam", "daler"):
        _across(practice)


def _consents(practice: Practice, case: Case) -> None:
    """Each purpose with its own answer, way, interpreter and guardian; one of the seven was not told once."""
    keys, at = practice.keys(WHO), practice.at - timedelta(days=1)
    subject = subjects.load(case.number, to=practice.staff[WHO], keys=keys)
    ways, interpreters, guardians = list(ConsentMethod), list(InterpreterUsed), list(GuardianRole)
    said = {ConsentPurpose.RESEARCH: ConsentAnswer.LATER, ConsentPurpose.STATISTICS: ConsentAnswer.NO}
    for number, purpose in enumerate(ConsentPurpose):
        abroad = purpose in (FAR_AWAY, ConsentPurpose.KNOWN_THERE)
        told = purpose in (HERE, FAR_AWAY, ConsentPurpose.KNOWN_THERE)
        seven = all_seven("yes") if purpose is not ConsentPurpose.TALK else all_seven("no")
        answer = {
            "purpose": purpose.value, "said": said.get(purpose, ConsentAnswer.YES).value,
            "receiver": "other" if told else "", "receiver_name": (FAR if abroad else CLINIC) if told else "",
            "fields": FIELDS if told else [], "seven": seven,
            "way": ways[number % len(ways)].value, "language": case.language,
            "interpreter": interpreters[number % len(interpreters)].value,
            "understood": "Practice: they help, and tell only this.",
            "guardian": guardians[number % len(guardians)].value if not told else GuardianRole.NOT_NEEDED.value,
            "until": (at + timedelta(days=180)).date().isoformat(),
        }  # fmt: skip
        consent.write_answer(keys=keys, subject=subject, answer=answer, at=at)


def _prepared(practice: Practice, case: Case, need: str, purpose: ConsentPurpose) -> UUID:
    values = {"called": "Larch", "language": "Kyrgyz", "needs": f"Practice: {need}"}
    here = AMBULANCE if "for a life" in need else CLINIC
    content = {
        "purpose": purpose.value, "receiver": "other", "receiver_name": FAR if purpose is FAR_AWAY else here,
        "need": f"Practice: {need}", "wish": "", "needs": [], "note": "", "values": values,
    }  # fmt: skip
    row = referrals.prepare(
        keys=practice.keys(WHO), case=case, content=content, at=practice.at - timedelta(hours=6)
    )
    return row.pk


def _across(practice: Practice) -> None:
    """Larch was met in the south; what Quince would tell is not sent."""
    at = practice.at - timedelta(hours=5)
    met = across.offer(practice, WHO, "Larch", "practice-south", "Practice: somebody at the bus", at)
    exchange.deliver_due(at=at)
    across.accept(practice, met, at + timedelta(minutes=10))
    there = across.agree_on_meeting(practice, met, at + timedelta(hours=3), at + timedelta(minutes=20))
    across.met(practice, met, there, at + timedelta(hours=3))
    _goes_on(practice, there, at + timedelta(hours=4))
    _not_sent(practice)


def _goes_on(practice: Practice, there: across.Side, at: datetime) -> None:
    """Daler tells how it goes; nobody in the north has read it yet."""
    _who, case, row = there
    keys = practice.keys("daler")
    opened = referrals_queries.one_or_404(case=case, keys=keys, referral=row)
    referrals.tell_outcome(
        keys=keys, case=case, opened=opened, outcome="partly", person="Practice: sleeps well.", society="",
        agreed=True, final=False, at=at,
    )  # fmt: skip
    exchange.deliver_due(at=at)


def _not_sent(practice: Practice) -> None:
    """Daler has prepared one more for North, and has not sealed it yet."""
    keys = practice.keys("daler")
    case = cases_queries.visible(to=practice.staff["daler"]).filter(closed_at=None).order_by("opened_at")[0]
    content = {
        "purpose": FAR_AWAY.value, "receiver": "society:practice-north", "receiver_name": "Practice Society North",
        "need": "Practice: a call to the family", "wish": "", "needs": [], "note": "", "values": {"called": "Quince"},
    }  # fmt: skip
    referrals.prepare(keys=keys, case=case, content=content, at=practice.at - timedelta(hours=1))
