"""Courses as their trainers and the branch's coordinator see them, and who stands on their lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count
from django.shortcuts import get_object_or_404

from panah.ground.accounts.queries import colleagues
from panah.ground.foundation import retention
from panah.ground.foundation.months import months_after
from panah.ground.foundation.paging import page_by_day
from panah.ground.names.find import fold_key
from panah.programmes.training.models import Attendance, Course, CourseQuerySet, Enrolment, PhoneList, Session
from panah.programmes.training.sealed_names import sealed_name
from panah.programmes.training.words import CourseState, EnrolmentState
from panah.programmes.volunteers import queries as volunteers_queries
from panah.programmes.volunteers.words import MayDo, VolunteerState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.volunteers.models import Volunteer

SUGGESTED = 20


@dataclass(frozen=True)
class Person:
    """Somebody on a list, with the number that stands beside the name on paper and on the telephone."""

    row: Enrolment
    number: int
    name: str
    # Session -> there or not; a session that is not in it has no word about this person.
    was: dict[UUID, bool] = field(default_factory=dict)

    @property
    def numbered(self) -> str:
        return f"{self.number}. {self.name}"


@dataclass(frozen=True)
class Listed:
    """A page of courses; ``more`` is the address of the next one, empty on the last."""

    rows: list[Course]
    more: str


@dataclass(frozen=True)
class Held:
    """A course that was held, as reports count it: how many people were there at least once."""

    branch: UUID
    goal: str
    project: str
    people: int


def held(*, society: UUID, first: date, last: date) -> list[Held]:
    """Return the courses of a society that ended in a period and at which somebody was. Two queries."""
    rows = Course.objects.filter(society=society, ends_on__range=(first, last))
    rows = rows.exclude(state=CourseState.CANCELLED).order_by()
    there = Attendance.objects.filter(present=True, session__course__in=rows).order_by()
    people: dict[UUID, int] = dict(
        there.values_list("session__course").annotate(number=Count("enrolment", distinct=True))
    )
    courses = rows.filter(pk__in=people).values_list("pk", "branch", "goal", "project")
    return [Held(branch, goal, project, people[pk]) for pk, branch, goal, project in courses]


def visible(*, to: Staff) -> CourseQuerySet:
    return Course.objects.visible(to=to)


def by_pk_or_404(pk: UUID, *, to: Staff, kept: bool = False) -> Course:
    """Return a course that the asker keeps or leads; ``kept``: only one that she may change."""
    rows = Course.objects.kept(by=to) if kept else visible(to=to)
    return get_object_or_404(rows.select_related("branch"), pk=pk)


def session_or_404(pk: UUID, *, to: Staff) -> Session:
    rows = Session.objects.filter(course__in=visible(to=to))
    return get_object_or_404(rows.select_related("course", "course__branch", "registered_by"), pk=pk)


def enrolment_or_404(pk: UUID, *, to: Staff) -> Enrolment:
    rows = Enrolment.objects.filter(course__in=Course.objects.kept(by=to))
    return get_object_or_404(rows.select_related("course", "volunteer"), pk=pk)


def listed(*, to: Staff, over: bool = False, after: str = "") -> Listed:
    """Return a page of courses, the newest first: those that go on, or those that are over."""
    rows = (
        visible(to=to).filter(state=CourseState.OPEN)
        if not over
        else visible(to=to).exclude(state=CourseState.OPEN)
    )
    return Listed(*page_by_day(rows.select_related("branch"), "begins_on", after))


def names_erased_on(course: Course) -> date | None:
    """Return from when the names of those who are no volunteers are erased; None where the list has none."""
    if not course.enrolments.filter(volunteer=None).exists():
        return None
    return months_after(course.ends_on, retention.COURSE_NAMES.months)


def name_of(row: Enrolment) -> str:
    """The name of somebody on a list: the volunteer's, or the one that was sealed."""
    return str(row.volunteer.name) if row.volunteer is not None else sealed_name(row)


def people_of(course: Course) -> list[Person]:
    """Return who stands on the list of a course, in the order of its numbers, with who was there. Two queries."""
    rows = list(course.enrolments.select_related("volunteer"))
    was: dict[UUID, dict[UUID, bool]] = {}
    for session, enrolment, present in Attendance.objects.filter(session__course=course).values_list(
        "session", "enrolment", "present"
    ):
        was.setdefault(enrolment, {})[session] = present
    return [Person(row, row.place_in_line, name_of(row), was.get(row.pk, {})) for row in rows]


