"""Re-sealing files after a key got a new generation, a colleague left, or a new focal point came.

In chunks, in the session of someone who can open the files. What is to be done is read from the tables each time:
whoever is interrupted, or goes on elsewhere, loses nothing. A file's old seal goes only after its new one was checked.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import events
from panah.ground.vault.crash_points import crash_point
from panah.ground.vault.focal_points import focal_point_ids, must_lead
from panah.ground.vault.keyring import Keyring, current_key
from panah.ground.vault.models import TO_PRESENT_KEY, File, Grant, SocietyKey, StaffKey
from panah.ground.vault.seals import DoesNotOpen, seal
from panah.ground.vault.words import UNTOLD_KINDS, FileKind, KeyKind

AT_ONCE = 200
NEEDED = 2
# What both focal points can open, from before they came too. Contacts open with their line's key.
OF_FOCAL_POINTS = (
    FileKind.CASE,
    FileKind.EVENT,
    FileKind.HOUSEHOLD,
    FileKind.PLACE,
    FileKind.FAMILY_LINKS,
    FileKind.AUTHORITY,
    FileKind.SUPERVISION,
    FileKind.INTERPRETER,
    FileKind.PROGRAMME,
    FileKind.VOLUNTEER,
)


@dataclass(frozen=True)
class Progress:
    """One chunk: files done, files still to do, and files among them that the asker cannot open."""

    done: int
    left: int
    closed: int


def reseal_queue(society: UUID) -> QuerySet[File, UUID]:
    """Return the files whose grants are not as they should be, as a queryset of ids in a steady order.

    Complaints and threats are left out: whoever asks here must not even learn how many there are. Readers mend theirs.
    """
    grants = Grant.objects.filter(file=OuterRef("pk"))
    wanted: Combinable | Q = Exists(grants.filter(key__retired_at__isnull=False)) | Exists(
        grants.filter(staff__is_active=False)
    )
    for person in focal_point_ids(society):
        good = grants.filter(TO_PRESENT_KEY, staff=person)
        wanted |= Q(kind__in=OF_FOCAL_POINTS) & ~Exists(good)
    return (
        File.objects.filter(wanted, society=society, erasing_since=None)
        .exclude(kind__in=UNTOLD_KINDS)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def files_to_reseal(society: UUID) -> int:
    """Return how many files wait to be sealed anew."""
    return int(reseal_queue(society).count())


def files_with_leavers(society: UUID) -> dict[str, int]:
    """Return, by kind of file, how many are still granted to somebody who left: two others must hold each first."""
    rows = Grant.objects.filter(file__society=society, staff__is_active=False, file__erasing_since=None)
    rows = rows.exclude(file__kind__in=UNTOLD_KINDS)
    counted = rows.order_by().values("file__kind").annotate(number=Count("file", distinct=True))
    return {row["file__kind"]: row["number"] for row in counted}


def regrant_chunk(*, keys: Keyring, at: datetime, size: int = AT_ONCE) -> Progress:
    """Bring up to ``size`` files in order; returns how far it is. Only a holder's session can do it."""
    society = keys.staff.society_id
    seal_society_keys(keys=keys)
    wanted = list(reseal_queue(society))
    done = closed = 0
    for file, secret in _openable(keys, wanted):
        if done >= size:
            break
        if secret is None or not _reseal(keys, file, secret, at):
            closed += 1
        else:
            done += 1
            crash_point("rotation: file done")
    if done:
        audit.record(event=events.RESEALED, by=keys.staff, at=at, facts={"files": done})
    return Progress(done, len(wanted) - done, closed)


def reseal_untold(*, keys: Keyring, at: datetime, size: int) -> None:
    """Seal what few read and she does to the recovery key in force, a few at a time. Nothing is counted."""
    rows = Grant.objects.filter(
        file__society=keys.staff.society_id,
        file__kind__in=UNTOLD_KINDS,
        file__erasing_since=None,
        file__in=Grant.objects.filter(staff=keys.staff.pk).values("file"),
        key__retired_at__isnull=False,
    )
    for old in rows.select_related("key")[:size]:
        with suppress(DoesNotOpen), transaction.atomic():
            _reseal_to_new_generation(keys, old, keys.secret(old.file_id), at)


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
    moved = [_reseal_to_new_generation(keys, old, secret, at) for old in olds]
    if File.objects.filter(pk=file, kind__in=OF_FOCAL_POINTS).exists():
        for person in StaffKey.objects.filter(
            staff__in=focal_point_ids(keys.staff.society_id)
        ).select_related("staff"):
            _to_focal_point(keys, file, person, secret, at)
    return _without_leavers(file) and all(moved)


def _reseal_to_new_generation(keys: Keyring, old: Grant, secret: bytes, at: datetime) -> bool:
    if old.key is None:
        return True
    new = current_key(old.key.society_id, old.key.kind, old.key.line)
    if new is None or not _acceptable(keys, new):
        return False
    sealed = seal(bytes(new.public), secret, "grant", old.file_id, new.pk)
    made, _ = Grant.objects.update_or_create(file_id=old.file_id, key=new, defaults={"sealed": sealed})
    crash_point("rotation: new seal written")
    if not _opens_again(keys, new, made, secret):
        return False
    crash_point("rotation: new seal checked")
    old.delete()
    crash_point("rotation: old seal dropped")
    return True


