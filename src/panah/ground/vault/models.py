"""The vault's tables: keys, files, grants, parts. Everything about a person here is ciphertext.

``ShredRow`` lives in the shred store (database aliases ``shred`` and ``shred_copy``), see shred_store.py.
"""

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models

from panah.ground.foundation.models import DayOnlyField, Model
from panah.ground.foundation.protected_models import ProtectedModel
from panah.ground.foundation.protection import Protection
from panah.ground.vault.words import FileKind, KeyKind

STAFF = settings.AUTH_USER_MODEL


class StaffKey(ProtectedModel):
    """A colleague's key pair S: wrapped under her passphrase, and under her printed code.

    ``mark`` tells this key from one that she lost: what is sealed to it carries it. ``admitted_by`` is the focal point
    who admitted it, nobody at the ceremony; ``known_by`` is the second colleague who says that she knows whose it is.
    """

    protection = Protection(
        kind="staff-keys",
        by="staff",
        society="staff__society",
        columns=("staff", "public", "mark", "admitted_at", "admitted_by", "known_by", "made_at", "vouches"),
        comes_back=False,
        why="what is sealed to a colleague, whose key is admitted, who may be one person, and what signs a vote",
    )

    staff = models.OneToOneField(STAFF, on_delete=models.CASCADE, related_name="vault_key")
    public = models.BinaryField()
    mark = models.BinaryField()
    salt = models.BinaryField()
    verifier = models.BinaryField()
    wrapped = models.BinaryField()
    code_salt = models.BinaryField()
    code_verifier = models.BinaryField()
    code_wrapped = models.BinaryField()
    pinned = models.BinaryField(default=bytes)  # of keys from before there was a record
    pins = models.BinaryField(default=bytes)
    vouches = models.BinaryField(default=bytes)
    signature = models.BinaryField(default=bytes)
    admitted_at = models.DateTimeField(null=True)
    admitted_by = models.ForeignKey(STAFF, null=True, on_delete=models.PROTECT, related_name="+")
    known_by = models.ForeignKey(STAFF, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Privacy:
        personal = ("staff", "admitted_by", "known_by")
        ordinary = (
            "id",
            "public",
            "mark",
            "salt",
            "verifier",
            "wrapped",
            "code_salt",
            "code_verifier",
            "code_wrapped",
            "pinned",
            "pins",
            "vouches",
            "signature",
            "admitted_at",
            "made_at",
        )


class SocietyKey(ProtectedModel):
    """One generation of a society's key of one kind (a line's key has the line's id too).

    A signing key ``waits`` until a second focal point has countersigned it (``countersigned``: staff id to signature).
    ``recovery_generation`` says under which recovery key ``to_recovery`` lies.
    """

    protection = Protection(
        kind="keys",
        by="society",
        society="society",
        columns=(
            "society",
            "kind",
            "line",
            "generation",
            "public",
            "signature",
            "waits",
            "countersigned",
            "made_at",
            "retired_at",
        ),
        why="which key a stranger's words, a call and what arrives are sealed to",
    )

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=1, choices=KeyKind.choices)
    line = models.UUIDField(null=True)
    generation = models.PositiveIntegerField(default=1)
    public = models.BinaryField()
    signature = models.BinaryField(default=bytes)
    to_recovery = models.BinaryField(default=bytes)
    recovery_generation = models.PositiveIntegerField(default=1)
    waits = models.BooleanField(default=False)
    countersigned = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["society", "kind", "generation"],
                name="one_society_key_a_generation",
                condition=models.Q(line__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["society", "kind", "line", "generation"],
                name="one_line_key_a_generation",
                condition=models.Q(line__isnull=False),
            ),
        ]

    class Privacy:
        ordinary = (
            "id",
            "society",
            "kind",
            "line",
            "generation",
            "public",
            "signature",
            "to_recovery",
            "recovery_generation",
            "waits",
            "countersigned",
            "made_at",
            "retired_at",
        )


class KeyHeld(Model):
    """A society key's private half, sealed to one colleague on that duty."""

    key = models.ForeignKey(SocietyKey, on_delete=models.CASCADE, related_name="held")
    staff = models.ForeignKey(STAFF, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "staff"], name="a_key_is_held_once")]

    class Privacy:
        personal = ("staff",)
        ordinary = ("id", "key", "sealed", "since")


