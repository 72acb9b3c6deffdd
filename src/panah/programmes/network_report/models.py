"""What a society tells the network of a quarter, in versions: its own, and those that came from others."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models

from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.foundation.models import Model
from panah.programmes.network_report.words import ContributionState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.foundation.compiled_queries import Viewer


class ContributionQuerySet(TenantQuerySet["Contribution"]):
    def own(self, *, of: Staff) -> Self:
        return self.visible(to=of).filter(told_by=of.society_id)

    def told(self, *, to: Staff | Viewer | None) -> Self:
        """Those that somebody has signed: what is only prepared is nobody's word yet."""
        return self.visible(to=to).exclude(state=ContributionState.PREPARED)


class Contribution(Model):
    """One version of a society's figures of a quarter: numbers under known keys, small counts of people left out."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    # Whose figures they are: the society's own, or those of one that sent them.
    told_by = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    # 2026-Q4
    quarter = models.CharField(max_length=7)
    version = models.PositiveSmallIntegerField(default=1)
    # A key of ``words.KEYS`` -> a number; what is missing is not told.
    figures = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=ContributionState, default=ContributionState.PREPARED)
    signed_on = models.DateField(null=True)
    # A focal point of this society; who signed elsewhere does not travel.
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    sent_on = models.DateField(null=True)
    # Slugs of the societies that it was sent to.
    sent_to = models.JSONField(default=list)
    received_on = models.DateField(null=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-quarter", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["society", "told_by", "quarter", "version"], name="a_quarter_is_told_once_a_version"
            ),
            models.CheckConstraint(
                name="what_is_no_longer_only_prepared_was_signed",
                condition=models.Q(state=ContributionState.PREPARED, signed_on__isnull=True)
                | (~models.Q(state=ContributionState.PREPARED) & models.Q(signed_on__isnull=False)),
            ),
        ]

    class Privacy:
        personal = ("signed_by",)
        ordinary = (
            *("id", "society", "told_by", "quarter", "version", "figures", "state", "signed_on"),
            *("sent_on", "sent_to", "received_on"),
        )
