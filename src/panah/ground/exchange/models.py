"""Peers, and the messages to and from them. Bodies are in the shred store; these tables hold what a list needs."""

from typing import ClassVar

from django.db import models

from panah.ground.exchange.words import Failure, MessageKind, PeerState, ReceiptCode, SendingState
from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.foundation.models import Model
from panah.ground.foundation.protected_models import ProtectedModel
from panah.ground.foundation.protection import Protection
from panah.ground.work.words import Urgency


class Peer(ProtectedModel):
    """Another society that this one is paired with: its keys as they were compared, vouched for by our signing key."""

    protection = Protection(
        kind="peers",
        by="society",
        society="society",
        columns=(
            *("society", "theirs", "their_id", "address", "state", "node", "node_box", "signing"),
            *("intake", "intake_generation", "intake_signature", "card", "vouched", "next_card", "per_hour"),
            *("made_at", "paired_at", "paired_by", "compare_by", "announced_generation"),
        ),
        why="which societies are paired, whose keys are sealed to, where bundles go, and who is let in",
    )

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    theirs = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    # Their own id of their society: their keys are signed for it.
    their_id = models.UUIDField()
    address = models.URLField(max_length=300, blank=True, default="")
    state = models.CharField(max_length=8, choices=PeerState.choices, default=PeerState.WAITING)
    node = models.BinaryField()
    node_box = models.BinaryField()
    signing = models.BinaryField()
    intake = models.BinaryField()
    intake_generation = models.PositiveIntegerField()
    intake_signature = models.BinaryField()
    # Their newest card, signed by the D that was compared: it vouches for the two keys of their node.
    card = models.BinaryField(default=bytes)
    # What was compared, signed by our D (``peer_trust.Statement``): who writes in the database cannot put other keys
    # there.
    vouched = models.BinaryField(default=bytes)
    # A card with other keys that came since: it waits until the words are compared again.
    next_card = models.BinaryField(default=bytes)
    per_hour = models.PositiveIntegerField(default=2000)
    made_at = models.DateTimeField()
    paired_at = models.DateTimeField(null=True)
    paired_by = models.UUIDField(null=True)
    compare_by = models.DateTimeField(null=True)
    reached_at = models.DateTimeField(null=True)
    failed_since = models.DateTimeField(null=True)
    failure = models.CharField(max_length=30, choices=Failure.choices, blank=True, default="")
    # How often it was not reached in a row, and until when it is left in peace.
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    announced_generation = models.PositiveIntegerField(default=0)
    # Since an hour began: what was refused (as what was taken, it counts), and the bytes of bodies that were taken.
    hour_began = models.DateTimeField(null=True)
    refused = models.PositiveIntegerField(default=0)
    bytes_taken = models.PositiveBigIntegerField(default=0)
    key_refused_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["society", "theirs"], name="one_peer_for_two_societies"),
            models.CheckConstraint(
                name="a_paired_peer_is_vouched_for",
                condition=~models.Q(state=PeerState.PAIRED)
                | models.Q(paired_at__isnull=False, paired_by__isnull=False, compare_by__isnull=False),
            ),
        ]

    class Privacy:
        personal = ("paired_by",)
        ordinary = (
            "id",
            "society",
            "theirs",
            "their_id",
            "address",
            "state",
            "node",
            "node_box",
            "signing",
            "intake",
            "intake_generation",
            "intake_signature",
            "card",
            "vouched",
            "next_card",
            "per_hour",
            "made_at",
            "paired_at",
            "compare_by",
            "reached_at",
            "failed_since",
            "failure",
            "attempts",
            "next_try_at",
            "announced_generation",
            "hour_began",
            "refused",
            "bytes_taken",
            "key_refused_at",
        )


class Outgoing(Model):
    """An envelope on its way. Its id is the message's. The body is destroyed when the other side has it."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="outgoing")
    kind = models.CharField(max_length=24, choices=MessageKind.choices)
    conversation = models.UUIDField()
    urgency = models.CharField(max_length=5, choices=Urgency.choices, default=Urgency.TODAY)
    header = models.BinaryField()
    signature = models.BinaryField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=SendingState.choices, default=SendingState.WAITING)
    code = models.CharField(max_length=20, choices=ReceiptCode.choices, blank=True, default="")
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    # Held back until then, so that its hour tells nothing.
    leaves_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    in_file_at = models.DateTimeField(null=True)
    # A person has seen that it did not arrive, and let it be.
    given_up_at = models.DateTimeField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="what_is_settled_says_when",
                condition=models.Q(state=SendingState.WAITING, settled_at__isnull=True)
                | (~models.Q(state=SendingState.WAITING) & models.Q(settled_at__isnull=False)),
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["peer", "next_try_at"], name="outgoing_due", condition=models.Q(state="waiting")
            ),
            models.Index(fields=["conversation", "created_at"], name="outgoing_of_conversation"),
        ]

    class Privacy:
        ordinary = (
            "id",
            "society",
            "peer",
            "kind",
            "conversation",
            "urgency",
            "header",
            "signature",
            "created_at",
            "expires_at",
            "state",
            "code",
            "attempts",
            "next_try_at",
            "leaves_at",
            "leased_until",
            "settled_at",
            "in_file_at",
            "given_up_at",
        )


class Incoming(Model):
    """An envelope that came: that it came is kept, so that a second one of it has no second effect."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="incoming")
    message = models.UUIDField()
    kind = models.CharField(max_length=40)
    conversation = models.UUIDField()
    urgency = models.CharField(max_length=5, choices=Urgency.choices, default=Urgency.TODAY)
    header = models.BinaryField()
    signature = models.BinaryField()
    code = models.CharField(max_length=20, choices=ReceiptCode.choices)
    created_at = models.DateTimeField()
    arrived_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    from_file = models.BooleanField(default=False)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["peer", "message"], name="a_message_counts_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["conversation", "arrived_at"], name="incoming_of_conversation"),
            models.Index(fields=["peer", "arrived_at"], name="incoming_of_peer"),
        ]

    class Privacy:
        ordinary = (
            "id",
            "society",
            "peer",
            "message",
            "kind",
            "conversation",
            "urgency",
            "header",
            "signature",
            "code",
            "created_at",
            "arrived_at",
            "expires_at",
            "from_file",
        )


class Closed(Model):
    """A conversation in which a consent was withdrawn: an offer that comes later is not kept."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="+")
    conversation = models.UUIDField()
    at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["peer", "conversation"], name="a_conversation_closes_once")
        ]

    class Privacy:
        ordinary = ("id", "society", "peer", "conversation", "at")


class OwnCard(ProtectedModel):
    """Our own card: the public keys of this society and this node, signed by D, shown while it is open."""

    protection = Protection(
        kind="own-card",
        by="society",
        society="society",
        columns=("society", "body", "signature", "made_at", "open_until"),
        why="which keys and which address other societies are shown as ours",
    )

    society = models.OneToOneField("network.Society", on_delete=models.PROTECT, related_name="+")
    body = models.BinaryField()
    signature = models.BinaryField()
    made_at = models.DateTimeField()
    open_until = models.DateTimeField()

    class Privacy:
        ordinary = ("id", "society", "body", "signature", "made_at", "open_until")


class WitnessedHead(Model):
    """The head of a paired society's journal as it told us: should its journal be written anew, ours differs."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="heads")
    number = models.PositiveBigIntegerField()
    digest = models.BinaryField()
    told_at = models.DateTimeField()
    arrived_at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["peer", "number"], name="a_head_is_witnessed_once")
        ]

    class Privacy:
        ordinary = ("id", "society", "peer", "number", "digest", "told_at", "arrived_at")
