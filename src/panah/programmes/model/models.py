"""Self-assessments of a society: levels by person, agreed levels, the plan. Nothing about anybody served."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models

from panah.ground.accounts.roles import Permission, may
from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.foundation.models import Model
from panah.programmes.model import words

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.foundation.compiled_queries import Viewer

STAFF = settings.AUTH_USER_MODEL


class Edition(Model):
    """A version of the texts that the network made itself; the delivered ones are files (``texts.py``)."""

    version = models.CharField(max_length=12, unique=True)
    texts = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=words.EditionState, default=words.EditionState.DRAFT)
    # A colleague's pseudonym: whoever published it may work for another society.
    published_by = models.CharField(max_length=120, blank=True, default="")
    published_on = models.DateField(null=True)
    edited_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_published_edition_says_when_and_by_whom",
                condition=models.Q(state="draft", published_on=None, published_by="")
                | (models.Q(state="published", published_on__isnull=False) & ~models.Q(published_by="")),
            )
        ]

    class Privacy:
        personal = ("published_by",)
        ordinary = ("id", "version", "texts", "state", "published_on", "edited_at")


class AssessmentQuerySet(TenantQuerySet["Assessment"]):
    def visible(self, *, to: Staff | Viewer | None) -> Self:
        """All of the society for those who read assessments; else those for which the asker was named."""
        rows = super().visible(to=to)
        if to is None or may(to, Permission.MODEL_READ):
            return rows
        return rows.filter(pk__in=Assessor.objects.filter(staff=to.pk).values("assessment"))


class Assessment(Model):
    """The self-assessment of a year, by a version of the texts."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    year = models.SmallIntegerField()
    version = models.CharField(max_length=12)
    state = models.CharField(max_length=8, choices=words.AssessmentState, default=words.AssessmentState.ALONE)
    begun_on = models.DateField()
    agreed_on = models.DateField(null=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-year"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["society", "year"], name="one_self_assessment_a_year"),
            models.CheckConstraint(
                name="an_agreed_assessment_says_when",
                condition=models.Q(state="agreed", agreed_on__isnull=False)
                | (~models.Q(state="agreed") & models.Q(agreed_on=None)),
            ),
        ]

    class Privacy:
        ordinary = ("id", "society", "year", "version", "state", "begun_on", "agreed_on")


class Assessor(Model):
    """A colleague who was named to give levels."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="assessors")
    staff = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    finished_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "staff"], name="named_once_for_an_assessment")
        ]

    class Privacy:
        personal = ("staff",)
        ordinary = ("id", "assessment", "finished_on")


class Opinion(Model):
    """What one colleague says to one element. Level 0: cannot say. ``seen``: places in the list of evidence."""

    assessor = models.ForeignKey(Assessor, on_delete=models.CASCADE, related_name="opinions")
    element = models.CharField(max_length=20)
    level = models.SmallIntegerField()
    seen = models.JSONField(default=list)
    other = models.CharField(max_length=300, blank=True)
    sentence = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessor", "element"], name="one_opinion_an_element"),
            models.CheckConstraint(
                name="an_opinion_is_a_level_or_cannot_say", condition=models.Q(level__gte=0, level__lte=4)
            ),
        ]

    class Privacy:
        personal = ("level", "seen", "other", "sentence")
        ordinary = ("id", "assessor", "element")


class AgreedLevel(Model):
    """What the society says to one element, with who decided it (pseudonyms as they were)."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="agreed")
    element = models.CharField(max_length=20)
    level = models.SmallIntegerField(choices=words.Level)
    sentence = models.TextField()
    decided_by = models.CharField(max_length=1000)
    edited_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "element"], name="one_agreed_level_an_element"),
            models.CheckConstraint(
                name="an_agreed_level_is_one_of_four", condition=models.Q(level__gte=1, level__lte=4)
            ),
        ]

    class Privacy:
        personal = ("decided_by",)
        ordinary = ("id", "assessment", "element", "level", "sentence", "edited_at")


class PlannedAction(Model):
    """What is done about a need: by whom, until when, what came of it."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="plan")
    element = models.CharField(max_length=20)
    action = models.CharField(max_length=300)
    owner = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=7, choices=words.ActionState, default=words.ActionState.OPEN)
    ended_on = models.DateField(null=True)
    came_of_it = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="an_ended_action_says_when",
                condition=models.Q(state="open", ended_on=None)
                | (~models.Q(state="open") & models.Q(ended_on__isnull=False)),
            )
        ]

    class Privacy:
        personal = ("owner",)
        ordinary = ("id", "assessment", "element", "action", "due_on", "state", "ended_on", "came_of_it")


class SharedStrengths(Model):
    """What a society shows the network of itself, a copy without anything else; taken back, the row is gone."""

    society = models.OneToOneField("network.Society", on_delete=models.CASCADE, related_name="+")
    year = models.SmallIntegerField()
    # Element -> level, of those in which it is strong.
    levels = models.JSONField(default=dict)
    contact = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    shared_on = models.DateField()

    class Privacy:
        personal = ("contact",)
        ordinary = ("id", "society", "year", "levels", "shared_on")
