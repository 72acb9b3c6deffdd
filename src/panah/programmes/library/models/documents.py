"""A document of the library: what is said of it, its files in pieces, and its pages as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import get_language

from panah.ground.accounts.roles import Permission, may
from panah.ground.foundation.ids import new_number
from panah.ground.foundation.leases import Leased
from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.foundation.models import Model
from panah.programmes.library import words

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.foundation.compiled_queries import Viewer

STAFF = settings.AUTH_USER_MODEL


class DocumentQuerySet(TenantQuerySet["Document"]):
    """Documents as somebody may find them: what is confidential, for those named in it alone."""

    def visible(self, *, to: Staff | Viewer | None) -> Self:
        """Return what ``to`` may know to exist; for a stranger nothing."""
        if to is None or not getattr(to, "is_active", False):
            return self.none()
        open_to_all = models.Q(visibility__in=[words.Visibility.NETWORK, words.Visibility.PUBLIC])
        own = models.Q(society_id=to.society_id)
        if may(to, Permission.LIBRARY_OPEN):
            return self.filter(open_to_all | own)
        named = Named.objects.filter(staff_id=to.pk).values("document")
        return self.filter(open_to_all | own & (models.Q(brought_by_id=to.pk) | models.Q(pk__in=named)))


class Document(Model):
    """A document over its versions. ``number`` stands in addresses: random, so that nothing can be counted."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=12, unique=True, default=new_number)
    title = models.CharField(max_length=300)
    # A tag of ``rules.languages``, or "".
    title_language = models.CharField(max_length=10, blank=True, default="")
    kind = models.CharField(max_length=10, choices=words.Kind)
    visibility = models.CharField(max_length=12, choices=words.Visibility)
    licence = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=300)
    source_link = models.CharField(max_length=500, blank=True)
    published_on = models.DateField(null=True)
    # Two letters of each, lower case; ids of diplomacy's instruments.
    countries = models.JSONField(default=list)
    instruments = models.JSONField(default=list)
    state = models.CharField(max_length=9, choices=words.State, default=words.State.IN_FORCE)
    # Why it was withdrawn.
    state_reason = models.CharField(max_length=300, blank=True)
    replaced_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="replaces")
    current = models.ForeignKey("library.Version", on_delete=models.PROTECT, null=True, related_name="+")
    brought_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    added_on = models.DateField()
    edited_at = models.DateTimeField()

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-added_on", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["-added_on", "id"], name="library_newest_first"),
            # What is confidential is few, and every search asks for it.
            models.Index(fields=["visibility", "society"], name="library_by_visibility"),
            models.Index(fields=["title"], name="library_same_title"),
        ]

    class Privacy:
        personal = ("brought_by",)
        ordinary = (
            *(
                "id",
                "society",
                "number",
                "title",
                "title_language",
                "kind",
                "visibility",
                "licence",
                "source",
            ),
            *("source_link", "published_on", "countries", "instruments", "state", "state_reason"),
            *("replaced_by", "current", "added_on", "edited_at"),
        )

    @property
    def whose(self) -> str:
        """The society, as its reader calls it."""
        return str(self.society.name_in(get_language() or "en"))

    @property
    def is_open(self) -> bool:
        """Whether colleagues of every society here may find it."""
        return bool(self.visibility != words.Visibility.CONFIDENTIAL)


