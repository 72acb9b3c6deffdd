"""The index of the search: one for each visibility, so that no statistic of one tells about another."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from panah.foundation.models import Model
from panah.library.models.documents import Document


class Posting(Model):
    """A term of a document in one index. ``scope``: "public", "network" or "confidential:<society>"."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(max_length=50)
    term = models.CharField(max_length=60)
    weight = models.PositiveSmallIntegerField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["scope", "term", "-weight", "document"], name="library_heaviest_first")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["document", "scope", "term"], name="a_term_of_a_document_is_counted_once"
            )
        ]

    class Privacy:
        identifying = ()
        sensitive = ()
        personal = ()
        ordinary = ("id", "document", "society", "scope", "term", "weight")
