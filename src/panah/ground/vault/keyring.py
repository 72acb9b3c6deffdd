"""The keys one colleague holds while her vault is open, for the length of one request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.compiled_queries import prepared
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.protected_rows import trusted_columns, trusted_rows
from panah.ground.vault import file_pins, manifest, pin_record, pin_store, shred_store
from panah.ground.vault.file_pins import PIN, FilePin, Written
from panah.ground.vault.manifest import Place, State
from panah.ground.vault.models import File, Grant, KeyHeld, SocietyKey, StaffKey
from panah.ground.vault.opened_grants import open_grant
from panah.ground.vault.seals import Bit, DoesNotOpen, Private, derive, label, signed
from panah.ground.vault.words import KeyKind

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

HALF = "half"
COMPARE = gettext_lazy(
    "Someone may have changed it. Call a focal point before you go on, "
    "and compare the signing key: the link is in your settings, under your six words."
)


@dataclass(frozen=True)
class HeldKey:
    """A society key that is held: ``id`` of its row and its private half."""

    id: UUID
    kind: str
    line: UUID | None
    generation: int
    private: Private | None
    seed: bytes


@dataclass
class OpenedFile:
    """A file's key DK, how far it is by the database, how far it was at least, and its list of parts once it was read.

    ``parts`` is None until somebody asks, or when the list is not to be used: ``is_set_back`` then.
    """

    key: bytes = field(repr=False)
    count: int
    manifest: bytes = field(repr=False)
    pin: FilePin | None
    parts: dict[Place, State] | None = None
    is_set_back: bool = False


@dataclass
class Keyring:
    """S and what it opens. Never stored, never logged; `repr` shows no key."""

    staff: Staff
    private: Private = field(repr=False)
    open_until: datetime | None = None
    # How far her record of pins was when the vault was opened: an older one put back since is refused.
    pins_from: int = 0
    _record: pin_record.PinRecord | None = field(default=None, repr=False)
    _followed: bool = field(default=False, repr=False)
    # Her record moved in this request: what the session knows of it is to move too.
    record_moved: bool = field(default=False, repr=False)
    # Parts that this request could not open although their file did: who shows the page says so.
    damaged: dict[UUID, UUID] = field(default_factory=dict, repr=False)
    damaged_labels: set[tuple[UUID, bytes]] = field(default_factory=set, repr=False)
    # Monotonic seconds at which this request began: what it asks for is refused where the vault was locked since.
    made: float = field(default_factory=monotonic, repr=False)
    _held: list[HeldKey] | None = field(default=None, repr=False)
    _files: dict[UUID, OpenedFile] = field(default_factory=dict, repr=False)

    def held(self) -> list[HeldKey]:
        """Return the society keys that are sealed to this colleague; one query a request."""
        if self._held is None:
            self._held = []
            for row in _held_rows(self.staff):
                # A forged row, or one of a key she has lost, opens nothing: it looks like none at all.
                with suppress(DoesNotOpen):
                    self._held.append(self._open_held(row))
        return self._held

    def generations(self, kind: str) -> set[int]:
        """Return which generations of a kind are said to be hers, for lists: whether one opens is seen when it does."""
        if self._held is None:
            return {row.key.generation for row in _held_rows(self.staff) if row.key.kind == kind}
        return {one.generation for one in self._held if one.kind == kind}

    def look_again(self) -> None:
        """Read the held keys anew: a generation was made in this request."""
        self._held = None

    def _open_held(self, row: KeyHeld) -> HeldKey:
        key = row.key
        seed = self.private.open(
            bytes(row.sealed),
            "society key",
            key.society_id,
            key.kind,
            key.line or "",
            key.generation,
            self.staff.pk,
        )
        private = None if key.kind == KeyKind.SIGNING else Private(seed)
        return HeldKey(key.pk, key.kind, key.line, key.generation, private, seed)

    def holds(self, kind: str, line: UUID | None = None) -> HeldKey | None:
        """Return the newest held key of a kind, or None."""
        fitting = [k for k in self.held() if k.kind == kind and (line is None or k.line == line)]
        return max(fitting, key=lambda k: k.generation, default=None)

    def open_files(self, files: Iterable[UUID]) -> dict[UUID, bytes]:
        """Return the data keys DK of those files that this colleague may open: two queries.

        A file without a grant, or whose half is gone, is left out: both look the same.
        """
        wanted = [f for f in set(files) if f not in self._files]
        if wanted:
            secrets = self._secrets(wanted)
            there = shred_store.get_kinds((HALF, PIN), secrets)
            for file, (secret, count, listed) in secrets.items():
                if file in there[HALF]:
                    pin = there[PIN].get(file)
                    key = data_key(secret, there[HALF][file], file)
                    self._files[file] = OpenedFile(
                        key, count, listed, file_pins.unpacked(pin) if pin else None
                    )
        return {f: self._files[f].key for f in files if f in self._files}

    def parts_of(self, file: UUID) -> dict[Place, State] | None:
        """Return which parts an opened file has, in which versions; None when what lies there is older than it was."""
        opened = self._files[file]
        if opened.parts is None and not opened.is_set_back and not self._read_list(file, opened):
            # Somebody may have written between the two questions, about the row and about the pin.
            return self.parts_now(file)
        return opened.parts

    def parts_now(self, file: UUID, *, to_change: bool = False) -> dict[Place, State] | None:
        """Return the same, asked anew; ``to_change`` keeps others from writing in it until the transaction ends."""
        opened = self._files[file]
        found = next(iter(_list_of("to change" if to_change else "to read", file=file)), (0, b""))
        opened.count, opened.manifest = found[0], bytes(found[1])
        opened.is_set_back = not self._read_list(file, opened)
        return opened.parts

    @staticmethod
    def _read_list(file: UUID, opened: OpenedFile) -> bool:
        opened.parts = None
        written = Written(opened.count, manifest.digest(opened.manifest))
        if opened.pin is not None and opened.pin.allows(written):
            with suppress(DoesNotOpen):
                opened.parts = manifest.opened(opened.manifest, key=opened.key, file=file, count=opened.count)
        return opened.parts is not None

    def write_list(self, file: UUID, parts: dict[Place, State]) -> None:
        """Keep a new list of the parts of a file that was asked for ``to_change``, and pin it when it is committed."""
        opened = self._files[file]
        # Above all that was ever written, also what a restored backup did not bring back.
        lost = opened.pin.written.times if opened.pin else 0
        opened.count = max(opened.count, lost) + 1
        opened.manifest = manifest.closed(parts, key=opened.key, file=file, count=opened.count)
        opened.parts = parts
        File.objects.filter(pk=file).update(count=opened.count, manifest=opened.manifest)
        file_pins.raise_when_committed(file, Written(opened.count, manifest.digest(opened.manifest)))

    def note_damaged(self, part: UUID, file: UUID, label: bytes) -> None:
        """Remember a part that is not what was written."""
        self.damaged[part] = file
        self.damaged_labels.add((file, label))

    def count_of(self, file: UUID) -> int:
        """Return how often an opened file was written."""
        return self._files[file].count

    def restored_at(self, file: UUID) -> datetime | None:
        """Return when a backup brought this file back without what had come after it, or None."""
        opened = self._files.get(file)
        return opened.pin.restored_at if opened and opened.pin else None

    def which_open(self, files: Iterable[UUID]) -> set[UUID]:
        """Return those of many files that this colleague may open; a file that was opened before costs no query."""
        return set(self.open_files(files))

    def open_file(self, file: UUID) -> bytes:
        """Return the data key of one file, or raise DoesNotOpen."""
        try:
            return self.open_files([file])[file]
        except KeyError:
            raise DoesNotOpen from None

    def secret(self, file: UUID) -> bytes:
        """Return the secret c of one file (to pass it on in a grant), or raise DoesNotOpen."""
        try:
            return self._secrets([file])[file][0]
        except KeyError:
            raise DoesNotOpen from None

    def _secrets(self, files: list[UUID]) -> dict[UUID, Secret]:
        found: dict[UUID, Secret] = {}
        for row in _own_grants(files=files, staff=self.staff.pk):
            self._open_grant(self.private, self.staff.pk, row, found)
        rest = [f for f in files if f not in found]
        # Most files open by a grant of her own: the society's keys she holds are opened when one does not.
        mine = {k.id: k for k in self.held() if k.private is not None} if rest else {}
        if mine:
            for row in _grants_to_keys(files=rest, keys=list(mine)):
                if row[1] is not None and (private := mine[row[1]].private) is not None:
                    self._open_grant(private, row[1], row, found)
        return found

    @staticmethod
    def _open_grant(private: Private, to: UUID, row: GrantRow, found: dict[UUID, Secret]) -> None:
        file, _key, sealed, count, listed = row
        # A forged or copied grant opens nothing: it looks like no grant at all.
        with suppress(DoesNotOpen):
            found[file] = (open_grant(private, bytes(sealed), "grant", file, to), count, bytes(listed))

    def remember(self, file: UUID, key: bytes) -> None:
        """Keep the data key of a file that was just made."""
        self._files[file] = OpenedFile(key, 0, b"", file_pins.BEGUN)

    def forget(self, file: UUID) -> None:
        """Drop the data key of a file that is being erased."""
        self._files.pop(file, None)

    @property
    def record(self) -> pin_record.PinRecord:
        """What this colleague remembers of the society's keys; refuses when it was taken away or set back."""
        if self._record is None:
            self._record = pin_store.record_of(self.staff, seed=self.private.seed, at_least=self.pins_from)
        return self._record

    def take_record(self, record: pin_record.PinRecord) -> None:
        """Go on with a record that was written in this request."""
        self._record, self.record_moved = record, True

    @property
    def pinned(self) -> bytes:
        """The society's signing key as this colleague pinned it; empty before her admission."""
        return self.record.signing

    def trusts(self, signature: bytes, *bits: Bit) -> bool:
        """Say whether the society's signing key, as this colleague pinned it, signed the bits."""
        if not self.pinned:
            return False
        return signed(self.pinned, signature, *bits) or (
            self._follow() and signed(self.pinned, signature, *bits)
        )

    def _follow(self) -> bool:
        # A new signing key came while this session was open: her pin moves if the chain leads there from it.
        if self._followed:
            return False
        self._followed = True
        before = self.record
        moved = pin_store.follow(staff=self.staff, seed=self.private.seed, known=before, at=timezone.now())
        if moved == before:
            return False
        self.take_record(moved)
        return moved.signing != before.signing

    def must_trust(self, person: StaffKey) -> None:
        """Refuse a colleague's key that the society did not sign: a swapped one would receive secrets."""
        if self.pinned and not self.trusts(
            bytes(person.signature),
            "staff key",
            person.staff.society_id,
            person.staff_id,
            bytes(person.public),
        ):
            raise Refusal(
                _("The key of this colleague is not signed by the society."),
                next_step=COMPARE,
                code="key-not-signed",
            )

    def must_be_named(self, signature: bytes, *statement: Bit) -> None:
        """Refuse a focal point whom the society's signing key did not name: she would receive every file."""
        if self.pinned and not self.trusts(signature, *statement):
            raise Refusal(
                _("Somebody stands among the focal points whom the society did not name."),
                next_step=COMPARE,
                code="focal-point-not-named",
            )

    def society_key(self, kind: str, line: UUID | None = None) -> SocietyKey | None:
        """Return the newest key of her society to seal to, or None before the ceremony.

        Refuses a generation that the signing key she pinned did not sign, and one older than she has seen: who
        can write in the database could otherwise put a key there, or bring back a lost one, and receive
        everything that is sealed from then on.
        """
        key = current_key(self.staff.society_id, kind, line)
        if key is not None and not self.signed_by_society(key):
            raise Refusal(
                _("A key of your society is not signed by the society."),
                next_step=COMPARE,
                code="society-key-not-signed",
            )
        if self.older_than_seen(key, kind, line):
            raise older_key()
        return key

    def signed_by_society(self, key: SocietyKey) -> bool:
        """Say whether the signing key she pinned signed this one; before she pinned any, none can be checked."""
        what = (self.staff.society_id, key.kind, key.line or "", key.generation, bytes(key.public))
        return not self.pinned or self.trusts(bytes(key.signature), "society key", *what)

    def older_than_seen(self, key: SocietyKey | None, kind: str, line: UUID | None) -> bool:
        """Say whether a higher generation of this key was seen before."""
        return self.record.seen.get(pin_record.name_of(kind, line), 0) > (key.generation if key else 0)


