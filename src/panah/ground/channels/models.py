"""Channels by which colleagues are called, their browsers' subscriptions, and every attempt to send."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from panah.ground.channels.words import ChannelKind, DeliveryState, Failure, MessageKind
from panah.ground.foundation.protected_models import ProtectedModel
from panah.ground.foundation.protection import Protection

STAFF = settings.AUTH_USER_MODEL


class Channel(ProtectedModel):
    """One way a society calls its colleagues. ``sealed`` holds addresses and secrets under the host's key.

    ``worked_at`` and ``failed_at`` are of the last delivery of each kind: whichever is later says whether it works.
    """

    protection = Protection(
        kind="channels",
        by="society",
        society="society",
        columns=("society", "kind", "name", "sealed", "made_at", "retired_at"),
        why="by which gateways danger calls, and what is told to them",
    )

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=ChannelKind.choices)
    name = models.CharField(max_length=60)
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    worked_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=12, choices=Failure.choices, blank=True, default="")
    # Changed or removed since: kept for a day as it was, so that word of the change goes where messages went before.
    retired_at = models.DateTimeField(null=True)

    class Privacy:
        ordinary = (
            "id",
            "society",
            "kind",
            "name",
            "sealed",
            "made_at",
            "worked_at",
            "failed_at",
            "failure",
            "retired_at",
        )

    @property
    def bound_to(self) -> str:
        """What the seal of its settings is bound to: no row of another society or kind opens with them."""
        return f"channel {self.society_id} {self.kind} {self.pk}"

    @property
    def works(self) -> bool:
        """Whether the last message was taken; one that was never tried does not count."""
        return self.worked_at is not None and (self.failed_at is None or self.failed_at < self.worked_at)


class PushSubscription(ProtectedModel):
    """A browser in which a colleague wants to be called. ``sealed`` is its address and keys, under the host's key."""

    protection = Protection(
        kind="browsers",
        by="society",
        society="society",
        columns=("society", "staff", "address_hash", "sealed", "made_at"),
        why="in which browsers danger calls whom",
    )

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(STAFF, on_delete=models.CASCADE, related_name="+")
    address_hash = models.BinaryField()
    sealed = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["staff", "address_hash"], name="a_browser_is_subscribed_once_a_colleague"
            )
        ]

    class Privacy:
        personal = ("staff", "sealed", "made_at")
        ordinary = ("id", "society", "address_hash")

    @property
    def bound_to(self) -> str:
        """What the seal of its address is bound to: no other colleague is called by it."""
        return f"browser {self.society_id} {self.staff_id} {bytes(self.address_hash).hex()}"


class Delivery(ProtectedModel):
    """One message to one colleague on one channel, and how far it came. Without a channel: the mail of the host.

    ``outsider`` instead of a colleague: somebody whom only a room above knows, see ``outsiders``. ``about`` is for the
    room that sends. Where it goes is looked up when it is sent.
    """

    protection = Protection(
        kind="danger-calls",
        # Each by itself: who raises danger never waits for who is just sending.
        by="pk",
        society="society",
        columns=(
            *("society", "channel", "staff", "outsider", "message", "about", "state", "tries"),
            *("made_at", "due_at", "started_at", "ended_at"),
        ),
        only=models.Q(message=MessageKind.DANGER, ended_at=None),
        why="which messages of danger still have to be sent",
    )

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, null=True, related_name="+")
    staff = models.ForeignKey(STAFF, on_delete=models.CASCADE, null=True, related_name="+")
    outsider = models.UUIDField(null=True)
    message = models.CharField(max_length=8, choices=MessageKind.choices)
    about = models.UUIDField(null=True)
    # All that the weekly e-mail says: how many things are due.
    number = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=8, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=12, choices=Failure.choices, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_delivery_ends_when_it_was_taken_or_given_up",
                condition=models.Q(
                    state__in=[DeliveryState.SENT, DeliveryState.FAILED], ended_at__isnull=False
                )
                | models.Q(state__in=[DeliveryState.WAITING, DeliveryState.STARTED], ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="a_delivery_goes_to_a_colleague_or_an_outsider",
                condition=models.Q(staff__isnull=False, outsider__isnull=True)
                | models.Q(staff__isnull=True, outsider__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["society", "due_at"],
                name="deliveries_that_wait",
                condition=models.Q(ended_at__isnull=True),
            ),
            models.Index(fields=["about"], name="deliveries_about", condition=models.Q(about__isnull=False)),
        ]

    class Privacy:
        personal = ("staff", "outsider")
        ordinary = (
            "id",
            "society",
            "channel",
            "message",
            "about",
            "number",
            "state",
            "tries",
            "made_at",
            "due_at",
            "started_at",
            "ended_at",
            "failure",
        )
