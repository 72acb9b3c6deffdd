"""Matters and what hangs on them. Plain columns hold when; what, who and about whom lies sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models

from panah.ground.foundation.ids import new_number
from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.foundation.models import Model
from panah.ground.foundation.protected_models import ProtectedModel, ProtectedQuerySet
from panah.ground.foundation.protection import Protection, found_as_written
from panah.ground.vault.queries import granted_to
from panah.people.complaints import words

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.foundation.compiled_queries import Viewer

STAFF = settings.AUTH_USER_MODEL


def _sealed_to(to: Staff | Viewer | None) -> models.Q:
    """Of rows whose file was sealed to this colleague. No role opens any: whom it concerns has no grant."""
    return models.Q() if to is None else models.Q(granted_to(to))


class MatterQuerySet(ProtectedQuerySet["Matter"]):
    def visible(self, *, to: Staff | Viewer | None) -> Self:
        return super().visible(to=to).filter(_sealed_to(to))


class OfMatterQuerySet[M: models.Model](TenantQuerySet[M]):
    def visible(self, *, to: Staff | Viewer | None) -> Self:
        return super().visible(to=to).filter(_sealed_to(to))


class SecondReader(ProtectedModel):
    """The one named colleague who reads complaints beside the officer: named by one, confirmed by another."""

    protection = Protection(
        kind="readers",
        by="society",
        society="society",
        columns=("society", "staff", "named_by", "named_at", "confirmed_by", "confirmed_at", "ended_at"),
        why="who reads complaints and threats beside the officer",
    )

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_second_reader_is_named_by_another", condition=~models.Q(staff=models.F("named_by"))
            ),
            models.CheckConstraint(
                name="a_second_reader_is_confirmed_by_a_third",
                condition=models.Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | (
                    models.Q(confirmed_by__isnull=False, confirmed_at__isnull=False)
                    & ~models.Q(confirmed_by=models.F("named_by"))
                    & ~models.Q(confirmed_by=models.F("staff"))
                ),
            ),
            models.UniqueConstraint(
                fields=["society"],
                name="one_second_reader_at_a_time",
                condition=models.Q(ended_at__isnull=True, confirmed_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["society"],
                name="one_second_reader_waits_at_a_time",
                condition=models.Q(ended_at__isnull=True, confirmed_at__isnull=True),
            ),
        ]

    class Privacy:
        personal = ("staff", "named_by", "confirmed_by")
        ordinary = ("id", "society", "named_at", "confirmed_at", "ended_at")


class Matter(ProtectedModel):
    """A complaint or a request about own data. Who took it down stands in the sealed part and in the journal alone."""

    protection = found_as_written("matters", "number", "file")

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=12, unique=True, default=new_number)
    file = models.OneToOneField("vault.File", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=words.MatterKind.choices)
    state = models.CharField(
        max_length=12, choices=words.MatterState.choices, default=words.MatterState.RECEIVED
    )
    urgency = models.CharField(
        max_length=6, choices=words.MatterUrgency.choices, default=words.MatterUrgency.WEEK
    )
    received_at = models.DateTimeField()
    acknowledge_by = models.DateTimeField()
    answer_by = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    follow_up_at = models.DateTimeField(null=True)
    keep_until = models.DateField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects: ClassVar[MatterQuerySet] = MatterQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_closed_matter_says_when_and_how_long_it_is_kept",
                condition=models.Q(state="closed", closed_at__isnull=False, keep_until__isnull=False)
                | (~models.Q(state="closed") & models.Q(closed_at__isnull=True, keep_until__isnull=True)),
            ),
            models.CheckConstraint(
                name="a_matter_is_answered_after_it_came",
                condition=models.Q(answer_by__gte=models.F("received_at"))
                & models.Q(acknowledge_by__gte=models.F("received_at")),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["society", "answer_by"], name="matters_by_answer")]

    class Privacy:
        ordinary = (
            "id",
            "society",
            "number",
            "file",
            "kind",
            "state",
            "urgency",
            "received_at",
            "acknowledge_by",
            "answer_by",
            "acknowledged_at",
            "answered_at",
            "closed_at",
            "follow_up_at",
            "keep_until",
            "erased_at",
        )


class Ask(Model):
    """What the readers ask a colleague for. A file of its own: the colleague never opens the matter."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="asks")
    file = models.OneToOneField("vault.File", on_delete=models.PROTECT, related_name="+")
    of = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    replied_at = models.DateTimeField(null=True)

    objects = OfMatterQuerySet.as_manager()

    class Privacy:
        personal = ("of",)
        ordinary = ("id", "society", "matter", "file", "asked_at", "due_at", "replied_at")


class Message(Model):
    """Word left by a colleague to whom somebody spoke a code. ``matter`` is empty where the code fits none."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, null=True, related_name="messages")
    file = models.OneToOneField("vault.File", on_delete=models.PROTECT, related_name="+")
    left_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = OfMatterQuerySet.as_manager()

    class Privacy:
        ordinary = ("id", "society", "matter", "file", "left_at", "read_at")
