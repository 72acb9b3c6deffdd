"""Whoever practises meets every word of the work once: what the practice node never shows, nobody has learnt.

Each list of words is walked; ``NOT_SHOWN`` names what cannot be looked at on a practice node, and why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from panah.ground.vault import queries as vault_queries
from panah.ground.work.item_rooms import ITEM_ROOMS
from panah.ground.work.models import DueItem
from panah.people.cases import queries as cases_queries
from panah.people.cases.forms.safety import SafetyForm
from panah.people.cases.models import CaseGroup, Supervision
from panah.people.cases.words import CasePart, CaseState, PlanState, terms
from panah.people.complaints.models import Matter
from panah.people.complaints.words import MatterState
from panah.people.consent import queries as consent_queries
from panah.people.consent.words import (
    SEVEN,
    ConsentAnswer,
    ConsentMethod,
    ConsentPurpose,
    GuardianRole,
    InterpreterUsed,
)
from panah.people.hotline import queries as hotline_queries
from panah.people.hotline.models import AuthorityRequest, Contact
from panah.people.hotline.words import AskedState, AttemptOutcome, CallEnding, ContactState, NextStep
from panah.people.hotline.words.parts import NEXT_STEP, TRIED
from panah.people.referrals import queries as referrals_queries
from panah.people.referrals.views.step_order import STEPS_BETWEEN_NODES, STEPS_BY_TELEPHONE, next_steps
from panah.people.referrals.words import ReferralDirection, ReferralState
from panah.people.safety.models import Threat
from panah.people.safety.words import ThreatState
from panah.people.screening import queries as screening_queries
from panah.people.screening.rules import Conclusion
from panah.people.shelter.models import Stay
from panah.people.shelter.words import StayState

LEADERS = {"practice-north": "bakyt", "practice-south": "rustam"}

PASSING = "it stands for minutes only, then somebody or the node goes on"
FAILING = "it comes when a node, a key, a line or a worker fails: nobody should practise on broken keys"
OFFICE = "it comes when colleagues join, leave or change something: the focal point's chapter of the handbook walks it"
TWO_SIDES = "it needs somebody at another telephone or screen: the rehearsals and `demo --pair` play it"
NOT_SHOWN: dict[str, dict[str, str]] = {
    "states of a contact": {"open": PASSING},
    "requests of authorities": {"decided": PASSING},
    "purposes of what is due": {
        "guest_questions guest_reply": "no partner has a guest's seat on a practice node: docs/cooperation.md walks through one",
        "hotline_chat chat_second": "the node writes it three minutes after the practice node is up",
        **dict.fromkeys(
            (
                "channels channels", "exchange head", "exchange node", "exchange waits", "inbox lost", "inbox_past lost", "inbox_past asked",
                "pictures look", "pictures_past look",
                "hotline came_late", "journal rows", "referrals look", "referrals no_line", "vault set-back", "vault tidy",
                "roster roster", "journal journal", "numbers numbers",
            ),
            FAILING,
        ),
        **dict.fromkeys(
            ("admission admit", "channels changed", "exchange compare", "network agreements", "shelter_place unrun"),
            OFFICE,
        ),
        **dict.fromkeys(("hotline_debrief debrief", "hotline_keeping erase_soon", "inbox remind", "inbox_past remind"), PASSING),
        **dict.fromkeys(
            (
                "cases match", "family_links links_erase", "family_links links_erased", "family_links links_question",
                "family_links links_tell", "finding question", "hotline arrived", "hotline_alarm ended",
                "known known_decide", "known known_phone", "known known_wait", "night_cover offered", "night_cover told", "referrals erase",
                "referrals erased", "referrals page_answer", "programme read", "network_report quarter",
            ),
            TWO_SIDES,
        ),
    },
}  # fmt: skip


class Shown:
    """What the practice node holds, opened with the keys of those who lead each of its societies."""

    def __init__(self, practice: Any) -> None:
        self.practice = practice
        self.cases = [
            (case, practice.keys(who))
            for who in LEADERS.values()
            for case in cases_queries.visible(to=practice.staff[who])
        ]

    def parts(self, part: str) -> list[dict[str, Any]]:
        return [
            one.value
            for case, keys in self.cases
            for one in vault_queries.read_all(keys=keys, file=case.file_id, part=part)
        ]

    def values(self, part: str, key: str) -> set[Any]:
        return {value.get(key) for value in self.parts(part)}

    def answers(self) -> list[Any]:
        return [
            one for case, keys in self.cases for one in consent_queries.answers(keys=keys, file=case.file_id)
        ]

    def conclusions(self) -> set[Conclusion]:
        """What each file's meetings suggest, seen through each set of questions that was asked there."""
        found, sets = set(), screening_queries.sets().by_code
        for case, keys in self.cases:
            held = screening_queries.meetings(keys=keys, file=case.file_id)
            for profile in {one.meeting.profile for one in held}:
                found.add(screening_queries.picture(held=held, profile=sets[profile]).result.outcome)
        return found

    def referrals(self) -> list[Any]:
        return [one for case, keys in self.cases for one in referrals_queries.of_case(case=case, keys=keys)]

    def ends_of_deadlines(self) -> set[Any]:
        return {clock.get("ended") for clock in self.parts(CasePart.CLOCK)}

    def beside_the_file(self) -> set[str]:
        """Parts that lie in files of their own: groups, their members, notes of supervision."""
        keys, files = self.practice.keys("bakyt"), set()
        for group in CaseGroup.objects.all():
            files.add(group.file_id)
        for row in Supervision.objects.all():
            files.add(row.file_id)
        return {
            part.value
            for part in CasePart
            for file in files
            if vault_queries.read_all(keys=keys, file=file, part=part)
        }

    def steps(self) -> set[str]:
        """Every step that the page of a referral offers, the one to do first and those behind it."""
        return {
            step
            for one in self.referrals()
            for step in next_steps(
                one,
                unread=len(referrals_queries.unread(one.row)),
                reachable=referrals_queries.can_reach(one.sealed["receiver"], society=one.row.society_id),
                to_call=referrals_queries.waits_for_call(one.row),
            )
        }

    def of_contacts(self, part: str, key: str) -> set[Any]:
        keys = [self.practice.keys(one) for one in ("elena", "daler")]
        files = [one.file_id for one in Contact.objects.all() if one.file_id]
        return {
            one.value.get(key)
            for ring in keys
            for file in files
            for one in vault_queries.read_all(keys=ring, file=file, part=part)
        }

    def endings(self) -> set[Any]:
        """How contacts ended, by the newest word of whoever took them."""
        found: set[Any] = set()
        for who in ("elena", "daler"):
            for contact in Contact.objects.filter(society_id=self.practice.staff[who].society_id):
                answers = hotline_queries.answers_of(keys=self.practice.keys(who), contact=contact)
                found.update(answers.get("ends") or ())
        return found

    def purposes(self) -> set[str]:
        """Room and purpose of everything that was ever due; some purposes end with the id of whose vote it is."""
        had = {f"{room} {purpose}" for room, purpose in DueItem.objects.values_list("room", "purpose")}
        known = {f"{name} {purpose}" for name, room in ITEM_ROOMS.items() for purpose in room.purposes}
        return {one for one in known if any(item == one or item.startswith(f"{one}-") for item in had)}


