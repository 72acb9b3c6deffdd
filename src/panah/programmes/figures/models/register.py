"""Figures as claims that keep their source: sources, their files, figures, where they disagree, what may be said."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import get_language

from panah.ground.foundation.ids import new_number
from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.foundation.models import Model
from panah.ground.network.words import country_name
from panah.programmes.figures import words

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.foundation.compiled_queries import Viewer

STAFF = settings.AUTH_USER_MODEL


class Source(Model):
    """Where figures are read: a publication or a data set, as a society registered it."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=12, unique=True, default=new_number)
    # The id of a source that is delivered with Panah, else "".
    delivered = models.CharField(max_length=40, blank=True)
    publisher = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=12, choices=words.SourceKind)
    link = models.CharField(max_length=500, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    # ISO 3166 in two capitals, or "".
    country = models.CharField(max_length=2, blank=True)
    # The smallest number that "<5" of this source may hide: 0 or 1.
    hides_from = models.PositiveSmallIntegerField(default=0)
    # Null: delivered with Panah.
    added_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    added_on = models.DateField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["publisher", "title", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["society", "delivered"],
                name="a_delivered_source_is_there_once",
                condition=~models.Q(delivered=""),
            )
        ]

    class Privacy:
        personal = ("added_by",)
        ordinary = (
            *("id", "society", "number", "delivered", "publisher", "title", "kind", "link", "licence"),
            *("country", "hides_from", "added_on"),
        )


