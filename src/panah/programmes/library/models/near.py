"""By what documents that say nearly the same are found. Who may know of them is asked when somebody looks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from panah.ground.foundation.models import Model
from panah.programmes.library.models.documents import Version


class Sketch(Model):
    """The sketch of a version's text: ``rules.near``."""

    version = models.OneToOneField(Version, on_delete=models.CASCADE, related_name="sketch")
    numbers = models.JSONField(default=list)

    class Privacy:
        ordinary = ("id", "version", "numbers")


class Band(Model):
    """A part of a sketch: versions that share one are compared."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="bands")
    value = models.BigIntegerField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "value"], name="a_band_of_a_document_is_kept_once")
        ]

    class Privacy:
        ordinary = ("id", "version", "value")