def older_key() -> Refusal:
    """The answer when a generation lies there that is older than one seen before."""
    return Refusal(
        _("A key of your society is older than one you have already used."),
        next_step=_("Do not go on. Call a focal point: somebody may have brought an old key back."),
        code="society-key-older",
    )


def _held_rows(staff: Staff) -> list[KeyHeld]:
    return list(_held_by(staff=staff.pk))


@prepared
def _held_by(staff: UUID) -> QuerySet[KeyHeld]:
    return KeyHeld.objects.filter(staff=staff, key__waits=False).select_related("key")


# Fifty grants a page, so no model is made of each.
GRANT = ("file", "key", "sealed", "file__count", "file__manifest")
type GrantRow = tuple[UUID, UUID | None, bytes | memoryview, int, bytes | memoryview]
# A file's secret, and how far the file is by the database: its count and its manifest.
Secret = tuple[bytes, int, bytes]


@prepared
def _list_of(what_for: str, file: UUID) -> QuerySet[File, tuple[int, bytes | memoryview]]:
    rows = File.objects.select_for_update() if what_for == "to change" else File.objects
    return rows.filter(pk=file).values_list("count", "manifest")


@prepared
def _own_grants(files: list[UUID], staff: UUID) -> QuerySet[Grant, GrantRow]:
    return Grant.objects.filter(file__in=files, staff=staff).values_list(*GRANT)