def all_purposes() -> set[str]:
    return {f"{name} {purpose}" for name, room in ITEM_ROOMS.items() for purpose in room.purposes}


def all_steps() -> set[str]:
    tables = (STEPS_BY_TELEPHONE, STEPS_BETWEEN_NODES)
    listed = {step for table in tables for steps in table.values() for step in steps}
    return {
        *listed,
        "seal",
        "confirm",
        "they_agree",
        "told",
        "take_up",
        "share",
        "after_all",
        "safe",
        "page_again",
    }


def seven(shown: Shown) -> set[str]:
    return {f"{name} {value}" for one in shown.answers() for name, value in one.kept["seven"].items()}


# What is walked: its words, and what the practice node shows of them.
WALKED: dict[str, tuple[Iterable[Any], Callable[[Shown], set[Any]]]] = {
    "states of a case": (CaseState, lambda shown: {case.state for case, _keys in shown.cases}),
    "states of a plan": (PlanState, lambda shown: {case.plan_state for case, _keys in shown.cases}),
    "stages of identification": (
        terms.Stage,
        lambda shown: {*shown.values(CasePart.STAGE, "stage"), terms.Stage.OPEN.value},
    ),
    "parts of a file": (
        CasePart,
        lambda shown: {part for part in CasePart if shown.parts(part)} | shown.beside_the_file(),
    ),
    "states of a need": (terms.NeedState, lambda shown: shown.values(CasePart.NEED, "state")),
    "services": (terms.Assistance, lambda shown: shown.values(CasePart.SERVICE, "type")),
    "outcomes of a service": (terms.ServiceOutcome, lambda shown: shown.values(CasePart.SERVICE, "outcome")),
    "levels of risk": (terms.Risk, lambda shown: shown.values(CasePart.RISK, "level")),
    "safety plan": (
        set(SafetyForm.base_fields) - {"seen"},
        lambda shown: {key for plan in shown.parts(CasePart.SAFETY) for key, text in plan.items() if text},
    ),
    "ends of a deadline": (terms.ClockEnd, lambda shown: shown.ends_of_deadlines()),
    "times of a follow-up": (terms.FollowUpTime, lambda shown: shown.values(CasePart.FOLLOW_UP, "after")),
    "answers to a follow-up": (
        terms.FollowUpReached,
        lambda shown: shown.values(CasePart.FOLLOW_UP, "reached"),
    ),
    "reasons to close": (terms.ClosingReason, lambda shown: shown.values(CasePart.CLOSING, "reason")),
    "results of a screening": (Conclusion, Shown.conclusions),
    "purposes of consent": (ConsentPurpose, lambda shown: {one.consent.purpose for one in shown.answers()}),
    "answers to consent": (ConsentAnswer, lambda shown: {one.consent.said for one in shown.answers()}),
    "the seven of the standard": ({f"{name} {said}" for name in SEVEN for said in ("yes", "no")}, seven),
    "ways of consent": (ConsentMethod, lambda shown: {one.kept["way"] for one in shown.answers()}),
    "who interpreted": (InterpreterUsed, lambda shown: {one.kept["interpreter"] for one in shown.answers()}),
    "what guardians say": (GuardianRole, lambda shown: {one.kept["guardian"] for one in shown.answers()}),
    "states of a referral": (ReferralState, lambda shown: {one.row.state for one in shown.referrals()}),
    "directions of a referral": (
        ReferralDirection,
        lambda shown: {one.row.direction for one in shown.referrals()},
    ),
    "steps of a referral": (all_steps(), Shown.steps),
    "states of a stay": (StayState, lambda shown: {one.state for one in Stay.objects.all()}),
    "states of a contact": (ContactState, lambda shown: {one.state for one in Contact.objects.all()}),
    "what happens next": (NextStep, lambda shown: shown.of_contacts(NEXT_STEP, "step")),
    "attempts to call back": (AttemptOutcome, lambda shown: shown.of_contacts(TRIED, "outcome")),
    "how contacts end": (CallEnding, Shown.endings),
    "requests of authorities": (
        AskedState,
        lambda shown: {one.state for one in AuthorityRequest.objects.all()},
    ),
    "states of a complaint": (MatterState, lambda shown: {one.state for one in Matter.objects.all()}),
    "states of a report": (ThreatState, lambda shown: {one.state for one in Threat.objects.all()}),
    "purposes of what is due": (all_purposes(), Shown.purposes),
}