class SourceFile(Model):
    """A file of a source as it came, kept byte by byte."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="files")
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    licence = models.CharField(max_length=200, blank=True)
    read_on = models.DateField()
    added_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    superseded_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="supersedes")

    class Meta:
        ordering: ClassVar = ["-read_on", "pk"]

    class Privacy:
        personal = ("added_by",)
        ordinary = (
            *("id", "source", "file_name", "media_type", "size", "sha256", "licence", "read_on"),
            "superseded_by",
        )


class FilePiece(Model):
    """A mebibyte of a file, the last one less."""

    file = models.ForeignKey(SourceFile, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "number"], name="a_piece_of_a_source_is_kept_once")
        ]

    class Privacy:
        ordinary = ("id", "file", "number", "data")


class Figure(Model):
    """One number as its publisher said it. Never written over: a correction is a row that ``supersedes`` it."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=12, unique=True, default=new_number)
    # The id of a figure that is delivered with Panah, else "".
    delivered = models.CharField(max_length=60, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="figures")
    file = models.ForeignKey(SourceFile, on_delete=models.PROTECT, null=True, related_name="figures")
    # Row, cell, page: where in the source it stands.
    place = models.CharField(max_length=200, blank=True)
    # Who says it: the source's publisher, or whom the source quotes.
    publisher = models.CharField(max_length=200)

    measure = models.CharField(max_length=12, choices=words.Measure)
    unit = models.CharField(max_length=11, choices=words.Unit, default=words.Unit.PERSON)
    # Who is counted, in plain words.
    who = models.CharField(max_length=300, blank=True)
    sex = models.CharField(max_length=6, choices=words.Sex, blank=True)
    age = models.CharField(max_length=8, choices=words.Age, blank=True)
    # Countries: ISO 3166 in two capitals, or "". ``country``: whom the number is about.
    citizenship = models.CharField(max_length=2, blank=True)
    exploitation = models.CharField(max_length=11, choices=words.Exploitation, blank=True)
    country = models.CharField(max_length=2, blank=True)
    origin = models.CharField(max_length=2, blank=True)
    transit = models.CharField(max_length=2, blank=True)
    destination = models.CharField(max_length=2, blank=True)
    # {"agency": "Police"}: what else its table is split by.
    dimensions = models.JSONField(default=dict)
    period_from = models.DateField(null=True)
    period_to = models.DateField(null=True)
    data_year = models.PositiveSmallIntegerField(null=True)
    report_year = models.PositiveSmallIntegerField(null=True)

    kind = models.CharField(max_length=7, choices=words.ValueKind, default=words.ValueKind.NUMBER)
    as_printed = models.CharField(max_length=120, blank=True)
    # The interval; of a rate both are worked out and never kept. ``high`` null: open.
    low = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    high = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    numerator = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    # Of what a share, how many times which number, a rate per how many of whom.
    denominator = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    denominator_text = models.CharField(max_length=300, blank=True)
    # A rate is said per so many.
    per = models.PositiveIntegerField(null=True)
    # Several societies together.
    joint = models.BooleanField(default=False)

    quote = models.TextField(blank=True)
    quote_language = models.CharField(max_length=10, blank=True)
    flags = models.JSONField(default=list)
    note = models.TextField(blank=True)

    state = models.CharField(max_length=10, choices=words.State, default=words.State.STANDS)
    state_reason = models.CharField(max_length=500, blank=True)
    state_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    state_on = models.DateField(null=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    # Why it differs from what it supersedes.
    reason = models.CharField(max_length=500, blank=True)
    # From here on the series is counted otherwise.
    break_reason = models.CharField(max_length=500, blank=True)
    break_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    break_on = models.DateField(null=True)
    # Null: delivered with Panah.
    entered_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    entered_on = models.DateField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["country", "measure", "-data_year", "publisher", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["society", "country", "measure", "data_year"], name="figures_by_question"),
            models.Index(fields=["society", "origin", "destination"], name="figures_by_corridor"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["society", "delivered"],
                name="a_delivered_figure_is_there_once",
                condition=~models.Q(delivered=""),
            ),
            models.CheckConstraint(
                name="an_interval_begins_before_it_ends",
                condition=models.Q(low=None, high=None)
                | (models.Q(low__gte=0) & (models.Q(high=None) | models.Q(high__gte=models.F("low")))),
            ),
            models.CheckConstraint(
                name="a_rate_is_worked_out_and_nothing_else_is",
                condition=models.Q(
                    kind="rate",
                    low=None,
                    high=None,
                    numerator__isnull=False,
                    denominator__isnull=False,
                    per__isnull=False,
                )
                | (~models.Q(kind="rate") & models.Q(low__isnull=False, numerator=None, per=None)),
            ),
            models.CheckConstraint(
                name="a_figure_that_no_longer_stands_says_why",
                condition=models.Q(state="stands")
                | (~models.Q(state_reason="") & models.Q(state_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_figure_that_supersedes_says_why",
                condition=models.Q(supersedes=None) | ~models.Q(reason=""),
            ),
            models.CheckConstraint(
                name="a_period_begins_before_it_ends",
                condition=models.Q(period_from=None)
                | models.Q(period_to=None)
                | models.Q(period_to__gte=models.F("period_from")),
            ),
        ]

    class Privacy:
        personal = ("state_by", "break_by", "entered_by")
        ordinary = (
            *("id", "society", "number", "delivered", "source", "file", "place", "publisher", "measure"),
            *("unit", "who", "sex", "age", "citizenship", "exploitation", "country", "origin", "transit"),
            *("destination", "dimensions", "period_from", "period_to", "data_year", "report_year", "kind"),
            *("as_printed", "low", "high", "numerator", "denominator", "denominator_text", "per", "joint"),
            *("quote", "quote_language", "flags", "note", "state", "state_reason", "state_on"),
            *("supersedes", "reason", "break_reason", "break_on", "entered_on"),
        )

    @property
    def country_label(self) -> str:
        return country_name(self.country, get_language() or "en") if self.country else ""

    @property
    def flag_labels(self) -> list[str]:
        return [str(words.Flag(one).label) for one in self.flags if one in words.Flag.values]


class Tension(Model):
    """Where a figure disagrees with another one, or with the words around it."""

    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="tensions")
    other = models.ForeignKey(Figure, on_delete=models.PROTECT, null=True, related_name="tensions_as_other")
    kind = models.CharField(max_length=15, choices=words.TensionKind)
    delivered = models.CharField(max_length=60, blank=True)
    says = models.TextField()
    # Null: delivered with Panah.
    by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    on = models.DateField()

    class Meta:
        ordering: ClassVar = ["on", "pk"]

    class Privacy:
        personal = ("by",)
        ordinary = ("id", "figure", "other", "kind", "delivered", "says", "on")


class PublicSentenceQuerySet(TenantQuerySet["PublicSentence"]):
    def visible(self, *, to: Staff | Viewer | None) -> Self:
        """The sentences of the own society, and what others have cleared for everybody."""
        if to is None or not getattr(to, "is_active", False):
            return self.none()
        return self.filter(models.Q(society_id=to.society_id) | models.Q(state=words.SentenceState.CLEARED))


class PublicSentence(Model):
    """A sentence about a country that may be said to everybody, once a second person has cleared it."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    country = models.CharField(max_length=2)
    # Where the corridor of its figure ends, if it is another country: that one's page shows it too.
    destination = models.CharField(max_length=2, blank=True)
    # Its figure joins several societies: said with it wherever it is read.
    joint = models.BooleanField(default=False)
    # The id of the delivered sentence that was taken over, else "".
    delivered = models.CharField(max_length=60, blank=True)
    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, null=True, related_name="sentences")
    # As it is said aloud: the number, its sentence, its source, what not to say.
    value = models.CharField(max_length=120)
    sentence_en = models.TextField()
    sentence_ru = models.TextField()
    source_said = models.CharField(max_length=500)
    not_en = models.TextField(blank=True)
    not_ru = models.TextField(blank=True)
    state = models.CharField(max_length=7, choices=words.SentenceState, default=words.SentenceState.DRAFT)
    written_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    written_on = models.DateField()
    decided_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    remark = models.CharField(max_length=500, blank=True)
    # The day on which its figure was replaced or withdrawn: other societies read this row and not the figure.
    figure_fell_on = models.DateField(null=True)

    objects = PublicSentenceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["country", "-written_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="what_may_be_said_was_cleared_by_another",
                condition=models.Q(state__in=["draft", "ended"], decided_by=None, decided_on=None)
                | (
                    ~models.Q(state="draft")
                    & models.Q(decided_by__isnull=False, decided_on__isnull=False)
                    & ~models.Q(decided_by=models.F("written_by"))
                ),
            )
        ]

    class Privacy:
        personal = ("written_by", "decided_by")
        ordinary = (
            *(
                "id",
                "society",
                "country",
                "destination",
                "joint",
                "delivered",
                "figure",
                "value",
                "sentence_en",
            ),
            *("sentence_ru", "source_said", "not_en", "not_ru", "state", "written_on", "decided_on"),
            *("remark", "figure_fell_on"),
        )
