"""What is kept here of reports: piles that went aside, which reports are joined, marked pictures, where words go on."""

from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models

from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.foundation.models import DayOnlyField, Model
from panah.ground.foundation.protected_models import ProtectedModel
from panah.ground.foundation.protection import Protection
from panah.people.intake.words import CameOfIt

STAFF = settings.AUTH_USER_MODEL


class Pile(Model):
    """Look-alikes that a colleague put aside in one go: how many, not what they say."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    emptied_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    emptied_at = models.DateTimeField()
    # Somebody brought it back, or its time was over.
    ended_at = models.DateTimeField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["society", "-emptied_at"], name="piles_newest")]

    class Privacy:
        personal = ("emptied_by",)
        ordinary = ("id", "society", "number", "emptied_at", "ended_at")


class JoinedReport(Model):
    """A report that is of one matter with others of its ``group``. Each keeps its own receipt and its own answers."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    arrival = models.OneToOneField("inbox.Arrival", on_delete=models.CASCADE, related_name="+")
    group = models.UUIDField(db_index=True)
    joined_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    joined_on = DayOnlyField()

    objects = TenantQuerySet.as_manager()

    class Privacy:
        personal = ("joined_by",)
        ordinary = ("id", "society", "arrival", "group", "joined_on")


class MarkedPicture(ProtectedModel):
    """A picture that may show a child abused. Nobody opens it alone: one asks, another agrees, both see it blurred.

    It stays, whatever becomes of its report, until two have looked and one of them wrote what came of it. Its key lies
    in the shred store, sealed for those who open what arrives (``to_key``), apart from the words that it came with.
    """

    protection = Protection(
        kind="pictures",
        by="pk",
        society="society",
        columns=("society", "arrival", "upload", "asked_by", "asked_at", "agreed_by", "agreed_at", "seen_by",
                 "seen_too_by", "came_of_it"),
        comes_back=False,
        why="who asked to open a marked picture, who agreed and saw it, and whether two found it to be none",
    )  # fmt: skip

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    arrival = models.ForeignKey("inbox.Arrival", on_delete=models.CASCADE, related_name="+")
    upload = models.UUIDField()
    # Nobody where whoever sent it said so herself.
    marked_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    marked_at = models.DateTimeField()
    asked_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    to_key = models.CharField(max_length=40, blank=True, default="")
    # The first two who saw it.
    seen_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    seen_too_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    came_of_it = models.CharField(max_length=8, choices=CameOfIt.choices, blank=True, default="")
    settled_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["society", "upload"], name="a_picture_is_marked_once"),
            models.CheckConstraint(
                name="a_marked_picture_is_opened_by_two",
                condition=models.Q(agreed_by__isnull=True)
                | (models.Q(asked_by__isnull=False) & ~models.Q(agreed_by=models.F("asked_by"))),
            ),
        ]

    class Privacy:
        personal = ("marked_by", "asked_by", "agreed_by", "seen_by", "seen_too_by", "settled_by")
        ordinary = (
            "id", "society", "arrival", "upload", "marked_at", "asked_at", "agreed_at", "to_key", "came_of_it",
            "settled_at",
        )  # fmt: skip

    @property
    def waits(self) -> bool:
        """Say whether two people have still to look at it, or to write what came of it."""
        return not self.came_of_it

    @property
    def two(self) -> tuple[UUID | None, UUID | None]:
        """Who has seen it: the first two."""
        return self.seen_by_id, self.seen_too_by_id


class GoesOnAt(ProtectedModel):
    """Where later words of a report go: to whoever holds the case or contact that it became.

    ``public``: what later words are sealed to; its private half lies in ``file``, that of the case or contact, alone.
    ``holder``: who had the contact or the case in hand; of a case, whoever holds it now is asked for.
    """

    protection = Protection(
        kind="going-on",
        by="pk",
        society="society",
        columns=("society", "arrival", "room", "subject", "file", "holder", "public"),
        comes_back=False,
        why="to whom later words of a report go, and what they are sealed to",
    )

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    arrival = models.OneToOneField("inbox.Arrival", on_delete=models.CASCADE, related_name="+")
    room = models.CharField(max_length=20)
    subject = models.UUIDField()
    file = models.UUIDField(db_index=True)
    holder = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    public = models.BinaryField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["room", "subject"], name="reports_that_go_on")]

    class Privacy:
        personal = ("holder",)
        ordinary = ("id", "society", "arrival", "room", "subject", "file", "public")
