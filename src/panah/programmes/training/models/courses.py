"""Modules that a society adopted, courses of them, who takes part, and who was there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models

from panah.ground.foundation.compiled_queries import Viewer
from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.foundation.models import Model
from panah.ground.network.goals import goal_field, project_field
from panah.programmes.training import words
from panah.programmes.training.curricula import Curriculum, KeptCurriculum, language_among
from panah.programmes.training.rules import ENOUGH_PERCENT
from panah.programmes.volunteers import permissions as volunteers_permissions
from panah.programmes.volunteers.words import TrainedIn

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

STAFF = settings.AUTH_USER_MODEL


class Module(Model):
    """One version of a curriculum as a society adopted it: what was taught stays when Panah brings a newer one."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField()
    # Language -> the whole curriculum, as curricula.py reads it.
    content = models.JSONField()
    teaches = models.CharField(max_length=13, choices=TrainedIn, blank=True, default="")
    valid_months = models.PositiveSmallIntegerField(default=24)
    # Panah's module that the society's own one was copied from, if it was.
    based_on = models.CharField(max_length=40, blank=True, default="")
    based_version = models.PositiveSmallIntegerField(default=0)
    adopted_on = models.DateField()
    # No longer for new courses; what was learnt holds on.
    retired_on = models.DateField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["slug", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["society", "slug", "version"], name="a_version_of_a_module_is_adopted_once"
            )
        ]

    class Privacy:
        ordinary = (
            *("id", "society", "slug", "version", "content", "teaches", "valid_months"),
            *("based_on", "based_version", "adopted_on", "retired_on"),
        )

    def in_language(self, language: str) -> Curriculum:
        """The curriculum in this language, else in what most here read, else in whatever there is."""
        return curriculum_in(self.content, language)


def curriculum_in(content: Mapping[str, KeptCurriculum], language: str) -> Curriculum:
    return Curriculum.of(content[language_among(content, language)])


class CourseQuerySet(TenantQuerySet["Course"]):
    def visible(self, *, to: Staff | Viewer | None) -> Self:
        """The courses of the branches whose volunteers the asker keeps, and those she is a trainer of."""
        rows = super().visible(to=to)
        # A query that is compiled beforehand knows no branch: it would show those of all.
        if to is None or isinstance(to, Viewer):
            return rows.none()
        hers = models.Q(staff=to.pk) | models.Q(volunteer__staff=to.pk)
        trains = models.Exists(Trainer.objects.filter(hers, course=models.OuterRef("pk")))
        return rows.filter(_kept_by(to) | models.Q(trains))

    def kept(self, *, by: Staff) -> Self:
        """Only those of the branches whose volunteers the asker keeps: she may change them."""
        return super().visible(to=by).filter(_kept_by(by))


def _kept_by(staff: Staff) -> models.Q:
    if not volunteers_permissions.keeps_volunteers(staff):
        return models.Q(pk__in=[])
    if volunteers_permissions.keeps_all_branches(staff):
        # Not an empty condition: beside another one it would vanish.
        return models.Q(pk__isnull=False)
    return models.Q(branch=staff.branch_id)


class Course(Model):
    """Modules taught to a group, on one day or on several. It ends by itself: see ``rules.next_step``."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    branch = models.ForeignKey("network.Branch", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    place = models.CharField(max_length=120, blank=True, default="")
    language = models.CharField(max_length=8)
    audience = models.CharField(max_length=13, choices=words.Audience, default=words.Audience.VOLUNTEERS)
    begins_on = models.DateField()
    ends_on = models.DateField()
    places = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=8, choices=words.Level, default=words.Level.BASIC)
    # Who completed it: was there for so much of its minutes, and had so much of the test after it right; in percent.
    enough_present = models.PositiveSmallIntegerField(default=ENOUGH_PERCENT)
    # Nothing: no test is asked for.
    enough_right = models.PositiveSmallIntegerField(default=0)
    goal = goal_field()
    project = project_field()
    state = models.CharField(max_length=9, choices=words.CourseState, default=words.CourseState.OPEN)
    settled_on = models.DateField(null=True)

    objects = CourseQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["society", "-begins_on", "id"], name="courses_by_day"),
            models.Index(fields=["society", "state", "ends_on"], name="courses_by_end"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_course_ends_when_it_has_begun", condition=models.Q(ends_on__gte=models.F("begins_on"))
            ),
            models.CheckConstraint(
                name="a_settled_course_says_when",
                condition=models.Q(state="settled", settled_on__isnull=False)
                | (~models.Q(state="settled") & models.Q(settled_on__isnull=True)),
            ),
        ]

    class Privacy:
        ordinary = (
            *("id", "society", "branch", "title", "place", "language", "audience", "begins_on", "ends_on"),
            *("places", "level", "enough_present", "enough_right", "goal", "project", "state", "settled_on"),
        )


class CourseModule(Model):
    """A module that a course teaches."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="taught")
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["course", "module"], name="a_course_teaches_a_module_once")
        ]

    class Privacy:
        ordinary = ("id", "course", "module")


