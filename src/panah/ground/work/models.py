"""Due items and alarms: work facts alone. The sentence about a person lies sealed in the file."""

from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.db import models

from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.foundation.models import DayOnlyField, Model
from panah.ground.foundation.protected_models import ProtectedModel, ProtectedQuerySet
from panah.ground.foundation.protection import Protection
from panah.ground.work.words import AgeGroup, DueKind, Outcome, Urgency

STAFF = settings.AUTH_USER_MODEL


class DueItems(ProtectedQuerySet["DueItem"]):
    def after(self, part: int, rank: int, due_at: datetime, pk: UUID) -> Self:
        """Return the rows after a line that was shown, in the order of a day (``work.ranked.by_day``)."""
        later = models.Q(due_at__gt=due_at) | models.Q(due_at=due_at, pk__gt=pk)
        lower = models.Q(rank__gt=rank) | models.Q(later, rank=rank)
        return self.filter(models.Q(part__gt=part) | models.Q(lower, part=part))


class DueItem(ProtectedModel):
    """Something that someone must do by a time. ``subject`` opens it; ``file`` holds its sentence."""

    protection = Protection(
        kind="undecided",
        # Each by itself: nobody waits for who writes about another person in danger.
        by="pk",
        society="society",
        columns=(
            *(
                "society",
                "branch",
                "kind",
                "due_at",
                "urgency",
                "language",
                "age_group",
                "owner",
                "line",
                "room",
            ),
            *("subject", "number", "purpose", "file", "made_at", "done_at", "dropped", "pages_at"),
            *("asked_by", "wanted_at", "alone_since"),
        ),
        only=models.Q(done_at=None, pages_at__isnull=False),
        why="what somebody in danger waits for: who decides it, and when others are called",
    )

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    branch = models.ForeignKey("network.Branch", on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=DueKind.choices)
    due_at = models.DateTimeField()
    urgency = models.CharField(max_length=6, choices=Urgency.choices, default=Urgency.TODAY)
    language = models.CharField(max_length=8, blank=True, default="")
    age_group = models.CharField(max_length=8, choices=AgeGroup.choices, default=AgeGroup.UNKNOWN)
    owner = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="due_items")
    line = models.UUIDField(null=True)
    room = models.CharField(max_length=20)
    subject = models.UUIDField()
    number = models.CharField(max_length=12, blank=True, default="")
    purpose = models.CharField(max_length=30, blank=True, default="")
    file = models.UUIDField(null=True)
    made_at = DayOnlyField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    # What a colleague chose who marked it on a list; empty where it ended on a page of its own.
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, default="")
    dropped = models.BooleanField(default=False)
    # When whoever it is due from was told by e-mail that something waits; empty until it is due.
    reminded_at = models.DateTimeField(null=True)
    # A person was in danger: when owner, duty and focal points are paged if it is still open. Empty: nobody is.
    pages_at = models.DateTimeField(null=True)
    # Who asks a second colleague whether it may wait, and until when.
    asked_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    wanted_at = models.DateTimeField(null=True)
    # Since when it waits on one colleague's word alone: from then an hour in all.
    alone_since = models.DateTimeField(null=True)

    objects: ClassVar[DueItems] = DueItems.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_due_item_has_an_owner_or_a_line",
                condition=models.Q(owner__isnull=False) | models.Q(line__isnull=False),
            ),
            models.CheckConstraint(
                name="who_asks_for_a_second_opinion_says_until_when",
                condition=models.Q(asked_by__isnull=True, wanted_at__isnull=True)
                | models.Q(asked_by__isnull=False, wanted_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["owner", "due_at"], name="due_of_owner", condition=models.Q(done_at__isnull=True)
            ),
            models.Index(
                fields=["society", "due_at"], name="due_of_society", condition=models.Q(done_at__isnull=True)
            ),
            models.Index(
                fields=["line", "due_at"],
                name="due_of_line",
                condition=models.Q(done_at__isnull=True, line__isnull=False),
            ),
            models.Index(fields=["subject"], name="due_of_subject"),
            # What a colleague has just marked and can take back: every page of a day asks for it.
            models.Index(
                fields=["done_by", "done_at"], name="due_just_ended", condition=~models.Q(outcome="")
            ),
            models.Index(
                fields=["file", "due_at"], name="due_of_file", condition=models.Q(done_at__isnull=True)
            ),
            models.Index(
                fields=["society", "due_at"],
                name="due_to_remind",
                condition=models.Q(done_at__isnull=True, reminded_at__isnull=True),
            ),
            models.Index(
                fields=["society", "pages_at"],
                name="due_to_page",
                condition=models.Q(done_at__isnull=True, pages_at__isnull=False),
            ),
        ]

    class Privacy:
        personal = ("owner", "done_by", "asked_by")
        ordinary = (
            "id",
            "society",
            "branch",
            "kind",
            "due_at",
            "urgency",
            "language",
            "age_group",
            "line",
            "room",
            "subject",
            "number",
            "purpose",
            "file",
            "made_at",
            "done_at",
            "outcome",
            "dropped",
            "reminded_at",
            "pages_at",
            "wanted_at",
            "alone_since",
        )


