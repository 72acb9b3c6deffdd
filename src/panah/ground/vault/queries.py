"""Reading the vault: parts of files that the asking colleague's keys open."""

from __future__ import annotations

import hashlib
from base64 import b64decode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import DatabaseError
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from shamir_mnemonic.wordlist import WORDLIST

from panah.ground.audit import queries as audit_queries
from panah.ground.foundation.compiled_queries import prepared
from panah.ground.foundation.protected_rows import trusted_columns, trusted_rows
from panah.ground.foundation.request_cache import cached_per_request
from panah.ground.network.queries import hosted_ids
from panah.ground.vault import events, file_pins, journal_pins, shred_store
from panah.ground.vault.focal_points import admitted_since as admitted_since
from panah.ground.vault.focal_points import focal_point_ids
from panah.ground.vault.focal_points import holding_since as holding_since
from panah.ground.vault.focal_points import leading_since as leading_since
from panah.ground.vault.keyring import Keyring, current_key, keys_in_force, part_label
from panah.ground.vault.models import TO_PRESENT_KEY, File, Grant, KeyHeld, SocietyKey, StaffKey
from panah.ground.vault.reading_parts import WHOLE as WHOLE
from panah.ground.vault.reading_parts import DecryptedPart as DecryptedPart
from panah.ground.vault.reading_parts import is_current as is_current
from panah.ground.vault.reading_parts import is_whole as is_whole
from panah.ground.vault.reading_parts import plain_of as plain_of
from panah.ground.vault.reading_parts import read as read
from panah.ground.vault.reading_parts import read_all as read_all
from panah.ground.vault.reading_parts import read_lists as read_lists
from panah.ground.vault.reading_parts import read_parts as read_parts
from panah.ground.vault.reading_parts import read_refs as read_refs
from panah.ground.vault.reading_parts import read_whole as read_whole
from panah.ground.vault.reading_parts import state_of as state_of
from panah.ground.vault.reading_parts import value_of as value_of
from panah.ground.vault.same_person import admitted_by as admitted_by
from panah.ground.vault.same_person import known_through_one as known_through_one
from panah.ground.vault.same_person import may_say_known as may_say_known
from panah.ground.vault.seals import DoesNotOpen, derive
from panah.ground.vault.trusted_staff_keys import trusted_staff_keys
from panah.ground.vault.words import JournalState, KeyKind

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.foundation.compiled_queries import Viewer


def set_back(society: UUID) -> int:
    """Return how many files are older where they are stored than a pin or the journal says."""
    return len(file_pins.compared(society).set_back)


def journal_state(society: UUID) -> JournalState:
    """Return how the journal stands to what the shred store kept of it, from there on."""
    return journal_pins.look(society).state if society_is_ready(society) else JournalState.HOLDS


def journal_walked(society: UUID, *, since: tuple[int, bytes] | None = None) -> tuple[int, bytes] | None:
    """Walk the whole journal, or what was written ``since``; return how far it goes, None where it does not hold.

    The whole of it outside of a transaction: on SQLite nobody else writes during one that writes.
    """
    if not society_is_ready(society):
        return 0, journal_pins.GENESIS
    found = journal_pins.look(society, whole=True, since=since if since and since[0] else None)
    return (found.number, found.head) if found.state == JournalState.HOLDS else None


def stored_as_written() -> bool:
    """Say whether the last looks found all that is stored as it was written, in every society of the node.

    Asked outside the walls: a society with an admitted key has held its ceremony.
    """
    admitted = StaffKey.objects.filter(admitted_at__isnull=False, staff__society__in=hosted_ids())
    return not journal_pins.any_is_wrong(admitted.values_list("staff__society", flat=True).distinct())


def opens(*, keys: Keyring | None, file: UUID) -> bool:
    """Say whether the asker's keys open the file."""
    return keys is not None and bool(keys.open_files([file]))


