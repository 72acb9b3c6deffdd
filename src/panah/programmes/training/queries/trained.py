"""Who holds which training until when, where something is missing, and what runs out soon."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from panah.ground.kit.dates import long_day
from panah.ground.network.queries import branch_names
from panah.programmes.training import rules
from panah.programmes.training.models import Course, Enrolment, Training
from panah.programmes.training.words import EnrolmentState
from panah.programmes.volunteers import queries as volunteers_queries
from panah.programmes.volunteers.words import TrainedIn, VolunteerState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.volunteers.models import Volunteer


@dataclass(frozen=True)
class Gap:
    """Of the active volunteers of a branch who hold ``base``, so many lack what goes with it."""

    branch: str
    base: TrainedIn
    lacks: TrainedIn
    missing: int
    of: int


MOST_NEEDS = 100
# What goes with what: who answers a line needs the module on children too, and everybody the safe response.
GOES_WITH = (
    (TrainedIn.HOTLINE, TrainedIn.CHILDREN),
    (TrainedIn.HOTLINE, TrainedIn.SAFE_RESPONSE),
    (TrainedIn.FIELD, TrainedIn.SAFE_RESPONSE),
    (TrainedIn.SESSIONS, TrainedIn.SAFE_RESPONSE),
)


def _valid(on: date) -> QuerySet[Training]:
    return Training.objects.filter(since__lte=on, until__gte=on, revoked_on=None)


def trained(volunteers: Collection[UUID], on: date) -> dict[UUID, frozenset[str]]:
    """Return for each volunteer in what training holds on a day (words.TrainedIn)."""
    found: dict[UUID, set[str]] = {}
    for pk, teaches in _valid(on).filter(volunteer__in=volunteers).values_list("volunteer", "teaches"):
        found.setdefault(pk, set()).add(teaches)
    return {pk: frozenset(held) for pk, held in found.items()}


def who_hold(society: UUID, teaches: str, on: date) -> QuerySet[Training, UUID]:
    """Return in which volunteers of a society a training holds on a day, as a query."""
    return _valid(on).filter(society=society, teaches=teaches).values_list("volunteer", flat=True)


def held_by(volunteer: UUID, *, on: date) -> dict[TrainedIn, date]:
    """Return what a volunteer holds on a day, and until when."""
    rows = _valid(on).filter(volunteer=volunteer).values("teaches").annotate(last=Max("until"))
    return {TrainedIn(row["teaches"]): row["last"] for row in rows}


def gaps(*, to: Staff, on: date) -> list[Gap]:
    """Return by branch what is missing beside what is held, where anything is: one query for each pair, and one."""
    active = volunteers_queries.visible(to=to).filter(state=VolunteerState.ACTIVE)
    counted = [
        (base, lacks, row)
        for base, lacks in GOES_WITH
        for row in active.filter(_holds(base, on))
        .values("branch")
        .annotate(of=Count("pk"), missing=Count("pk", filter=~Q(_holds(lacks, on))))
        if row["missing"]
    ]
    name = dict(branch_names(to.society_id))
    found = [
        Gap(name.get(str(row["branch"]), "–"), base, lacks, row["missing"], row["of"])
        for base, lacks, row in counted
    ]
    return sorted(found, key=lambda one: one.branch)


@dataclass(frozen=True)
class Need:
    """Somebody who needs what a course teaches. ``until``: it runs out then; None: it is missing beside ``base``."""

    volunteer: Volunteer
    base: TrainedIn | None = None
    until: date | None = None


def who_need(course: Course, *, to: Staff) -> list[Need]:
    """Return active volunteers of the branch who lack what the course teaches beside what they do, or lose it soon.

    Whoever stands on its list is not among them; 100 of each at most.
    """
    teaches = {one.module.teaches for one in course.taught.select_related("module")} - {""}
    there = course.enrolments.exclude(state=EnrolmentState.CANCELLED).exclude(volunteer=None)
    rows: QuerySet[Volunteer] = volunteers_queries.visible(to=to).filter(
        state=VolunteerState.ACTIVE, branch=course.branch_id
    )
    rows = rows.exclude(pk__in=there.values("volunteer")).order_by("name", "pk")
    found: dict[UUID, Need] = {}
    for base, lacks in GOES_WITH:
        if lacks in teaches:
            for one in rows.filter(_holds(base, course.ends_on)).exclude(_holds(lacks, course.ends_on))[
                :MOST_NEEDS
            ]:
                found.setdefault(one.pk, Need(one, base=base))
    soon = course.ends_on + rules.REFRESH_AHEAD
    for kind in sorted(teaches):
        held = _valid(course.begins_on).filter(volunteer=OuterRef("pk"), teaches=kind)
        ending_soon = rows.annotate(last=Subquery(held.order_by("-until").values("until")[:1]))
        for one in ending_soon.filter(last__lte=soon)[:MOST_NEEDS]:
            found.setdefault(one.pk, Need(one, until=one.last))
    return sorted(found.values(), key=lambda one: (one.volunteer.name, one.volunteer.pk))


def _holds(teaches: TrainedIn, on: date) -> Exists:
    return Exists(_valid(on).filter(volunteer=OuterRef("pk"), teaches=teaches))


def ending(*, to: Staff, on: date) -> list[Training]:
    """Return the trainings that run out within weeks and that nobody has refreshed, soonest first; 200 at most."""
    active = volunteers_queries.visible(to=to).filter(state=VolunteerState.ACTIVE).values("pk")
    later = Training.objects.filter(
        volunteer=OuterRef("volunteer"),
        teaches=OuterRef("teaches"),
        until__gt=OuterRef("until"),
        revoked_on=None,
    )
    rows = _valid(on).filter(volunteer__in=active, until__lte=on + rules.REFRESH_AHEAD)
    found = rows.exclude(Exists(later)).select_related("volunteer", "volunteer__branch")
    return list(found.order_by("until", "pk")[:200])


def held_for_export(volunteer: Volunteer) -> tuple[str, list[tuple[str, str]]]:
    """Return what is kept of a volunteer here, for whoever asks for her own data."""
    rows = (
        Enrolment.objects.filter(volunteer=volunteer)
        .select_related("course")
        .order_by("course__begins_on", "pk")
    )
    courses = [
        (row.course.title, f"{long_day(row.course.begins_on)}, {row.get_state_display()}") for row in rows
    ]
    led = Course.objects.filter(led_by__volunteer=volunteer).order_by("begins_on", "pk")
    leads = [(row.title, f"{long_day(row.begins_on)}, {_('leads the course')}") for row in led]
    held = Training.objects.filter(volunteer=volunteer).order_by("since", "pk")
    trainings = [
        (
            str(row.get_teaches_display()),
            _("%(since)s until %(until)s") % {"since": long_day(row.since), "until": long_day(row.until)},
        )
        for row in held
    ]
    return _("Courses and trainings"), [*courses, *leads, *trainings]
