"""Two documents in a case: a photograph from a telephone, a contract that was scanned."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from panah.people.cases import actions as cases
from panah.practice import papers
from panah.practice.cast import Practice

if TYPE_CHECKING:
    from panah.people.cases.models import Case


def keep_two(practice: Practice, story: dict[str, Any], case: Case) -> None:
    keys, at = practice.keys(story["by"]), practice.at - timedelta(days=2)
    told = {"from": "person", "received": at.date().isoformat()}
    for name, body, more in (
        (
            "practice-sign.jpg",
            papers.photograph(),
            {
                "what": "Practice: the sign at the gate of the workshop.",
                "on": "phone",
                "custody": "Sent from the person's own telephone, deleted there afterwards.",
            },
        ),
        (
            "practice-contract.pdf",
            papers.contract(),
            {
                "what": "Practice contract: two pages, signed, wages left empty.",
                "on": "paper",
                "custody": "The paper stays with the person. Scanned here.",
            },
        ),
    ):
        kept = cases.keep_document(keys=keys, case=case, name=name, body=body, at=at)
        cases.describe_document(
            keys=keys, case=case, ref=kept.ref, described={**told, **more}, at=at, based_on=1
        )
