"""Cases and what joins them: work facts alone. Everything about the person lies sealed in the case's file."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.foundation.models import DayOnlyField, Model
from panah.ground.foundation.protected_models import ProtectedModel
from panah.ground.foundation.protection import found_as_written
from panah.people.cases.words import CLOSED_STATES, NOTHING_DUE, AgeGroup, CaseState, PlanState, Urgency

STAFF = settings.AUTH_USER_MODEL


def _together(name: str, at: str, by: str) -> models.CheckConstraint:
    both = models.Q(**{f"{at}__isnull": True, f"{by}__isnull": True}) | models.Q(
        **{f"{at}__isnull": False, f"{by}__isnull": False}
    )
    return models.CheckConstraint(name=name, condition=both)


class Case(ProtectedModel):
    """One person in one society's care. ``file_id`` is its sealed file; an erased case keeps number and state only."""

    protection = found_as_written("cases", "number", "file_id")

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    branch = models.ForeignKey("network.Branch", on_delete=models.PROTECT, null=True, related_name="+")
    number = models.CharField(max_length=9, unique=True)
    file_id = models.UUIDField(unique=True)
    owner = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="cases")
    age_group = models.CharField(max_length=8, choices=AgeGroup.choices, default=AgeGroup.UNKNOWN)
    language = models.CharField(max_length=8, blank=True, default="")
    urgency = models.CharField(max_length=6, choices=Urgency.choices, default=Urgency.TODAY)
    state = models.CharField(max_length=16, choices=CaseState.choices, default=CaseState.ACTIVE)
    # The soonest of what is due, kept beside the case so that a list of a million sorts by an index.
    due_at = models.DateTimeField(default=NOTHING_DUE)
    due_kind = models.CharField(max_length=10, blank=True, default="")
    plan_state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.NONE)
    plan_asked_at = models.DateTimeField(null=True)
    plan_asked_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    plan_approved_at = DayOnlyField(null=True)
    plan_approved_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = DayOnlyField(null=True)
    opened_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    close_asked_at = models.DateTimeField(null=True)
    close_asked_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = DayOnlyField(null=True)
    closed_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    erase_asked_at = models.DateTimeField(null=True)
    erase_asked_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    erased_at = DayOnlyField(null=True)

    class Meta:
        constraints: ClassVar = [
            _together("case_closed_at_and_by_go_together", "closed_at", "closed_by"),
            _together("case_plan_asked_at_and_by_go_together", "plan_asked_at", "plan_asked_by"),
            _together("case_plan_approved_at_and_by_go_together", "plan_approved_at", "plan_approved_by"),
            _together("case_close_asked_at_and_by_go_together", "close_asked_at", "close_asked_by"),
            _together("case_erase_asked_at_and_by_go_together", "erase_asked_at", "erase_asked_by"),
            models.CheckConstraint(
                name="a_closed_case_says_when_unless_erased",
                condition=models.Q(erased_at__isnull=False)
                | (models.Q(state__in=CLOSED_STATES, closed_at__isnull=False))
                | (~models.Q(state__in=CLOSED_STATES) & models.Q(closed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="a_case_has_an_owner_unless_erased",
                condition=models.Q(owner__isnull=False) | models.Q(erased_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_case_says_when_it_was_opened_unless_erased",
                condition=models.Q(opened_at__isnull=False) | models.Q(erased_at__isnull=False),
            ),
            models.CheckConstraint(
                name="an_approved_plan_says_by_whom",
                condition=~models.Q(plan_state=PlanState.APPROVED) | models.Q(plan_approved_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            # Open means closed_at is empty: a condition without a parameter, so that both databases use the index.
            models.Index(
                fields=["society", "due_at", "id"],
                name="open_cases_by_due",
                condition=models.Q(closed_at__isnull=True),
            ),
            models.Index(
                fields=["society", "opened_at", "id"],
                name="open_cases_by_opening",
                condition=models.Q(closed_at__isnull=True),
            ),
            models.Index(
                fields=["society", "due_at", "id"],
                name="closed_cases_by_due",
                condition=models.Q(closed_at__isnull=False),
            ),
            models.Index(
                fields=["society", "opened_at", "id"],
                name="closed_cases_by_opening",
                condition=models.Q(closed_at__isnull=False),
            ),
            models.Index(fields=["society", "state", "-opened_at", "id"], name="cases_by_opening"),
            models.Index(fields=["society", "state", "due_at", "id"], name="cases_by_state_and_due"),
            # In the order of the list, so that whoever has few cases is not looked for through everybody's.
            models.Index(
                fields=["owner", "due_at", "id"],
                name="open_cases_of_owner",
                condition=models.Q(closed_at__isnull=True),
            ),
            models.Index(
                fields=["branch", "due_at", "id"],
                name="open_cases_of_branch",
                condition=models.Q(closed_at__isnull=True),
            ),
        ]

    class Privacy:
        personal = (
            "owner",
            "plan_asked_by",
            "plan_approved_by",
            "opened_by",
            "close_asked_by",
            "closed_by",
            "erase_asked_by",
        )
        ordinary = (
            "id",
            "society",
            "branch",
            "number",
            "file_id",
            "age_group",
            "language",
            "urgency",
            "state",
            "due_at",
            "due_kind",
            "plan_state",
            "plan_asked_at",
            "plan_approved_at",
            "opened_at",
            "close_asked_at",
            "closed_at",
            "erase_asked_at",
            "erased_at",
        )

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and self.erased_at is None

    @property
    def has_due(self) -> bool:
        return self.due_at < NOTHING_DUE


class Supervision(Model):
    """Notes about a colleague's work with a case: sealed in a file that opens for her and the focal points alone."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="supervisions")
    staff = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    file_id = models.UUIDField(unique=True)

    class Privacy:
        personal = ("staff",)
        ordinary = ("id", "case", "file_id")


class CaseGroup(Model):
    """What joins cases: an event (one site, one night) or a household. Who belongs to it is sealed in its own file."""

    class Kind(models.TextChoices):
        EVENT = "event"
        HOUSEHOLD = "household"

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=9, unique=True)
    file_id = models.UUIDField(unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    opened_at = DayOnlyField()
    opened_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")

    objects = TenantQuerySet.as_manager()

    class Privacy:
        personal = ("opened_by",)
        ordinary = ("id", "society", "number", "file_id", "kind", "opened_at")

    def __str__(self) -> str:
        return self.number


class ReviewTime(Model):
    """After how many hours this society looks at a risk again, by level. Without a row the usual time counts."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=8)
    hours = models.PositiveIntegerField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["society", "level"], name="one_review_time_a_level"),
            models.CheckConstraint(
                name="a_review_time_is_at_least_an_hour", condition=models.Q(hours__gte=1)
            ),
        ]

    class Privacy:
        ordinary = ("id", "society", "level", "hours")


class Ceiling(Model):
    """How many open cases one colleague of a society should hold. Without a row there is no ceiling."""

    society = models.OneToOneField("network.Society", on_delete=models.PROTECT, related_name="+")
    most = models.PositiveIntegerField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="a_ceiling_is_at_least_one", condition=models.Q(most__gte=1))
        ]

    class Privacy:
        ordinary = ("id", "society", "most")
