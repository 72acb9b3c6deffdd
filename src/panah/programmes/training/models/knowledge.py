"""What people knew before a course and after it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from panah.ground.foundation.models import Model
from panah.programmes.training import words
from panah.programmes.training.models.courses import Course, Enrolment


class KnowledgeTest(Model):
    """The test before a course, or the one after it. Both ask the same questions, so that what changed can be told."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="tests")
    when = models.CharField(max_length=6, choices=words.TestTime)
    # [[module, id of a question], …] as drawn, in the order of the sheet.
    asked = models.JSONField()
    # On telephones each reads the questions in an order of her own.
    shuffled = models.BooleanField(default=False)
    # The day on which its address answers.
    open_on = models.DateField(null=True)
    token_hash = models.BinaryField(unique=True)
    # Read aloud, raised hands counted: {"people": 30, "right": [12, …]}. Nobody by name.
    hands = models.JSONField(null=True)

    class Meta:
        ordering: ClassVar = ["-when"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["course", "when"], name="a_course_has_one_test_before_and_one_after"
            )
        ]

    class Privacy:
        ordinary = ("id", "course", "when", "asked", "shuffled", "open_on", "token_hash", "hands")


class AnswerSheet(Model):
    """What one person answered. Its id is made where it was filled in, so that a sheet sent twice counts once."""

    test = models.ForeignKey(KnowledgeTest, on_delete=models.CASCADE, related_name="sheets")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, null=True, related_name="sheets")
    # {"name"}, bound to the row: typed on a telephone by somebody who was not found on the list.
    sealed_name = models.BinaryField(null=True)
    # The options chosen, question by question as asked; empty where only the right ones were counted.
    answers = models.JSONField(default=list)
    right = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=5, choices=words.TestWay)
    on = models.DateField()
    # Who wrote the paper that it was typed in from.
    paper_by = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["test", "enrolment"], name="somebody_answers_a_test_once"),
            models.CheckConstraint(
                name="an_answer_sheet_is_somebodys_or_has_a_sealed_name",
                condition=models.Q(enrolment__isnull=False, sealed_name__isnull=True)
                | models.Q(enrolment__isnull=True, sealed_name__isnull=False),
            ),
        ]

    class Privacy:
        personal = ("enrolment", "sealed_name", "answers", "right", "paper_by")
        ordinary = ("id", "test", "way", "on")
