"""Modules that a society writes itself, until they are published."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.foundation.models import Model
from panah.programmes.training import words
from panah.programmes.training.curricula import Curriculum
from panah.programmes.training.models.courses import STAFF, curriculum_in
from panah.programmes.volunteers.words import TrainedIn


class ModuleDraft(Model):
    """The next version of a module of the society's own. Published, it becomes a ``Module``, and the draft goes."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=40)
    # Language -> the whole curriculum, as curricula.py reads it. Its slug and version are set when it is published.
    content = models.JSONField()
    teaches = models.CharField(max_length=13, choices=TrainedIn, blank=True, default="")
    valid_months = models.PositiveSmallIntegerField(default=24)
    # Panah's module that it was copied from, if it was.
    based_on = models.CharField(max_length=40, blank=True, default="")
    based_version = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=7, choices=words.DraftState, default=words.DraftState.WRITING)
    # Whoever wrote last does not publish it.
    changed_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()
    # What whoever looked at it asks to have changed.
    remark = models.TextField(blank=True, default="")

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["slug"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["society", "slug"], name="a_module_has_one_draft_at_a_time")
        ]

    class Privacy:
        personal = ("changed_by",)
        ordinary = (
            *("id", "society", "slug", "content", "teaches", "valid_months", "based_on", "based_version"),
            *("state", "edited_at", "remark"),
        )

    def in_language(self, language: str) -> Curriculum:
        """The draft in this language, else in English, else in whatever there is."""
        return curriculum_in(self.content, language)
