"""Acts that need two people: who asked for what, who approved it, who stopped it. Nothing about people served."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models

from panah.ground.approvals.words import State
from panah.ground.foundation.protected_models import ProtectedModel
from panah.ground.foundation.protection import Protection

STAFF = settings.AUTH_USER_MODEL


class Request(ProtectedModel):
    """One act that was asked for. ``subject`` is an id that only the act's own room can read.

    ``facts`` are codes and hashes that bind it: the key that was compared, the role. ``told`` are those who were told
    of it at once; each of them can stop it.
    """

    protection = Protection(
        kind="asked",
        by="society",
        society="society",
        columns=("society", "act", "subject", "facts", "asked_by", "asked_at", "ready_at", "expires_at", "told",
                 "state", "ended_at", "ended_by"),
        over="ended_at",
        # Within it whoever was let make a new key is admitted without waiting once more.
        lasts=timedelta(days=30),
        why="what two people are to decide, who asked, who can stop it, and how it ended",
    )  # fmt: skip

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=40)
    subject = models.UUIDField()
    facts = models.JSONField(default=dict, blank=True)
    asked_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    told = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_request_ends_when_it_no_longer_waits",
                condition=models.Q(state=State.WAITING) ^ models.Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_stopped_request_says_by_whom",
                condition=~models.Q(state=State.STOPPED) | models.Q(ended_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["society", "act", "subject"],
                name="one_request_waits_for_one_act",
                condition=models.Q(state=State.WAITING),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["society", "asked_at"],
                name="requests_that_wait",
                condition=models.Q(state=State.WAITING),
            )
        ]

    class Privacy:
        personal = ("asked_by", "ended_by", "told", "subject")
        ordinary = (
            "id",
            "society",
            "act",
            "facts",
            "asked_at",
            "ready_at",
            "expires_at",
            "state",
            "ended_at",
        )


class Vote(ProtectedModel):
    """One approval: of a colleague, or (without one) of two shares of the recovery key. ``proof`` is the room's own."""

    protection = Protection(
        kind="asked-votes",
        by="request",
        society="request__society",
        columns=("request", "staff", "at", "proof"),
        why="who approved what two people decide",
    )

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="votes")
    staff = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    proof = models.BinaryField(default=bytes)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["request", "staff"],
                name="one_vote_a_colleague",
                condition=models.Q(staff__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["request"], name="shares_vote_once", condition=models.Q(staff__isnull=True)
            ),
        ]

    class Privacy:
        personal = ("staff",)
        ordinary = ("id", "request", "at", "proof")
