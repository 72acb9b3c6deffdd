"""What a society says of itself to the network: what it does, contact points with test calls, corridors."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from panah.ground.foundation.dialled_numbers import HasDialledNumbers, number_of
from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.foundation.models import Model
from panah.programmes.cooperation import words

STAFF = settings.AUTH_USER_MODEL
SOCIETY = "network.Society"


class Entry(Model):
    """Something a society may share: ``edited_at`` is of when its word is, ``shared`` whether others are told."""

    society = models.ForeignKey(SOCIETY, on_delete=models.PROTECT, related_name="+")
    shared = models.BooleanField(default=False)
    edited_at = models.DateTimeField()
    changed_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")

    objects = TenantQuerySet.as_manager()

    class Meta:
        abstract = True

    class Privacy:
        personal: tuple[str, ...] = ("changed_by",)
        ordinary: tuple[str, ...] = ("id", "society", "shared", "edited_at")


COMMON = Entry.Privacy.ordinary


class Profile(Entry):
    """What a society does along the route, and by which mandate: one a society."""

    mandate = models.TextField(blank=True)
    # A code of words.Capability -> one of words.Means.
    means = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["society"], name="one_profile_a_society")]

    class Privacy(Entry.Privacy):
        ordinary = (*COMMON, "mandate", "means")


class Point(HasDialledNumbers, Entry):
    """A contact point of the society: an office with a role, never a person."""

    function = models.CharField(max_length=12, choices=words.Function)
    title = models.CharField(max_length=200)
    phone = models.CharField(max_length=30, blank=True)
    # Somebody answers it by day and night: it is tried every month.
    night = models.BooleanField(default=False)
    # Or the duty number is a line of the directory: its number and its attempts are kept there alone.
    line = models.ForeignKey("directory.HotlineNumber", on_delete=models.PROTECT, null=True, related_name="+")
    email = models.CharField(max_length=120, blank=True)
    languages = models.JSONField(default=list)
    hours = models.CharField(max_length=200, blank=True)
    ended = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["function", "title"]

    class Privacy(Entry.Privacy):
        ordinary = (
            *COMMON,
            *("function", "title", "phone", "night", "line", "email", "languages", "hours", "ended"),
        )

    def dialled(self) -> tuple[object, ...] | None:
        if not self.phone:
            return None
        return self.phone, self.title, self.function, self.night, self.society_id, self.hours

    @property
    def shown_phone(self) -> str:
        return number_of(self, self.phone)


class TestCall(Model):
    """A test call to a duty number: on which day, at which hour, in which language, what came of it, who answered.

    To a number of ours (``point``) or of another society (``told``). Where another society made it, it is its word.
    """

    society = models.ForeignKey(SOCIETY, on_delete=models.PROTECT, related_name="+")
    point = models.ForeignKey(Point, on_delete=models.CASCADE, null=True, related_name="tries")
    told = models.ForeignKey("ReceivedEntry", on_delete=models.CASCADE, null=True, related_name="tries")
    caller = models.ForeignKey(SOCIETY, on_delete=models.PROTECT, related_name="+")
    # Which colleague made it; another society names none.
    by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    hour = models.PositiveSmallIntegerField()
    # "" where nobody spoke.
    language = models.CharField(max_length=12, blank=True)
    outcome = models.CharField(max_length=12, choices=words.Answered)
    # A role, no name.
    answered_by = models.CharField(max_length=12, choices=words.Function, blank=True)
    turn = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["-on", "-turn"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_test_call_is_to_a_number_of_ours_or_of_another_society",
                condition=models.Q(point__isnull=False, told=None) | models.Q(point=None, told__isnull=False),
            ),
            models.CheckConstraint(
                name="who_made_a_test_call_is_known_and_others_call_ours_alone",
                condition=models.Q(by__isnull=False, caller=models.F("society"))
                | (models.Q(by=None, told=None) & ~models.Q(caller=models.F("society"))),
            ),
            models.UniqueConstraint(
                fields=["point", "caller", "on", "hour"],
                name="another_society_says_one_test_call_an_hour",
                condition=models.Q(by=None),
            ),
        ]

    class Privacy:
        personal = ("by",)
        ordinary = (
            *("id", "society", "point", "told", "caller", "on", "hour", "language", "outcome", "answered_by"),
            "turn",
        )


class Corridor(Entry):
    """A way that people are taken or return by: two countries, and what works between their societies."""

    origin = models.CharField(max_length=2)
    destination = models.CharField(max_length=2)
    # A code of words.Capability -> one of words.Works.
    works = models.JSONField(default=dict)
    note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["origin", "destination"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["society", "origin", "destination"], name="a_corridor_is_written_down_once"
            )
        ]

    class Privacy(Entry.Privacy):
        ordinary = (*COMMON, "origin", "destination", "works", "note")
