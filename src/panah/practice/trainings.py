"""Courses of a branch in every state: with people who wait, today at a school, without a register, settled."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from panah.practice.cast import Practice
from panah.programmes.training import actions as training
from panah.programmes.training import queries as training_queries
from panah.programmes.training.curricula import delivered
from panah.programmes.training.words import RegisterSource
from panah.programmes.volunteers import queries as volunteers_queries

if TYPE_CHECKING:
    from panah.programmes.training.models import Course
    from panah.programmes.volunteers.models import Volunteer

GIVEN = (
    "Aigul", "Aibek", "Aida", "Azamat", "Baktygul", "Bolot", "Chynara", "Daniyar", "Elmira", "Erlan", "Farida",
    "Gulzat", "Iskender", "Jamila", "Kanat", "Lola", "Madina", "Nurgul", "Nurlan", "Ozoda", "Parvina", "Rustam",
    "Saida", "Temir", "Ulan", "Venera", "Yusuf", "Zarina", "Zamir",
)  # fmt: skip
SURNAMES = ("Practice", "Sample")


def build(practice: Practice) -> None:
    """Adopt what Panah brings and plan courses of it, as far as the branch works on this node."""
    if not practice.has("bakyt", "ibrat", "elena") or not delivered():
        return
    for languages in delivered().values():
        training.adopt_module(
            languages=languages, valid_months=24, by=practice.staff["bakyt"], at=practice.at
        )
    _modules_being_written(practice)
    helpers = list(volunteers_queries.visible(to=practice.staff["ibrat"]).order_by("name", "pk")[:6])
    _with_a_waiting_list(practice, helpers)
    _today_at_a_school(practice)
    _over_without_a_register(practice)
    _settled(practice, helpers)
    training.call_off(
        course=_course(practice, "Practice: cancelled for snow", days=5),
        by=practice.staff["ibrat"],
        at=practice.at,
    )
    for one in helpers[:1]:
        since = _day(practice, -340)
        training.write_training(
            volunteer=one, teaches="field", since=since, months=12, by=practice.staff["ibrat"], at=practice.at
        )
    training.settle_due(at=practice.at)


def _modules_being_written(practice: Practice) -> None:
    """One that is taught, one that waits for a second person, both from Panah's, and one with nothing but a title."""
    ibrat, at = practice.staff["ibrat"], practice.at
    own = training.begin_copy(languages=delivered()["field"], by=ibrat, at=at)
    training.make_ready(draft=own, by=ibrat, at=at)
    training.publish_draft(draft=own, by=practice.staff["bakyt"], at=at)
    draft = training.begin_copy(languages=delivered()["sessions"], by=ibrat, at=at)
    training.make_ready(draft=draft, by=ibrat, at=at)
    training.write_module(title="Practice: offers from scam centres", language="ru", by=ibrat, at=at)


def _day(practice: Practice, days: int) -> date:
    return timezone.localtime(practice.at).date() + timedelta(days=days)


def _course(
    practice: Practice, title: str, *, days: int, places: int = 12, audience: str = "volunteers"
) -> Course:
    by = practice.staff["ibrat"]
    adopted = training_queries.adopted(to=by)
    taught = [one for one in adopted if one.slug == "safe-response"] or adopted[:1]
    return training.plan_course(
        title=title, modules=[str(one.pk) for one in taught[:1]], branch=str(by.branch_id), audience=audience,
        trainers=[str(practice.staff["elena"].pk)], language="ru", place="Practice: School 7", places=places,
        on=_day(practice, days), begins=time(10), goal="capacity", project="PRACTICE-1", by=by, at=practice.at,
    )  # fmt: skip


def _names(practice: Practice, course: Course, number: int) -> None:
    names = [f"{GIVEN[one % len(GIVEN)]} {SURNAMES[one // len(GIVEN)]}" for one in range(number)]
    training.enrol_names(course=course, names=names, by=practice.staff["ibrat"], at=practice.at)


def _with_a_waiting_list(practice: Practice, helpers: list[Volunteer]) -> None:
    course = _course(practice, "Practice: safe response for the branch", days=3, places=8)
    for one in helpers:
        training.enrol_volunteer(course=course, volunteer=one, by=practice.staff["ibrat"], at=practice.at)
    _names(practice, course, 10 - len(helpers))


def _today_at_a_school(practice: Practice) -> None:
    _names(practice, _course(practice, "Practice: 38 pupils", days=0, places=40, audience="pupils"), 38)


def _over_without_a_register(practice: Practice) -> None:
    course = _course(practice, "Practice: nobody wrote who was there", days=-9)
    _names(practice, course, 5)
    elena = practice.staff["elena"]
    taken = training.issue_list(session=course.sessions.get(), by=elena, at=practice.at - timedelta(days=9))
    training.revoke_list(row=taken.row, by=practice.staff["ibrat"], at=practice.at)


def _settled(practice: Practice, helpers: list[Volunteer]) -> None:
    course = _course(practice, "Practice: safe response in autumn", days=-60)
    for one in helpers[:4]:
        training.enrol_volunteer(course=course, volunteer=one, by=practice.staff["ibrat"], at=practice.at)
    _names(practice, course, 3)
    rows = list(course.enrolments.all())
    training.keep_register(
        session=course.sessions.get(), marks={row.pk: row != rows[-1] for row in rows}, by=practice.staff["elena"],
        added=[training.Added("Walk-in Practice")], source=RegisterSource.PAPER, paper_by="Practice trainer",
        at=practice.at - timedelta(days=60),
    )  # fmt: skip
    training.settle(course=course, by=practice.staff["ibrat"], at=practice.at)