@pytest.mark.parametrize("what", WALKED)
def test_whoever_practises_meets_each_of(what: str, built: Any) -> None:
    words, shown = WALKED[what]
    there = {str(one) for one in shown(Shown(built)) if one is not None}
    every, left_out = {str(one) for one in words}, {str(one) for one in NOT_SHOWN.get(what, {})}
    assert every - there - left_out == set(), what
    assert left_out <= every, "a reason for what no list holds"
    assert not left_out & there, "shown after all: its reason can go"


def test_every_case_of_the_practice_node_can_be_told_apart_by_its_label(built: Any) -> None:
    labels = [
        vault_queries.value_of(keys=keys, file=case.file_id, part=CasePart.WORKING_LABEL).get("text", "")
        for case, keys in Shown(built).cases
        if case.owner_id
    ]
    without = labels.count("")
    # Those that another society referred, and the contact that became a case, have none yet: so it is in life too.
    assert without <= 4
    assert len(set(labels) - {""}) == len(labels) - without


def test_every_name_and_story_of_the_practice_node_looks_made_up(built: Any) -> None:
    for case, keys in Shown(built).cases:
        identity = vault_queries.value_of(keys=keys, file=case.file_id, part=CasePart.IDENTITY)
        for name in identity.get("names", ()):
            assert name["text"].startswith("Practice ") or name["kind"] == "called", name
        for phone in identity.get("phones", ()):
            assert phone["number"].startswith(("+000", "0 000")), phone
        for note in vault_queries.read_all(keys=keys, file=case.file_id, part=CasePart.NOTE):
            assert note.value["text"], case.number