def blind_index(*, keys: Keyring | None, file: UUID, name: str) -> bytes | None:
    """Return a mark of a file by which whoever opens the file finds a row elsewhere; None if it does not open.

    Nobody without the file's key can make it or see whose it is, and after the file's erasure nobody can at all.
    """
    if keys is None:
        return None
    try:
        return part_label(keys.open_file(file), f"mark {name}")
    except DoesNotOpen:
        return None


def line_index(*, keys: Keyring | None, line: UUID, names: Iterable[str]) -> list[tuple[int, bytes]]:
    """Return (which of ``names``, mark) under each generation of a line's key that is held, the newest first.

    For rows that whoever holds the line finds again. Nobody without the key can make a mark or say what it is of.
    """
    held = [one for one in keys.held() if one.kind == KeyKind.LINE and one.line == line] if keys else []
    wanted = list(names)
    return [
        (number, part_label(derive(one.seed, "line index", one.line or ""), name))
        for one in sorted(held, key=lambda one: -one.generation)
        for number, name in enumerate(wanted)
    ]


def holders(file: UUID) -> list[Staff]:
    """Return the colleagues with a grant of their own."""
    rows = Grant.objects.filter(file=file, staff__isnull=False).select_related("staff")
    return [grant.staff for grant in rows if grant.staff is not None]


def files_of(staff: Staff | Viewer) -> QuerySet[Grant, object]:
    """Return the ids of files that a colleague has a grant of her own on (a queryset for filters)."""
    return Grant.objects.filter(staff=staff.pk).values("file_id")


def files_of_kind(society: UUID, *kinds: str) -> QuerySet[File, object]:
    """Return the ids of a society's files of some kinds, erased ones too (a queryset for filters)."""
    return File.objects.filter(society=society, kind__in=kinds).values("pk")


