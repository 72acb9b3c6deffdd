"""A course does not stay open: its trainer is asked, then the coordinator, then it is settled by what is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.months import months_after
from panah.ground.network.queries import hosted_ids
from panah.ground.work import actions as work
from panah.ground.work.queries import items_of
from panah.ground.work.words import DueKind, DueSubject, DueType, Urgency
from panah.programmes.training import events, rules
from panah.programmes.training.models import Attendance, Course, Enrolment, Training
from panah.programmes.training.queries.courses import leading_colleagues
from panah.programmes.training.queries.knowledge import right_after
from panah.programmes.training.words import REFRESHERS, ROOM, CertificateState, CourseState, EnrolmentState
from panah.programmes.volunteers import actions as volunteers

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.volunteers.models import Volunteer

# Purposes of due items.
REGISTER, REFRESH = "register", "refresh"
EVENING = time(18)
REMINDED_AGAIN = timedelta(days=30)

SETTLE_REGISTER = DueType(ROOM, REGISTER, DueKind.REVIEW, urgency=Urgency.WEEK)
OFFER_REFRESHER = DueType(REFRESHERS, REFRESH, DueKind.REVIEW, urgency=Urgency.WEEK)


@transaction.atomic
def settle(*, course: Course, by: Staff | None, at: datetime) -> None:
    """Say who completed a course, by what is known now, and what its volunteers hold from it."""
    today = timezone.localtime(at).date()
    if course.state == CourseState.CANCELLED:
        return
    if today < course.ends_on:
        raise Refusal(
            _("This course still goes on."),
            next_step=_("Settle it after its last session."),
            code="course-goes-on",
        )
    course.state, course.settled_on = CourseState.SETTLED, course.settled_on or today
    course.save(update_fields=["state", "settled_on"])
    _say_who_completed(course)
    work.cancel_for(subject=course.pk, at=at)
    audit.record(event=events.SETTLED, by=by, at=at, about=course.pk, society=course.society_id)


def settle_again(*, course: Course, by: Staff, at: datetime) -> None:
    """A register that came or was corrected after the end changes who completed the course."""
    if course.state == CourseState.SETTLED:
        settle(course=course, by=by, at=at)


def _say_who_completed(course: Course) -> None:
    minutes = dict(course.sessions.values_list("pk", "minutes"))
    wrote = dict(course.sessions.values_list("pk", "registered_by"))
    was_at: dict[UUID, list[UUID]] = {}
    there = Attendance.objects.filter(session__course=course, present=True)
    for enrolment, session in there.values_list("enrolment", "session"):
        was_at.setdefault(enrolment, []).append(session)
    done: list[Enrolment] = []
    undone: list[Enrolment] = []
    passed = right_after(course)
    leads = _who_lead(course)
    for row in course.enrolments.select_related("volunteer"):
        complete = (
            row.state == EnrolmentState.ENROLLED
            # Nobody writes down of herself that she was there.
            and (row.volunteer is None or not {row.volunteer_id, row.volunteer.staff_id} & leads)
            and rules.completed(
                minutes, _told_by_others(row, was_at.get(row.pk, ()), wrote), enough=course.enough_present
            )
            and (not course.enough_right or passed.get(row.pk, False))
        )
        (done if complete else undone).append(row)
        row.completed_on = course.ends_on if complete else None
    Enrolment.objects.bulk_update([*done, *undone], ["completed_on"])
    Training.objects.filter(enrolment__in=[row.pk for row in undone]).delete()
    _give_trainings(course, done)


def _told_by_others(
    row: Enrolment, sessions: Sequence[UUID], wrote: Mapping[UUID, UUID | None]
) -> list[UUID]:
    """Sessions of which somebody else wrote down that she was there: whoever types a paper in may be on it."""
    own = row.volunteer.staff_id if row.volunteer is not None else None
    return [session for session in sessions if own is None or wrote[session] != own]


def _who_lead(course: Course) -> set[UUID]:
    """The colleagues and the volunteers who lead a course."""
    return {pk for pair in course.led_by.values_list("staff", "volunteer") for pk in pair if pk is not None}


def _give_trainings(course: Course, rows: list[Enrolment]) -> None:
    # A register that is written again brings nothing back: whoever revoked a certificate decides that.
    revoked = dict(
        course.certificates.filter(state=CertificateState.REVOKED).values_list("enrolment", "ended_on")
    )
    for taught in course.taught.select_related("module"):
        module = taught.module
        if not module.teaches:
            continue
        for row in rows:
            if row.volunteer_id is None:
                continue
            Training.objects.update_or_create(
                enrolment=row,
                module=module,
                defaults={
                    "society_id": course.society_id,
                    "volunteer_id": row.volunteer_id,
                    "teaches": module.teaches,
                    "since": course.ends_on,
                    "until": months_after(course.ends_on, module.valid_months),
                    "revoked_on": revoked.get(row.pk),
                },
            )


@transaction.atomic
def write_training(
    *,
    volunteer: Volunteer,
    teaches: str,
    since: date,
    months: int,
    pk: UUID | None = None,
    by: Staff,
    at: datetime,
) -> Training:
    """Write down a training from before, or from elsewhere, whose proof the branch has seen."""
    volunteers.must_keep(by, volunteer)
    volunteers.must_be_another(by, volunteer)
    row = Training.objects.create(
        pk=pk or uuid4(),
        society_id=volunteer.society_id,
        volunteer=volunteer,
        teaches=teaches,
        since=since,
        until=months_after(since, months),
    )
    audit.record(event=events.WRITTEN, by=by, at=at, about=volunteer.pk)
    return row


def settle_due(*, at: datetime) -> int:
    """Ask for missing registers, settle what is over, remind of refreshers; returns how many it settled."""
    here = tenancy.current_tenant()
    return sum(_settle_due(one, at) for one in ([here] if here is not None else hosted_ids()))


def _settle_due(society: UUID, at: datetime) -> int:
    today, settled = timezone.localtime(at).date(), 0
    over = Course.objects.filter(society=society, state=CourseState.OPEN, ends_on__lt=today)
    for course in over.order_by("ends_on", "pk"):
        known = not course.sessions.filter(registered_on=None).exists()
        step = rules.next_step(ends_on=course.ends_on, all_registered=known, today=today)
        if step == rules.Step.SETTLE:
            settle(course=course, by=None, at=at)
            settled += 1
        elif step != rules.Step.NOTHING:
            _ask(course, step, at)
    _remind_of_refreshers(society, today, at)
    return settled


def _ask(course: Course, step: rules.Step, at: datetime) -> None:
    """Put the missing register on a list: the trainers', a week later the coordinator's too. Each once.

    Where no trainer signs in, the list on paper is asked of the coordinator from the beginning.
    """
    trainers = [colleague for colleague in leading_colleagues(course) if colleague.is_active]
    asked = volunteers.keepers_of(course.society_id, course.branch_id)
    owners = trainers if step == rules.Step.TRAINER and trainers else asked
    there = {item.owner_id for item in items_of(course.pk, purpose=REGISTER, still_open=False)}
    for owner in owners:
        if owner.pk not in there:
            _put(course.society_id, course.pk, owner, SETTLE_REGISTER, at)


def _put(society: UUID, subject: UUID, owner: Staff, what: DueType, at: datetime) -> None:
    work.due(what, DueSubject(society, subject), owner=owner, due_at=_by_evening(at), at=at)


def _by_evening(at: datetime) -> datetime:
    day = timezone.localtime(at).date() + timedelta(days=2)
    return timezone.make_aware(datetime.combine(day, EVENING))


def _remind_of_refreshers(society: UUID, today: date, at: datetime) -> None:
    """Tell each coordinator once a month that trainings of the branch run out; the item leads to the list."""
    soon = Training.objects.filter(
        society=society, until__range=(today, today + rules.REFRESH_AHEAD), revoked_on=None
    )
    branches = set(soon.order_by().values_list("volunteer__branch", flat=True).distinct())
    for branch in sorted(branches, key=str):
        told = items_of(branch, purpose=REFRESH, still_open=False)
        lately = {item.owner_id for item in told if item.made_at > at - REMINDED_AGAIN}
        for owner in volunteers.keepers_of(society, branch):
            if owner.pk not in lately:
                _put(society, branch, owner, OFFER_REFRESHER, at)
