"""Files: begin, write, grant, revoke. Every change in one transaction with its journal entry."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.audit.events import Event
from panah.ground.foundation.compiled_queries import prepared
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import events, file_pins, shred_store
from panah.ground.vault.actions.corruption import damaged, set_back
from panah.ground.vault.actions.journal_by_day import record_by_day
from panah.ground.vault.errors import no_society_keys, not_admitted, not_openable
from panah.ground.vault.focal_points import focal_point_ids, must_lead
from panah.ground.vault.keyring import HALF, Keyring, data_key, part_label
from panah.ground.vault.manifest import Place, State, digest
from panah.ground.vault.models import File, Grant, Part, SocietyKey, StaffKey
from panah.ground.vault.queries import plain_of, state_of
from panah.ground.vault.seals import DoesNotOpen, lock, pad, seal
from panah.ground.vault.words import FileKind, KeyKind

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

WHOLE = UUID(int=0)


class StalePart(Refusal):
    """Someone else wrote this part in the meantime; nothing is overwritten."""


@transaction.atomic
def begin_file(
    *,
    keys: Keyring,
    kind: FileKind,
    at: datetime,
    staff: Iterable[Staff] = (),
    focal_points: bool = False,
    line: UUID | None = None,
    society_key: KeyKind | None = None,
    by_day: bool = False,
) -> UUID:
    """Make a new sealed file and return its id.

    It opens for the ``staff`` given (accounts.Staff), for both focal points if asked, for the holders
    of a hotline ``line``'s key or of another ``society_key``, and for the recovery key, always.
    The author is not included unless named: a volunteer writes what she cannot read back.
    ``by_day``: the room writes in the journal itself, some hours later (``record_by_day``).
    """
    society = keys.staff.society_id
    file = File.objects.create(society_id=society, kind=kind)
    secret, half = os.urandom(32), os.urandom(32)
    # The half goes first: an orphan half is swept, a file without one would be lost.
    shred_store.put(HALF, file.pk, half, society=society)
    file_pins.begin(file.pk, society=society)
    people = {s.pk for s in staff}
    leading = focal_point_ids(society) if focal_points else set()
    trusted = list(_public_keys_of(people | leading).values())
    for person in trusted:
        keys.must_trust(person)
    must_lead(keys, [person for person in trusted if person.staff_id in leading])
    Grant.objects.bulk_create(
        [for_staff(file.pk, person, secret) for person in trusted]
        + [_for_key(file.pk, key, secret, at) for key in _society_keys(keys, line, society_key)]
    )
    keys.remember(file.pk, data_key(secret, half, file.pk))
    if not by_day:
        audit.record(event=events.FILE_OPENED, by=keys.staff, at=at, about=file.pk, facts={"kind": kind})
    return file.pk


def _public_keys_of(people: set[UUID]) -> dict[UUID, StaffKey]:
    return {
        k.staff_id: k
        for k in StaffKey.objects.filter(staff__in=people, staff__is_active=True).select_related("staff")
    }


def _society_keys(keys: Keyring, line: UUID | None, kind: KeyKind | None) -> list[SocietyKey]:
    wanted = [keys.society_key(KeyKind.RECOVERY)]
    if line is not None:
        wanted.append(keys.society_key(KeyKind.LINE, line))
    if kind is not None:
        wanted.append(keys.society_key(kind))
    if any(key is None for key in wanted):
        raise no_society_keys()
    return [key for key in wanted if key is not None]


def for_staff(file: UUID, key: StaffKey, secret: bytes) -> Grant:
    """Return a grant of a file to a colleague, not written yet."""
    sealed = seal(bytes(key.public), secret, "grant", file, key.staff_id)
    return Grant(file_id=file, staff_id=key.staff_id, sealed=sealed, sealed_to=key.mark)


def _for_key(file: UUID, key: SocietyKey, secret: bytes, at: datetime) -> Grant:
    return Grant(file_id=file, key=key, sealed=seal(bytes(key.public), secret, "grant", file, key.pk))


def keep_grant(grant: Grant) -> None:
    """Write a grant on a file that is there already; an earlier one of the same colleague or key is replaced."""
    whose: dict[str, Any] = {"staff_id": grant.staff_id, "key_id": grant.key_id}
    Grant.objects.update_or_create(
        file_id=grant.file_id, **whose, defaults={"sealed": grant.sealed, "sealed_to": grant.sealed_to}
    )


@transaction.atomic
def write(
    *,
    keys: Keyring,
    file: UUID,
    part: str,
    value: Mapping[str, object],
    at: datetime,
    ref: UUID = WHOLE,
    based_on: int | None = None,
    by: UUID | None = None,
) -> int:
    """Seal ``value`` (JSON) as a part of a file and return its version, counted from 1.

    ``ref`` tells parts of the same name apart (notes, needs); without it there is one.
    ``based_on`` is the version the writer saw (0: none yet): if another one was written since,
    raises Stale and changes nothing. None means: write over whatever is there; but a piece that does not open
    is never written over.
    ``by`` is the author of words that are carried over from another file (then ``at`` is hers); else the writer.
    """
    key = key_or_refuse(keys, file)
    listed = _list_to_change(keys, file)
    name = part_label(key, part)
    place = (name, ref.bytes)
    version = _version_there(key, file, place, listed)
    if based_on is not None and based_on != version:
        raise StalePart(
            _("Someone else wrote here in the meantime."),
            next_step=_("What you typed is still here. Look at theirs, then save again."),
            code="stale",
        )
    version += 1
    author = by or keys.staff.pk
    # Who wrote when is sealed with it: times in plain join what must not be joined.
    plain = _json({"value": value, "at": at.isoformat(), "by": author.hex if author else ""})
    sealed = lock(key, pad(plain), "part", file, name, ref, version)
    Part.objects.bulk_create(
        [Part(file_id=file, label=name, ref=ref, version=version, sealed=sealed)],
        update_conflicts=True,
        unique_fields=["file", "label", "ref"],
        update_fields=["version", "sealed"],
    )
    keys.write_list(file, {**listed, place: (version, digest(sealed))})
    return version


@prepared
def _part(file: UUID, label: bytes, ref: UUID) -> QuerySet[Part]:
    return Part.objects.filter(file=file, label=label, ref=ref)


def _list_to_change(keys: Keyring, file: UUID) -> dict[Place, State]:
    listed = keys.parts_now(file, to_change=True)
    if listed is None:
        raise set_back()
    return listed


def _version_there(key: bytes, file: UUID, place: Place, listed: dict[Place, State]) -> int:
    """Return the version of a part, 0 if there is none; refuse when it is not what the file's list says.

    Read as nothing, it would be overwritten with nothing.
    """
    row = next(iter(_part(file=file, label=place[0], ref=UUID(bytes=place[1]))), None)
    if (state_of(row) if row else None) != listed.get(place):
        raise damaged()
    try:
        return row.version if row and plain_of(key, row) else 0
    except DoesNotOpen:
        raise damaged() from None


def _json(value: Mapping[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def key_or_refuse(keys: Keyring, file: UUID) -> bytes:
    """Return the data key of a file, or refuse."""
    try:
        return keys.open_file(file)
    except DoesNotOpen:
        raise not_openable() from None


@transaction.atomic
def add(
    *, keys: Keyring, file: UUID, part: str, value: Mapping[str, object], at: datetime, by: UUID | None = None
) -> UUID:
    """Seal one more part of a name (a note, a service) and return its ref; ``by`` as in ``write``."""
    ref = uuid4()
    write(keys=keys, file=file, part=part, value=value, at=at, ref=ref, by=by)
    return ref


@transaction.atomic
def remove(*, keys: Keyring, file: UUID, part: str, ref: UUID = WHOLE) -> None:
    """Delete one part of a file."""
    key = key_or_refuse(keys, file)
    listed = _list_to_change(keys, file)
    place = (part_label(key, part), ref.bytes)
    Part.objects.filter(file=file, label=place[0], ref=ref).delete()
    if listed.pop(place, None) is not None:
        keys.write_list(file, listed)


@transaction.atomic
def grant(*, keys: Keyring, file: UUID, to: Staff, at: datetime, by_day: bool = False) -> None:
    """Let a colleague open a file. Whoever can open it can pass it on; it is journalled, or only by the day."""
    try:
        secret = keys.secret(file)
    except DoesNotOpen:
        raise not_openable() from None
    key = StaffKey.objects.filter(staff=to, admitted_at__isnull=False, staff__is_active=True).first()
    if key is None:
        raise not_admitted()
    keys.must_trust(key)
    keep_grant(for_staff(file, key, secret))
    _journal(events.GRANTED, keys.staff, file, {"to": str(to.pk)}, at, by_day=by_day)


def _journal(
    event: Event, by: Staff, file: UUID, facts: Mapping[str, object], at: datetime, *, by_day: bool
) -> None:
    if by_day:
        record_by_day(event=event, by=by, at=at, about=file, facts=facts)
    else:
        audit.record(event=event, by=by, at=at, about=file, facts=facts)


@transaction.atomic
def revoke(*, keys: Keyring, file: UUID, staff: Staff, at: datetime) -> None:
    """Take a grant back. At least two colleagues keep a way into every case."""
    take_grant(by=keys.staff, file=file, staff=staff, at=at)


@transaction.atomic
def take_grant(*, by: Staff, file: UUID, staff: Staff, at: datetime, by_day: bool = False) -> None:
    """The same without a key: what the node does later on behalf of a colleague."""
    row = File.objects.select_for_update().get(pk=file)
    others = Grant.objects.filter(file=file, staff__is_active=True).exclude(staff=staff).count()
    if row.kind == FileKind.CASE and others < 2:
        raise Refusal(
            _("At least two colleagues must be able to open each case."),
            next_step=_("Let another colleague in first."),
            code="too-few-grants",
        )
    Grant.objects.filter(file=file, staff=staff).delete()
    _journal(events.REVOKED, by, file, {"from": str(staff.pk)}, at, by_day=by_day)
