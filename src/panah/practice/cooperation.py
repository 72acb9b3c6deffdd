"""What the practice societies tell each other: whom to call, what works on a way, a reviewed practice, a meeting."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypedDict

from django.utils import timezone

from panah.ground.exchange import actions as exchange
from panah.ground.exchange import queries as exchange_queries
from panah.practice.cast import Practice
from panah.programmes.cooperation import actions as cooperation
from panah.programmes.cooperation import queries as cooperation_queries

if TYPE_CHECKING:
    from panah.programmes.cooperation.models import Practice as GoodPractice


class _Office(TypedDict):
    function: str
    title: str
    phone: str
    night: bool
    email: str
    languages: list[str]
    hours: str


class _Tried(TypedDict):
    hour: int
    language: str
    outcome: str
    answered_by: str


class _Written(TypedDict):
    title: str
    need: str
    done: str
    took: str
    changed: str
    evidence: str
    limits: str
    contact: str
    elements: list[str]
    provisions: list[str]


MEANS = {"reception": "self", "escort": "partner", "tracing": "self", "shelter": "self", "legal": "partner"}
TRIED: _Tried = {"hour": 3, "language": "ru", "outcome": "answered", "answered_by": "duty"}
DUTY: _Office = {
    "function": "duty",
    "title": "Practice: duty officer of the headquarters",
    "phone": "+000 0000 0100",
    "night": True,
    "email": "duty@practice.example",
    "languages": ["ru", "kk", "en"],
    "hours": "",
}
LEGAL: _Office = {
    "function": "legal",
    "title": "Practice: legal desk of the branch",
    "phone": "+000 0000 0101",
    "night": False,
    "email": "",
    "languages": ["ru", "uz"],
    "hours": "Mon to Fri, 9 to 17",
}
NEED: _Written = {
    "title": "Practice: one letter instead of six visits",
    "need": "Practice: people who came back waited for weeks for a paper, and went to six offices for it.",
    "done": "Practice: the branch and the registry office agreed on one letter that all six accept.",
    "took": "Practice: two days of a lawyer, a meeting, one page of agreement.",
    "changed": "Practice: the paper is there after four days, for most.",
    "evidence": "Practice: dates of forty letters, counted by the branch.",
    "limits": "Practice: it does not work for people whose last address is in another region.",
    "contact": "Practice: legal desk of the branch",
    "elements": ["reintegration", "partnerships"],
    "provisions": ["palermo/6", "istanbul2007/1"],
}


def build(practice: Practice) -> None:
    if practice.has("bakyt", "saule", "amina"):
        _reached(practice)
        _meet(practice)
        _learn(practice)
    if practice.has("rustam"):
        by = practice.staff["rustam"]
        row = cooperation.save_profile(mandate="", means={"reception": "self"}, by=by, at=practice.at)
        cooperation.share(kind="profile", entry=row.pk, shared=True, by=by, at=practice.at)
    _tell(practice)


def _reached(practice: Practice) -> None:
    by, at = practice.staff["bakyt"], practice.at - timedelta(days=20)
    profile = cooperation.save_profile(
        mandate="Practice: the society’s statutes, and an agreement with the ministry.",
        means=MEANS,
        by=by,
        at=at,
    )
    duty = cooperation.save_point(line="", by=by, at=at, **DUTY)
    legal = cooperation.save_point(line="", by=by, at=at, **LEGAL)
    day = timezone.localtime(at).date()
    cooperation.record_test_call(point=duty, on=day, **TRIED, by=practice.staff["saule"], at=at)
    works = {"reception": "works", "escort": "partly", "tracing": "works", "shelter": "works", "legal": "not"}
    note = "Practice: call before the night train leaves."
    way = cooperation.save_corridor(origin="XA", destination="XB", works=works, note=note, by=by, at=at)
    for kind, row in (("profile", profile), ("point", duty), ("point", legal), ("corridor", way)):
        cooperation.share(kind=kind, entry=row.pk, shared=True, by=by, at=at)


def _meet(practice: Practice) -> None:
    by, day = practice.staff["bakyt"], timezone.localtime(practice.at).date()
    row = cooperation.save_meeting(
        title="Practice: meeting of the societies on the way",
        held_on=day - timedelta(days=9),
        place="Practice town",
        agenda="Practice: who meets the night train\nPractice: the letter",
        by=by,
        at=practice.at,
    )
    cooperation.add_paper(meeting=row, title="Practice: trains and times", where="", by=by, at=practice.at)
    for owner, text, days in (
        ("amina", "Practice: ask the station for a room.", 12),
        ("saule", "Practice: send the letter to the others.", 30),
    ):
        cooperation.add_decision(
            meeting=row,
            text=text,
            owner=str(practice.staff[owner].pk),
            due_on=day + timedelta(days=days),
            by=by,
            at=practice.at,
        )


def _learn(practice: Practice) -> None:
    by, at = practice.staff["bakyt"], practice.at - timedelta(days=8)
    row = cooperation.write_practice(language="en", by=by, at=at, **NEED)
    cooperation.write_practice(
        language="ru",
        title="Учебная практика: разговор перед отъездом",
        need="Учебная запись: уезжают, не зная, кому звонить.",
        done="Учебная запись: волонтёры дают номер до отъезда.",
        elements=["prevention"],
        by=by,
        at=at,
    )
    paired = exchange_queries.paired_with(society=by.society_id, theirs="practice-south", at=at)
    if not practice.has("rustam") or paired is None:
        return
    cooperation.ask_review(practice=row, society="practice-south", by=by, at=at)
    exchange.deliver_due(at=at)
    _review(practice)
    exchange.deliver_due(at=practice.at)
    _publish(practice, row)


def _review(practice: Practice) -> None:
    by, at = practice.staff["rustam"], practice.at - timedelta(days=2)
    words = "Practice: clear, and the limits are said."
    for one in cooperation_queries.told("practice", to=by):
        if one.for_review:
            cooperation.review_told(told=one, verdict="good", words=words, by=by, at=at)


def _publish(practice: Practice, row: GoodPractice) -> None:
    by, at = practice.staff["saule"], practice.at - timedelta(days=1)
    cooperation.publish(practice=row, by=by, at=at)
    cooperation.share(kind="practice", entry=row.pk, shared=True, by=by, at=at)


def _tell(practice: Practice) -> None:
    cooperation.tell_all(at=practice.at)
    exchange.deliver_due(at=practice.at)
    if practice.has("rustam"):
        _try_theirs(practice)
        exchange.deliver_due(at=practice.at)


def _try_theirs(practice: Practice) -> None:
    """South calls North's duty number at night, and tells it so."""
    by, at = practice.staff["rustam"], practice.at
    day = timezone.localtime(at).date() - timedelta(days=3)
    for one in cooperation_queries.told("point", to=by):
        if one.content["night"]:
            cooperation.record_call_to_another(told=one, on=day, **TRIED, by=by, at=at)
