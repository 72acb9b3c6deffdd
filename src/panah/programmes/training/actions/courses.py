"""Planning a course: which modules, by whom, where, for how many; and its sessions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max, Min
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import colleagues
from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.network.goals import known_goal
from panah.ground.work import actions as work
from panah.programmes.training import events
from panah.programmes.training import queries as training_queries
from panah.programmes.training.actions.enrolments import fill_places
from panah.programmes.training.actions.settling import settle_again
from panah.programmes.training.models import Course, CourseModule, Module, Session, Trainer
from panah.programmes.training.rules import ENOUGH_PERCENT
from panah.programmes.training.words import CourseState, Level
from panah.programmes.volunteers import actions as volunteers
from panah.programmes.volunteers import queries as volunteers_queries
from panah.programmes.volunteers.words import MayDo

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.volunteers.models import Volunteer


def must_be_open(course: Course) -> None:
    if course.state == CourseState.CANCELLED:
        raise Refusal(
            _("This course was called off."), next_step=_("Plan a new one."), code="course-called-off"
        )


@transaction.atomic
def plan_course(
    *,
    title: str,
    modules: Iterable[str],
    branch: str,
    trainers: Iterable[str],
    audience: str,
    language: str,
    place: str,
    places: int,
    on: date,
    begins: time | None,
    level: str = Level.BASIC,
    enough_present: int = ENOUGH_PERCENT,
    enough_right: int = 0,
    goal: str = "",
    project: str = "",
    pk: UUID | None = None,
    by: Staff,
    at: datetime,
) -> Course:
    """Plan a course with its first session, which lasts as long as its modules together."""
    taught = _modules(modules, by)
    course = Course.objects.create(
        pk=pk or uuid4(),
        society_id=by.society_id,
        branch_id=volunteers.kept_branch(branch, by=by),
        title=title,
        place=place,
        language=language,
        audience=audience,
        begins_on=on,
        ends_on=on,
        places=places,
        level=level,
        enough_present=enough_present,
        enough_right=enough_right,
        goal=known_goal(goal, by.society_id),
        project=project,
    )
    minutes = sum(one.in_language(language).minutes for one in taught)
    Session.objects.create(course=course, on=on, begins=begins, minutes=minutes)
    CourseModule.objects.bulk_create(CourseModule(course=course, module=one) for one in taught)
    _name_trainers(course, trainers, by)
    audit.record(event=events.PLANNED, by=by, at=at, about=course.pk)
    return course


def _modules(chosen: Iterable[str], by: Staff) -> list[Module]:
    wanted = set(chosen)
    return [one for one in training_queries.adopted(to=by) if str(one.pk) in wanted]


def must_lead(trainers: Collection[Staff], *, on: date) -> None:
    """Refuse a trainer who is a volunteer and may not lead on that day."""
    if volunteers_queries.colleagues_who_may_not(MayDo.LEAD, trainers, on=on):
        raise _may_not_lead()


def _may_not_lead() -> Refusal:
    return Refusal(
        _("Whoever was chosen may not lead a session on that day."),
        next_step=_(
            "A trainer who is a volunteer needs the trainings on safe response and on leading sessions, a valid "
            "vetting, safeguarding, a signed code of conduct, and 18 years: the volunteer’s page says what is "
            "missing. Until then somebody else leads, or keeps the list on paper."
        ),
        code="may-not-lead",
    )


def _must_still_lead(course: Course, on: date) -> None:
    """Whoever was named may lead on that day too: a session that is moved or added is no way round her vetting."""
    must_lead(training_queries.leading_colleagues(course), on=on)
    may = volunteers_queries.may_do_on(training_queries.leading_volunteers(course), on=on)
    if any(MayDo.LEAD not in one for one in may.values()):
        raise _may_not_lead()


def _name_trainers(course: Course, trainers: Iterable[str], by: Staff) -> None:
    wanted = set(trainers)
    named = [colleague for colleague in colleagues(to=by) if str(colleague.pk) in wanted]
    before = set(course.led_by.values_list("staff", flat=True))
    must_lead([one for one in named if one.pk not in before], on=course.begins_on)
    course.led_by.exclude(staff=None).delete()
    Trainer.objects.bulk_create(Trainer(course=course, staff=one) for one in named)
    left = [row.pk for row in course.led_by.exclude(volunteer=None) if str(row.volunteer_id) not in wanted]
    course.led_by.filter(pk__in=left).delete()


@transaction.atomic
def name_leading_volunteer(*, course: Course, volunteer: Volunteer, by: Staff, at: datetime) -> None:
    """Name a volunteer who leads a course without a sign-in: the list is on paper, and the branch types it in."""
    must_be_open(course)
    if MayDo.LEAD not in volunteers_queries.may_do_on([volunteer], on=course.begins_on)[volunteer.pk]:
        raise _may_not_lead()
    who = {"staff": volunteer.staff} if volunteer.staff is not None else {"volunteer": volunteer}
    _row, is_new = Trainer.objects.get_or_create(course=course, **who)
    if is_new:
        audit.record(event=events.CHANGED, by=by, at=at, about=course.pk)


@transaction.atomic
def change_course(
    *,
    course: Course,
    title: str,
    trainers: Iterable[str],
    audience: str,
    language: str,
    place: str,
    places: int,
    level: str = Level.BASIC,
    enough_present: int = ENOUGH_PERCENT,
    enough_right: int = 0,
    goal: str = "",
    project: str = "",
    by: Staff,
    at: datetime,
) -> None:
    """Change what is said of a course. More places go to those who wait."""
    must_be_open(course)
    for name, value in (
        ("title", title),
        ("audience", audience),
        ("language", language),
        ("place", place),
        ("places", places),
        ("level", level),
        ("enough_present", enough_present),
        ("enough_right", enough_right),
        ("goal", known_goal(goal, course.society_id)),
        ("project", project),
    ):
        setattr(course, name, value)
    course.save()
    _name_trainers(course, trainers, by)
    fill_places(course)
    audit.record(event=events.CHANGED, by=by, at=at, about=course.pk)
    settle_again(course=course, by=by, at=at)


@transaction.atomic
def add_session(
    *,
    course: Course,
    on: date,
    begins: time | None,
    minutes: int,
    place: str,
    pk: UUID | None = None,
    by: Staff,
    at: datetime,
) -> Session:
    """Add a session; the course begins with its first and ends with its last."""
    must_be_open(course)
    _must_still_lead(course, on)
    row = Session.objects.create(
        pk=pk or uuid4(), course=course, on=on, begins=begins, minutes=minutes, place=place
    )
    _set_days(course)
    audit.record(event=events.CHANGED, by=by, at=at, about=course.pk)
    return row


@transaction.atomic
def change_session(
    *, session: Session, on: date, begins: time | None, minutes: int, place: str, by: Staff, at: datetime
) -> None:
    """Move a session, or change how long it lasts, as long as nobody has written who was there."""
    must_be_open(session.course)
    _must_be_unwritten(session)
    if on != session.on:
        _must_still_lead(session.course, on)
    session.on, session.begins, session.minutes, session.place = on, begins, minutes, place
    session.save(update_fields=["on", "begins", "minutes", "place"])
    _set_days(session.course)
    audit.record(event=events.CHANGED, by=by, at=at, about=session.course_id)


def _must_be_unwritten(session: Session) -> None:
    if session.registered_on is not None:
        raise Refusal(
            _("Somebody has written down who was there."),
            next_step=_("It stays, so that nobody loses what they took part in."),
            code="has-a-register",
        )


@transaction.atomic
def drop_session(*, session: Session, by: Staff, at: datetime) -> None:
    """Take a session off that nobody has written a register of; the last one stays."""
    course = session.course
    _must_be_unwritten(session)
    if course.sessions.count() == 1:
        raise Refusal(
            _("It is the only session of this course."),
            next_step=_("Call the course off if it does not take place."),
            code="only-session",
        )
    session.delete()
    _set_days(course)
    audit.record(event=events.CHANGED, by=by, at=at, about=course.pk)


def _set_days(course: Course) -> None:
    days = course.sessions.aggregate(first=Min("on"), last=Max("on"))
    course.begins_on, course.ends_on = days["first"], days["last"]
    course.save(update_fields=["begins_on", "ends_on"])


@transaction.atomic
def call_off(*, course: Course, by: Staff, at: datetime) -> None:
    """Say that a course does not take place. One of which something is known is not called off any more."""
    if course.sessions.filter(registered_on__isnull=False).exists():
        raise Refusal(
            _("Somebody has written down who was there."),
            next_step=_("Take the sessions off that did not take place."),
            code="has-a-register",
        )
    course.state, course.settled_on = CourseState.CANCELLED, None
    course.save(update_fields=["state", "settled_on"])
    work.cancel_for(subject=course.pk, at=at)
    audit.record(event=events.CALLED_OFF, by=by, at=at, about=course.pk)
