"""Requests to restore family links. What anybody said lies in their sealed files."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from panah.ground.foundation.ids import new_number
from panah.ground.foundation.protected_models import ProtectedFocalPointQuerySet, ProtectedModel
from panah.ground.foundation.protection import found_as_written
from panah.people.family_links import words

STAFF = settings.AUTH_USER_MODEL


class FamilyLinksRequest(ProtectedModel):
    """Someone looks for a relative. The file opens for the focal points; whoever took it cannot read it back."""

    protection = found_as_written("family-links", "number", "file", "state", "ended_at")

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=12, unique=True, default=new_number)
    file = models.OneToOneField("vault.File", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=words.LinksState.choices, default=words.LinksState.OPEN)
    asked_at = models.DateTimeField()
    taken_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[ProtectedFocalPointQuerySet[Self]] = ProtectedFocalPointQuerySet.as_manager()  # type: ignore[assignment]

    class Privacy:
        personal = ("taken_by",)
        ordinary = ("id", "society", "number", "file", "state", "asked_at", "ended_at")


class FamilyLinksAcross(ProtectedModel):
    """A family links request between two societies, at either of them. What was asked and answered lies in its file.

    Without a ``peer`` it goes by telephone or letter, and what is answered is written down by hand.
    """

    protection = found_as_written(
        "links-across",
        *(
            "request",
            "direction",
            "state",
            "peer",
            "conversation",
            "owner",
            "sent_at",
            "answered_at",
            "ended_at",
        ),
    )

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(FamilyLinksRequest, on_delete=models.PROTECT, related_name="across")
    direction = models.CharField(max_length=3, choices=words.LinksDirection.choices)
    state = models.CharField(
        max_length=10, choices=words.LinksAcrossState.choices, default=words.LinksAcrossState.DRAFT
    )
    peer = models.ForeignKey("exchange.Peer", on_delete=models.PROTECT, null=True, related_name="+")
    conversation = models.UUIDField(null=True)
    owner = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[ProtectedFocalPointQuerySet[Self]] = ProtectedFocalPointQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_links_conversation_is_with_a_peer",
                condition=models.Q(conversation__isnull=True) | models.Q(peer__isnull=False),
            ),
            models.CheckConstraint(
                name="a_links_draft_was_not_sent",
                condition=models.Q(state="draft", sent_at__isnull=True)
                | (~models.Q(state="draft") & models.Q(sent_at__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["peer", "conversation"], name="one_request_for_a_links_conversation"
            ),
        ]

    class Privacy:
        personal = ("owner",)
        ordinary = (
            "id",
            "society",
            "request",
            "direction",
            "state",
            "peer",
            "conversation",
            "made_at",
            "sent_at",
            "answered_at",
            "ended_at",
        )
