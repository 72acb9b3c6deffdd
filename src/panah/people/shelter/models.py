"""Places, beds, nights, stays: work facts alone. Where a place is and who sleeps in a bed lie sealed.

No column here is shared with a case, and none says when a row was made: see the room's README.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models

from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.foundation.models import Model
from panah.ground.foundation.protected_models import ProtectedModel
from panah.ground.foundation.protection import found_as_written
from panah.people.shelter.words import PlaceKind, PlaceState, StayState

STAFF = settings.AUTH_USER_MODEL


class Place(Model):
    """A safe place by its nickname and region. ``file_id`` holds the way there, ``book_id`` what happens in it."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    region = models.CharField(max_length=8)
    kind = models.CharField(max_length=10, choices=PlaceKind.choices, default=PlaceKind.HOUSE)
    admits = models.JSONField(default=list)
    languages = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=8, choices=PlaceState.choices, default=PlaceState.OPEN)
    file_id = models.UUIDField(unique=True)
    book_id = models.UUIDField(unique=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["society", "name"], name="a_nickname_is_one_place")
        ]

    class Privacy:
        ordinary = (
            *("id", "society", "name", "region", "kind", "admits", "languages", "state"),
            *("file_id", "book_id"),
        )

    def __str__(self) -> str:
        return self.name


class SharedCounts(Model):
    """A society with this row lets colleagues who do not run a house see how many of its beds are taken."""

    society = models.OneToOneField("network.Society", on_delete=models.PROTECT, related_name="+")

    objects = TenantQuerySet.as_manager()

    class Privacy:
        ordinary = ("id", "society")


class Runner(Model):
    """A colleague who runs a place."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="runners")
    staff = models.ForeignKey(STAFF, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "staff"], name="a_place_is_run_once_by_each")
        ]

    class Privacy:
        personal = ("staff",)
        ordinary = ("id", "place")


class Shift(Model):
    """Who is in the house from when until when."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="shifts")
    staff = models.ForeignKey(STAFF, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_shift_ends_after_it_starts", condition=models.Q(ends_at__gt=models.F("starts_at"))
            )
        ]
        indexes: ClassVar = [models.Index(fields=["place", "ends_at"], name="shifts_of_place")]

    class Privacy:
        personal = ("staff",)
        ordinary = ("id", "place", "starts_at", "ends_at")


class Room(Model):
    """A room: ``admits`` is narrower than the place's, empty means the same."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(max_length=30)
    admits = models.JSONField(default=list, blank=True)
    step_free = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "name"], name="a_room_is_named_once_a_place")
        ]

    class Privacy:
        ordinary = ("id", "place", "name", "admits", "step_free")


class Bed(Model):
    """A bed. Out of use from a day until a day on which it can be slept in again (none: until further notice)."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="beds")
    name = models.CharField(max_length=20)
    out_from = models.DateField(null=True)
    out_until = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["room", "name"], name="a_bed_is_named_once_a_room"),
            models.CheckConstraint(
                name="a_bed_is_out_until_after_it_is_out_from",
                condition=models.Q(out_until__isnull=True) | models.Q(out_until__gt=models.F("out_from")),
            ),
        ]

    class Privacy:
        ordinary = ("id", "room", "name", "out_from", "out_until")


class Stay(ProtectedModel):
    """Somebody in a bed, from asking to leaving. ``file_id`` says who, to the house and to whoever follows it.

    ``mark`` is made with the key of the case's file: whoever opens the case finds the stay, nobody else can tell.
    ``follows`` is the colleague outside the house who asked. The sheet is erased on ``sheet_until``; its
    fields are declared in ``forms.stays``.
    """

    protection = found_as_written("stays", "file_id", "sheet_until")

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="stays")
    bed = models.ForeignKey(Bed, on_delete=models.PROTECT, null=True, related_name="stays")
    state = models.CharField(max_length=10, choices=StayState.choices, default=StayState.ASKED)
    from_day = models.DateField()
    to_day = models.DateField()
    held_until = models.DateTimeField(null=True)
    file_id = models.UUIDField(unique=True)
    mark = models.BinaryField(null=True)
    follows = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    sheet_until = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_stay_ends_no_earlier_than_it_begins",
                condition=models.Q(to_day__gte=models.F("from_day")),
            ),
            models.CheckConstraint(
                name="a_stay_in_a_bed_names_the_bed",
                condition=models.Q(bed__isnull=False)
                | models.Q(state__in=("asked", "declined", "taken_back")),
            ),
            models.CheckConstraint(
                name="a_held_bed_says_until_when",
                condition=~models.Q(state="held") | models.Q(held_until__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["mark"], name="stays_by_mark"),
            models.Index(fields=["place", "state"], name="stays_of_place"),
        ]

    class Privacy:
        personal = ("follows",)
        ordinary = (
            *("id", "society", "place", "bed", "state", "from_day", "to_day", "held_until"),
            *("file_id", "mark", "sheet_until"),
        )


class Night(Model):
    """One bed in one night. Unique, so that the database decides between two placements at the same moment."""

    bed = models.ForeignKey(Bed, on_delete=models.PROTECT, related_name="nights")
    night = models.DateField()
    stay = models.ForeignKey(Stay, on_delete=models.CASCADE, related_name="nights")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bed", "night"], name="one_person_a_bed_and_night")
        ]

    class Privacy:
        ordinary = ("id", "bed", "night", "stay")
