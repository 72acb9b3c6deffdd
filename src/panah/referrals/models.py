"""Referrals: work facts alone. Receiver, packet, answers and meeting lie sealed in the case's file."""

from typing import ClassVar

from django.db import models

from panah.foundation.managers import SocietyOwned
from panah.foundation.models import Model
from panah.referrals.words import State


class Referral(Model):
    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = SocietyOwned.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_draft_was_not_sent_and_others_were_or_ended",
                condition=models.Q(state=State.DRAFT, sent_at__isnull=True)
                | (
                    ~models.Q(state=State.DRAFT)
                    & (models.Q(sent_at__isnull=False) | models.Q(state=State.WITHDRAWN))
                ),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["case", "-made_at"], name="referrals_of_case")]

    class Privacy:
        identifying = ()
        sensitive = ()
        personal = ()
        ordinary = ("id", "society", "case", "state", "made_at", "sent_at", "ended_at")


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
        identifying = ()
        sensitive = ()
        personal = ()
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
