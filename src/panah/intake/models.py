"""What is kept here of reports: piles that went aside, which reports are joined, marked pictures, where words go on."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from panah.foundation.managers import TenantQuerySet
from panah.foundation.models import DayOnlyField, Model

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
        identifying = ()
        sensitive = ()
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
        identifying = ()
        sensitive = ()
        personal = ("joined_by",)
        ordinary = ("id", "society", "arrival", "group", "joined_on")


class MarkedPicture(Model):
    """A picture that may show a child abused. Nobody opens it alone: one asks, another agrees, both see it blurred."""

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

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["arrival", "upload"], name="a_picture_is_marked_once"),
            models.CheckConstraint(
                name="a_marked_picture_is_opened_by_two",
                condition=models.Q(agreed_by__isnull=True)
                | (models.Q(asked_by__isnull=False) & ~models.Q(agreed_by=models.F("asked_by"))),
            ),
        ]

    class Privacy:
        identifying = ()
        sensitive = ()
        personal = ("marked_by", "asked_by", "agreed_by")
        ordinary = ("id", "society", "arrival", "upload", "marked_at", "asked_at", "agreed_at")


class GoesOnAt(Model):
    """Where later words of a report go: to whoever holds the case or contact that it became.

    ``public``: what later words are sealed to; its private half lies in ``file``, that of the case or contact, alone.
    ``holder``: who had the contact or the case in hand; of a case, whoever holds it now is asked for.
    """

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    arrival = models.OneToOneField("inbox.Arrival", on_delete=models.CASCADE, related_name="+")
    room = models.CharField(max_length=20)
    subject = models.UUIDField()
    file = models.UUIDField(db_index=True)
    holder = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    public = models.BinaryField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["room", "subject"], name="reports_that_go_on")]

    class Privacy:
        identifying = ()
        sensitive = ()
        personal = ("holder",)
        ordinary = ("id", "society", "arrival", "room", "subject", "file", "public")
