"""Texts of the public door that were corrected on this node, and what somebody who speaks the language has checked.

The door is one for all societies of a node, so its texts are too: every society reads these tables.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from panah.ground.foundation.dialled_numbers import HasDialledNumbers
from panah.ground.foundation.models import Model
from panah.people.page_texts import words


class SentenceKeyField(models.TextField):  # type: ignore[type-arg]
    """A sentence as gettext has it: two forms are parted by NUL, which PostgreSQL keeps in no text; there by ETX."""

    def get_prep_value(self, value: object) -> object:
        kept = super().get_prep_value(value)
        return kept.replace("\0", "\3") if isinstance(kept, str) else kept

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        del expression, connection
        return value.replace("\3", "\0") if value is not None else None


class Correction(HasDialledNumbers, Model):
    """A sentence said otherwise in one language. What is shown is kept outside the database too, its state as well.

    ``key`` is the sentence as gettext has it, ``mark`` a short name of it for addresses. ``texts``: its forms.
    ``hands``: ids of all who wrote in it; none of them publishes it.
    """

    language = models.CharField(max_length=10)
    mark = models.CharField(max_length=16)
    key = SentenceKeyField()
    texts = models.JSONField()
    # How it was delivered when it was corrected.
    delivered = models.JSONField()
    state = models.CharField(max_length=10, choices=words.TextState, default=words.TextState.DRAFT)
    number = models.PositiveIntegerField(default=0)
    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    hands = models.JSONField()
    # Pseudonyms, as they were: whoever reads them may work for another society.
    written_by = models.CharField(max_length=120)
    published_by = models.CharField(max_length=120, blank=True, default="")
    published_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    edited_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-number", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["language", "state", "edited_at"], name="texts_by_language")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["language", "mark"],
                name="a_text_has_one_draft_at_a_time",
                condition=models.Q(state="draft"),
            ),
            models.UniqueConstraint(
                fields=["language", "mark"], name="a_text_is_shown_once", condition=models.Q(state="shown")
            ),
        ]

    class Privacy:
        personal = ("hands", "written_by", "published_by")
        ordinary = (
            *("id", "language", "mark", "key", "texts", "delivered", "state", "number", "society"),
            *("published_on", "ended_on", "edited_at"),
        )

    def dialled(self) -> tuple[object, ...] | None:
        if self.state == words.TextState.DRAFT:
            return None
        return self.language, self.mark, self.key, self.texts, self.state, self.number


class NativeCheck(Model):
    """Somebody who speaks the language from childhood has read these texts. ``prints``: short hashes of each."""

    language = models.CharField(max_length=10, db_index=True)
    prints = models.JSONField()
    checked_by = models.CharField(max_length=120)
    checked_on = models.DateField()
    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    entered_by = models.CharField(max_length=120)
    edited_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-checked_on", "-edited_at"]

    class Privacy:
        personal = ("checked_by", "entered_by")
        ordinary = ("id", "language", "prints", "checked_on", "society", "edited_at")
