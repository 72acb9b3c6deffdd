"""Cases of a practice node, one in every state, opened and carried on through the same actions as on the pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from panah.ground.work import actions as work
from panah.people.cases import actions as cases
from panah.people.cases import queries
from panah.people.cases.queries import case_groups
from panah.people.consent import actions as consent
from panah.people.consent import subjects
from panah.people.consent.words import SEVEN
from panah.people.referrals import actions as referrals
from panah.people.referrals import queries as referrals_queries
from panah.practice import documents
from panah.practice.cast import Practice

if TYPE_CHECKING:
    from panah.people.cases.models import Case

type Story = dict[str, Any]

STORIES: tuple[Story, ...] = (
    {
        "by": "amina",
        "days": 12,
        "language": "uz",
        "age": "adult",
        "urgency": "today",
        "named": "Practice Person Apricot",
        "called": "Apricot",
        "label": "sewing shop, red scarf",
        "born": "1998",
        "sex": "Feminine",
        "forms": ["ForcedLabour"],
        "steps": ("plan", "reflect", "consent", "refer", "documents"),
        "note": "Practice: worked in a sewing shop, the door was locked at night.",
        "risk": "high",
    },
    {
        "by": "amina",
        "days": 3,
        "language": "uz",
        "age": "adult",
        "urgency": "week",
        "named": "Practice Person Tulip",
        "called": "Tulip",
        "label": "site 7, blue jacket",
        "born": "1987",
        "sex": "Masculine",
        "forms": ["ForcedLabour"],
        "steps": ("plan", "paper_consent"),
        "note": "Practice: a building site, no pay for three months, wants the wages.",
        "risk": "medium",
    },
    {
        "by": "amina",
        "days": 1,
        "language": "ru",
        "age": "unknown",
        "urgency": "now",
        "named": "Practice Person Snowdrop",
        "called": "Snowdrop",
        "label": "came in the evening, says little",
        "born": "",
        "sex": "",
        "forms": [],
        "steps": (),
        "note": "Practice: came to the branch in the evening, says little, looks very young.",
        "risk": "high",
    },
    {
        "by": "amina",
        "days": 1,
        "language": "ru",
        "age": "adult",
        "urgency": "today",
        "named": "Practice Person Juniper",
        "called": "Juniper",
        "label": "held at a check of papers, tall",
        "born": "1990",
        "sex": "Masculine",
        "forms": ["ForcedCriminality"],
        "steps": ("held",),
        "note": "Practice: a friend rang. Taken at a check of papers on the way from work; the boss has the passport.",
        "risk": "high",
    },
    {
        "by": "cholpon",
        "days": 40,
        "language": "ky",
        "age": "adult",
        "urgency": "later",
        "named": "Practice Person Walnut",
        "called": "Walnut",
        "label": "repairs phones, limps",
        "born": "1979",
        "sex": "Masculine",
        "forms": ["ForcedLabour"],
        "steps": ("plan", "follow_up"),
        "note": "Practice: back home, learns to repair phones.",
        "risk": "low",
    },
    {
        "by": "cholpon",
        "days": 90,
        "language": "ru",
        "age": "adult",
        "urgency": "later",
        "named": "Practice Person Poplar",
        "called": "Poplar",
        "label": "lives with an aunt",
        "born": "1991",
        "sex": "Feminine",
        "forms": ["ForcedMarriage"],
        "steps": ("close",),
        "note": "Practice: lives with an aunt, has work, does not want more calls.",
        "risk": "low",
    },
    {
        "by": "daler",
        "days": 6,
        "language": "tg",
        "age": "adult",
        "urgency": "week",
        "named": "Practice Person Quince",
        "called": "Quince",
        "label": "owes for the ticket, grey cap",
        "born": "1995",
        "sex": "Masculine",
        "forms": ["ForcedLabour"],
        "steps": ("plan",),
        "note": "Practice: came back from abroad, owes money for the ticket.",
        "risk": "medium",
    },
)


def build(practice: Practice) -> None:
    """Open every story's case as it would have been opened, and take its steps."""
    for story in (one for one in STORIES if practice.has(one["by"])):
        case = _open(practice, story)
        for step in story["steps"]:
            STEPS[step](
                practice, story, queries.by_number_or_404(case.number, to=practice.staff[story["by"]])
            )
    if practice.has("amina"):
        _group(practice)


