"""What a society publishes for everybody to take along, and what waits until a second person has looked at it."""

from __future__ import annotations

import hashlib
from typing import ClassVar

from django.conf import settings
from django.db import models

from panah.ground.foundation.dialled_numbers import HasDialledNumbers
from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.foundation.models import Model
from panah.ground.kit.languages import DOOR
from panah.people.materials import words

STAFF = settings.AUTH_USER_MODEL


class Content(Model):
    """What a file is, and what is said of it. ``titles``: language -> title; these are the languages that it speaks."""

    material = models.UUIDField()
    titles = models.JSONField()
    audiences = models.JSONField()
    what = models.CharField(max_length=8, choices=words.What)
    # A code of ``kit.file_types``; bytes; pages of a PDF and seconds of a sound, 0 for others.
    type = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    pages = models.PositiveIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64)

    class Meta:
        abstract = True

    @property
    def languages(self) -> list[str]:
        """The languages that the file speaks, in the order of the door's: a database may keep them in another."""
        return [tag for tag, _name in DOOR if tag in self.titles]

    def title_in(self, language: str) -> str:
        """The title in this language, else in the first that the file speaks."""
        return self.titles.get(language) or next((self.titles[one] for one in self.languages), "")


class Draft(Content):
    """The next version of a material. ``hands``: ids of all who wrote in it; none of them publishes it."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    changed_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    hands = models.JSONField()
    edited_at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["edited_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["material"], name="a_material_has_one_draft_at_a_time")
        ]

    class Privacy:
        personal = ("changed_by", "hands")
        ordinary = (
            *("id", "material", "titles", "audiences", "what", "type", "size", "pages", "seconds", "sha256"),
            *("society", "edited_at"),
        )


class DraftPiece(Model):
    """A piece of the file of a draft."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    body = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "number"], name="a_piece_of_a_draft_is_kept_once")
        ]

    class Privacy:
        ordinary = ("id", "draft", "number", "body")


class Version(HasDialledNumbers, Content):
    """What was published: everybody may read it. What it says is kept outside the database too, its state as well."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    state = models.CharField(
        max_length=9, choices=words.VersionState, default=words.VersionState.SHOWN, db_index=True
    )
    # Pseudonyms, as they were.
    written_by = models.CharField(max_length=120)
    published_by = models.CharField(max_length=120)
    published_on = models.DateField()
    ended_on = models.DateField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-published_on", "-number", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["material", "number"], name="a_version_is_published_once"),
            models.CheckConstraint(
                name="a_version_that_is_not_shown_says_since_when",
                condition=models.Q(state="shown", ended_on=None)
                | (~models.Q(state="shown") & models.Q(ended_on__isnull=False)),
            ),
        ]

    class Privacy:
        personal = ("written_by", "published_by")
        ordinary = (
            *("id", "material", "titles", "audiences", "what", "type", "size", "pages", "seconds", "sha256"),
            *("society", "number", "state", "published_on", "ended_on"),
        )

    def dialled(self) -> tuple[object, ...] | None:
        return (
            *(self.society_id, self.material, self.number, self.state, self.published_on),
            *(self.titles, self.audiences, self.what, self.type, self.size, self.pages, self.seconds),
            self.sha256,
        )

    def is_body(self, body: bytes) -> bool:
        """Say whether these are the bytes that were published."""
        return len(body) == self.size and hashlib.sha256(body).hexdigest() == self.sha256


class Piece(Model):
    """A piece of a published file."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    body = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "number"], name="a_piece_of_a_version_is_kept_once")
        ]

    class Privacy:
        ordinary = ("id", "version", "number", "body")
