"""What arrived sealed: what its outside says. The body lies in the shred store until it is settled."""

from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.db import models

from panah.ground.foundation.models import Model
from panah.ground.foundation.protected_models import ProtectedModel, ProtectedQuerySet
from panah.ground.foundation.protection import Protection
from panah.ground.work.words import Urgency
from panah.people.inbox.words import WAITING, ArrivalClosing, ArrivalState, Source

STAFF = settings.AUTH_USER_MODEL


class ArrivalQuerySet(ProtectedQuerySet["Arrival"]):
    def in_order(self) -> Self:
        """The most urgent first, then the one that has waited longest."""
        return self.order_by("rank", "arrived_at", "pk")

    def after(self, rank: int, arrived_at: datetime, pk: UUID) -> Self:
        """Return the rows after one that was shown, in that order."""
        later = models.Q(arrived_at__gt=arrived_at) | models.Q(arrived_at=arrived_at, pk__gt=pk)
        return self.filter(models.Q(rank__gt=rank) | models.Q(later, rank=rank))

    def newest(self) -> Self:
        return self.order_by("-arrived_at", "-pk")

    def before(self, arrived_at: datetime, pk: UUID) -> Self:
        """Return the rows after one that was shown, where the newest stands first."""
        return self.filter(models.Q(arrived_at__lt=arrived_at) | models.Q(arrived_at=arrived_at, pk__lt=pk))


class Arrival(ProtectedModel):
    """Something that arrived sealed. ``room`` and ``subject``: what it became, or which conversation it belongs to."""

    protection = Protection(
        kind="arrivals",
        by="pk",
        society="society",
        columns=("society", "source", "sender", "kind", "urgency", "rank", "conversation", "header", "to_key",
                 "arrived_at", "open_by", "remind_at", "expires_at", "language", "child", "past_intake", "later",
                 "state", "opened_at", "opened_by", "ended_at", "ended_by", "closing", "room", "subject", "owner",
                 "kept"),
        # Until its body is destroyed: what became of it stands elsewhere.
        only=models.Q(kept=True),
        # Nobody's message is taken out, whatever its row says: without a body it opens for nobody.
        taken_out=False,
        why="to whom what arrived goes, that it waits, and what it belongs to",
    )  # fmt: skip

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=10, choices=Source.choices)
    sender = models.ForeignKey("network.Society", on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    urgency = models.CharField(max_length=6, choices=Urgency.choices, default=Urgency.TODAY)
    rank = models.PositiveSmallIntegerField()
    conversation = models.UUIDField(null=True)
    # To the byte as it came: the body opens under it alone.
    header = models.BinaryField()
    to_key = models.CharField(max_length=40)
    arrived_at = models.DateTimeField()
    open_by = models.DateTimeField()
    # When the focal points are told that nobody opens it; moves on each time they are.
    remind_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    # What the outside of a report says in codes: see ``rules.Outside``.
    language = models.CharField(max_length=8, blank=True, default="")
    child = models.BooleanField(default=False)
    past_intake = models.BooleanField(default=False)
    later = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=ArrivalState.choices, default=ArrivalState.SEALED)
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    damaged_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    closing = models.CharField(max_length=10, choices=ArrivalClosing.choices, blank=True, default="")
    room = models.CharField(max_length=20, blank=True, default="")
    subject = models.UUIDField(null=True)
    # For a message of a conversation: who held the case when it came. Whoever holds the case sees it.
    owner = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    # The body lies in the shred store; false once it is destroyed in every copy.
    kept = models.BooleanField(default=True)

    objects: ClassVar[ArrivalQuerySet] = ArrivalQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="an_arrival_was_opened_at_and_by",
                condition=models.Q(opened_at__isnull=True, opened_by__isnull=True)
                | models.Q(opened_at__isnull=False, opened_by__isnull=False),
            ),
            models.CheckConstraint(
                name="an_arrival_that_ended_says_when",
                condition=models.Q(state__in=WAITING, ended_at__isnull=True)
                | (~models.Q(state__in=WAITING) & models.Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="what_waits_keeps_its_body", condition=models.Q(kept=True) | ~models.Q(state__in=WAITING)
            ),
        ]
        indexes: ClassVar = [
            # The id too: what came in one go arrived at one moment, and is not sorted for each page.
            models.Index(fields=["society", "state", "rank", "arrived_at", "id"], name="arrivals_in_order"),
            models.Index(fields=["society", "-arrived_at"], name="arrivals_newest"),
            # What the list asks beside its rows, without reading them: which kinds came, what waits for others.
            models.Index(fields=["society", "past_intake", "kind"], name="arrivals_by_kind"),
            models.Index(fields=["society", "state", "language"], name="arrivals_by_language"),
            models.Index(fields=["conversation"], name="arrivals_of_conversation"),
            models.Index(
                fields=["society", "-ended_at"],
                name="arrivals_that_ended",
                condition=models.Q(ended_at__isnull=False),
            ),
            models.Index(
                fields=["society", "open_by"],
                name="arrivals_to_open",
                condition=models.Q(state=ArrivalState.SEALED),
            ),
            models.Index(
                fields=["society"], name="arrivals_past_intake", condition=models.Q(past_intake=True)
            ),
            models.Index(
                fields=["remind_at"], name="arrivals_to_remind", condition=models.Q(state=ArrivalState.SEALED)
            ),
        ]

    class Privacy:
        personal = ("opened_by", "ended_by", "owner")
        ordinary = (
            "id",
            "society",
            "source",
            "sender",
            "kind",
            "urgency",
            "rank",
            "conversation",
            "header",
            "to_key",
            "arrived_at",
            "open_by",
            "remind_at",
            "expires_at",
            "language",
            "child",
            "past_intake",
            "later",
            "state",
            "opened_at",
            "damaged_at",
            "ended_at",
            "closing",
            "room",
            "subject",
            "kept",
        )

    @property
    def waits(self) -> bool:
        return self.state in WAITING


class SealedTo(Model):
    """A reader of complaints to whom something that goes past the intake was sealed: nobody else sees it is there.

    Or, ``left_out``, one to whom it was not, since its writer said that it is about her.
    """

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    arrival = models.ForeignKey(Arrival, on_delete=models.CASCADE, related_name="+")
    reader = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    left_out = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["arrival", "reader"], name="it_is_sealed_once_to_a_reader")
        ]

    class Privacy:
        personal = ("reader",)
        ordinary = ("id", "society", "arrival", "left_out")


class Posted(Model):
    """What the node tells a machine of the door's own, which may not look itself: see ``for_the_door``."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=20)
    said = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["society", "what"], name="a_thing_is_posted_once")
        ]

    class Privacy:
        ordinary = ("id", "society", "what", "said", "at")
