"""Knowledge tests and certificates of the practice courses: valid, replaced, revoked, and one whose page is off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from panah.practice.cast import Practice
from panah.programmes.training import actions as training
from panah.programmes.training import queries as training_queries
from panah.programmes.training.sealed_names import sealed_name
from panah.programmes.training.words import CourseState, TestTime

if TYPE_CHECKING:
    from panah.programmes.training.models import Course, KnowledgeTest


def build(practice: Practice) -> None:
    """Fill in the tests of the courses that Elena leads, and issue certificates of the one that is settled."""
    if not practice.has("ibrat", "elena"):
        return
    elena = practice.staff["elena"]
    for course in training_queries.listed(to=elena).rows:
        if course.begins_on == timezone.localtime(practice.at).date():
            _test(practice, course, TestTime.BEFORE)
    for course in training_queries.listed(to=elena, over=True).rows:
        if course.state == CourseState.SETTLED:
            _tested(practice, course)
            _certified(practice, course)


def _test(practice: Practice, course: Course, when: str) -> KnowledgeTest:
    return training.prepare_test(course=course, when=when, by=practice.staff["elena"], at=practice.at)


def _tested(practice: Practice, course: Course) -> None:
    """Everybody knows more after the course than before; of one question fewer do, and one nobody knows."""
    rows = list(course.enrolments.all())
    for when, known in ((TestTime.BEFORE, 4), (TestTime.AFTER, 8)):
        test = _test(practice, course, when)
        asked = training_queries.questions_of(test, "en")
        given = {}
        for place, row in enumerate(rows):
            right = known + place % 2
            given[row.pk] = [
                list(one.question.right) if 1 < one.number <= right + 1 else [_wrong(one.question.right)]
                for one in asked
            ]
        training.keep_typed(
            test=test, answers=given, paper_on=course.ends_on, paper_by="Practice trainer",
            by=practice.staff["elena"], at=practice.at,
        )  # fmt: skip


def _wrong(right: tuple[int, ...]) -> int:
    return next(place for place in range(3) if place not in right)


def _certified(practice: Practice, course: Course) -> None:
    ibrat, at = practice.staff["ibrat"], practice.at
    training.issue_certificates(course=course, language="ru", by=ibrat, at=at)
    found = [one.certificate for one in training_queries.holders(course) if one.certificate is not None]
    for place, row in enumerate(found):
        if place == 0:
            name = f"{sealed_name(row)} Practice"
            training.replace_certificate(certificate=row, name=name, language="en", by=ibrat, at=at)
        elif place == 1:
            training.revoke_certificate(certificate=row, by=ibrat, at=at)
        elif place == 2:
            training.switch_page(certificate=row, checkable=False, by=ibrat, at=at)
