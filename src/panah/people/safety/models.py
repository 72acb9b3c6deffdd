"""Reports of threats, and interpreters. Of a threat the columns tell when, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models

from panah.ground.foundation.protected_models import ProtectedModel, ProtectedQuerySet
from panah.ground.foundation.protection import Protection, found_as_written
from panah.ground.vault.queries import granted_to
from panah.people.safety import words

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.foundation.compiled_queries import Viewer

STAFF = settings.AUTH_USER_MODEL


class ThreatQuerySet(ProtectedQuerySet["Threat"]):
    def visible(self, *, to: Staff | Viewer | None) -> Self:
        """The rows whose file was sealed to this colleague. No role opens any: whom it concerns has no grant."""
        rows = super().visible(to=to)
        return rows if to is None else rows.filter(granted_to(to))


class Threat(ProtectedModel):
    """A report of a threat against somebody who works here. Who reported it: the sealed part, and the journal."""

    protection = found_as_written("threats", "file", "state", "review_at", "closed_at")

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    file = models.OneToOneField("vault.File", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=words.ThreatState.choices, default=words.ThreatState.OPEN)
    reported_at = models.DateTimeField()
    review_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[ThreatQuerySet] = ThreatQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_closed_threat_says_when",
                condition=models.Q(state="closed", closed_at__isnull=False)
                | models.Q(state="open", closed_at__isnull=True),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["society", "state", "review_at"], name="threats_by_review")]

    class Privacy:
        ordinary = ("id", "society", "file", "state", "reported_at", "review_at", "closed_at")


class Interpreter(ProtectedModel):
    """Somebody who interprets for us. Which ties there are, and for whom not to ask, lies sealed."""

    protection = Protection(
        kind="interpreters",
        by="society",
        society="society",
        columns=(
            *("society", "file", "name", "phone", "languages", "ways", "hours", "undertaking_on"),
            *("ties", "ties_asked_on", "vetted_by", "vetted_on", "vetted_until", "ended_on"),
        ),
        why="who interprets, how they are called, who vetted them until when, about whom a focal point is asked first",
    )

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    file = models.OneToOneField("vault.File", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    phone = models.CharField(max_length=40, blank=True)
    languages = models.JSONField(default=list)
    ways = models.JSONField(default=list)
    hours = models.CharField(max_length=120, blank=True)
    undertaking_on = models.DateField(null=True)
    ties = models.CharField(max_length=10, choices=words.Ties.choices, default=words.Ties.NOT_ASKED)
    ties_asked_on = models.DateField(null=True)
    vetted_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    vetted_on = models.DateField(null=True)
    vetted_until = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["society", "name"],
                condition=models.Q(ended_on__isnull=True),
                name="an_interpreter_is_listed_once",
            ),
            models.CheckConstraint(
                name="vetting_has_a_day_an_end_and_somebody_who_did_it",
                condition=models.Q(vetted_by__isnull=True, vetted_on__isnull=True, vetted_until__isnull=True)
                | models.Q(
                    vetted_by__isnull=False, vetted_on__isnull=False, vetted_until__gte=models.F("vetted_on")
                ),
            ),
            models.CheckConstraint(
                name="an_answer_about_ties_has_its_day",
                condition=models.Q(ties="not_asked", ties_asked_on__isnull=True)
                | (~models.Q(ties="not_asked") & models.Q(ties_asked_on__isnull=False)),
            ),
        ]

    class Privacy:
        personal = ("name", "phone", "languages", "ways", "hours", "ties", "vetted_by")
        ordinary = (
            *("id", "society", "file", "undertaking_on", "ties_asked_on"),
            *("vetted_on", "vetted_until", "ended_on"),
        )