class Trainer(Model):
    """Who leads a course: a colleague, who reads its list and writes who was there; or a volunteer with paper alone."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="led_by")
    staff = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    volunteer = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.CASCADE, null=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["course", "staff"], name="a_course_names_a_trainer_once"),
            models.UniqueConstraint(
                fields=["course", "volunteer"], name="a_course_names_a_leading_volunteer_once"
            ),
            models.CheckConstraint(
                name="who_leads_a_course_is_a_colleague_or_a_volunteer",
                condition=models.Q(staff__isnull=True, volunteer__isnull=False)
                | models.Q(staff__isnull=False, volunteer__isnull=True),
            ),
        ]

    class Privacy:
        personal = ("staff", "volunteer")
        ordinary = ("id", "course")


class Session(Model):
    """One meeting of a course. Its register is one, from wherever it came."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="sessions")
    on = models.DateField()
    # The hour at which people are asked to come.
    begins = models.TimeField(null=True)
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=120, blank=True, default="")
    registered_on = models.DateField(null=True)
    registered_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=5, choices=words.RegisterSource, blank=True, default="")
    # Who wrote the paper that it was typed in from.
    paper_by = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["on", "begins", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_register_says_of_which_day_whose_and_from_where",
                condition=models.Q(registered_on__isnull=True, registered_by__isnull=True, source="")
                | (models.Q(registered_on__isnull=False, registered_by__isnull=False) & ~models.Q(source="")),
            )
        ]

    class Privacy:
        personal = ("registered_by", "paper_by")
        ordinary = ("id", "course", "on", "begins", "minutes", "place", "registered_on", "source")


class Enrolment(Model):
    """Somebody on the list of a course: a volunteer, or a name alone, which is sealed under the host's key."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="enrolments")
    volunteer = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.CASCADE, null=True, related_name="+"
    )
    # {"name"}, bound to the row; none for a volunteer. Pupils and other minors are known by it alone. Empty: erased.
    sealed_name = models.BinaryField(null=True)
    state = models.CharField(
        max_length=9, choices=words.EnrolmentState, default=words.EnrolmentState.ENROLLED
    )
    came_by = models.CharField(max_length=8, choices=words.CameBy, default=words.CameBy.ENROLLED)
    # The order in which places are given.
    place_in_line = models.PositiveIntegerField()
    # Taught enough of the course: set when it is settled, and again when a late register comes.
    completed_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["place_in_line", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["course", "volunteer"], name="a_volunteer_stands_on_a_course_once"
            ),
            models.CheckConstraint(
                name="who_is_no_volunteer_has_a_sealed_name",
                condition=models.Q(volunteer__isnull=False, sealed_name__isnull=True)
                | models.Q(volunteer__isnull=True, sealed_name__isnull=False),
            ),
        ]

    class Privacy:
        personal = ("volunteer", "sealed_name", "completed_on")
        ordinary = ("id", "course", "state", "came_by", "place_in_line")


class Attendance(Model):
    """Who was at a session, and who was not. No row: nobody said."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendances")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attendances")
    present = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session", "enrolment"], name="of_a_session_somebody_is_marked_once"
            )
        ]

    class Privacy:
        personal = ("enrolment", "present")
        ordinary = ("id", "session")


class PhoneList(Model):
    """The list of a session on a trainer's telephone. Its id makes that what is sent twice is taken once."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="phone_lists")
    staff = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    issued_on = models.DateField()
    # The first day on which the telephone has erased the names by itself.
    erased_on = models.DateField()
    # Of what was sent, the highest number: what comes again, or late and out of order, changes nothing.
    revision = models.PositiveIntegerField(default=0)
    received_on = models.DateField(null=True)
    revoked_on = models.DateField(null=True)

    class Privacy:
        personal = ("staff",)
        ordinary = (*("id", "session", "issued_on", "erased_on", "revision", "received_on", "revoked_on"),)


class Training(Model):
    """That a volunteer holds a training until a day: from a course here, or from before, as the branch wrote it."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    volunteer = models.ForeignKey("volunteers.Volunteer", on_delete=models.CASCADE, related_name="+")
    teaches = models.CharField(max_length=13, choices=TrainedIn)
    since = models.DateField()
    until = models.DateField()
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, null=True, related_name="trainings")
    module = models.ForeignKey(Module, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_on = models.DateField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["volunteer", "teaches", "until"], name="trainings_of_volunteers"),
            models.Index(fields=["society", "until"], name="trainings_by_end"),
            models.Index(
                fields=["society", "teaches", "until", "volunteer"], name="trainings_by_what_is_taught"
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enrolment", "module"], name="an_enrolment_gives_a_training_of_a_module_once"
            ),
            models.CheckConstraint(
                name="a_training_ends_after_it_began", condition=models.Q(until__gte=models.F("since"))
            ),
        ]

    class Privacy:
        personal = ("volunteer", "teaches", "since", "until", "enrolment", "revoked_on")
        ordinary = ("id", "society", "module")
