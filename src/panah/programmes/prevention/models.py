"""Groups of peer educators, their sessions, access to places, campaigns. Of participants there are numbers alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models

from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.foundation.models import Model
from panah.ground.network.goals import LONGEST_CODE, goal_field, project_field
from panah.programmes.prevention import words
from panah.programmes.volunteers.visibility import BranchQuerySet, keeps_all_branches, keeps_volunteers

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


class CampaignQuerySet(BranchQuerySet["Campaign"]):
    def seen(self, *, by: Staff) -> Self:
        """Those that the asker keeps, and those of the whole society, which each branch reads."""
        if not keeps_volunteers(by):
            return self.none()
        rows = TenantQuerySet.visible(self, to=by)
        if keeps_all_branches(by):
            return rows
        return rows.filter(models.Q(branch=by.branch_id) | models.Q(branch=None))


class Group(Model):
    """A group of peer educators of a branch."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    branch = models.ForeignKey("network.Branch", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=8)
    begun_on = models.DateField()
    ended_on = models.DateField(null=True)

    objects = BranchQuerySet.as_manager()

    class Privacy:
        ordinary = ("id", "society", "branch", "name", "language", "begun_on", "ended_on")


class GroupEducator(Model):
    """A volunteer in a group, from when until when."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="places")
    volunteer = models.ForeignKey("volunteers.Volunteer", on_delete=models.CASCADE, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "volunteer"],
                condition=models.Q(until__isnull=True),
                name="an_educator_is_in_a_group_once",
            )
        ]

    class Privacy:
        personal = ("volunteer",)
        ordinary = ("id", "group", "since", "until")


class Plan(Model):
    """A society's own session plan, typed in; those that Panah brings are files (``library.py``)."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    language = models.CharField(max_length=8)
    minutes = models.PositiveSmallIntegerField()
    # One a line.
    aims = models.TextField()
    steps = models.TextField()
    materials = models.TextField(blank=True, default="")
    retired_on = models.DateField(null=True)

    objects = TenantQuerySet.as_manager()

    class Privacy:
        ordinary = (
            *("id", "society", "title", "language", "minutes", "aims", "steps", "materials", "retired_on"),
        )


class Access(Model):
    """A permission to work in a place, or the wish of a place for a session: asked, granted until, or refused."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    branch = models.ForeignKey("network.Branch", on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=words.PlaceKind)
    asked_by = models.CharField(max_length=4, choices=words.AskedBy)
    # The office that decides, or that wishes for a session: no person.
    office = models.CharField(max_length=120)
    audience = models.CharField(max_length=13, choices=words.Audience)
    asked_on = models.DateField()
    state = models.CharField(max_length=7, choices=words.AccessState, default=words.AccessState.ASKED)
    decided_on = models.DateField(null=True)
    decided_by = models.CharField(max_length=120, blank=True, default="")
    granted_until = models.DateField(null=True)
    conditions = models.TextField(blank=True, default="")

    objects = BranchQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["society", "-asked_on", "id"], name="accesses_by_day")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_decided_access_says_when_and_by_whom",
                condition=models.Q(state="asked", decided_on__isnull=True)
                | (~models.Q(state="asked") & models.Q(decided_on__isnull=False) & ~models.Q(decided_by="")),
            )
        ]

    class Privacy:
        personal = ("decided_by",)
        ordinary = (
            *("id", "society", "branch", "place", "kind", "asked_by", "office", "audience", "asked_on"),
            *("state", "decided_on", "granted_until", "conditions"),
        )


class Session(Model):
    """A session of a group. Afterwards there are numbers: no field for what anybody told, and none for a remark."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    branch = models.ForeignKey("network.Branch", on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="sessions")
    # One of the three: a module that Panah brings, a plan of the society, or a version of a module that it wrote.
    module = models.CharField(max_length=40, blank=True, default="")
    own_plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="+")
    own_module = models.ForeignKey("training.Module", on_delete=models.PROTECT, null=True, related_name="+")
    audience = models.CharField(max_length=13, choices=words.Audience)
    place_kind = models.CharField(max_length=12, choices=words.PlaceKind)
    place = models.CharField(max_length=120, blank=True, default="")
    access = models.ForeignKey(Access, on_delete=models.PROTECT, null=True, related_name="sessions")
    language = models.CharField(max_length=8)
    on = models.DateField()
    begins = models.TimeField(null=True)
    leader = models.ForeignKey("volunteers.Volunteer", on_delete=models.SET_NULL, null=True, related_name="+")
    # Beside an educator under 18.
    adult = models.ForeignKey("volunteers.Volunteer", on_delete=models.SET_NULL, null=True, related_name="+")
    has_minor = models.BooleanField(default=False)
    goal = goal_field()
    project = project_field()
    state = models.CharField(max_length=10, choices=words.SessionState, default=words.SessionState.PLANNED)
    counted_on = models.DateField(null=True)
    reached = models.PositiveIntegerField(default=0)
    # "female 13-17" -> how many; "useful" -> how many said so.
    numbers = models.JSONField(default=dict)
    feedback = models.JSONField(default=dict)
    test_again_on = models.DateField(null=True)

    objects = BranchQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["society", "-on", "id"], name="sessions_by_day"),
            models.Index(fields=["society", "state", "on"], name="sessions_by_state"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_session_has_one_plan",
                condition=models.Q(module="", own_plan__isnull=False, own_module__isnull=True)
                | models.Q(module="", own_plan__isnull=True, own_module__isnull=False)
                | (~models.Q(module="") & models.Q(own_plan__isnull=True, own_module__isnull=True)),
            ),
            models.CheckConstraint(
                name="a_held_session_is_counted",
                condition=~models.Q(state="held") | models.Q(counted_on__isnull=False),
            ),
        ]

    class Privacy:
        personal = ("leader", "adult", "has_minor")
        ordinary = (
            *("id", "society", "branch", "group", "module", "own_plan", "own_module", "audience"),
            *("place_kind", "place", "access", "language", "on", "begins", "goal", "project", "state"),
            *("counted_on", "reached", "numbers", "feedback", "test_again_on"),
        )


