"""A module with a bank of twelve questions, and a course of it with names on its list."""

from dataclasses import replace

from django.utils import timezone

from panah.programmes.training import actions as training
from panah.programmes.training.curricula import Question
from tests.training.conftest import course, curriculum, names

# The first option is right; of the last question the first and the third.
BANK = (
    *(
        Question(f"q{n}", f"Practice question {n}?", ("yes", "no", "perhaps"), (0,), f"Because {n}.")
        for n in range(1, 12)
    ),
    Question("q12", "Practice question 12?", ("yes", "no", "this too"), (0, 2), "Both."),
)


def module_with_bank(world, slug="safe-response", *, questions=BANK):
    one = replace(curriculum(slug), questions=questions)
    russian = replace(
        one,
        title=f"Учебный модуль: {slug}",
        questions=tuple(
            replace(each, text=each.text.replace("Practice question", "Учебный вопрос")) for each in questions
        ),
    )
    return training.adopt_module(
        languages={"en": one, "ru": russian}, valid_months=24, by=world.staff["bakyt"], at=timezone.now()
    )


def course_with_bank(world, *people, questions=BANK, **more):
    one = course(world, module_with_bank(world, questions=questions), places=60, **more)
    if people:
        names(world, one, *people)
    return one


def prepared(world, one, when="before", *, by="elena"):
    return training.prepare_test(course=one, when=when, by=world.staff[by], at=timezone.now())


def answers(test, *, wrong=0):
    """Answers to all of a test, the first so many of them wrong."""
    right = {each.id: list(each.right) for each in BANK}
    return [[1] if place < wrong else right[question] for place, (_module, question) in enumerate(test.asked)]


def typed(world, test, said, *, by="elena"):
    """Type in {enrolment: how many wrong}."""
    return training.keep_typed(
        test=test, answers={row.pk: answers(test, wrong=wrong) for row, wrong in said.items()},
        paper_on=timezone.localdate(), paper_by="Elena", by=world.staff[by], at=timezone.now(),
    )  # fmt: skip


def completed_course(world, *people, **more):
    """A course that ended yesterday: all on its list were there, and it is settled."""
    one = course_with_bank(world, *people, days_ago=1, **more)
    settled(world, one)
    return one


def settled(world, one, *, by="elena"):
    at = timezone.now()
    for session in one.sessions.all():
        training.keep_from_page(session=session, absent=[], by=world.staff[by], at=at)
    training.settle(course=one, by=world.staff["ibrat"], at=at)
    one.refresh_from_db()


def issued(world, one, *, language="en"):
    training.issue_certificates(course=one, language=language, by=world.staff["elena"], at=timezone.now())
    return list(one.certificates.order_by("enrolment__place_in_line"))