class WeekMail(Model):
    """The e-mail of Mondays: how many things are due from a colleague. When it went, or that she stopped it."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    staff = models.OneToOneField(STAFF, on_delete=models.CASCADE, related_name="+")
    sent_on = models.DateField(null=True)
    stopped = models.BooleanField(default=False)

    objects = TenantQuerySet.as_manager()

    class Privacy:
        personal = ("staff",)
        ordinary = ("id", "society", "sent_on", "stopped")


class Alarm(ProtectedModel):
    """Danger now: pages the person on duty at once, a second after five minutes, until answered."""

    protection = Protection(
        kind="alarms",
        by="society",
        society="society",
        columns=(
            "society",
            "room",
            "subject",
            "raised_at",
            "raised_by",
            "called_for_by",
            "answered_at",
            "answered_by",
            "step",
            "paged_at",
        ),
        only=models.Q(answered_at=None),
        why="whom danger calls, who may not answer it, and that it goes on until somebody does",
    )

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    room = models.CharField(max_length=20)
    subject = models.UUIDField()
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    first = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    first_paged_at = models.DateTimeField(null=True)
    second = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    second_paged_at = models.DateTimeField(null=True)
    # Without ``answered_by``: what it was about was taken back, and nobody is called any more.
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    # When whoever called said that it is over or was a slip; the others stay paged until one of them answers.
    over_said_at = models.DateTimeField(null=True)
    # How far the paging has come (rules.PagingStep), and when it last went on.
    step = models.PositiveSmallIntegerField(default=0)
    paged_at = models.DateTimeField(null=True)
    # Ids of colleagues who called for the same person elsewhere while nobody had answered: none of them answers it.
    called_for_by = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="whoever_answers_an_alarm_does_so_at_a_time",
                condition=models.Q(answered_at__isnull=False) | models.Q(answered_by__isnull=True),
            )
        ]

    class Privacy:
        personal = ("raised_by", "called_for_by", "first", "second", "answered_by")
        ordinary = (
            "id",
            "society",
            "room",
            "subject",
            "raised_at",
            "first_paged_at",
            "second_paged_at",
            "answered_at",
            "over_said_at",
            "step",
            "paged_at",
        )


class Page(ProtectedModel):
    """One colleague on the list of an alarm, made when it is raised; ``paged_at`` and ``times`` once she was called.

    ``call`` names the messages on her channels: one for all alarms that called her at the same moment.
    """

    protection = Protection(
        kind="pages",
        by="alarm",
        society="society",
        columns=("society", "alarm", "staff", "step"),
        why="who is called for an alarm, and in which order",
    )

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    alarm = models.ForeignKey(Alarm, on_delete=models.CASCADE, related_name="pages")
    staff = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    step = models.PositiveSmallIntegerField()
    paged_at = models.DateTimeField(null=True)
    times = models.PositiveSmallIntegerField(default=0)
    call = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["alarm", "staff"], name="a_colleague_stands_once_on_the_list_of_an_alarm"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["call"], name="pages_of_call", condition=models.Q(call__isnull=False))
        ]

    class Privacy:
        personal = ("staff",)
        ordinary = ("id", "society", "alarm", "step", "paged_at", "times", "call")
