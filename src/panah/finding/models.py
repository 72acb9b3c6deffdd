"""Questions and looks: who asked when. What was asked lies sealed in the shred store."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from panah.foundation.managers import SocietyOwned
from panah.foundation.models import Model

STAFF = settings.AUTH_USER_MODEL


class Question(Model):
    """A caseworker's question beyond her own cases, for a focal point."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")

    objects = SocietyOwned.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="question_looked_at_and_by_go_together",
                condition=models.Q(looked_at__isnull=True, looked_by__isnull=True)
                | models.Q(looked_at__isnull=False, looked_by__isnull=False),
            )
        ]

    class Privacy:
        identifying = ()
        sensitive = ()
        personal = ("asked_by", "looked_by")
        ordinary = ("id", "society", "asked_at", "looked_at")


class Look(Model):
    """One search, for the limit: who and when, nothing else."""

    staff = models.ForeignKey(STAFF, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["staff", "at"], name="looks_of_staff")]

    class Privacy:
        identifying = ()
        sensitive = ()
        personal = ("staff",)
        ordinary = ("id", "at")
