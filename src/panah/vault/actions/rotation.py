"""Re-sealing files after a key got a new generation, a colleague left, or a new focal point came.

In chunks, in the session of someone who can open the files. What is to be done is read from the tables each time:
whoever is interrupted, or goes on elsewhere, loses nothing. A file's old seal goes only after its new one was checked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from panah.audit import actions as audit
from panah.vault import events
from panah.vault.actions.files import focal_point_ids
from panah.vault.keyring import Keyring, current_key
from panah.vault.models import File, Grant, SocietyKey, StaffKey
from panah.vault.seals import DoesNotOpen, seal
from panah.vault.steps import step
from panah.vault.words import FileKind

AT_ONCE = 200
NEEDED = 2


@dataclass(frozen=True)
class Progress:
    """One chunk: files done, files still to do, and files among them that the asker cannot open."""

    done: int
    left: int
    closed: int


def to_reseal(society: UUID) -> Any:
    """Return the files whose grants are not as they should be, as a queryset of ids in a steady order.

    Complaints are left out: whoever asks here must not even learn how many there are. Their readers mend them.
    """
    grants = Grant.objects.filter(file=OuterRef("pk"))
    wanted: Any = Exists(grants.filter(key__retired_at__isnull=False)) | Exists(
        grants.filter(staff__is_active=False)
    )
    for person in focal_point_ids(society):
        # A seal older than her key was made to a key that she lost.
        good = grants.filter(staff=person, since__gte=F("staff__vault_key__made_at"))
        wanted |= Q(kind=FileKind.CASE) & ~Exists(good)
    return (
        File.objects.filter(wanted, society=society, erasing_since=None)
        .exclude(kind=FileKind.COMPLAINT)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def files_to_reseal(society: UUID) -> int:
    """Return how many files wait to be sealed anew."""
    return int(to_reseal(society).count())


def regrant_chunk(*, keys: Keyring, at: datetime, size: int = AT_ONCE) -> Progress:
    """Bring up to ``size`` files in order; returns how far it is. Only a holder's session can do it."""
    society = keys.staff.society_id
    wanted = list(to_reseal(society))
    done = closed = 0
    for file, secret in _openable(keys, wanted):
        if done >= size:
            break
        if secret is None or not _reseal(keys, file, secret, at):
            closed += 1
        else:
            done += 1
            step("rotation: file done")
    if done:
        audit.record(event=events.RESEALED, by=keys.staff, at=at, facts={"files": done})
    return Progress(done, len(wanted) - done, closed)


def _openable(keys: Keyring, wanted: list[UUID]) -> Iterator[tuple[UUID, bytes | None]]:
    for file in wanted:
        try:
            yield file, keys.secret(file)
        except DoesNotOpen:
            yield file, None


@transaction.atomic
def _reseal(keys: Keyring, file: UUID, secret: bytes, at: datetime) -> bool:
    """Make one file's grants right; returns False when something must stay as it is for now."""
    File.objects.select_for_update().get(pk=file)
    olds = Grant.objects.filter(file=file, key__retired_at__isnull=False).select_related("key")
    moved = [_to_new_generation(keys, old, secret, at) for old in olds]
    if File.objects.filter(pk=file, kind=FileKind.CASE).exists():
        for person in StaffKey.objects.filter(
            staff__in=focal_point_ids(keys.staff.society_id)
        ).select_related("staff"):
            _to_focal_point(keys, file, person, secret, at)
    return _without_leavers(file) and all(moved)


def _to_new_generation(keys: Keyring, old: Grant, secret: bytes, at: datetime) -> bool:
    if old.key is None:
        return True
    new = current_key(old.key.society_id, old.key.kind, old.key.line)
    if new is None or not _acceptable(keys, new):
        return False
    sealed = seal(bytes(new.public), secret, "grant", old.file_id, new.pk)
    made, _ = Grant.objects.update_or_create(
        file_id=old.file_id, key=new, defaults={"sealed": sealed, "since": at}
    )
    step("rotation: new seal written")
    if not _opens_again(keys, new, made, secret):
        return False
    step("rotation: new seal checked")
    old.delete()
    step("rotation: old seal dropped")
    return True


def _acceptable(keys: Keyring, key: SocietyKey) -> bool:
    # A generation that somebody slipped into the table, or brought back, must not receive a single secret.
    return keys.signed_by_society(key) and not keys.older_than_seen(key, key.kind, key.line)


def _opens_again(keys: Keyring, key: SocietyKey, made: Grant, secret: bytes) -> bool:
    private = next((held.private for held in keys.held() if held.id == key.pk), None)
    if private is None:
        # Whoever does not hold the new key (R, or another's duty) leaves the old seal in place.
        return False
    kept = bytes(Grant.objects.values_list("sealed", flat=True).get(pk=made.pk))
    try:
        return private.open(kept, "grant", made.file_id, key.pk) == secret
    except DoesNotOpen:
        return False


def _to_focal_point(keys: Keyring, file: UUID, person: StaffKey, secret: bytes, at: datetime) -> None:
    if Grant.objects.filter(file=file, staff=person.staff_id, since__gte=person.made_at).exists():
        return
    trusted = not keys.pinned or keys.trusts(
        bytes(person.signature), "staff key", person.staff.society_id, person.staff_id, bytes(person.public)
    )
    if trusted:
        sealed = seal(bytes(person.public), secret, "grant", file, person.staff_id)
        Grant.objects.update_or_create(
            file_id=file, staff_id=person.staff_id, defaults={"sealed": sealed, "since": at}
        )


def _without_leavers(file: UUID) -> bool:
    gone = Grant.objects.filter(file=file, staff__is_active=False)
    if not gone.exists():
        return True
    others = Grant.objects.filter(file=file, staff__is_active=True).count()
    by_key = Grant.objects.filter(file=file, key__retired_at__isnull=True).exclude(key__kind="R").exists()
    if others < NEEDED and not by_key:
        return False
    gone.delete()
    return True
