"""Referrals: work facts alone. Receiver, packet, answers and meeting lie sealed in the case's file."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.foundation.models import Model
from panah.ground.foundation.protected_models import ProtectedModel
from panah.ground.foundation.protection import Protection
from panah.people.referrals.words import ReferralDirection, ReferralState


class Referral(ProtectedModel):
    protection = Protection(
        kind="referrals",
        by="pk",
        society="society",
        columns=(
            *("society", "case", "state", "direction", "conversation", "peer"),
            *("made_at", "sent_at", "ended_at", "met_at", "alarm_at", "read_by", "safe_by"),
        ),
        taken_out=False,
        why="whose referral it is, with whom it is spoken about, and when somebody is called because of it",
    )

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=ReferralState.choices, default=ReferralState.DRAFT)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # When it was written down that they met: not the meeting's own time, which is sealed.
    met_at = models.DateTimeField(null=True)
    # Across borders: both sides have a row of their own, joined by the conversation.
    direction = models.CharField(
        max_length=3, choices=ReferralDirection.choices, default=ReferralDirection.OUT
    )
    conversation = models.UUIDField(null=True)
    peer = models.ForeignKey("exchange.Peer", on_delete=models.PROTECT, null=True, related_name="+")
    # When *not met* becomes an alarm. Empty again once it rang, they met, or it ended.
    alarm_at = models.DateTimeField(null=True)
    # Until when news of the journey that came must have been read. Empty when nothing lies unread, or it ended.
    read_by = models.DateTimeField(null=True)
    # Until when somebody here must say in words whether the person is safe. Only that answer empties it.
    safe_by = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_draft_was_not_sent_and_others_were_or_ended",
                condition=models.Q(state=ReferralState.DRAFT, sent_at__isnull=True)
                | (
                    ~models.Q(state=ReferralState.DRAFT)
                    & (models.Q(sent_at__isnull=False) | models.Q(state=ReferralState.WITHDRAWN))
                ),
            ),
            models.CheckConstraint(
                name="a_conversation_is_with_a_peer",
                condition=models.Q(
                    conversation__isnull=True, peer__isnull=True, direction=ReferralDirection.OUT
                )
                | models.Q(conversation__isnull=False, peer__isnull=False),
            ),
            models.UniqueConstraint(fields=["peer", "conversation"], name="one_referral_for_a_conversation"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "-made_at"], name="referrals_of_case"),
            models.Index(
                fields=["society", "alarm_at"],
                name="referrals_to_ring",
                condition=models.Q(alarm_at__isnull=False),
            ),
            models.Index(
                fields=["society", "read_by"],
                name="referrals_to_read",
                condition=models.Q(read_by__isnull=False),
            ),
            models.Index(
                fields=["society", "safe_by"],
                name="referrals_to_ask_if_safe",
                condition=models.Q(safe_by__isnull=False),
            ),
        ]

    class Privacy:
        ordinary = (
            "id",
            "society",
            "case",
            "state",
            "made_at",
            "sent_at",
            "ended_at",
            "met_at",
            "direction",
            "conversation",
            "peer",
            "alarm_at",
            "read_by",
            "safe_by",
        )


class OncePage(Model):
    """A page that opens once: the row holds tries and times; its content lies in the shred store."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="pages")
    token_hash = models.BinaryField(unique=True)
    salt = models.BinaryField()
    tries_left = models.PositiveSmallIntegerField(default=5)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)

    class Privacy:
        ordinary = (
            "id",
            "society",
            "referral",
            "token_hash",
            "salt",
            "tries_left",
            "made_at",
            "expires_at",
            "opened_at",
            "closes_at",
        )


class Programme(Model):
    """A service of the society's own: who of the colleagues takes what is referred to it."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    service = models.OneToOneField("directory.Service", on_delete=models.CASCADE, related_name="+")
    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = TenantQuerySet.as_manager()

    class Privacy:
        personal = ("colleague",)
        ordinary = ("id", "society", "service")


class ProgrammeWork(Model):
    """What was told to a colleague of an own programme. Which referral, which service and what lie sealed in its file.

    No time and no link to a case: no value in the database says whose case it was.
    """

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    file_id = models.UUIDField(unique=True)
    open = models.BooleanField(default=True)

    objects = TenantQuerySet.as_manager()

    class Privacy:
        personal = ("colleague",)
        ordinary = ("id", "society", "file_id", "open")