def _acceptable(keys: Keyring, key: SocietyKey) -> bool:
    # A generation that somebody slipped into the table, or brought back, must not receive a single secret.
    return keys.signed_by_society(key) and not keys.older_than_seen(key, key.kind, key.line)


def _opens_again(keys: Keyring, key: SocietyKey, made: Grant, secret: bytes) -> bool:
    kept = bytes(Grant.objects.values_list("sealed", flat=True).get(pk=made.pk))
    if key.kind == KeyKind.RECOVERY:
        # By design nobody here can open it: all that can be checked is that it is unchanged.
        # `./panah recover --try` opens it with two shares.
        return kept == bytes(made.sealed)
    private = next((held.private for held in keys.held() if held.id == key.pk), None)
    if private is None:
        # Whoever does not hold the new key (another's duty) leaves the old seal in place.
        return False
    try:
        return private.open(kept, "grant", made.file_id, key.pk) == secret
    except DoesNotOpen:
        return False


def _to_focal_point(keys: Keyring, file: UUID, person: StaffKey, secret: bytes, at: datetime) -> None:
    if Grant.objects.filter(file=file, staff=person.staff_id, sealed_to=person.mark).exists():
        return
    try:
        keys.must_trust(person)
        must_lead(keys, [person])
    except Refusal:
        # Whom the society did not admit and name gets nothing; the others' files are sealed all the same.
        return
    sealed = seal(bytes(person.public), secret, "grant", file, person.staff_id)
    Grant.objects.update_or_create(
        file_id=file, staff_id=person.staff_id, defaults={"sealed": sealed, "sealed_to": person.mark}
    )


def _without_leavers(file: UUID) -> bool:
    gone = Grant.objects.filter(file=file, staff__is_active=False)
    if not gone.exists():
        return True
    for leaver in set(gone.values_list("staff", flat=True)):
        drop_grants(staff=leaver, files=[file])
    return not gone.exists()


def drop_grants(*, staff: UUID, files: list[UUID] | None = None, keep: set[UUID] | None = None) -> int:
    """Drop a colleague's own grants wherever two others can open the file; returns how many. Needs no key.

    A duty key in force (a line's, not R) counts like two others. ``files`` looks at these only, ``keep`` spares some.
    Complaints are left out: their readers pass on what was due with them before they take the grant.
    """
    others = (
        Grant.objects.filter(
            TO_PRESENT_KEY,
            file=OuterRef("file"),
            staff__is_active=True,
            staff__vault_key__admitted_at__isnull=False,
        )
        .exclude(staff=staff)
        .order_by()
        .values("file")
        .annotate(number=Count("pk"))
        .values("number")
    )
    by_key = Grant.objects.filter(file=OuterRef("file"), key__isnull=False, key__retired_at=None)
    rows = Grant.objects.filter(staff=staff).exclude(file__kind=FileKind.COMPLAINT)
    if files is not None:
        rows = rows.filter(file__in=files)
    rows = rows.annotate(
        others=Coalesce(Subquery(others), 0), by_key=Exists(by_key.exclude(key__kind=KeyKind.RECOVERY))
    ).filter(Q(others__gte=NEEDED) | Q(by_key=True))
    spared = keep or set()
    doomed = [pk for pk, file in rows.values_list("pk", "file") if file not in spared]
    for start in range(0, len(doomed), AT_ONCE):
        Grant.objects.filter(pk__in=doomed[start : start + AT_ONCE]).delete()
    return len(doomed)


def seal_society_keys(*, keys: Keyring) -> int:
    """Seal the society's keys that this colleague holds to the recovery key in force; returns how many were behind."""
    recovery = keys.society_key(KeyKind.RECOVERY)
    if recovery is None:
        return 0
    seeds = {held.id: held.seed for held in keys.held()}
    done = 0
    for key in _behind(recovery):
        if key.pk in seeds:
            what = ("society key", key.society_id, key.kind, key.line or "", key.generation, "recovery")
            key.to_recovery = seal(bytes(recovery.public), seeds[key.pk], *what)
            key.recovery_generation = recovery.generation
            key.save(update_fields=["to_recovery", "recovery_generation"])
            done += 1
    return done


def _behind(recovery: SocietyKey) -> QuerySet[SocietyKey]:
    rows = SocietyKey.objects.filter(
        society=recovery.society_id, recovery_generation__lt=recovery.generation, waits=False
    )
    return rows.exclude(kind=KeyKind.RECOVERY)


def behind_recovery(society: UUID) -> tuple[int, int]:
    """Return how many society keys and how many files still lie under a recovery key that was replaced.

    Without what few may know of: nobody learns how many there are, and each reader's sign-in seals hers anew.
    """
    recovery = current_key(society, KeyKind.RECOVERY)
    if recovery is None or recovery.generation == 1:
        return 0, 0
    old = Grant.objects.filter(
        file__society=society, key__kind=KeyKind.RECOVERY, key__retired_at__isnull=False
    ).exclude(file__kind__in=UNTOLD_KINDS)
    return int(_behind(recovery).count()), int(old.count())
