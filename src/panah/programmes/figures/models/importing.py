"""A table on its way into the register: its file, what its columns mean, its rows, and what they would change."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from panah.ground.foundation.leases import Leased
from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.foundation.models import Model
from panah.programmes.figures import import_words
from panah.programmes.figures.models.register import Figure, Source, SourceFile

STAFF = settings.AUTH_USER_MODEL


class SourceTable(Model):
    """One table of a source, by its headings, and what its columns mean: said once, remembered for the next file."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="tables")
    name = models.CharField(max_length=200)
    # SHA-256 of the headings: a file with the same ones is the next one of this table.
    headings = models.CharField(max_length=64)
    # As ``reading.column_mapping.ColumnMapping.as_json`` writes it.
    mapping = models.JSONField()
    # Of a workbook: where the table stood last.
    sheet = models.CharField(max_length=200, blank=True)
    changed_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    changed_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "headings"], name="a_table_of_a_source_is_explained_once"
            )
        ]

    class Privacy:
        personal = ("changed_by",)
        ordinary = ("id", "source", "name", "headings", "mapping", "sheet", "changed_on")


class Import(Leased):
    """A file that was brought: how far the reading is, what it says, and what became of it."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="imports")
    table = models.ForeignKey(SourceTable, on_delete=models.PROTECT, null=True, related_name="imports")
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    report_year = models.PositiveSmallIntegerField(null=True)
    # Of a workbook: the sheet that is read, and all in sight.
    sheet = models.CharField(max_length=200, blank=True)
    sheets = models.JSONField(default=list)
    # {name of a column: as it stands above it}, in order.
    headings = models.JSONField(default=dict)
    # What is asked of the columns while nobody has said it: a mapping, and words that were seen.
    proposed = models.JSONField(default=dict)
    state = models.CharField(
        max_length=10, choices=import_words.ImportState, default=import_words.ImportState.ASKED
    )
    # A code of ``import_words.UNREADABLE``, and what its sentence needs.
    reason = models.CharField(max_length=30, blank=True)
    reason_more = models.JSONField(default=dict)
    # How far the reading is, in bytes of the file, and the last row that was read.
    bytes_read = models.PositiveBigIntegerField(default=0)
    last_row = models.PositiveBigIntegerField(default=0)
    rows_read = models.PositiveBigIntegerField(default=0)
    rows_left = models.PositiveBigIntegerField(default=0)
    figures_found = models.PositiveBigIntegerField(default=0)
    cells_empty = models.PositiveBigIntegerField(default=0)
    faults = models.PositiveBigIntegerField(default=0)
    # Totals that their parts contradict, and how many figures are of other years.
    found = models.JSONField(default=dict)
    brought_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    brought_on = models.DateField()
    # Of one that was accepted: where its original is kept, and by whom it was taken.
    file = models.ForeignKey(SourceFile, on_delete=models.PROTECT, null=True, related_name="imports")
    accepted_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    accepted_on = models.DateField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-brought_on", "pk"]
        indexes: ClassVar = [
            models.Index(
                fields=["leased_until"],
                name="figures_to_be_read",
                condition=models.Q(state__in=["waiting", "reading"]),
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_table_that_was_accepted_says_by_whom",
                condition=models.Q(
                    state="accepted", file__isnull=False, accepted_by__isnull=False, accepted_on__isnull=False
                )
                | (~models.Q(state="accepted") & models.Q(file=None, accepted_by=None, accepted_on=None)),
            )
        ]

    class Privacy:
        personal = ("brought_by", "accepted_by")
        ordinary = (
            *("id", "society", "source", "table", "file_name", "media_type", "size", "sha256", "report_year"),
            *("sheet", "sheets"),
            *(
                "headings",
                "proposed",
                "state",
                "reason",
                "reason_more",
                "bytes_read",
                "last_row",
                "rows_read",
            ),
            *("rows_left", "figures_found", "cells_empty", "faults", "found", "leased_until", "brought_on"),
            "lease_token",
            *("file", "accepted_on"),
        )


class ImportPiece(Model):
    """A mebibyte of a file that was brought, the last one less; what is accepted moves to the source's own."""

    table_import = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["table_import", "number"], name="a_piece_of_an_import_is_kept_once"
            )
        ]

    class Privacy:
        ordinary = ("id", "table_import", "number", "data")


class ImportRow(Model):
    """One number that was read, as it would come into the register, and what it changes there."""

    table_import = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    row = models.PositiveBigIntegerField()
    column = models.CharField(max_length=200)
    key = models.CharField(max_length=64)
    # As ``reading.claim_json.as_json`` writes it.
    claim = models.JSONField()
    outcome = models.CharField(max_length=9, choices=import_words.Outcome, blank=True)
    # Of what changed or is gone: what the register says until it is accepted.
    before = models.ForeignKey(Figure, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["row", "column", "pk"]
        indexes: ClassVar = [models.Index(fields=["table_import", "outcome"], name="figures_rows_by_outcome")]

    class Privacy:
        ordinary = ("id", "table_import", "row", "column", "key", "claim", "outcome", "before")


class ImportFault(Model):
    """A cell or a row that was not understood; of very many the first ones."""

    table_import = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="wrong")
    row = models.PositiveBigIntegerField()
    column = models.CharField(max_length=200)
    # A code of ``import_words.WRONG``.
    code = models.CharField(max_length=30)
    cell = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["row", "column", "pk"]

    class Privacy:
        ordinary = ("id", "table_import", "row", "column", "code", "cell")


class ImportedFigure(Model):
    """By which a number of a table is known again in its next file."""

    table = models.ForeignKey(SourceTable, on_delete=models.PROTECT, related_name="figures")
    key = models.CharField(max_length=64)
    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="imported_as")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["table", "key"], name="a_number_of_a_table_is_known_once")
        ]

    class Privacy:
        ordinary = ("id", "table", "key", "figure")
