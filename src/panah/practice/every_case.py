"""Cases that show the rest: what the stories of ``cases.py`` do not hold, so that everything has been seen once.

Screenings with every result, help of every kind, every deadline, every reason to close, a child, a danger that is over.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING

from panah.ground.vault import queries as vault_queries
from panah.ground.work import actions as work
from panah.people.cases import actions as cases
from panah.people.cases import queries as cases_queries
from panah.people.cases.words import CasePart
from panah.people.cases.words.terms import (
    Area,
    Assistance,
    ClockEnd,
    ClockKind,
    ClosingReason,
    FollowUpReached,
    MeansKind,
    NeedState,
    OwnView,
    Relation,
    Risk,
    ServiceOutcome,
)
from panah.people.consent import actions as consent
from panah.people.consent import subjects
from panah.people.consent.words import SEVEN
from panah.people.screening import actions as screening
from panah.people.screening import queries as screening_queries
from panah.people.screening.schema import Answer
from panah.practice.cast import Practice

if TYPE_CHECKING:
    from panah.people.cases.models import Case

WHO = "cholpon"
UNPAID = ("exploitation.hours", "exploitation.pay")
HELD = ("control.papers", "control.debt")
LIED_TO = ("deceived.work", "deceived.pay")
PARTS = ("deceived", "forced", "vulnerable", "exploitation", "control", "dependent")


@dataclass(frozen=True)
class Screened:
    """A meeting with a set of questions: what was told, and which parts were asked and are no but for that."""

    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    profile: str = "adult_labour"


# The results that the stories show, by what the person is called.
SCREENED = {
    "Apricot": Screened((*UNPAID, *HELD, *LIED_TO)),
    "Tulip": Screened(UNPAID, no=("deceived", "forced", "vulnerable", "control", "dependent")),
    "Snowdrop": Screened(("sign.fear", "sign.spoken_for"), profile="volunteer_signs"),
    "Walnut": Screened((*LIED_TO, *UNPAID)),
    "Poplar": Screened(),
}


@dataclass(frozen=True)
class Closed:
    """A case that was closed for a reason, and what was heard in it."""

    called: str
    label: str
    reason: ClosingReason
    screened: Screened
    age: str = "adult"
    decided: str = ""  # identified or not_identified
    text: str = "Practice: told at the last meeting."


CHILD_SET = "child_labour"
DEPENDENT = ("dependent.exploiter", "dependent.money", "dependent.authorities")
FORCED = ("forced.violence", "forced.debt")
CLOSED = (
    Closed("Almond", "two sisters", ClosingReason.WISH, Screened((*UNPAID, *HELD)), decided="identified"),
    Closed("Birch", "on to the coast, accordion", ClosingReason.MOVED, Screened(no=PARTS), decided="not_identified"),
    Closed("Cherry", "came with a teacher", ClosingReason.HANDED_ON, Screened(UNPAID, profile=CHILD_SET), age="child"),
    Closed("Dogwood", "phone is off since May", ClosingReason.LOST, Screened((*FORCED, *UNPAID))),
    Closed("Elm", "kitchen of the hostel", ClosingReason.OTHER_NEED, Screened(HELD, no=("exploitation",))),
    Closed("Fir", "night shift, bad heart", ClosingReason.DIED, Screened((*UNPAID, *DEPENDENT))),
    Closed("Ginkgo", "twice", ClosingReason.MISTAKE, Screened(no=("act", *PARTS), profile=CHILD_SET), age="child"),
)  # fmt: skip


@dataclass(frozen=True)
class Opening:
    """What a new case begins with."""

    called: str
    label: str
    days: int
    note: str
    age: str = "adult"
    language: str = "ky"
    identity: dict[str, object] = field(default_factory=dict)


HELPED = Opening(
    "Hornbeam", "brick works, three fingers", 30, "Practice: a brick works, wages for two years missing."
)
CHILD = Opening(
    "Iris",
    "market, green rucksack",
    2,
    "Practice: begged at the market for an uncle.",
    age="child",
    language="ru",
)


def build(practice: Practice) -> None:
    """Screen whom the stories tell of, then open what they do not show."""
    if not practice.has(WHO, "bakyt"):
        return
    stories = _by_name(practice)
    for called, screened in SCREENED.items():
        _screen(practice, stories[called], screened)
    closed = {one.called: _closed(practice, one) for one in CLOSED}
    helped, child = open_from(practice, HELPED), open_from(practice, CHILD)
    cases.presume(
        keys=practice.keys(WHO), case=helped, grounds="Practice: locked in, no pay.", at=practice.at
    )
    _help(practice, helped)
    _dates(practice, helped)
    _danger_and_safety(practice, helped)
    met(practice, helped)
    _team(practice, helped, child)
    _child(practice, child)
    _life_afterwards(practice, stories["Walnut"])
    _reopened(practice, closed["Almond"], closed["Birch"])


def _by_name(practice: Practice) -> dict[str, Case]:
    """The cases that are there so far, by what each person is called."""
    keys = practice.keys("bakyt")
    found: dict[str, Case] = {}
    for case in cases_queries.visible(to=practice.staff["bakyt"]):
        identity = vault_queries.value_of(keys=keys, file=case.file_id, part=CasePart.IDENTITY)
        found |= {name["text"]: case for name in identity.get("names", ()) if name["kind"] == "called"}
    return found


def open_from(practice: Practice, told: Opening) -> Case:
    names = [
        {"text": told.called, "kind": "called"},
        {"text": f"Practice Person {told.called}", "kind": "full"},
    ]
    return cases.open_case(
        keys=practice.keys(WHO),
        by=practice.staff[WHO],
        at=practice.at - timedelta(days=told.days),
        language=told.language,
        age_group=told.age,
        identity={"names": names, **told.identity},
        note=told.note,
        working_label=told.label,
    )


def met(practice: Practice, case: Case) -> None:
    """Say that the first meeting was long ago, and what the risk is now."""
    by, at = practice.staff[WHO], practice.at - timedelta(hours=20)
    work.complete_for(subject=case.pk, purpose="first", by=by, at=at)
    why = "Practice: seen at the last meeting."
    cases.review_risk(keys=practice.keys(WHO), case=case, level=Risk.MEDIUM, why=why, at=at)


def _screen(practice: Practice, case: Case, told: Screened) -> None:
    at = practice.at - timedelta(hours=20)
    who = next(name for name, staff in practice.staff.items() if staff.pk == case.owner_id)
    by, keys, file = practice.staff[who], practice.keys(who), case.file_id
    profile = screening_queries.sets().by_code[told.profile]
    answers = {
        one.code: Answer.NO for part in profile.dimensions if part.code in told.no for one in part.indicators
    }
    if profile.act and "act" in told.no:
        answers[profile.act.code] = Answer.NO
    answers |= dict.fromkeys(told.yes, Answer.YES)
    # One question at least was asked, and nobody knows.
    answers = answers or {profile.dimensions[0].indicators[0].code: Answer.UNKNOWN}
    meeting = screening.begin(
        keys=keys, file=file, profile=profile, age=case.age_group, by=by, at=at, held_at=at
    )
    screening.answer(
        keys=keys, file=file, meeting_id=meeting, profile=profile, answers=answers, seen=1, by=by, at=at
    )
    screening.end(keys=keys, file=file, meeting_id=meeting, by=by, at=at + timedelta(minutes=30))


def _closed(practice: Practice, told: Closed) -> Case:
    keys = practice.keys(WHO)
    case = open_from(practice, Opening(told.called, told.label, 60, told.text, age=told.age))
    _screen(practice, case, told.screened)
    at = practice.at - timedelta(days=2)
    if told.decided:
        cases.presume(
            keys=keys, case=case, grounds="Practice: papers taken, no pay.", at=at - timedelta(days=40)
        )
        cases.decide_stage(
            keys=keys, case=case, identified=told.decided == "identified", decider="Police", on=at.date(),
            by_whom="Practice: the invented office of Besh", at=at,
        )  # fmt: skip
    cases.ask_closing(
        keys=keys, case=case, reason=told.reason, text=told.text, at=at, own_view="Practice: agrees."
    )
    return cases.close_case(keys=practice.keys("bakyt"), case=case, at=at + timedelta(hours=3))


def _help(practice: Practice, case: Case) -> None:
    """A plan that was approved, needs in every state, help of every kind with every outcome, means of two kinds."""
    keys, at = practice.keys(WHO), practice.at - timedelta(days=20)
    states, outcomes = list(NeedState), list(ServiceOutcome)
    for number, state in enumerate(states):
        need = {
            "type": list(Assistance)[number].value, "horizon": ("now", "long")[number % 2], "said": "",
            "state": state.value, "do": "Practice: ask at the made-up office", "who": "Cholpon", "by": "",
        }  # fmt: skip
        cases.write_need(keys=keys, case=case, need=need, at=at)
    plan = {
        "objectives": "Practice: wages, a doctor, a place to live.",
        "own_view": "Practice: wants to decide alone.",
    }
    cases.write_plan(keys=keys, case=case, plan={**plan, "types": [], "until": ""}, at=at)
    cases.ask_plan(keys=keys, case=case, at=at)
    cases.approve_plan(keys=practice.keys("bakyt"), case=case, at=at + timedelta(hours=5))
    lately = practice.at - timedelta(days=5)
    day = lately.date().isoformat()
    for number, kind in enumerate(Assistance):
        service = {
            "type": kind.value, "given_on": day, "by": "Practice: a made-up partner", "what": "", "need": "",
            "outcome": outcomes[number % len(outcomes)].value, "own_view": "",
        }  # fmt: skip
        cases.write_service(keys=keys, case=case, service=service, at=lately)
    for given in (MeansKind.MONEY, MeansKind.GOODS):
        ref = cases.give_means(
            keys=keys, case=case, second=practice.staff["saule"], at=practice.at - timedelta(hours=2),
            means={"kind": given.value, "what": f"Practice: {given.label}", "amount": "100", "currency": "XXX",
                   "mark": "a cross", "on": day},
        )  # fmt: skip
        if given is MeansKind.GOODS:
            cases.sign_second(keys=practice.keys("saule"), case=case, ref=ref, at=practice.at)


def _dates(practice: Practice, case: Case) -> None:
    """Four deadlines: three have ended, each in its own way; the last still runs."""
    keys, at = practice.keys(WHO), practice.at - timedelta(days=3)
    kinds = (ClockKind.MEDICATION, ClockKind.DOCUMENT, ClockKind.APPEAL, ClockKind.WAGES)
    for kind, how in zip_longest(kinds, ClockEnd):
        due_at, what = practice.at + timedelta(days=6), "Practice: ask the made-up office"
        ref = cases.set_clock(keys=keys, case=case, kind=kind, due_at=due_at, at=at, what=what)
        if how:
            cases.end_clock(keys=keys, case=case, ref=ref, how=how, at=practice.at)


def _danger_and_safety(practice: Practice, case: Case) -> None:
    """Life was in danger a week ago: called, answered, over; since then there is a plan."""
    keys, at = practice.keys(WHO), practice.at - timedelta(days=7)
    words = {"why": "Practice: two men asked for the person at the brick works.", "from_whom": "A neighbour"}
    cases.review_risk(keys=keys, case=case, level=Risk.EXTREME, at=at, **words)
    cases.say_it_is_over(case=case, by=practice.staff["bakyt"], at=at + timedelta(minutes=4))
    cases.review_risk(keys=keys, case=case, level=Risk.HIGH, at=at + timedelta(hours=5), **words)
    work.complete_for(subject=case.pk, purpose="danger", by=practice.staff[WHO], at=at + timedelta(hours=5))
    texts = {
        "reach": "Thursdays after six; say first: the library, about a book.",
        "never": "No messages, no call from a hidden number.",
        "from_whom": "The foreman; he knows the street, not the house.",
        "places": "The bus station, the market on Sundays.",
        "if_found": "Into the pharmacy on the corner, ring line 1.",
        "way_out": "The back stairs, then to the branch.",
        "people": "A cousin in Sora.",
        "children": "A daughter of nine, at school until two.",
        "phone": "Location is off; the old account is known to the foreman.",
        "bag": "Papers with a neighbour, a bag under the bed.",
        "hope": "Wants to open a bakery.",
    }
    plan = {name: f"Practice: {text}" for name, text in texts.items()}
    cases.write_safety(keys=keys, case=case, plan=plan, at=at + timedelta(hours=6))


def _team(practice: Practice, case: Case, child: Case) -> None:
    keys, at = practice.keys(WHO), practice.at - timedelta(days=1)
    said = {
        "on": at.date().isoformat(), "who": "Bakyt, Cholpon", "question": "Practice: does the plan still fit?",
        "said": "Practice: yes, but slowly.", "decided": "Practice: the doctor first.", "next": "Practice: ask again",
        "next_at": (practice.at + timedelta(days=6)).isoformat(),
    }  # fmt: skip
    cases.hold_conference(keys=keys, case=case, conference=said, at=at)
    cases.supervise(
        keys=practice.keys("bakyt"), case=case, at=at, whom=practice.staff[WHO],
        supervision={"with_whom": "Bakyt", "load": "much", "said": "Practice: sleeps badly.", "agreed": "Rest."},
    )  # fmt: skip
    cases.link_cases(keys=keys, case=case, other=child, relation=Relation.TOGETHER, at=at)
    household = cases.open_case_group(
        keys=keys, kind="household", about={"title": "Practice: the yard"}, at=at
    )
    for one in (case, child):
        cases.join_case_group(keys=keys, gathering=household, case=one, at=at)
    episode = {
        "story": "Practice: bricks for two years, then a kitchen.", "began": "2024", "ended": "2026",
        "countries": ["XB"], "place": "Practice: behind the invented lake", "types": ["ForcedLabour"],
    }  # fmt: skip
    cases.write_episode(keys=keys, case=case, episode=episode, at=at)


def _child(practice: Practice, case: Case) -> None:
    keys, at = practice.keys(WHO), practice.at - timedelta(days=1)
    _screen(practice, case, Screened(("act.someone", *UNPAID), profile="child_labour"))
    bed = {
        "type": "shelter",
        "horizon": "now",
        "said": "",
        "state": "planned",
        "do": "Practice: a quiet room",
        "who": "",
    }
    cases.write_need(keys=keys, case=case, need={**bed, "by": ""}, at=at)
    cases.set_age(keys=keys, case=case, said="child", basis="said", doubt="no", at=at)
    note = {
        "place": "Practice: House 3, with the colleague on shift", "why": "Practice: no relative can be asked.",
        "child_view": "Practice: wants to sleep.", "health": "Practice: hungry.", "who_decided": "Practice: Bakyt",
    }  # fmt: skip
    cases.write_best_interests(keys=keys, case=case, which="note", text=note, at=at)
    uncle = {"name": "Practice Uncle Rowan", "relation": "uncle", "reach": "", "involved": "yes"}
    cases.write_guardian(keys=keys, case=case, guardian=uncle, at=at)
    _yes_that_waits(practice, case)


def _yes_that_waits(practice: Practice, case: Case) -> None:
    """Iris wants help. The uncle may be involved, and nobody else agrees for a child yet."""
    keys = practice.keys(WHO)
    answer = {
        "purpose": "assistance", "said": "yes", "receiver": "", "receiver_name": "", "fields": [],
        "seven": dict.fromkeys(SEVEN, "yes"), "way": "spoken_face", "language": case.language, "interpreter": "none",
        "understood": "Practice: somebody looks for a school.", "guardian": "may_be_involved",
        "reviewed_by": "Practice: Bakyt", "until": (practice.at + timedelta(days=90)).date().isoformat(),
    }  # fmt: skip
    subject = subjects.load(case.number, to=practice.staff[WHO], keys=keys)
    consent.write_answer(keys=keys, subject=subject, answer=answer, at=practice.at - timedelta(hours=20))


def _life_afterwards(practice: Practice, case: Case) -> None:
    """Walnut was asked twice: once reached, once not."""
    keys = practice.keys(WHO)
    areas, views = list(Area), list(OwnView)
    told = {area.value: {"now": "Practice: so so", "wish": "Practice: better", "step": ""} for area in areas}
    cases.write_reintegration(
        keys=keys,
        case=case,
        plan={"areas": told, "measure": "Practice: sleeps through", "where": ""},
        at=practice.at,
    )
    view = {area.value: views[number % len(views)].value for number, area in enumerate(areas)}
    planned = vault_queries.read_all(keys=keys, file=case.file_id, part=CasePart.FOLLOW_UP)
    for part, reached in zip(planned, (FollowUpReached.REACHED, FollowUpReached.NOT_REACHED), strict=False):
        cases.do_follow_up(keys=keys, case=case, ref=part.ref, reached=reached, at=practice.at, views=view)
    cases.set_follow_up(keys=keys, case=case, due_at=practice.at + timedelta(days=20), at=practice.at)


def _reopened(practice: Practice, almond: Case, birch: Case) -> None:
    """Almond came back and does not want to be asked how it goes; whether Birch is erased waits for the second word."""
    keys, at = practice.keys(WHO), practice.at - timedelta(hours=9)
    cases.reopen_case(keys=keys, case=almond, reason="Practice: called again, needs a doctor.", at=at)
    cases.begin_follow_up(keys=keys, case=almond, at=at)
    first = vault_queries.read_all(keys=keys, file=almond.file_id, part=CasePart.FOLLOW_UP)[0]
    cases.do_follow_up(keys=keys, case=almond, ref=first.ref, reached=FollowUpReached.NOT_WANTED, at=at)
    cases.ask_erasing(
        keys=practice.keys("bakyt"), case=birch, reason="Practice: asked for it in a letter.", at=at
    )
