"""What the northern practice society has undertaken and shown, what it reports, and a dialogue with a ministry."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from panah.practice.cast import Practice
from panah.programmes.diplomacy import actions as diplomacy

if TYPE_CHECKING:
    from panah.programmes.diplomacy.models import Commitment, Dialogue, Step


def build(practice: Practice) -> None:
    if practice.has("bakyt", "saule", "amina", "ibrat"):
        _plan(practice, _undertake(practice))
        _report(practice)
        _dialogue(practice)
        _late(practice)
    if practice.has("rustam", "malika"):
        _of_the_south(practice)


def _of_the_south(practice: Practice) -> None:
    """The south has undertaken something too, and lets the north print how far it is."""
    by, at = practice.staff["rustam"], practice.at - timedelta(days=40)
    day = timezone.localtime(at).date()
    row = diplomacy.draft_commitment(
        kind="individual",
        title="Practice: whoever comes back is met",
        provisions=["palermo/8", "istanbul2007/4"],
        objective="Practice: two people at the night train, every night.",
        begins_on=day,
        ends_on=day + timedelta(days=300),
        focal=str(by.pk),
        by=by,
        at=at,
    )
    diplomacy.sign_off(commitment=row, by=practice.staff["malika"], at=at)
    shown = diplomacy.add_evidence(
        commitment=row,
        kind="event",
        text="Practice: list of the nights of a month",
        source="Practice: roster of the south",
        shown_on=day + timedelta(days=30),
        by=by,
        at=practice.at,
    )
    diplomacy.say_status(commitment=row, progress="under_way", evidence=str(shown.pk), by=by, at=practice.at)
    _tell(practice, row, "print", by="rustam", second="malika")


def _tell(practice: Practice, row: Commitment, tells: str, *, by: str, second: str) -> None:
    made = diplomacy.make_report(
        about=f"commitment:{row.pk}", language="en", tells=tells, by=practice.staff[by], at=practice.at
    )
    diplomacy.decide_report(report=made, state="cleared", by=practice.staff[second], at=practice.at)


def _late(practice: Practice) -> None:
    """What nobody has done for weeks: a commitment without a word, a step, and a letter without an answer."""
    by, at = practice.staff["bakyt"], practice.at - timedelta(days=210)
    day = timezone.localtime(practice.at).date()
    row = diplomacy.draft_commitment(
        kind="open",
        title="Practice: officers learn to recognise what has happened",
        provisions=["palermo/10"],
        objective="Practice: a day in each school of the police.",
        begins_on=day - timedelta(days=210),
        ends_on=day + timedelta(days=90),
        focal=str(practice.staff["ibrat"].pk),
        by=by,
        at=at,
    )
    diplomacy.add_step(
        commitment=row,
        text="Practice: ask the first school",
        owner=str(practice.staff["ibrat"].pk),
        due_on=day - timedelta(days=30),
        by=by,
        at=at,
    )
    diplomacy.sign_off(commitment=row, by=practice.staff["saule"], at=at)
    silent = _begin(practice, "obligation", "that the rules of referral are kept in every region.")
    _write(practice, silent, "sent", "Practice: a letter.", answer_by=day - timedelta(days=20))
    diplomacy.escalate_late(at=practice.at)


def _undertake(practice: Practice) -> Commitment:
    by, at = practice.staff["bakyt"], practice.at - timedelta(days=120)
    day = timezone.localtime(practice.at).date()
    row = diplomacy.draft_commitment(
        kind="joint",
        title="Practice: nobody is punished for what they were forced to do",
        provisions=["istanbul2007/1", "coe2005/26", "pledge34/all"],
        objective="Practice: a written word of two ministries, and police officers of three regions who know it.",
        resources="Practice: a lawyer for ten days, rooms in three regions.",
        risks="Practice: the ministries are formed anew in spring.",
        begins_on=day - timedelta(days=120),
        ends_on=day + timedelta(days=245),
        focal=str(practice.staff["saule"].pk),
        by=by,
        at=at,
    )
    diplomacy.add_supporter(commitment=row, name="Practice Society South", kind="society", by=by, at=at)
    diplomacy.add_supporter(
        commitment=row, name="Practice office of the Federation", kind="federation", by=by, at=at
    )
    diplomacy.sign_off(commitment=row, by=practice.staff["saule"], at=at)
    _draft(practice)
    return row


def _draft(practice: Practice) -> None:
    by, day = practice.staff["bakyt"], timezone.localtime(practice.at).date()
    diplomacy.draft_commitment(
        kind="individual",
        title="Practice: people who leave for work hear of the risks before they go",
        provisions=["palermo/9", "istanbul2007/3"],
        objective="Practice: sessions in every branch before the season begins.",
        begins_on=day,
        ends_on=day + timedelta(days=365),
        focal=str(practice.staff["ibrat"].pk),
        by=by,
        at=practice.at,
    )
    diplomacy.say_standing(
        instrument="pledge34",
        party=f"society:{practice.staff['bakyt'].society.slug}",
        state="joined",
        since=str(day.year - 2),
        source="Practice: list of the conference",
        by=by,
        at=practice.at,
    )


def _plan(practice: Practice, row: Commitment) -> None:
    by, at = practice.staff["bakyt"], practice.at
    day = timezone.localtime(at).date()
    steps = [
        diplomacy.add_step(
            commitment=row,
            text=text,
            owner=str(practice.staff[owner].pk),
            due_on=day + timedelta(days=days),
            budget=budget,
            provisions=["istanbul2007/1"],
            milestone=milestone,
            by=by,
            at=at,
        )
        for text, owner, days, budget, milestone in (
            ("Practice: letter to two ministries", "saule", -40, "", False),
            ("Practice: a day with officers in three regions", "ibrat", 60, "Practice: 900", True),
            ("Practice: a written word of both ministries", "saule", 200, "", True),
        )
    ]
    _show(practice, row, steps)


def _show(practice: Practice, row: Commitment, steps: list[Step]) -> None:
    by, at = practice.staff["bakyt"], practice.at
    day = timezone.localtime(at).date()
    indicator = diplomacy.add_indicator(
        commitment=row,
        text="Practice: officers who heard it",
        begins_at="0",
        aim="120",
        steps=[str(steps[1].pk)],
        by=by,
        at=at,
    )
    shown = diplomacy.add_evidence(
        commitment=row,
        kind="document",
        text="Practice: copy of the letters with the stamp of arrival",
        source="Practice: outgoing 07-12 and 07-13",
        shown_on=day - timedelta(days=30),
        steps=[str(steps[0].pk)],
        by=by,
        at=at,
    )
    diplomacy.add_evidence(
        commitment=row,
        kind="figure",
        text="Practice: list of a first day",
        source="Practice: branch of Arna",
        value="34",
        shown_on=day - timedelta(days=6),
        indicators=[str(indicator.pk)],
        by=by,
        at=at,
    )
    diplomacy.say_status(commitment=row, step=steps[0], progress="done", evidence=str(shown.pk), by=by, at=at)
    _say_late(practice, row, str(shown.pk))


def _say_late(practice: Practice, row: Commitment, shown: str) -> None:
    diplomacy.say_status(
        commitment=row,
        progress="late",
        why="Practice: one ministry has not answered within the month",
        evidence=shown,
        by=practice.staff["bakyt"],
        at=practice.at,
    )
    _tell(practice, row, "read", by="bakyt", second="saule")


def _report(practice: Practice) -> None:
    at = practice.at
    made = diplomacy.make_report(about="istanbul2007", language="en", by=practice.staff["bakyt"], at=at)
    diplomacy.decide_report(report=made, state="cleared", by=practice.staff["saule"], at=at)
    diplomacy.make_report(about="", language="ru", by=practice.staff["bakyt"], at=at)
    policy = diplomacy.begin_policy(language="en", by=practice.staff["bakyt"], at=at)
    diplomacy.comment_policy(
        policy=policy,
        text="Practice: say which duties of our law are meant.",
        by=practice.staff["ibrat"],
        at=at,
    )


def _dialogue(practice: Practice) -> None:
    day = timezone.localtime(practice.at).date()
    first = _begin(practice, "detention", "that our colleagues may visit those who wait for their return.")
    _write(practice, first, "sent", "Practice: we asked for a first visit.", number_out="07-14")
    _write(practice, first, "promised", "Practice: they will name a day.", next_on=day + timedelta(days=10))
    second = _begin(practice, "helpers", "that nobody is charged for driving a family to the hospital.")
    _write(
        practice,
        second,
        "sent",
        "Practice: a letter.",
        number_out="07-15",
        answer_by=day + timedelta(days=20),
    )
    over = _begin(practice, "denied", "why we were not let in on Monday.")
    diplomacy.close_dialogue(
        keys=practice.keys("bakyt"), dialogue=over, outcome="Practice: it was a mistake.", at=practice.at
    )


def _begin(practice: Practice, kind: str, asked: str) -> Dialogue:
    about = {
        "kind": kind,
        "authority": "Practice Ministry of the Interior",
        "people": "Practice: department of migration",
        "provisions": ["istanbul2007/1"],
        "asked": f"Practice: {asked}",
        "confidence": "author",
    }
    return diplomacy.begin_dialogue(keys=practice.keys("bakyt"), about=about, at=practice.at)


def _write(
    practice: Practice,
    row: Dialogue,
    kind: str,
    text: str,
    *,
    number_out: str = "",
    answer_by: date | None = None,
    next_on: date | None = None,
) -> None:
    on = timezone.localtime(practice.at).date().isoformat()
    diplomacy.write_entry(
        keys=practice.keys("bakyt"),
        dialogue=row,
        entry={"kind": kind, "on": on, "text": text, "number_out": number_out},
        answer_by=answer_by,
        next_on=next_on,
        at=practice.at,
    )
