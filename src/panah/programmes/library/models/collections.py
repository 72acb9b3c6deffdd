"""Documents put together for somebody, in an order: "for a new focal point"."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.foundation.models import Model
from panah.programmes.library.models.documents import Document

STAFF = settings.AUTH_USER_MODEL


class Collection(Model):
    """A list of documents of one society. Whoever reads it sees those of them that she may know of."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    about = models.CharField(max_length=500, blank=True)
    made_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["title"]

    class Privacy:
        personal = ("made_by",)
        ordinary = ("id", "society", "title", "about", "made_on")


class Collected(Model):
    """A document in a collection."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="collected")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["collection", "document"], name="a_document_stands_in_a_collection_once"
            )
        ]

    class Privacy:
        ordinary = ("id", "collection", "document", "place")