class FocalPointAttestation(Model):
    """The society's word, signed by D, that this colleague is a focal point: the table of roles alone gives no key."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    staff = models.OneToOneField(STAFF, on_delete=models.CASCADE, related_name="leads")
    signature = models.BinaryField()

    class Privacy:
        personal = ("staff",)
        ordinary = ("id", "society", "signature")


class File(Model):
    """One sealed file: a case, a contact, an event … Its key needs a grant and the shred half.

    ``manifest`` is the sealed list of its parts (``manifest.py``), ``count`` how often the file was written.
    """

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=FileKind.choices)
    count = models.PositiveIntegerField(default=0)
    manifest = models.BinaryField(default=bytes)
    erasing_since = DayOnlyField(null=True)
    erased_at = DayOnlyField(null=True)

    class Privacy:
        ordinary = ("id", "society", "kind", "count", "manifest", "erasing_since", "erased_at")


# A grant that the colleague can open with the key she has now.
TO_PRESENT_KEY = models.Q(sealed_to=models.F("staff__vault_key__mark"))


class Grant(Model):
    """The file's secret c, sealed to one colleague or to one society key.

    ``sealed_to`` is the mark of the colleague's key, empty for a society key and once she has lost that key. No time
    stands here: two grants of one moment would join what must not be joined.
    """

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="grants")
    staff = models.ForeignKey(STAFF, on_delete=models.CASCADE, null=True, related_name="+")
    key = models.ForeignKey(SocietyKey, on_delete=models.PROTECT, null=True, related_name="+")
    sealed = models.BinaryField()
    sealed_to = models.BinaryField(default=bytes)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_grant_is_for_staff_or_a_key",
                condition=models.Q(staff__isnull=True) ^ models.Q(key__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["file", "staff"],
                name="one_grant_a_colleague",
                condition=models.Q(staff__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["file", "key"], name="one_grant_a_key", condition=models.Q(key__isnull=False)
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["staff", "file"], name="grants_of_staff")]

    class Privacy:
        personal = ("staff",)
        ordinary = ("id", "file", "key", "sealed", "sealed_to")


class Part(Model):
    """One sealed part of a file, with who wrote it when. Its name is a keyed label: the table does not say which."""

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="parts")
    label = models.BinaryField()
    ref = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "label", "ref"], name="a_part_is_kept_once")
        ]
        indexes: ClassVar = [models.Index(fields=["ref"], name="parts_by_ref")]

    class Privacy:
        sensitive = ("sealed",)
        ordinary = ("id", "file", "label", "ref", "version")


class Chunk(Model):
    """One sealed piece of an attachment (a photograph, a document). The last one tells only a size in steps."""

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="chunks")
    attachment = models.UUIDField()
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["file", "attachment", "number"], name="a_piece_of_an_attachment_is_kept_once"
            )
        ]

    class Privacy:
        sensitive = ("sealed",)
        ordinary = ("id", "file", "attachment", "number")


class Erasure(Model):
    """An erasure on its way: the intent is written first, each step is done at most once more."""

    file = models.UUIDField(unique=True)
    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    by = models.UUIDField(null=True)
    wanted_at = DayOnlyField()
    step = models.CharField(max_length=20, default="wanted")
    done_at = DayOnlyField(null=True)

    class Privacy:
        personal = ("by",)
        ordinary = ("id", "file", "society", "wanted_at", "step", "done_at")


def random_place() -> int:
    """Return where a row of the shred store lies: numbered in turn, halves and cards would tell who came after whom."""
    return secrets.randbelow(2**63)


class ShredRow(models.Model):
    """One wrapped value of the shred store. Exists only there, never in a backup."""

    id = models.BigIntegerField(primary_key=True, default=random_place)
    kind = models.CharField(max_length=12)
    key = models.UUIDField()
    society = models.UUIDField(null=True)
    store_key = models.PositiveIntegerField()
    wrapped = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "key"], name="a_shred_row_is_kept_once")
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "society", "id"], name="shred_by_society")]

    class Privacy:
        sensitive = ("wrapped",)
        ordinary = ("id", "kind", "key", "society", "store_key")


class ShredRouter:
    """Sends ShredRow to the shred store and keeps everything else out of it."""

    aliases = ("shred", "shred_copy")

    def db_for_read(self, model: type[models.Model], **hints: object) -> str | None:
        return "shred" if model is ShredRow else None

    def db_for_write(self, model: type[models.Model], **hints: object) -> str | None:
        return "shred" if model is ShredRow else None

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: object) -> bool:
        theirs = app_label == "vault" and model_name == "shredrow"
        return theirs if db in self.aliases else not theirs
