"""The northern practice society assessed itself last year and this year; the southern one has just begun."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from panah.practice.cast import Practice
from panah.programmes.model import actions as model
from panah.programmes.model import queries as model_queries
from panah.programmes.model.words import ELEMENTS

if TYPE_CHECKING:
    from panah.programmes.model.models import Assessment

# Made up, in the order of the elements.
LAST_YEAR = dict(zip(ELEMENTS, (2, 2, 2, 1, 3, 2, 2, 1, 1, 2, 1), strict=True))
THIS_YEAR = dict(zip(ELEMENTS, (3, 3, 3, 2, 4, 3, 2, 1, 2, 3, 2), strict=True))
PEOPLE = ("amina", "elena", "ibrat")
SEEN_DIFFERENTLY = ("shelter", "staff_care")
WHY = {
    "amina": "Practice: we do it, and I know where it is written.",
    "elena": "Practice: at night it depends on who is there.",
    "ibrat": "Practice: in the branches it is newer than at headquarters.",
}


def build(practice: Practice) -> None:
    if practice.has("bakyt", *PEOPLE):
        year = timezone.localtime(practice.at).year
        _assess(practice, year - 1, LAST_YEAR, years_ago=1)
        this = _assess(practice, year, THIS_YEAR)
        _plan(practice, this)
        model.share(
            assessment=this,
            contact=str(practice.staff["elena"].pk),
            by=practice.staff["bakyt"],
            at=practice.at,
        )
    if practice.has("malika", "rustam", "daler"):
        people = [str(practice.staff[name].pk) for name in ("rustam", "daler")]
        year = timezone.localtime(practice.at).year
        model.begin_assessment(year=year, people=people, by=practice.staff["malika"], at=practice.at)


def _assess(practice: Practice, year: int, levels: Mapping[str, int], *, years_ago: int = 0) -> Assessment:
    by, at = practice.staff["bakyt"], practice.at - timedelta(days=365 * years_ago)
    people = [str(practice.staff[name].pk) for name in PEOPLE]
    row = model.begin_assessment(year=year, people=people, by=by, at=at)
    for part in model_queries.assessors(row):
        name = part.staff.username
        for element, level in levels.items():
            lower = element in SEEN_DIFFERENTLY and name == "elena"
            model.give_level(
                part=part,
                element=element,
                level=max(1, level - lower),
                seen=[0, 2],
                other="",
                sentence=WHY[name],
            )
        model.finish_own_part(part=part, by=part.staff, at=at)
    model.set_side_by_side(assessment=row, by=by, at=at)
    for element, level in levels.items():
        sentence = "Practice: talked through, with what each of us saw."
        model.agree_level(
            assessment=row, element=element, level=level, sentence=sentence, decided_by=people, by=by, at=at
        )
    model.end_assessment(assessment=row, by=by, at=at)
    return row


def _plan(practice: Practice, row: Assessment) -> None:
    by, at = practice.staff["bakyt"], practice.at
    day = timezone.localtime(at).date()
    for element, action, owner, days in (
        ("shelter", "Agree with a second house that takes families", "gulnar", 40),
        ("reintegration", "Train two caseworkers in plans of half a year", "saule", 90),
        ("staff_care", "A rest rule in the roster for volunteers", "ibrat", 14),
    ):
        if practice.has(owner):
            planned = model.add_action(
                assessment=row,
                element=element,
                action=action,
                owner=str(practice.staff[owner].pk),
                due_on=day + timedelta(days=days),
                by=by,
                at=at,
            )
    model.end_action(
        planned=planned, state="done", came_of_it="Practice: it stands in the roster.", by=by, at=at
    )
