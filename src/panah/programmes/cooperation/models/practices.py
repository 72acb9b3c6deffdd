"""Good practices in versions and languages; meetings with papers and decisions."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models

from panah.ground.foundation.models import Model
from panah.programmes.cooperation import words
from panah.programmes.cooperation.models.entries import COMMON, SOCIETY, STAFF, Entry


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
        personal = ("owner",)
        ordinary = ("id", "meeting", "text", "with_whom", "due_on", "state", "outcome", "closed_on")
