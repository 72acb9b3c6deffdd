"""Briefs about a country: figures and what they say, read by a second person, cleared by the society concerned."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.foundation.models import Model
from panah.programmes.figures import brief_states
from panah.programmes.figures.models.register import Figure
from panah.programmes.figures.words import State

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.foundation.compiled_queries import Viewer

STAFF = settings.AUTH_USER_MODEL
# As what they say is what somebody else clears, the society concerned reads them from then on.
SHOWN_TO_THE_CONCERNED = ("clearing", "published", "withdrawn")


class BriefQuerySet(TenantQuerySet["Brief"]):
    """Of the own society, and of others about the own country once they wait for its word."""

    def visible(self, *, to: Staff | Viewer | None) -> Self:
        if to is None or not getattr(to, "is_active", False):
            return self.none()
        concerned = Q(concerned_id=to.society_id, state__in=SHOWN_TO_THE_CONCERNED)
        return self.filter(Q(society_id=to.society_id) | concerned)


class Brief(Model):
    """A brief about a country. ``content`` is frozen when a second person is asked; ``digest`` says which one it is.

    What was read, cleared and published is that content: whoever changes anything begins anew.
    """

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    country = models.CharField(max_length=2)
    # The society whose country it is: nothing is published without its word.
    concerned = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    title_en = models.CharField(max_length=120)
    title_ru = models.CharField(max_length=120)
    says_en = models.TextField()
    says_ru = models.TextField()
    unknown_en = models.TextField()
    unknown_ru = models.TextField()
    note_en = models.TextField(blank=True)
    note_ru = models.TextField(blank=True)
    state = models.CharField(
        max_length=9, choices=brief_states.BriefState, default=brief_states.BriefState.DRAFT
    )
    author = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    begun_on = models.DateField()
    edited_at = models.DateTimeField()
    # By language: what it says, with its figures as they stood then.
    content = models.JSONField(default=dict, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    # Of the figures that it uses, and the day on which they were taken from the register.
    version = models.CharField(max_length=12, blank=True)
    frozen_on = models.DateField(null=True)
    reader = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    published_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    published_on = models.DateField(null=True)
    withdrawn_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_on = models.DateField(null=True)
    withdrawn_why = models.CharField(max_length=500, blank=True)

    objects = BriefQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-begun_on", "country", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="what_is_asked_about_a_brief_is_frozen",
                condition=Q(state="draft", digest="", frozen_on=None)
                | (~Q(state="draft") & ~Q(digest="") & Q(frozen_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="the_second_reader_of_a_brief_is_not_its_author",
                condition=Q(reader=None) | ~Q(reader=models.F("author")),
            ),
            models.CheckConstraint(
                name="a_published_brief_says_by_whom_and_when",
                condition=Q(state__in=["draft", "reading", "clearing"], published_by=None, published_on=None)
                | Q(
                    state__in=["published", "withdrawn"],
                    published_by__isnull=False,
                    published_on__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="a_withdrawn_brief_says_why",
                condition=~Q(state="withdrawn")
                | (~Q(withdrawn_why="") & Q(withdrawn_by__isnull=False, withdrawn_on__isnull=False)),
            ),
        ]

    class Privacy:
        personal = ("author", "reader", "published_by", "withdrawn_by")
        ordinary = (
            *("id", "society", "country", "concerned", "title_en", "title_ru", "says_en", "says_ru"),
            *("unknown_en", "unknown_ru", "note_en", "note_ru", "state", "begun_on", "edited_at", "content"),
            *("digest", "version", "frozen_on", "published_on", "withdrawn_on", "withdrawn_why"),
        )


class BriefFigure(Model):
    """A figure that a brief uses, in the order of the author."""

    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="used")
    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="in_briefs")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["brief", "figure"], name="a_brief_uses_a_figure_once")
        ]

    class Privacy:
        ordinary = ("id", "brief", "figure", "place")


class BriefReview(Model):
    """What the second reader, or the society concerned, said of one content of a brief. Added to, never changed."""

    # Whose word it is.
    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    brief = models.ForeignKey(Brief, on_delete=models.PROTECT, related_name="reviews")
    kind = models.CharField(max_length=9, choices=brief_states.BriefReviewKind)
    good = models.BooleanField()
    # Of the second reader: question -> yes or no, and why no young woman is stopped at a border for it.
    answers = models.JSONField(default=dict, blank=True)
    text = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    turn = models.PositiveSmallIntegerField(default=1)
    by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering: ClassVar = ["turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["brief", "kind", "turn"], name="reviews_of_a_brief_have_an_order")
        ]

    class Privacy:
        personal = ("by",)
        ordinary = ("id", "society", "brief", "kind", "good", "answers", "text", "digest", "turn", "on")


class Erratum(Model):
    """A figure of a published brief that no longer stands, as readers of the brief are told."""

    brief = models.ForeignKey(Brief, on_delete=models.PROTECT, related_name="errata")
    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State)
    # As it was printed in the brief, and what stands in its place, "" for nothing.
    was = models.CharField(max_length=120)
    now = models.CharField(max_length=120, blank=True)
    why = models.CharField(max_length=500, blank=True)
    on = models.DateField()

    class Meta:
        ordering: ClassVar = ["on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["brief", "figure", "state"], name="an_erratum_is_told_once")
        ]

    class Privacy:
        ordinary = ("id", "brief", "figure", "state", "was", "now", "why", "on")