def _group(practice: Practice) -> None:
    """Four people of one night, each with a number on the sheet; one of them was heard already."""
    keys, at = practice.keys("amina"), practice.at - timedelta(hours=6)
    looks = ("blue jacket", "grey beard", "red cap", "broken watch")
    group, _cases = cases.take_in_group(
        keys=keys,
        at=at,
        about={
            "title": "Practice site 7",
            "place": "behind the market",
            "what": "Practice: found at four in the morning, papers are with the foreman.",
            "informer": "unknown",
        },
        people=[
            {"number": str(n), "looks": look, "language": "uz", "age_group": "adult" if n < 4 else "unknown"}
            for n, look in enumerate(looks, start=1)
        ],
    )
    members, _others = case_groups.members(group, keys=keys, to=practice.staff["amina"])
    cases.mark_heard(keys=keys, gathering=group, ref=members[0].ref, answer="yes", at=practice.at)


def _open(practice: Practice, story: Story) -> Any:
    keys, by = practice.keys(story["by"]), practice.staff[story["by"]]
    at = practice.at - timedelta(days=story["days"])
    identity = {
        "names": [{"text": story["called"], "kind": "called"}, {"text": story["named"], "kind": "papers"}],
        "phones": [{"number": "+000 17", "safe": "no", "note": "messages are read by others"}],
        "born": story["born"],
    }
    codes = {
        "prs_Gender": {"answer": "yes", "values": [story["sex"]]} if story["sex"] else {"answer": "none"},
        "vic_TypeOfExploitation": {"answer": "yes", "values": story["forms"]}
        if story["forms"]
        else {"answer": "unknown"},
    }
    case = cases.open_case(
        keys=keys,
        by=by,
        at=at,
        language=story["language"],
        age_group=story["age"],
        urgency=story["urgency"],
        identity=identity,
        codes={n: c for n, c in codes.items() if c["answer"] != "none"},
        note=story["note"],
        working_label=story["label"],
        on_paper={"on": at.date().isoformat(), "by": "Elena"} if "paper_consent" in story["steps"] else None,
    )
    cases.review_risk(
        keys=keys,
        case=case,
        level=story["risk"],
        why="Practice: seen at the first meeting.",
        at=practice.at - timedelta(hours=20),
    )
    if story["steps"]:
        # The first meeting was long ago; what is still open is what a caseworker would have open.
        work.complete_for(subject=case.pk, purpose="first", by=by, at=at + timedelta(hours=3))
    return case


def _plan(practice: Practice, story: Story, case: Case) -> None:
    keys, at = practice.keys(story["by"]), practice.at - timedelta(hours=18)
    day = (practice.at + timedelta(days=7)).date().isoformat()
    for kind, horizon, do, who in (
        ("shelter", "now", "A bed in a quiet room", "Gulnar"),
        ("medical", "now", "A check-up", "A made-up clinic"),
        ("documents", "long", "A new passport, no report made", story["by"].title()),
        ("compensation", "long", "Ask for the wages", ""),
    ):
        need = {
            "type": kind,
            "horizon": horizon,
            "said": "",
            "state": "planned",
            "do": do,
            "who": who,
            "by": day,
        }
        cases.write_need(keys=keys, case=case, need=need, at=at)
    cases.write_plan(
        keys=keys,
        case=case,
        at=at,
        plan={
            "objectives": "Rest, papers, wages.",
            "own_view": "Wants to work again, not in a closed house.",
            "types": [],
            "until": "",
        },
    )
    cases.ask_plan(
        keys=keys, case=queries.by_number_or_404(case.number, to=practice.staff[story["by"]]), at=at
    )


def _reflect(practice: Practice, story: Story, case: Case) -> None:
    keys, at = practice.keys(story["by"]), practice.at - timedelta(days=2)
    cases.presume(keys=keys, case=case, grounds="Practice: papers taken, door locked, no pay.", at=at)
    cases.begin_reflection(keys=keys, case=case, at=at)


def all_seven(answer: str) -> dict[str, str]:
    """The same answer to each of the seven questions of the standard."""
    return dict.fromkeys(SEVEN, answer)