@prepared
def _grants_to_keys(files: list[UUID], keys: list[UUID]) -> QuerySet[Grant, GrantRow]:
    return Grant.objects.filter(file__in=files, key__in=keys).values_list(*GRANT)


def data_key(secret: bytes, half: bytes, file: UUID) -> bytes:
    """Return DK: both the granted secret and the shred half are needed."""
    return derive(secret + half, "file", file)


def part_label(key: bytes, name: str) -> bytes:
    """Return how a part is found in the table, without saying what it is."""
    return label(key, name)


def current_key(society: UUID, kind: str, line: UUID | None = None) -> SocietyKey | None:
    """Return the newest generation of a society's key as it was made here, or None before the ceremony."""
    of_line = None if line is None else str(line)
    in_force = [row for row in keys_in_force(society) if row["kind"] == kind and row["line"] == of_line]
    newest = max(in_force, key=lambda row: int(str(row["generation"])), default=None)
    return trusted_rows(SocietyKey, society, lambda row: row == newest)[0] if newest else None


def keys_in_force(society: UUID) -> list[Mapping[str, object]]:
    """Return the society's keys that are neither retired nor waiting, as they were made here: columns as text."""
    rows = trusted_columns(SocietyKey, society)
    return [row for row in rows if row["retired_at"] is None and not row["waits"]]
