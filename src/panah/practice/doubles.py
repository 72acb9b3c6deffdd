"""Two pairs of cases that may be one person's: of one the first holder is asked, of the other she has answered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from panah.ground.vault import queries as vault_queries
from panah.people.cases import actions as cases
from panah.people.cases import queries as cases_queries
from panah.people.cases.words import CasePart
from panah.people.finding import actions as finding
from panah.practice.cast import Practice

if TYPE_CHECKING:
    from panah.people.cases.models import Case

# By what the person is called in the case that is there already: the year of birth that is told this time, in days ago.
AGAIN = {"Tulip": ("1987", 2), "Apricot": ("1998", 1)}
ANSWERED = "Apricot"


def build(practice: Practice) -> None:
    if not practice.has("bakyt", "amina", "cholpon"):
        return
    focal_point, there = practice.keys("bakyt"), _called(practice)
    for called, (born, days) in AGAIN.items():
        before = there[called]
        again = _opened(practice, called, born, days)
        finding.ask_first(keys=focal_point, numbers=frozenset((before.number, again.number)), at=practice.at)
        if called == ANSWERED:
            holder = practice.keys("cholpon")
            [asked] = finding.laid_before(keys=holder, case=again)
            finding.answer(keys=holder, case=again, ref=asked.ref, said="same", at=practice.at)


def _called(practice: Practice) -> dict[str, Case]:
    """The cases of those who come again, by what each person is called."""
    keys = practice.keys("bakyt")
    found: dict[str, Case] = {}
    for case in cases_queries.visible(to=practice.staff["bakyt"]):
        identity = vault_queries.value_of(keys=keys, file=case.file_id, part=CasePart.IDENTITY)
        found |= {name["text"]: case for name in identity.get("names", ()) if name["text"] in AGAIN}
    return found


def _opened(practice: Practice, called: str, born: str, days: int) -> Case:
    return cases.open_case(
        keys=practice.keys("cholpon"),
        by=practice.staff["cholpon"],
        at=practice.at - timedelta(days=days),
        age_group="adult",
        identity={"names": [{"text": f"Practice {called} Person", "kind": "full"}], "born": born},
        note="Practice: was here before, perhaps under another number.",
        working_label=f"perhaps the same as {called}",
    )
