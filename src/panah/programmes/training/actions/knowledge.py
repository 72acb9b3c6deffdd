"""Tests of what people know, before a course and after it: drawn once, answered on paper, on telephones or aloud."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from random import SystemRandom
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.row_locks import locked
from panah.ground.names.compare import score
from panah.programmes.training import events, marking
from panah.programmes.training.actions.courses import must_be_open
from panah.programmes.training.actions.settling import settle_again
from panah.programmes.training.models import AnswerSheet, Course, Enrolment, KnowledgeTest
from panah.programmes.training.queries.courses import people_of
from panah.programmes.training.queries.knowledge import banks_of, questions_of
from panah.programmes.training.queries.public_tokens import hash_of, token_of
from panah.programmes.training.sealed_names import seal_name
from panah.programmes.training.words import EnrolmentState, TestTime, TestWay

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

# Under names that stand on no list; more would be somebody who plays with the address.
MOST_TYPED = 100
SURELY_THE_SAME = 0.85

type Answers = Sequence[Sequence[int]]


@transaction.atomic
def prepare_test(*, course: Course, when: str, by: Staff, at: datetime) -> KnowledgeTest:
    """Draw the questions of a course's test; of the second the same as of the first. Twice is once."""
    course = locked(course)
    must_be_open(course)
    there = {one.when: one for one in course.tests.all()}
    if when in there:
        return there[when]
    asked = next((one.asked for one in there.values()), None) or marking.drawn(
        banks_of(course), SystemRandom()
    )
    if not asked:
        raise Refusal(
            _("The modules of this course bring no questions."),
            next_step=_("Hold the course without a test, or teach a module that has a question bank."),
            code="no-questions",
        )
    pk = uuid4()
    row = KnowledgeTest.objects.create(
        pk=pk, course=course, when=when, asked=asked, token_hash=hash_of(token_of(pk))
    )
    audit.record(event=events.TEST_PREPARED, by=by, at=at, about=course.pk)
    return row


@transaction.atomic
def open_test(*, test: KnowledgeTest, shuffled: bool, by: Staff, at: datetime) -> None:
    """Let a test be answered on telephones today, by its address."""
    must_be_open(test.course)
    test.open_on, test.shuffled = timezone.localtime(at).date(), shuffled
    test.save(update_fields=["open_on", "shuffled"])
    audit.record(event=events.TEST_OPENED, by=by, at=at, about=test.course_id)


@transaction.atomic
def close_test(*, test: KnowledgeTest, by: Staff, at: datetime) -> None:
    """Let nobody answer by the address any more."""
    test.open_on = None
    test.save(update_fields=["open_on"])
    audit.record(event=events.TEST_CLOSED, by=by, at=at, about=test.course_id)


def _right(test: KnowledgeTest, answers: Answers) -> int:
    return marking.number_right(answers, [one.question.right for one in questions_of(test, "en")])


@transaction.atomic
def keep_typed(
    *,
    test: KnowledgeTest,
    answers: Mapping[UUID, Answers],
    paper_on: date,
    paper_by: str,
    by: Staff,
    at: datetime,
) -> int:
    """Keep what a trainer typed off sheets, by enrolment; a sheet that was typed before is corrected."""
    course = locked(test.course)
    must_be_open(course)
    rows = course.enrolments.in_bulk(list(answers))
    for pk, row in rows.items():
        said = {
            "answers": [list(answer) for answer in answers[pk]],
            "right": _right(test, answers[pk]),
            "way": TestWay.PAPER,
            "on": paper_on,
            "paper_by": paper_by,
        }
        AnswerSheet.objects.update_or_create(test=test, enrolment=row, defaults=said)
    _kept(test, course, by, at)
    return len(rows)


