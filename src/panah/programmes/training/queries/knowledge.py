"""What a test asks, who answered what, how the questions do, and what changed between before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from django.shortcuts import get_object_or_404

from panah.programmes.training import effect, marking
from panah.programmes.training.curricula import Question
from panah.programmes.training.effect import Change
from panah.programmes.training.models import AnswerSheet, Course, KnowledgeTest, Module
from panah.programmes.training.queries.courses import Person, people_of, visible
from panah.programmes.training.sealed_names import sealed_name
from panah.programmes.training.words import EnrolmentState, TestTime

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

# So many sheets are read for the statistics of a module, the newest first.
MOST_SHEETS = 2000


@dataclass(frozen=True)
class Asked:
    """A question as a test asks it, in the reader's language."""

    number: int
    question: Question
    module: UUID

    @property
    def several(self) -> bool:
        return len(self.question.right) > 1


@dataclass(frozen=True)
class Result:
    """Somebody on the list, with her sheets."""

    person: Person
    before: AnswerSheet | None = None
    after: AnswerSheet | None = None


@dataclass(frozen=True)
class PrePost:
    """What changed, without names. ``pairs``: of each who answered both, how many were right before and after."""

    questions: int = 0
    pairs: tuple[tuple[int, int], ...] = ()
    # Lost to follow-up; and who came later.
    only_before: int = 0
    only_after: int = 0
    # Raised hands, all questions together: (right, answers), before and after. Nobody's two answers are joined.
    hands_before: tuple[int, int] | None = None
    hands_after: tuple[int, int] | None = None


@dataclass(frozen=True)
class QuestionRow:
    """A question of a module with what was answered to it."""

    question: Question
    tally: marking.Tally = field(default_factory=marking.Tally)


def tests_of(course: Course) -> dict[str, KnowledgeTest]:
    return {one.when: one for one in course.tests.all()}


def test_or_404(pk: UUID, *, to: Staff) -> KnowledgeTest:
    rows = KnowledgeTest.objects.filter(course__in=visible(to=to)).select_related("course")
    return get_object_or_404(rows, pk=pk)


def sheet_or_404(pk: UUID, *, to: Staff) -> AnswerSheet:
    rows = AnswerSheet.objects.filter(test__course__in=visible(to=to))
    return get_object_or_404(rows.select_related("test__course", "enrolment"), pk=pk)


def banks_of(course: Course) -> list[list[tuple[str, str]]]:
    """Return the questions that a course can ask, module by module, as a test keeps them."""
    modules = [one.module for one in course.taught.select_related("module").order_by("module__slug")]
    return [[(str(one.pk), question.id) for question in one.in_language("en").questions] for one in modules]


def questions_of(test: KnowledgeTest, language: str) -> list[Asked]:
    """Return what a test asks, in this language where the modules have it."""
    modules = Module.objects.in_bulk({pk for pk, _id in test.asked})
    bank = {
        (str(pk), question.id): question
        for pk, module in modules.items()
        for question in module.in_language(language).questions
    }
    return [
        Asked(number, bank[module, question], UUID(module))
        for number, (module, question) in enumerate(test.asked, start=1)
    ]


def languages_of(test: KnowledgeTest) -> list[str]:
    """Return the languages in which all of a test can be read."""
    modules = Module.objects.filter(pk__in={pk for pk, _id in test.asked})
    found = [set(one.content) for one in modules]
    return sorted(set.intersection(*found)) if found else []


def readable_language(test: KnowledgeTest, reader: str) -> str:
    """Return in which language a reader is asked: her own, else the course's, else what most here read."""
    there = languages_of(test)
    return next((one for one in (reader, test.course.language, "ru") if one in there), "en")


def who_may_answer(test: KnowledgeTest) -> list[Person]:
    """Return those on the list whose answers have not come in yet."""
    there = set(test.sheets.filter(enrolment__isnull=False).values_list("enrolment", flat=True))
    return [
        one
        for one in people_of(test.course)
        if one.row.state != EnrolmentState.CANCELLED and one.row.pk not in there
    ]


def results(course: Course) -> list[Result]:
    """Return everybody on the list with what she answered, in the order of the list."""
    sheets: dict[tuple[UUID | None, str], AnswerSheet] = {
        (one.enrolment_id, one.test.when): one
        for one in AnswerSheet.objects.filter(test__course=course).select_related("test")
    }
    return [
        Result(one, sheets.get((one.row.pk, TestTime.BEFORE)), sheets.get((one.row.pk, TestTime.AFTER)))
        for one in people_of(course)
        if one.row.state != EnrolmentState.CANCELLED
    ]


