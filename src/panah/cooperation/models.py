"""What a society says of itself to the network, what others told it, and who reads it as a guest."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models

from panah.cooperation import words
from panah.foundation.dialled_numbers import HasDialledNumbers, number_of
from panah.foundation.managers import TenantQuerySet
from panah.foundation.models import Model

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
        identifying = ()
        sensitive = ()
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
        identifying = ()
        sensitive = ()
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


class Practice(Entry):
    """One version of a good practice in one language. ``family`` joins the versions; a translation has its own."""

    family = models.UUIDField(default=uuid4)
    version = models.PositiveSmallIntegerField(default=1)
    language = models.CharField(max_length=12)
    translates = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="translations")
    title = models.CharField(max_length=200)
    need = models.TextField()
    done = models.TextField()
    took = models.TextField(blank=True)
    changed = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    limits = models.TextField(blank=True)
    # An office to ask, no person.
    contact = models.CharField(max_length=200, blank=True)
    # Elements of the operational model, and provisions as "instrument/id".
    elements = models.JSONField(default=list)
    provisions = models.JSONField(default=list)
    state = models.CharField(max_length=9, choices=words.PracticeState, default=words.PracticeState.DRAFT)
    # Who was asked for a review, and what came of it; a translation needs none.
    reviewer = models.ForeignKey(SOCIETY, on_delete=models.PROTECT, null=True, related_name="+")
    review = models.TextField(blank=True)
    reviewed_on = models.DateField(null=True)
    published_on = models.DateField(null=True)
    published_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["title", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["society", "family", "version"], name="a_version_of_a_practice_is_there_once"
            ),
            models.CheckConstraint(
                name="a_published_practice_was_reviewed_by_others_and_let_out_by_a_second_person",
                condition=~models.Q(state__in=("published", "replaced"))
                | (
                    models.Q(published_by__isnull=False, published_on__isnull=False)
                    & ~models.Q(published_by=models.F("changed_by"))
                    & (
                        models.Q(translates__isnull=False)
                        | models.Q(reviewed_on__isnull=False, reviewer__isnull=False)
                    )
                    & ~models.Q(reviewer=models.F("society"))
                ),
            ),
        ]

    class Privacy(Entry.Privacy):
        personal = ("changed_by", "published_by")
        ordinary = (
            *COMMON,
            *("family", "version", "language", "translates", "title", "need", "done", "took", "changed"),
            *("evidence", "limits", "contact", "elements", "provisions", "state", "reviewer", "review"),
            *("reviewed_on", "published_on"),
        )


class Meeting(Entry):
    """A meeting of the network: when, where, about what."""

    title = models.CharField(max_length=200)
    held_on = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    agenda = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-held_on"]

    class Privacy(Entry.Privacy):
        ordinary = (*COMMON, "title", "held_on", "place", "agenda")


class Paper(Model):
    """Something to read for a meeting, and where it is: an address, or a number in the library."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="papers")
    title = models.CharField(max_length=200)
    where = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["title"]

    class Privacy:
        identifying = ()
        sensitive = ()
        personal = ()
        ordinary = ("id", "meeting", "title", "where")


class Decision(Model):
    """What a meeting decided, whose it is to do and until when, and what came of it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    text = models.CharField(max_length=500)
    owner = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    # Of a joint decision: the society and office that does its part there, no person.
    with_whom = models.CharField(max_length=200, blank=True)
    due_on = models.DateField()
    state = models.CharField(max_length=7, choices=words.DecisionState, default=words.DecisionState.OPEN)
    outcome = models.TextField(blank=True)
    closed_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_decision_that_is_over_says_what_came_of_it",
                condition=models.Q(state="open", closed_on=None)
                | (~models.Q(state="open") & models.Q(closed_on__isnull=False) & ~models.Q(outcome="")),
            )
        ]

    class Privacy:
        identifying = ()
        sensitive = ()
        personal = ("owner",)
        ordinary = ("id", "meeting", "text", "with_whom", "due_on", "state", "outcome", "closed_on")


class ReceivedEntry(HasDialledNumbers, Model):
    """What another society tells: its word, with the moment it is of. It stands beside our own, never in its place."""

    society = models.ForeignKey(SOCIETY, on_delete=models.PROTECT, related_name="+")
    teller = models.ForeignKey(SOCIETY, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=words.Kind)
    entry = models.UUIDField()
    # As rules.SHAPES says for its kind; empty once the other society has taken it back.
    content = models.JSONField(default=dict)
    as_of = models.DateTimeField()
    # Of a status: the day of its evidence, which stays when it is taken back. The next one is newer.
    shown_on = models.DateField(null=True)
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
        identifying = ()
        sensitive = ()
        personal = ("reviewed_by",)
        ordinary = (
            *("id", "society", "teller", "kind", "entry", "content", "as_of", "received_on", "ended"),
            *("for_review", "verdict", "shown_on"),
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
        identifying = ()
        sensitive = ()
        personal = ()
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
        identifying = ()
        sensitive = ()
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
        identifying = ()
        sensitive = ()
        personal = ()
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
        identifying = ()
        sensitive = ()
        personal = ("owner",)
        ordinary = ("id", "seat", "kind", "entry", "text", "due_on", "asked_on", "answer", "answered_on")