class Named(Model):
    """A colleague who reads a confidential document, beside the focal points and whoever brought it."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="named")
    staff = models.ForeignKey(STAFF, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "staff"], name="a_reader_of_a_document_is_named_once")
        ]

    class Privacy:
        personal = ("staff",)
        ordinary = ("id", "document")


class Version(Leased):
    """A file as it came, and how far the reading of it is."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    file_name = models.CharField(max_length=200)
    # A code of ``rules.files``: pdf, docx, pptx, xlsx, html, png, jpeg, tiff.
    media_type = models.CharField(max_length=8)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    state = models.CharField(max_length=10, choices=words.Reading, default=words.Reading.WAITING)
    # 0 while nobody knows.
    pages_total = models.PositiveIntegerField(default=0)
    pages_read = models.PositiveIntegerField(default=0)
    # A code of ``sentences.py``.
    reason = models.CharField(max_length=30, blank=True)
    # In which language pictures of pages are recognised, "" for what stands in the document.
    read_as = models.CharField(max_length=10, blank=True)
    # Whether the picture is read also where the text in the file is believed.
    draw_all = models.BooleanField(default=False)
    # How often reading was begun anew: a page of an older round waits to be read again.
    round = models.PositiveSmallIntegerField(default=1)
    # How often a reader died over the page that comes next.
    failed = models.PositiveSmallIntegerField(default=0)
    brought_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    added_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["document", "number"], name="a_version_of_a_document_has_a_number"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["leased_until"],
                name="library_to_be_read",
                condition=models.Q(state__in=["waiting", "reading"]),
            )
        ]

    @property
    def is_handed_out(self) -> bool:
        """Whether others get the file: not before it was read, nor where the number of a case stands in it."""
        return (
            self.state in (words.Reading.READ, words.Reading.UNREADABLE)
            and self.reason != words.ABOUT_A_PERSON
        )

    class Privacy:
        personal = ("brought_by",)
        ordinary = (
            *("id", "document", "number", "file_name", "media_type", "size", "sha256", "state"),
            *(
                "pages_total",
                "pages_read",
                "reason",
                "read_as",
                "draw_all",
                "round",
                "failed",
                "leased_until",
                "lease_token",
                "added_on",
            ),
        )


class Piece(Model):
    """A mebibyte of a file, the last one less."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "number"], name="a_piece_of_a_document_is_kept_once")
        ]

    class Privacy:
        ordinary = ("id", "version", "number", "data")


class Page(Model):
    """A page, slide or sheet as text, with how it was read and in which language it is."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    # A tag of ``rules.languages``, or "" where nobody knows.
    language = models.CharField(max_length=10, blank=True)
    language_by = models.CharField(max_length=8, choices=words.LanguageBy, default=words.LanguageBy.DETECTED)
    read_by = models.CharField(max_length=10, choices=words.ReadBy)
    # A code of ``sentences.py``, or "".
    reason = models.CharField(max_length=30, blank=True)
    round = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "number"], name="a_page_of_a_document_is_kept_once")
        ]

    class Privacy:
        ordinary = (
            *("id", "version", "number", "text", "language", "language_by", "read_by", "reason", "round"),
        )


class Link(Model):
    """What a document has to do with a provision or a practice (``key``), or with another document (``other``)."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(max_length=11, choices=words.LinkKind)
    # A provision, "instrument/id", or the slug of a practice; "" for a document.
    key = models.CharField(max_length=80, blank=True)
    other = models.ForeignKey(Document, on_delete=models.CASCADE, null=True, related_name="linked")
    added_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    added_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["kind", "key", "added_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "kind", "key", "other"], name="a_link_is_made_once"),
            models.CheckConstraint(
                name="a_link_leads_to_one_thing",
                condition=(models.Q(key="") & models.Q(other__isnull=False))
                | (~models.Q(key="") & models.Q(other=None)),
            ),
        ]

    class Privacy:
        personal = ("added_by",)
        ordinary = ("id", "document", "kind", "key", "other", "added_on")


class Upload(Model):
    """A file that comes piece by piece, until its document is made or a day has passed."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    begun_on = models.DateField()

    class Privacy:
        personal = ("by",)
        ordinary = ("id", "society", "file_name", "size", "begun_on")


class UploadPiece(Model):
    """A mebibyte of a file that is coming."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["upload", "number"], name="a_piece_that_comes_is_kept_once")
        ]

    class Privacy:
        ordinary = ("id", "upload", "number", "data")
