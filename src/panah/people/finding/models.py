"""Questions and looks: who asked when. What was asked lies sealed in the shred store."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.foundation.models import Model
from panah.ground.foundation.protected_models import ProtectedModel
from panah.ground.foundation.protection import found_as_written

STAFF = settings.AUTH_USER_MODEL


class Question(Model):
    """A caseworker's question beyond her own cases, for a focal point."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="question_looked_at_and_by_go_together",
                condition=models.Q(looked_at__isnull=True, looked_by__isnull=True)
                | models.Q(looked_at__isnull=False, looked_by__isnull=False),
            )
        ]

    class Privacy:
        personal = ("asked_by", "looked_by")
        ordinary = ("id", "society", "asked_at", "looked_at")


class Look(Model):
    """One search, for the limit: who and when, nothing else."""

    staff = models.ForeignKey(STAFF, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["staff", "at"], name="looks_of_staff")]

    class Privacy:
        personal = ("staff",)
        ordinary = ("id", "at")


class PairRegister(Model):
    """One row a society: what was decided about likely doubles lies sealed to the search key, under this id."""

    society = models.OneToOneField("network.Society", on_delete=models.PROTECT, related_name="+")

    objects = TenantQuerySet.as_manager()

    class Privacy:
        ordinary = ("id", "society")


class OutgoingInquiry(ProtectedModel):
    """A question to a paired society whether it knows the person of a case. What was asked is sealed in its file."""

    protection = found_as_written(
        "inquiries", "case", "theirs", "conversation", "asked_by", "answered_at", "withdrawn_at"
    )

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    theirs = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    conversation = models.UUIDField()
    asked_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    # That an answer came; every question has one, so it tells nothing.
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["society", "conversation"], name="a_question_has_a_conversation")
        ]
        indexes: ClassVar = [models.Index(fields=["society", "theirs", "asked_at"], name="asked_there")]

    class Privacy:
        personal = ("asked_by",)
        ordinary = (
            "id",
            "society",
            "case",
            "theirs",
            "conversation",
            "asked_at",
            "answered_at",
            "withdrawn_at",
        )


class IncomingInquiry(Model):
    """A question of a paired society, by its outside. With whose case it was found alike stands in no row."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    theirs = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    conversation = models.UUIDField()
    arrived_at = models.DateTimeField()
    compared_at = models.DateTimeField(null=True)
    compared_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    leaves_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    # What was asked lies in the shred store, sealed to a key that only a matching case's file holds.
    body_kept = models.BooleanField(default=False)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["society", "theirs", "conversation"], name="a_question_is_asked_once"
            ),
            models.CheckConstraint(
                name="a_question_was_compared_at_and_by_and_its_answer_leaves",
                condition=models.Q(
                    compared_at__isnull=True,
                    compared_by__isnull=True,
                    leaves_at__isnull=True,
                    body_kept=False,
                )
                | models.Q(compared_at__isnull=False, compared_by__isnull=False, leaves_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["society", "theirs", "arrived_at"], name="asked_here"),
            models.Index(fields=["leaves_at"], name="asked_here_kept", condition=models.Q(body_kept=True)),
        ]

    class Privacy:
        personal = ("compared_by",)
        ordinary = (
            "id",
            "society",
            "theirs",
            "conversation",
            "arrived_at",
            "compared_at",
            "leaves_at",
            "withdrawn_at",
            "body_kept",
        )
