"""The list of a course: who has a place, who waits, who left, and who stands on it by name alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.row_locks import locked
from panah.programmes.training import events
from panah.programmes.training.models import Course, Enrolment
from panah.programmes.training.queries.courses import people_of, places_left
from panah.programmes.training.queries.trained import who_need
from panah.programmes.training.sealed_names import seal_name
from panah.programmes.training.words import CameBy, CourseState, EnrolmentState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.volunteers.models import Volunteer

LONGEST_LIST = 500


def _must_take(course: Course) -> None:
    if course.state != CourseState.OPEN:
        raise Refusal(
            _("This course is over."),
            next_step=_("Whoever was there and is missing is added on the page of the session."),
            code="course-over",
        )


def add_row(course: Course, *, pk: UUID | None = None, name: str = "", **more: object) -> Enrolment:
    """Put somebody on the list under the next number; a name alone is sealed under the host's key."""
    key = pk or uuid4()
    last = course.enrolments.aggregate(last=Max("place_in_line"))["last"] or 0
    sealed = seal_name(key, name) if name else None
    return Enrolment.objects.create(pk=key, course=course, place_in_line=last + 1, sealed_name=sealed, **more)


def _came_by(course: Course, at: datetime) -> CameBy:
    return CameBy.LATE if timezone.localtime(at).date() > course.begins_on else CameBy.ENROLLED


def _state(course: Course) -> EnrolmentState:
    return EnrolmentState.ENROLLED if places_left(course) else EnrolmentState.WAITING


@transaction.atomic
def enrol_volunteer(*, course: Course, volunteer: Volunteer, by: Staff, at: datetime) -> Enrolment:
    """Put a volunteer on the list: a place if there is one, else a place in line. Twice is once."""
    course = locked(course)
    _must_take(course)
    row, is_new = _enrol(course, volunteer, at)
    if is_new:
        audit.record(event=events.ENROLLED, by=by, at=at, about=course.pk)
    return row


def _enrol(course: Course, volunteer: Volunteer, at: datetime) -> tuple[Enrolment, bool]:
    """Return the volunteer's line on the list, and whether she was not on it before."""
    row = course.enrolments.filter(volunteer=volunteer).first()
    if row is None:
        return add_row(course, volunteer=volunteer, state=_state(course), came_by=_came_by(course, at)), True
    if row.state != EnrolmentState.CANCELLED:
        return row, False
    # Behind those who wait already.
    last = course.enrolments.aggregate(last=Max("place_in_line"))["last"]
    row.state, row.place_in_line = _state(course), last + 1
    row.save(update_fields=["state", "place_in_line"])
    return row, True


@transaction.atomic
def enrol_who_need_it(
    *, course: Course, volunteers: Iterable[str], by: Staff, at: datetime
) -> list[Enrolment]:
    """Put many on the list of those who need what the course teaches; whoever is not among them is left out."""
    course = locked(course)
    _must_take(course)
    chosen = set(volunteers)
    needed = [one.volunteer for one in who_need(course, to=by) if str(one.volunteer.pk) in chosen]
    rows = [_enrol(course, one, at)[0] for one in needed]
    if rows:
        audit.record(event=events.ENROLLED, by=by, at=at, about=course.pk)
    return rows


@transaction.atomic
def enrol_names(*, course: Course, names: Iterable[str], by: Staff, at: datetime) -> list[Enrolment]:
    """Put people on the list by name alone, such as the pupils of a class. A name that stands there is not added."""
    course = locked(course)
    _must_take(course)
    new = fresh_names(course, names)
    if course.enrolments.count() + len(new) > LONGEST_LIST:
        raise Refusal(
            _("A list has room for 500 people."), next_step=_("Plan another course."), code="list-too-long"
        )
    came_by = _came_by(course, at)
    rows = [add_row(course, name=one, state=_state(course), came_by=came_by) for one in new]
    if rows:
        audit.record(event=events.ENROLLED, by=by, at=at, about=course.pk)
    return rows


def fresh_names(course: Course, names: Iterable[str]) -> list[str]:
    """Return the names, each once, that do not stand on the list yet."""
    there = {one.name.casefold() for one in people_of(course) if one.row.state != EnrolmentState.CANCELLED}
    found: dict[str, str] = {}
    for name in names:
        clean = " ".join(name.split())
        if clean and clean.casefold() not in there:
            found.setdefault(clean.casefold(), clean)
    return list(found.values())


def fill_places(course: Course) -> int:
    """Give free places to those who wait, in their order; returns to how many."""
    free = places_left(course)
    moved = list(course.enrolments.filter(state=EnrolmentState.WAITING)[:free])
    for row in moved:
        row.state = EnrolmentState.ENROLLED
        row.save(update_fields=["state"])
    return len(moved)


@transaction.atomic
def cancel_enrolment(*, row: Enrolment, by: Staff, at: datetime) -> int:
    """Take somebody off the list; whoever waits longest moves up. Returns how many moved up."""
    course = locked(row.course)
    if row.attendances.filter(present=True).exists():
        raise Refusal(
            _("Somebody has written down that this person was there."),
            next_step=_("Correct it on the page of the session first."),
            code="was-there",
        )
    row.state = EnrolmentState.CANCELLED
    row.save(update_fields=["state"])
    audit.record(event=events.LEFT_LIST, by=by, at=at, about=course.pk)
    return fill_places(course) if course.state == CourseState.OPEN else 0


@transaction.atomic
def link_volunteer(*, row: Enrolment, volunteer: Volunteer, by: Staff, at: datetime) -> None:
    """Say that a name on the list is this volunteer: from now on the training counts for her. The name is erased."""
    if row.volunteer is not None:
        return
    if row.course.enrolments.filter(volunteer=volunteer).exists():
        raise Refusal(
            _("This volunteer stands on the list already."),
            next_step=_("Take the second entry off the list."),
            code="on-the-list-already",
        )
    row.volunteer, row.sealed_name = volunteer, None
    row.save(update_fields=["volunteer", "sealed_name"])
    audit.record(event=events.ENROLLED, by=by, at=at, about=row.course_id)