def loose_sheets(test: KnowledgeTest) -> list[tuple[AnswerSheet, str]]:
    """Return the sheets under names that stand on no list, with those names."""
    return [(one, sealed_name(one)) for one in test.sheets.filter(enrolment=None)]


def right_after(course: Course) -> dict[UUID, bool]:
    """Return who passed the test after a course, and who did not; whoever did not answer it is not in it."""
    test = tests_of(course).get(TestTime.AFTER)
    if test is None:
        return {}
    return {
        enrolment: marking.passed(right, of=len(test.asked), enough=course.enough_right)
        for enrolment, right in test.sheets.filter(enrolment__isnull=False).values_list("enrolment", "right")
    }


def pre_post(course: Course) -> PrePost:
    """Return what changed between the tests of a course: counts by person without names, and by raised hands."""
    tests = tests_of(course)
    right: dict[str, dict[UUID | None, int]] = {
        when: dict(one.sheets.filter(enrolment__isnull=False).values_list("enrolment", "right"))
        for when, one in tests.items()
    }
    before, after = right.get(TestTime.BEFORE, {}), right.get(TestTime.AFTER, {})
    both = before.keys() & after.keys()
    return PrePost(
        questions=max((len(one.asked) for one in tests.values()), default=0),
        # Sorted: their order tells nothing about the list.
        pairs=tuple(sorted((before[one], after[one]) for one in both)),
        only_before=len(before.keys() - both),
        only_after=len(after.keys() - both),
        hands_before=_hands(tests.get(TestTime.BEFORE)),
        hands_after=_hands(tests.get(TestTime.AFTER)),
    )


def change_of(course: Course) -> Change | None:
    """Return how the part that passed changed, person by person; None where nobody answered either test."""
    said, enough = pre_post(course), course.enough_right or marking.ENOUGH_RIGHT_PERCENT
    if not said.pairs and not said.only_before:
        return None
    passed = [
        tuple(marking.passed(right, of=said.questions, enough=enough) for right in pair)
        for pair in said.pairs
    ]
    return effect.change(
        effect.CountedTests(
            paired=True,
            took_before=len(passed) + said.only_before,
            took_after=len(passed),
            passed_before=sum(before for before, _after in passed),
            passed_after=sum(after for _before, after in passed),
            gained=sum(after and not before for before, after in passed),
            dropped=sum(before and not after for before, after in passed),
        )
    )


def _hands(test: KnowledgeTest | None) -> tuple[int, int] | None:
    if test is None or test.hands is None:
        return None
    counted = [one for one in test.hands["right"] if one is not None]
    return sum(counted), test.hands["people"] * len(counted)


def question_rows(module: Module, language: str, *, to: Staff) -> list[QuestionRow]:
    """Return how each question of a module did in the courses that the asker sees, in the order of the bank."""
    rows = {one.id: QuestionRow(one) for one in module.in_language(language).questions}
    tests = KnowledgeTest.objects.filter(course__in=visible(to=to), course__taught__module=module).in_bulk()
    for test in tests.values():
        _count_hands(test, module.pk, rows)
    sheets = AnswerSheet.objects.filter(test__in=tests).order_by("-on", "pk")
    for of, answers in sheets.values_list("test", "answers")[:MOST_SHEETS]:
        _count_sheet(tests[of], answers, module.pk, rows)
    return list(rows.values())


def _places(
    test: KnowledgeTest, module: UUID, rows: Mapping[str, QuestionRow]
) -> Iterable[tuple[int, QuestionRow]]:
    for place, (of, question) in enumerate(test.asked):
        if of == str(module) and question in rows:
            yield place, rows[question]


def _count_hands(test: KnowledgeTest, module: UUID, rows: Mapping[str, QuestionRow]) -> None:
    if test.hands is None:
        return
    for place, row in _places(test, module, rows):
        if (right := test.hands["right"][place]) is not None:
            row.tally.add(after=test.when == TestTime.AFTER, right=right, of=test.hands["people"])


def _count_sheet(
    test: KnowledgeTest, answers: Sequence[Sequence[int]], module: UUID, rows: Mapping[str, QuestionRow]
) -> None:
    if not answers:
        return
    for place, row in _places(test, module, rows):
        right = marking.number_right([answers[place]], [row.question.right])
        row.tally.add(after=test.when == TestTime.AFTER, right=right)
        for option in answers[place]:
            row.tally.chosen[option] = row.tally.chosen.get(option, 0) + 1