@transaction.atomic
def keep_aloud(
    *,
    test: KnowledgeTest,
    people: int | None,
    hands: Sequence[int | None],
    marks: Mapping[UUID, int],
    by: Staff,
    at: datetime,
) -> None:
    """Keep what was counted of a test read aloud: raised hands by question, or right answers by person, or both."""
    course = locked(test.course)
    must_be_open(course)
    if people is not None and any(one is not None for one in hands):
        test.hands = {"people": people, "right": list(hands)}
        test.save(update_fields=["hands"])
    for pk, row in course.enrolments.in_bulk(list(marks)).items():
        said = {
            "answers": [],
            "right": min(marks[pk], len(test.asked)),
            "way": TestWay.ALOUD,
            "on": timezone.localtime(at).date(),
            "paper_by": "",
        }
        AnswerSheet.objects.update_or_create(test=test, enrolment=row, defaults=said)
    _kept(test, course, by, at)


def _kept(test: KnowledgeTest, course: Course, by: Staff, at: datetime) -> None:
    audit.record(event=events.TEST_KEPT, by=by, at=at, about=course.pk)
    if test.when == TestTime.AFTER:
        settle_again(course=course, by=by, at=at)


def is_open(test: KnowledgeTest | None, *, at: datetime) -> bool:
    return test is not None and test.open_on == timezone.localtime(at).date()


@transaction.atomic
def answer_on_phone(
    *, test: KnowledgeTest, once: UUID, chosen: UUID | None, name: str, answers: Answers, at: datetime
) -> AnswerSheet | None:
    """Keep what somebody without an account answered; returns the sheet, None where that name has answered before.

    ``once`` is made by the page: what is sent twice is one sheet. A typed name that is surely one on the list is hers.
    """
    if not is_open(test, at=at):
        raise Refusal(
            _("This test is closed."), next_step=_("Ask your trainer."), code="test-closed", status=410
        )
    course = locked(test.course)
    there = AnswerSheet.objects.filter(pk=once, test=test).first()
    if there is not None:
        return there
    row = _on_list(course, chosen, name)
    if test.sheets.filter(enrolment=row).exists() if row is not None else not name:
        return None
    if row is None and test.sheets.filter(enrolment=None).count() >= MOST_TYPED:
        raise Refusal(
            _("Too many names were typed here."),
            next_step=_("Ask your trainer."),
            code="too-many-names",
            status=429,
        )
    sealed = None if row else seal_name(once, name)
    sheet = AnswerSheet(
        pk=once, test=test, enrolment=row, sealed_name=sealed, answers=[list(answer) for answer in answers],
        right=_right(test, answers), way=TestWay.PHONE, on=timezone.localtime(at).date(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            sheet.save(force_insert=True)
    except IntegrityError:
        # The id is another sheet's: this page was not made by us.
        return None
    audit.record(event=events.TEST_ANSWERED, by=None, society=course.society_id, at=at, about=course.pk)
    return sheet


def _on_list(course: Course, chosen: UUID | None, name: str) -> Enrolment | None:
    """Who answers: whoever was chosen on the list; else the only one there whose name is surely the one typed."""
    people = [one for one in people_of(course) if one.row.state != EnrolmentState.CANCELLED]
    if chosen is not None:
        return next((person.row for person in people if person.row.pk == chosen), None)
    alike = [person.row for person in people if score(person.name, name) >= SURELY_THE_SAME]
    return alike[0] if len(alike) == 1 else None


@transaction.atomic
def name_sheet(*, sheet: AnswerSheet, row: Enrolment, by: Staff, at: datetime) -> None:
    """Say whose a sheet is that came under a typed name. The name is erased."""
    course = locked(sheet.test.course)
    if sheet.enrolment_id is not None or sheet.test.sheets.filter(enrolment=row).exists():
        raise Refusal(
            _("Answers of this person are there already."),
            next_step=_("Take the sheet off that is wrong."),
            code="answered-already",
        )
    sheet.enrolment, sheet.sealed_name = row, None
    sheet.save(update_fields=["enrolment", "sealed_name"])
    _kept(sheet.test, course, by, at)


@transaction.atomic
def drop_sheet(*, sheet: AnswerSheet, by: Staff, at: datetime) -> None:
    """Take a sheet off that is wrong, such as one under somebody else's name: it can be answered again."""
    course = locked(sheet.test.course)
    sheet.delete()
    audit.record(event=events.SHEET_DROPPED, by=by, at=at, about=course.pk)
    if sheet.test.when == TestTime.AFTER:
        settle_again(course=course, by=by, at=at)