def leading_colleagues(course: Course) -> list[Staff]:
    """Return who leads a course and signs in: she writes who was there herself."""
    rows = course.led_by.select_related("staff", "volunteer__staff")
    both = [row.staff if row.volunteer is None else row.volunteer.staff for row in rows]
    # Two rows of the register that became one person's may both lead it.
    return list(dict.fromkeys(one for one in both if one is not None))


def leading_volunteers(course: Course) -> list[Volunteer]:
    """Return the volunteers who lead a course without a sign-in: they keep the list on paper."""
    rows = course.led_by.exclude(volunteer=None).filter(volunteer__staff=None).select_related("volunteer")
    return [row.volunteer for row in rows.order_by("volunteer__name", "pk") if row.volunteer is not None]


def leading(course: Course) -> list[Staff | Volunteer]:
    """Return all who lead a course, whether they sign in or not."""
    return [*leading_colleagues(course), *leading_volunteers(course)]


def who_may_lead(name: str, *, course: Course, to: Staff) -> list[Volunteer]:
    """Return active volunteers of this name who may lead on the course's first day; 20 at most."""
    ask = volunteers_queries.VolunteerFilter(name=name, may=MayDo.LEAD)
    found = volunteers_queries.listed(ask, to=to, on=course.begins_on).rows
    there = set(course.led_by.values_list("volunteer", flat=True))
    return [one.row for one in found if one.row.pk not in there][:SUGGESTED]


@dataclass(frozen=True)
class NotOffered:
    """Somebody of the name that was asked for who is not offered: ``leads``, ``missing`` or ``signs_in``."""

    name: str
    why: str
    # Of whom there is a page; None of a colleague.
    volunteer: UUID | None = None


def why_not_offered(name: str, *, course: Course, to: Staff) -> list[NotOffered]:
    """Return whom of this name the asker sees, volunteer or colleague, and why none is offered; 20 at most."""
    ask = volunteers_queries.VolunteerFilter(name=name)
    rows = [row.row for row in volunteers_queries.listed(ask, to=to, on=course.begins_on).rows]
    led = set(course.led_by.values_list("volunteer", flat=True))
    leading = {colleague.pk for colleague in leading_colleagues(course)}
    found = [
        NotOffered(row.name, "leads" if row.pk in led or row.staff_id in leading else "missing", row.pk)
        for row in rows
    ]
    sounds, known = [word.split("|")[0] for word in fold_key(name).split()], {row.staff_id for row in rows}
    found += [
        NotOffered(one.name, "leads" if one.pk in leading else "signs_in")
        for one in (colleagues(to=to) if sounds else ())
        if one.pk not in known and all(sound in fold_key(one.name) for sound in sounds)
    ]
    return found[:SUGGESTED]


def places_left(course: Course) -> int:
    """Return how many places are free; never less than none, though walk-ins may be more than there are places."""
    taken = course.enrolments.filter(state=EnrolmentState.ENROLLED).count()
    return max(0, course.places - taken)


def phone_lists_of(course: Course) -> list[PhoneList]:
    """Return the lists of a course that are, or were, on a telephone, the newest first."""
    rows = PhoneList.objects.filter(session__course=course).select_related("staff", "session")
    return list(rows.order_by("-issued_on", "pk"))


def volunteers_named(name: str, *, course: Course, to: Staff) -> list[Volunteer]:
    """Return active volunteers whose name sounds like this, in any script, who are not on the list yet; 20 at most."""
    taken = course.enrolments.exclude(state=EnrolmentState.CANCELLED).values("volunteer")
    rows = volunteers_queries.visible(to=to).filter(state=VolunteerState.ACTIVE)
    sounds = [word.split("|")[0] for word in fold_key(name).split()]
    if not sounds:
        return []
    for sound in sounds:
        rows = rows.filter(name_key__contains=sound)
    found = rows.exclude(pk__in=taken.filter(volunteer__isnull=False)).select_related("branch")
    return list(found.order_by("name", "pk")[:SUGGESTED])
