"""The journal's table. No foreign keys: forgetting elsewhere must not break the chain."""

from typing import ClassVar

from django.db import models

from panah.ground.foundation.models import Model


class Entry(models.Model):
    """One line of a society's journal, chained to the one before it."""

    id = models.BigAutoField(primary_key=True)
    society = models.UUIDField()
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    who = models.UUIDField(null=True)
    event = models.CharField(max_length=80)
    about = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)
    sealed = models.BinaryField(default=bytes)
    before = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["society", "number"], name="journal_numbers_are_unique")
        ]
        indexes: ClassVar = [
            models.Index(fields=["about", "number"], name="journal_about"),
            models.Index(fields=["society", "who", "-number"], name="journal_who"),
        ]

    class Privacy:
        personal = ("who",)
        ordinary = ("id", "society", "number", "at", "event", "about", "facts", "sealed", "before", "hash")


class ChainHead(models.Model):
    """The last hash of a society's chain; its row lock keeps writers in line."""

    society = models.UUIDField(primary_key=True)
    number = models.PositiveBigIntegerField(default=0)
    hash = models.BinaryField(default=bytes)

    class Privacy:
        ordinary = ("society", "number", "hash")


class Waiting(Model):
    """What strangers did at the public door, until the worker has written it in the journal and done what follows.

    ``first``: before all others, somebody is in danger. ``tries``: how often it failed; what failed stands behind.
    """

    society = models.UUIDField()
    at = models.DateTimeField()
    event = models.CharField(max_length=80)
    about = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)
    first = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0)

    class Privacy:
        ordinary = ("id", "society", "at", "event", "about", "facts", "first", "tries")