def able_to_open(files: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """Return the active colleagues whose grant on each file is to the key they have now; one query."""
    found: dict[UUID, set[UUID]] = {}
    rows = Grant.objects.filter(TO_PRESENT_KEY, file__in=list(files), staff__is_active=True)
    for file, staff in rows.values_list("file", "staff"):
        found.setdefault(file, set()).add(staff)
    return found


def granted_to(staff: Staff | Viewer, file: str = "file_id") -> Exists:
    """Return a condition for rows whose ``file`` a colleague has a grant of her own on: one index probe a row."""
    return Exists(Grant.objects.filter(staff=staff.pk, file=OuterRef(file)))


def has_key(staff: Staff) -> bool:
    """Say whether a colleague has made her key."""
    return StaffKey.objects.filter(staff=staff.pk).exists()


def intake_generations(society: UUID) -> set[int]:
    """Return the generations of a society's intake key: what is sealed to an older one still opens."""
    rows = trusted_columns(SocietyKey, society)
    return {int(str(row["generation"])) for row in rows if row["kind"] == KeyKind.INTAKE and not row["waits"]}


@dataclass(frozen=True)
class HoldersOfShares:
    """What was answered at the last ceremony about those who hold a share; without a day nobody was asked."""

    day: date | None
    sound: bool


def holders_of_shares(society: UUID) -> HoldersOfShares:
    """Return what was answered about the holders of the recovery key that is in force. Who they are is kept nowhere."""
    last = audit_queries.newest_of(society, events=[events.CEREMONY.name, events.NEW_RECOVERY.name])
    if last is None or "abroad" not in last.facts:
        return HoldersOfShares(None, False)
    return HoldersOfShares(timezone.localdate(last.at), last.facts["apart"] == last.facts["abroad"] == "yes")


def society_is_ready(society: UUID) -> bool:
    """Say whether the society held its key ceremony."""
    return current_key(society, "R") is not None


def copies_answer() -> bool:
    """Say whether every copy of the shred store can be asked; while one cannot, nothing new can be kept."""
    try:
        for store in shred_store.copies():
            store.holds_anything()
    except DatabaseError:
        return False
    return True


def file_exists(file: UUID) -> bool:
    return File.objects.filter(pk=file, erased_at=None).exists()


def is_erased(file: UUID) -> bool:
    """Say whether a file is erased, or on the way to it."""
    return File.objects.filter(pk=file, erasing_since__isnull=False).exists()


def file_was_made(file: UUID) -> bool:
    """Say whether a file is there, or was until it was erased."""
    return File.objects.filter(pk=file).exists()


@cached_per_request
def _duties_held(staff: Staff | Viewer) -> list[tuple[str, UUID | None, bool]]:
    """Return (kind, line, still in force) of the line and intake keys a colleague holds; one query a page."""
    return [(kind, line, retired is None) for kind, line, retired in _keys_of_duties(staff=staff.pk)]


@prepared
def _keys_of_duties(staff: UUID) -> QuerySet[KeyHeld, tuple[str, UUID | None, datetime | None]]:
    rows = KeyHeld.objects.filter(staff=staff, key__kind__in=(KeyKind.LINE, KeyKind.INTAKE))
    return rows.values_list("key__kind", "key__line", "key__retired_at")


def lines_held(staff: Staff | Viewer) -> set[UUID]:
    """Return the ids of the hotline lines whose key a colleague holds; one query."""
    return {line for kind, line, _now in _duties_held(staff) if kind == KeyKind.LINE and line is not None}


def holds_intake_key(staff: Staff) -> bool:
    """Say whether a colleague holds the intake key in force: what arrives sealed opens for her."""
    return any(kind == KeyKind.INTAKE and now for kind, _line, now in _duties_held(staff))


def holders_of_intake(society: UUID, generation: int | None = None) -> list[Staff]:
    """Return the active colleagues who hold the intake key in force, or one of its generations, by name."""
    return [row.staff for row in _holding_intake(generation, society=society)]


@prepared
def _holding_intake(generation: int | None, society: UUID) -> QuerySet[KeyHeld]:
    # Each report of the public door asks this: compiled once.
    rows = KeyHeld.objects.filter(key__society=society, key__kind=KeyKind.INTAKE, staff__is_active=True)
    rows = (
        rows.filter(key__retired_at=None) if generation is None else rows.filter(key__generation=generation)
    )
    return rows.select_related("staff").order_by("staff__name")


def intake_is_held(society: UUID, generation: int) -> bool:
    """Say whether an active colleague holds a generation of the intake key: for whoever must not read who."""
    return generation in _generations_held(society=society)


@prepared
def _generations_held(society: UUID) -> QuerySet[KeyHeld, int]:
    rows = KeyHeld.objects.filter(key__society=society, key__kind=KeyKind.INTAKE, staff__is_active=True)
    return rows.values_list("key__generation", flat=True).distinct()


def holders_of_line(line: UUID) -> list[Staff]:
    """Return the active colleagues who hold the current key of a line, by name."""
    rows = KeyHeld.objects.filter(
        key__kind=KeyKind.LINE, key__line=line, key__retired_at=None, staff__is_active=True
    )
    return [row.staff for row in rows.select_related("staff").order_by("staff__name")]


def line_public(*, keys: Keyring, line: UUID) -> tuple[UUID, bytes] | None:
    """Return (id, public key) of a line's newest key, to seal to it; None before it was made.

    Refuses a key that the society did not sign, like every key that something is sealed to.
    """
    row = keys.society_key(KeyKind.LINE, line)
    return (row.pk, bytes(row.public)) if row else None


@dataclass(frozen=True)
class KeyState:
    """How far a colleague's key is: ``none``, ``waiting`` for admission, or ``admitted``."""

    state: str
    public: bytes = b""
    words: str = ""


def fingerprint(public: bytes) -> str:
    """Return a public key as six words that two colleagues compare by telephone (60 bits)."""
    number = int.from_bytes(hashlib.sha256(b"panah fingerprint" + public).digest()[:8], "big") >> 4
    return " ".join(WORDLIST[(number >> (10 * i)) & 1023] for i in reversed(range(6)))


def key_state(staff: Staff) -> KeyState:
    """Return how far one colleague's key is."""
    return key_states([staff.pk]).get(staff.pk, KeyState("none"))


def key_states(staff: Iterable[UUID]) -> dict[UUID, KeyState]:
    """Return how far the keys of colleagues are, in one query; without an entry: none."""
    return {
        whose: KeyState("admitted" if key.admitted_at else "waiting", key.public, fingerprint(key.public))
        for whose, key in trusted_staff_keys(staff).items()
    }


def waiting_for_admission(society: UUID) -> int:
    """Return how many colleagues have made a key that no focal point has admitted."""
    return len(_waiting_for_admission(society=society))


@prepared
def _waiting_for_admission(society: UUID) -> QuerySet[StaffKey, UUID]:
    rows = StaffKey.objects.filter(staff__society=society, staff__is_active=True, admitted_at=None)
    return rows.values_list("staff", flat=True)


def duty_keys(society: UUID) -> dict[UUID, list[tuple[str, UUID | None]]]:
    """Return which current duty keys each colleague holds: (kind, line)."""
    held: dict[UUID, list[tuple[str, UUID | None]]] = {}
    rows = KeyHeld.objects.filter(key__society=society, key__retired_at=None).exclude(
        key__kind=KeyKind.SIGNING
    )
    for staff, kind, line in rows.values_list("staff", "key__kind", "key__line").order_by("key__kind"):
        held.setdefault(staff, []).append((kind, line))
    return held


def holders_of_signing_key(society: UUID) -> set[UUID]:
    """Return who holds the signing key in force; nobody before the ceremony."""
    rows = KeyHeld.objects.filter(
        key__society=society, key__kind=KeyKind.SIGNING, key__retired_at=None, key__waits=False
    )
    return set(rows.values_list("staff", flat=True))


def focal_points_with_keys(society: UUID) -> set[UUID]:
    """Return the focal points whom the society named and who hold its signing key; nobody before the ceremony."""
    return focal_point_ids(society) & holders_of_signing_key(society)


def leads_with_keys(staff: Staff) -> bool:
    return staff.pk in focal_points_with_keys(staff.society_id)


@dataclass(frozen=True)
class SigningKey:
    """A signing key as a page shows it: six words, since when, and the ids of those who signed beside the old one."""

    words: str
    made_at: datetime
    by: tuple[str, ...]


def signing_key(society: UUID) -> SigningKey | None:
    """Return the signing key in force; None before the ceremony."""
    return _shown(current_key(society, KeyKind.SIGNING))


def ceremony_at(society: UUID) -> datetime | None:
    """Return when the society's first keys were made; None before the ceremony."""
    found: list[datetime] = _first_signing_keys(society=society)
    return found[0] if found else None


@prepared
def _first_signing_keys(society: UUID) -> QuerySet[SocietyKey, datetime]:
    rows = SocietyKey.objects.filter(society=society, kind=KeyKind.SIGNING, generation=1)
    return rows.values_list("made_at", flat=True)


def waiting_signing_key(society: UUID) -> SigningKey | None:
    """Return a signing key that waits for the second focal point."""
    waiting = trusted_rows(
        SocietyKey, society, lambda row: row["kind"] == KeyKind.SIGNING and row["waits"] is True
    )
    return _shown(next(iter(waiting), None))


def _shown(row: SocietyKey | None) -> SigningKey | None:
    return SigningKey(fingerprint(bytes(row.public)), row.made_at, tuple(row.countersigned)) if row else None


@dataclass(frozen=True)
class IntakeKey:
    """A society's intake key G as others need it: to seal to it, and to see that D signed it."""

    generation: int
    public: bytes
    signature: bytes


def duty_publics(society: UUID) -> list[tuple[UUID, bytes]]:
    """Return (id, public key) of the intake and line keys in force: to whom a chat is sealed that somebody answers."""
    kinds = (KeyKind.INTAKE, KeyKind.LINE)
    return [
        (UUID(str(row["pk"])), b64decode(str(row["public"])))
        for row in keys_in_force(society)
        if row["kind"] in kinds
    ]


def intake_key(society: UUID) -> IntakeKey | None:
    """Return the newest intake key, as it was made here: to seal to it, and for others. None before a ceremony."""
    row = current_key(society, KeyKind.INTAKE)
    return IntakeKey(row.generation, bytes(row.public), bytes(row.signature)) if row else None
