"""The index of the search, in blocks: ``rules/postings.py`` and ``docs/decisions/0021`` say why and how.

There is one for the network and one for the public, each with numbers of its own. What is confidential stands in none
of them: its ``Entry`` alone is read, for those who may open the document.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from panah.ground.foundation.models import Model
from panah.programmes.library.models.documents import Document


class Shelf(Model):
    """One index: "network" or "public". Whoever changes it holds this row."""

    name = models.CharField(max_length=12, unique=True)
    documents = models.PositiveIntegerField(default=0)
    # The places that are given out next, of documents and of terms.
    next_place = models.PositiveIntegerField(default=0)
    next_term = models.PositiveIntegerField(default=0)

    class Privacy:
        ordinary = ("id", "name", "documents", "next_place", "next_term")


class Entry(Model):
    """A document as the search knows it. ``shelf`` is "" while it is confidential, or taken out."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="entry")
    shelf = models.CharField(max_length=12, blank=True, default="")
    place = models.PositiveIntegerField(null=True)
    # Something of the document has changed: the worker reads it anew.
    waits = models.BooleanField(default=True)
    analyser = models.PositiveSmallIntegerField(default=0)
    terms = models.BinaryField(default=bytes)
    # While it is confidential: what its terms are found by (``rules.postings.Columns``), in the same order.
    columns = models.BinaryField(default=bytes)
    pages = models.BinaryField(default=bytes)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["shelf", "place"],
                name="a_place_of_an_index_is_given_once",
                condition=models.Q(place__isnull=False),
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["document"], name="library_to_be_indexed", condition=models.Q(waits=True))
        ]

    class Privacy:
        ordinary = ("id", "document", "shelf", "place", "waits", "analyser", "terms", "columns", "pages")


class Term(Model):
    """A term that documents of an index hold. ``head``, ``bones``: by what words that are like it find it."""

    shelf = models.CharField(max_length=12)
    term = models.CharField(max_length=50)
    head = models.CharField(max_length=10)
    bones = models.CharField(max_length=50)
    place = models.PositiveIntegerField()
    holders = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["shelf", "term"], name="a_term_of_an_index_stands_once"),
            models.UniqueConstraint(fields=["shelf", "place"], name="a_term_of_an_index_has_a_place"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["shelf", "head"], name="library_terms_that_begin_alike"),
            models.Index(fields=["shelf", "bones"], name="library_terms_without_vowels"),
        ]

    class Privacy:
        ordinary = ("id", "shelf", "term", "head", "bones", "place", "holders")


class Block(Model):
    """A piece of a list: which documents hold a term; or, where the term begins with ``#``, which terms a trigram."""

    shelf = models.CharField(max_length=12)
    term = models.CharField(max_length=50)
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["shelf", "term", "number"], name="a_block_of_a_term_is_kept_once")
        ]

    class Privacy:
        ordinary = ("id", "shelf", "term", "number", "data")
