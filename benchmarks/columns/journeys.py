"""The journeys of the walk, each as people go it: pages they open and forms they send."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from benchmarks.columns.stage import HE, Stage, StoppedError
from benchmarks.columns.walk import Came, Journey
from panah.people.complaints import actions as complaints

TOLD = "Practice: the driver with the grey hat shouted at Tulip."
OLDER = "Practice: the tea was cold."
ANSWERED = "Practice: he has said that he is sorry."


# -- a complaint -------------------------------------------------------------------------------------


def _a_complaint_may_come(stage: Stage) -> None:
    """Gulnar reads beside the officer, after Ibrat did. One is there already, and he was asked about a request."""
    now = timezone.now()
    for name in ("ibrat", "gulnar"):
        named = complaints.name_second(
            staff=stage.staff[name], by=stage.staff["bakyt"], at=now - timedelta(hours=25)
        )
        complaints.confirm(row=named, by=stage.staff["zarina"], at=now)
    stage.all_sign_in()
    _complains(stage, "amina", OLDER)
    typed = {"wishes": ["see"], "asker": "person", "proof": "none", "what": OLDER}
    taken = complaints.take(keys=stage.keys("elena"), kind="own_data", typed=typed, concerned=set(), at=now)
    complaints.ask_colleague(
        keys=stage.keys("zarina"), matter=taken.row, of=stage.staff[HE], text=OLDER, at=now
    )


def _complains(stage: Stage, who: str, what: str) -> str:
    """She takes a complaint down; returns what the page says to her."""
    form = {"once": uuid4(), "what": what, "called": "Snowdrop", "speaker": "anonymous"}
    return stage.presses(who, "/complaints/new/", form).text


def _complaint_is_taken_down(stage: Stage) -> None:
    page = _complains(stage, "elena", TOLD)
    stage.kept["named"] = frozenset(one for one in stage.staff if one.title() in page.split("<main", 1)[-1])
    stage.kept["address"] = f"/complaints/matter/{said_number(page)}/"


def said_number(page: str) -> str:
    """Return the number that a page says to whoever made something."""
    if (found := re.search(r"\b[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]\b", page)) is None:
        raise StoppedError("no number")
    return found[0]


def _complaint_is_answered(stage: Stage) -> None:
    for who, step, form in (
        ("zarina", "acknowledge", {"told": "yes", "text": "x"}),
        ("gulnar", "answer", {"outcome": "right", "done": ANSWERED, "way": "meeting"}),
    ):
        there = stage.finds(who, TOLD, stage.kept["address"], *MATTERS)
        stage.presses(who, f"{there}{step}/", form)


MATTERS = ("/complaints/open/", "/complaints/matter/")


def _complaint_came(stage: Stage) -> Came:
    seen = stage.who_sees({"reads": TOLD, "reads the answer": ANSWERED}, stage.kept.get("address", ""))
    return {**seen, "named to whoever took it": stage.kept.get("named", frozenset())}


COMPLAINT = Journey(
    "complaint", _a_complaint_may_come, (_complaint_is_taken_down, _complaint_is_answered), _complaint_came
)

JOURNEYS = {one.name: one for one in (COMPLAINT,)}