def _consent(practice: Practice, story: Story, case: Case) -> None:
    subject = subjects.load(case.number, to=practice.staff[story["by"]], keys=practice.keys(story["by"]))
    until = (practice.at + timedelta(days=180)).date().isoformat()
    base = {
        "said": "yes",
        "receiver": "",
        "receiver_name": "",
        "fields": [],
        "seven": all_seven("yes"),
        "way": "spoken_face",
        "language": story["language"],
        "interpreter": "none",
        "understood": "They help, and tell nobody else.",
        "guardian": "not_needed",
        "until": until,
    }
    told = {
        "receiver": "other",
        "receiver_name": "A made-up clinic",
        "fields": ["called", "language", "needs"],
    }
    for answer in (
        {**base, "purpose": "assistance"},
        {**base, "purpose": "statistics"},
        {**base, **told, "purpose": "partner"},
    ):
        consent.write_answer(keys=practice.keys(story["by"]), subject=subject, answer=answer, at=practice.at)


def _paper_consent(practice: Practice, story: Story, case: Case) -> None:
    """Asked in the field by somebody without a device, typed in two days later."""
    keys, on = practice.keys(story["by"]), (practice.at - timedelta(days=2)).date()
    subject = subjects.load(case.number, to=practice.staff[story["by"]], keys=keys)
    base = {
        "receiver": "",
        "receiver_name": "",
        "fields": [],
        "seven": all_seven("yes"),
        "way": "spoken_face",
        "language": story["language"],
        "interpreter": "none",
        "understood": "Practice: they write it down and tell nobody else.",
        "guardian": "not_needed",
        "until": (practice.at + timedelta(days=180)).date().isoformat(),
    }
    asked = (
        ("talk", "yes"),
        ("note", "yes"),
        ("call_back", "no"),
        ("assistance", "yes"),
        ("statistics", "no"),
    )
    answers = [{**base, "purpose": purpose, "said": said} for purpose, said in asked]
    consent.type_in(keys=keys, subject=subject, answers=answers, on=on, by="Elena", at=practice.at)


def _refer(practice: Practice, story: Story, case: Case) -> None:
    keys, at = practice.keys(story["by"]), practice.at - timedelta(hours=3)
    content = {
        "purpose": "partner",
        "receiver": "other",
        "receiver_name": "A made-up clinic",
        "need": "A check-up this week",
        "note": "",
        "values": {"called": story["called"], "language": "Uzbek", "needs": "A doctor who is a woman"},
    }
    row = referrals.prepare(keys=keys, case=case, content=content, at=at)
    opened = referrals_queries.one_or_404(case=case, keys=keys, referral=row.pk)
    referrals.send(keys=keys, case=case, opened=opened, way="script", at=at)


def _held(practice: Practice, story: Story, case: Case) -> None:
    keys, since = practice.keys(story["by"]), practice.at - timedelta(hours=30)
    held = {
        "kind": "police",
        "place": "Practice police station, Arna",
        "country": "XA",
        "since": since.isoformat(),
    }
    until = {"before": "judge", "until": (since + timedelta(hours=48)).isoformat(), "counted": "yes"}
    lawyer = {"lawyer": "asked", "lawyer_who": "Practice Lawyer Maple"}
    cases.write_detention(
        keys=keys, case=case, held=held | until | lawyer, at=practice.at - timedelta(hours=20)
    )
    visit = {"state": "refused", "visitor": "Amina", "when": (practice.at - timedelta(hours=4)).isoformat()}
    cases.add_visit(
        keys=keys,
        case=case,
        visit=visit | {"seen": "Practice: told to come back with a paper from the investigator."},
        following=practice.at + timedelta(hours=5),
        at=practice.at - timedelta(hours=4),
    )


def _follow_up(practice: Practice, story: Story, case: Case) -> None:
    cases.begin_follow_up(keys=practice.keys(story["by"]), case=case, at=practice.at - timedelta(days=6))


def _close(practice: Practice, story: Story, case: Case) -> None:
    at = practice.at - timedelta(days=1)
    cases.ask_closing(
        keys=practice.keys(story["by"]),
        case=case,
        reason="goals",
        text="Practice: goals reached.",
        at=at,
        own_view="Content.",
    )
    case = queries.by_number_or_404(case.number, to=practice.staff["bakyt"])
    cases.close_case(keys=practice.keys("bakyt"), case=case, at=at)


STEPS: dict[str, Callable[[Practice, Story, Any], None]] = {
    "plan": _plan,
    "reflect": _reflect,
    "consent": _consent,
    "paper_consent": _paper_consent,
    "refer": _refer,
    "held": _held,
    "follow_up": _follow_up,
    "close": _close,
    "documents": documents.keep_two,
}