class SessionEducator(Model):
    """A peer educator who helps at a session."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="educators")
    volunteer = models.ForeignKey("volunteers.Volunteer", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "volunteer"], name="an_educator_helps_once")
        ]

    class Privacy:
        personal = ("volunteer",)
        ordinary = ("id", "session")


class TestResult(Model):
    """Tests before and after a session, in counts; once at its end, once some months later."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="tests")
    tested = models.CharField(max_length=6, choices=words.TestedAt)
    compared = models.CharField(max_length=6, choices=words.Compared)
    took_before = models.PositiveIntegerField()
    took_after = models.PositiveIntegerField()
    passed_before = models.PositiveIntegerField()
    passed_after = models.PositiveIntegerField()
    gained = models.PositiveIntegerField(default=0)
    dropped = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "tested"], name="a_session_is_tested_once_each_time")
        ]

    class Privacy:
        ordinary = (
            *("id", "session", "tested", "compared", "took_before", "took_after", "passed_before"),
            *("passed_after", "gained", "dropped"),
        )


class Campaign(Model):
    """What is said in public: published only after its messages were checked against stigma."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    # None: of the whole society.
    branch = models.ForeignKey("network.Branch", on_delete=models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=120)
    objective = models.CharField(max_length=11, choices=words.Objective)
    audiences = models.JSONField(default=list)
    messages = models.TextField()
    channels = models.JSONField(default=list)
    begins_on = models.DateField()
    ends_on = models.DateField()
    goal = goal_field()
    project = project_field()
    state = models.CharField(max_length=10, choices=words.CampaignState, default=words.CampaignState.DRAFT)
    # "blames", "frightens", "face" -> "yes" or "no"; empty again when the messages change.
    stigma = models.JSONField(default=dict)
    reach = models.PositiveIntegerField(null=True)
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True, default="")
    results = models.TextField(blank=True, default="")

    objects = CampaignQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["society", "-begins_on", "id"], name="campaigns_by_day")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_campaign_ends_when_it_has_begun",
                condition=models.Q(ends_on__gte=models.F("begins_on")),
            )
        ]

    class Privacy:
        ordinary = (
            *("id", "society", "branch", "title", "objective", "audiences", "messages", "channels"),
            *("begins_on", "ends_on", "goal", "project", "state", "stigma", "reach", "cost", "currency"),
            "results",
        )


class Material(Model):
    """What a campaign shows or hands out, in one language and version."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(max_length=120)
    language = models.CharField(max_length=8)
    version = models.CharField(max_length=20)

    class Meta:
        ordering: ClassVar = ["title", "language", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "title", "language", "version"],
                name="a_version_of_a_material_is_listed_once",
            )
        ]

    class Privacy:
        ordinary = ("id", "campaign", "title", "language", "version")


class Narrative(Model):
    """What a society writes beside its numbers of a year or a quarter; ``{people}`` stands for a number of it."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    # 2026 or 2026-Q4.
    period = models.CharField(max_length=7)
    text = models.TextField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["society", "period"], name="a_society_writes_one_text_for_a_period"
            )
        ]

    class Privacy:
        ordinary = ("id", "society", "period", "text")


class Goal(Model):
    """A goal that a society added to those built in, say one of Strategy 2030."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    code = models.SlugField(max_length=LONGEST_CODE)
    name_en = models.CharField(max_length=160)
    name_ru = models.CharField(max_length=160)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["society", "code"], name="a_goal_of_a_society_has_its_own_code")
        ]

    class Privacy:
        ordinary = ("id", "society", "code", "name_en", "name_ru")
