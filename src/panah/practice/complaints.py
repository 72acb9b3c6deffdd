"""Complaints and a request about own data on a practice node, each in another state. All invented."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from panah.people.complaints import actions as complaints
from panah.practice.cast import Practice

SECOND, OFFICER, LEADER = "nurlan", "zarina", "bakyt"


def build(practice: Practice) -> None:
    """Name a second reader; complaints, each in another state, and one request that waits for the holder."""
    if not practice.has(SECOND, OFFICER, LEADER):
        return
    at = practice.at
    _name_second(practice)
    _take(
        practice, by="elena", days=0, kind="complaint", concerned=("gulnar",),
        what="Practice: somebody at the shelter reads the letters before they are given out.",
        about=["breach"], speaker="anonymous", safe_word="willow", wants="That letters stay closed.",
    )  # fmt: skip
    older = _take(
        practice, by="amina", days=6, kind="complaint", concerned=(),
        what="Practice: a volunteer driver asked for money for the way to the hospital, and for a telephone number.",
        about=["abuse"], danger="no", concerns_who="A driver, about 40, blue car", speaker="person",
        called="Juniper", reach="At the meeting on Thursdays", safe_word="plum", may_tell="no",
    )  # fmt: skip
    keys = practice.keys(OFFICER)
    complaints.acknowledge(
        keys=keys, matter=older, text="Practice: told at the meeting.", at=at - timedelta(days=6, hours=-3)
    )
    complaints.look_into(
        keys=practice.keys(SECOND), matter=older, at=at - timedelta(days=5),
        text="Practice: the driver has no rides until it is clear. The branch is asked who else rode along.",
    )  # fmt: skip
    _take(
        practice, by=SECOND, days=1, kind="complaint", concerned=(OFFICER,), hers=(SECOND,),
        what="Practice: an office key was lent to somebody who does not work here.",
        about=["breach"], speaker="anonymous", safe_word="maple", wants="That a second person looks at who reads this.",
    )  # fmt: skip
    asked = _take(
        practice, by="elena", days=4, kind="own_data", concerned=(),
        wishes=["see", "correct"], asker="person", proof="safe_word", called="Apricot", safe_word="apricot",
        what="Practice: wants to hear what is written about the way here. The year of birth is wrong.",
    )  # fmt: skip
    complaints.acknowledge(
        keys=keys, matter=asked, text="Practice: called back, the word was right.", at=at - timedelta(days=3)
    )
    complaints.ask_colleague(
        keys=keys, matter=asked, of=practice.staff["amina"], at=at - timedelta(days=2),
        text="Practice: Apricot asks what is kept. Read it aloud at the next meeting, and look at the year of birth.",
    )  # fmt: skip


def _name_second(practice: Practice) -> None:
    row = complaints.name_second(
        staff=practice.staff[SECOND], by=practice.staff[LEADER], at=practice.at - timedelta(days=30)
    )
    complaints.confirm(row=row, by=practice.staff[OFFICER], at=practice.at - timedelta(days=29))


def _take(
    practice: Practice,
    *,
    by: str,
    days: int,
    kind: str,
    concerned: tuple[str, ...],
    hers: tuple[str, ...] = (),
    **typed: object,
) -> Any:
    return complaints.take(
        keys=practice.keys(by),
        once=uuid4(),
        kind=kind,
        typed=typed,
        concerned={practice.staff[name].pk for name in concerned},
        hers={practice.staff[name].pk for name in hers},
        at=practice.at - timedelta(days=days, hours=1),
    ).row
