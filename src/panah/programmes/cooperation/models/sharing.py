"""What others told a society, what it told them, and who reads as a guest."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from panah.ground.foundation.dialled_numbers import HasDialledNumbers, number_of
from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.foundation.models import Model
from panah.programmes.cooperation import words
from panah.programmes.cooperation.models.entries import SOCIETY, STAFF


class ReceivedEntry(HasDialledNumbers, Model):
    """What another society tells: its word, with the moment it is of. It stands beside our own, never in its place."""

    society = models.ForeignKey(SOCIETY, on_delete=models.PROTECT, related_name="+")
    teller = models.ForeignKey(SOCIETY, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=words.Kind)
    entry = models.UUIDField()
    # As rules.SHAPES says for its kind; empty once the other society has taken it back.
    content = models.JSONField(default=dict)
    as_of = models.DateTimeField()
    # Of a status: the day of its evidence and the hash of its word, which stay when it is taken back. Another word has
    # newer evidence.
    shown_on = models.DateField(null=True)
    last_word = models.CharField(max_length=64, blank=True)
    # By what the commitment of a status is known again, should it come under another id.
    commitment = models.CharField(max_length=64, blank=True)
    received_on = models.DateField()
    ended = models.BooleanField(default=False)
    # They ask us to review it; what we answered.
    for_review = models.BooleanField(default=False)
    verdict = models.CharField(max_length=9, choices=words.Verdict, blank=True)
    reviewed_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["society", "teller", "kind", "entry"], name="an_entry_of_a_teller_is_there_once"
            )
        ]

    class Privacy:
        personal = ("reviewed_by",)
        ordinary = (
            *("id", "society", "teller", "kind", "entry", "content", "as_of", "received_on", "ended"),
            *("for_review", "verdict", "shown_on", "last_word", "commitment"),
        )

    def dialled(self) -> tuple[object, ...] | None:
        phone = self.content.get("phone") if self.kind == words.Kind.POINT else ""
        if not phone:
            return None
        return phone, self.content["title"], self.content["function"], self.teller_id, self.content["hours"]

    @property
    def shown_phone(self) -> str:
        return number_of(self, str(self.content.get("phone", "")))


class SentEntry(Model):
    """That a paired society was told an entry, and of when what it was told is."""

    society = models.ForeignKey(SOCIETY, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(SOCIETY, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=words.Kind)
    entry = models.UUIDField()
    as_of = models.DateTimeField()
    ended = models.BooleanField(default=False)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["society", "to", "kind", "entry"], name="a_society_is_told_an_entry_in_one_row"
            )
        ]

    class Privacy:
        ordinary = ("id", "society", "to", "kind", "entry", "as_of", "ended")


class Seat(Model):
    """A guest: an account that reads what is shared with it and nothing else, from whom, until when."""

    society = models.ForeignKey(SOCIETY, on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    organisation = models.CharField(max_length=200)
    kind = models.CharField(max_length=7, choices=words.SeatKind)
    until = models.DateField()
    ended_on = models.DateField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["organisation"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["staff"], name="a_guest_has_one_seat", condition=models.Q(ended_on=None)
            )
        ]

    class Privacy:
        personal = ("staff",)
        ordinary = ("id", "society", "organisation", "kind", "until", "ended_on")


class SharedWith(Model):
    """One entry of the society that a guest may read."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=8, choices=words.Kind)
    entry = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["seat", "kind", "entry"], name="an_entry_is_shared_once_with_a_guest"
            )
        ]

    class Privacy:
        ordinary = ("id", "seat", "kind", "entry")


class Question(Model):
    """A guest asks for details of an entry: who answers, until when, and the answer."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="questions")
    kind = models.CharField(max_length=8, choices=words.Kind)
    entry = models.UUIDField()
    text = models.TextField()
    owner = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    asked_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["-asked_on", "pk"]

    class Privacy:
        personal = ("owner",)
        ordinary = ("id", "seat", "kind", "entry", "text", "due_on", "asked_on", "answer", "answered_on")
