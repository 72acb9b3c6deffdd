"""When keys are lost: two shares make the recovery key R again; with it a new focal point gets everything R opens.

R exists only in the memory of the process that asked for the shares, for as long as that takes.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from shamir_mnemonic import MnemonicError, combine_mnemonics

from panah.ground.accounts import actions as accounts
from panah.ground.accounts.roles import Permission, may
from panah.ground.approvals import actions as approvals
from panah.ground.approvals import queries as approvals_queries
from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import events
from panah.ground.vault.actions.ceremony import _hold, _make_key, _sign_and_admit
from panah.ground.vault.actions.focal_point_attestations import attest_focal_point
from panah.ground.vault.actions.rows_watch import put_rows_right
from panah.ground.vault.actions.staff_keys import end_key
from panah.ground.vault.actions.two_people import what_was_asked
from panah.ground.vault.crash_points import crash_point
from panah.ground.vault.models import TO_PRESENT_KEY, File, Grant, KeyHeld, SocietyKey, StaffKey
from panah.ground.vault.passphrases import tidy
from panah.ground.vault.seals import DoesNotOpen, Private, seal, sign, signing_public
from panah.ground.vault.words import UNTOLD_KINDS, FileKind, KeyKind

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.approvals.models import Request

AT_ONCE = 200
# A contact opens with its line's key, a complaint or a threat stays with those it was told to.
NOT_HERS = (FileKind.CONTACT, *UNTOLD_KINDS)
RENEWED = (KeyKind.INTAKE, KeyKind.SEARCH, KeyKind.FACTS, KeyKind.LINE)


def combine(shares: list[str]) -> Private:
    """Return R from two shares, or refuse. Spaces, line ends and capitals do not matter."""
    try:
        return Private(combine_mnemonics([tidy(share) for share in shares]))
    except (MnemonicError, DoesNotOpen, ValueError, IndexError):
        raise Refusal(
            _("These two shares do not make a recovery key."),
            next_step=_("Check each of the 33 words, and that both papers come from the same ceremony."),
            code="shares-do-not-fit",
        ) from None


def must_be_of(recovery: Private, society: UUID, *, or_before: bool = False) -> SocietyKey:
    """Return the row of this recovery key, or refuse unless it is the society's.

    ``or_before``: one that was replaced will do too, for the files that are not sealed to the new one yet.
    """
    rows = SocietyKey.objects.filter(society=society, kind=KeyKind.RECOVERY)
    rows = rows if or_before else rows.filter(retired_at=None)
    row = next((one for one in rows if bytes(one.public) == recovery.public), None)
    if row is None:
        raise Refusal(
            _("These shares belong to another recovery key."),
            next_step=_("Take the shares of this society's last ceremony."),
            code="other-recovery-key",
        )
    return row


def open_sheet(text: str, *, recovery: Private, societies: list[UUID]) -> dict[str, str]:
    """Return the host's keys from a recovery sheet (typed or as a file), or refuse."""
    letters = "".join(text.split()).upper().rstrip("=")
    try:
        blob = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except binascii.Error:
        blob = b""
    for society in societies:
        try:
            kept: dict[str, str] = json.loads(recovery.open(blob, "host keys", society))
        except DoesNotOpen:
            continue
        return kept
    raise Refusal(
        _("This recovery sheet does not open with these shares."),
        next_step=_("Compare it letter by letter, or take the file that was saved beside it."),
        code="sheet-does-not-open",
    )


def _seed_of(recovery: Private, key: SocietyKey) -> bytes:
    what = ("society key", key.society_id, key.kind, key.line or "", key.generation)
    seed = recovery.open(bytes(key.to_recovery), *what, "recovery")
    public = signing_public(seed) if key.kind == KeyKind.SIGNING else Private(seed).public
    if public != bytes(key.public):
        raise DoesNotOpen
    return seed


@transaction.atomic
def drop_key(*, recovery: Private, staff: Staff, at: datetime) -> None:
    """Take away a focal point's key whose words and printed code are lost, so that she can make a new one."""
    must_be_of(recovery, staff.society_id)
    end_key(staff)
    audit.record(
        event=events.BEGAN_AGAIN_BY_R, by=None, society=staff.society_id, at=at, facts={"whom": str(staff.pk)}
    )


@transaction.atomic
def let_in(*, recovery: Private, staff: Staff, compared: str, at: datetime) -> int:
    """Admit a focal point's new key with R and give her every society key; returns how many. Safe to repeat.

    ``compared`` are the six words her own page shows for her key. The duty keys get a new generation: whoever had
    lost theirs to someone else is not followed into the future.
    """
    from panah.ground.vault.queries import fingerprint

    now = must_be_of(recovery, staff.society_id)
    person = StaffKey.objects.select_related("staff").filter(staff=staff).first()
    if person is None or not may(staff, Permission.VAULT_LEAD):
        raise Refusal(
            _("This colleague is not a focal point, or has no key yet."),
            next_step=_("Invite a focal point first, who opens the link and makes six words."),
            code="no-key",
        )
    if tidy(compared) != fingerprint(bytes(person.public)):
        raise Refusal(
            _("These are not the six words of the key that lies here."),
            next_step=_("Let them be read once more, from the colleague’s first page."),
            code="words-differ",
        )
    seeds = {
        key: _seed_of(recovery, key)
        for key in SocietyKey.objects.filter(
            society=staff.society_id, waits=False, recovery_generation=now.generation
        ).exclude(kind=KeyKind.RECOVERY)
    }
    signing = next(
        seed for key, seed in seeds.items() if key.kind == KeyKind.SIGNING and key.retired_at is None
    )
    _name(person, signing, at)
    crash_point("recovery: key admitted")
    for key, seed in seeds.items():
        _hold(key, seed, person, at)
    crash_point("recovery: keys given")
    renewed = _renew(recovery, list(seeds), signing, at)
    audit.record(
        event=events.RECOVERED,
        by=None,
        society=staff.society_id,
        at=at,
        facts={"whom": str(staff.pk), "keys": len(seeds), "renewed": renewed},
    )
    return len(seeds) + renewed


def _name(person: StaffKey, signing: bytes, at: datetime) -> None:
    _sign_and_admit(person, signing, at)
    attest_focal_point(society=person.staff.society_id, staff=person.staff_id, signing_seed=signing)
    accounts.count_roles_anew(staff=person.staff, at=at)


def approve_by_shares(*, recovery: Private, request: Request, at: datetime) -> None:
    """Let two shares stand in for one of two focal points in what they decide, and end its waiting time."""
    must_be_of(recovery, request.society_id)
    put_rows_right(society=request.society_id, subjects=approvals_queries.rows_of(request), at=at)
    signing = SocietyKey.objects.get(
        society=request.society_id, kind=KeyKind.SIGNING, retired_at=None, waits=False
    )
    proof = sign(_seed_of(recovery, signing), "approved by shares", *what_was_asked(request))
    approvals.approve_by_shares(request=request, at=at, proof=proof)


def _renew(recovery: Private, known: list[SocietyKey], signing: bytes, at: datetime) -> int:
    renewed = [key for key in known if key.kind in RENEWED and key.retired_at is None]
    for old in renewed:
        made, seed = _make_key(
            old.society_id,
            old.kind,
            old.line,
            os.urandom(32),
            recovery.public,
            signing,
            at,
            old.generation + 1,
        )
        old.retired_at = at
        old.save(update_fields=["retired_at"])
        holders = KeyHeld.objects.filter(key=old, staff__is_active=True).values("staff")
        for person in StaffKey.objects.filter(staff__in=holders, admitted_at__isnull=False):
            _hold(made, seed, person, at)
    return len(renewed)


def files_to_grant(staff: Staff) -> QuerySet[File, UUID]:
    """Return the files she should open and does not yet, as a queryset of ids."""
    hers = Grant.objects.filter(file=OuterRef("pk"), staff=staff).filter(TO_PRESENT_KEY)
    rows = File.objects.filter(~Exists(hers), society=staff.society_id, erasing_since=None)
    return rows.exclude(kind__in=NOT_HERS).order_by("pk").values_list("pk", flat=True)


def grant_chunk(*, recovery: Private, staff: Staff, at: datetime, size: int = AT_ONCE) -> int:
    """Seal up to ``size`` files to her with R; returns how many were done. 0: everything that R opens is hers."""
    must_be_of(recovery, staff.society_id, or_before=True)
    person = StaffKey.objects.get(staff=staff)
    done = 0
    for file in list(files_to_grant(staff)):
        if done >= size:
            break
        done += _grant_one(recovery, person, file, at)
        crash_point("recovery: some files granted")
    return done


@transaction.atomic
def _grant_one(recovery: Private, person: StaffKey, file: UUID, at: datetime) -> bool:
    for grant in Grant.objects.filter(file=file, key__kind=KeyKind.RECOVERY):
        try:
            secret = recovery.open(bytes(grant.sealed), "grant", file, grant.key_id or "")
        except DoesNotOpen:
            continue
        sealed = seal(bytes(person.public), secret, "grant", file, person.staff_id)
        Grant.objects.update_or_create(
            file_id=file, staff_id=person.staff_id, defaults={"sealed": sealed, "sealed_to": person.mark}
        )
        audit.record(
            event=events.GRANTED,
            by=None,
            society=person.staff.society_id,
            at=at,
            about=file,
            facts={"to": str(person.staff_id)},
        )
        return True
    return False


@dataclass(frozen=True)
class RecoveryTest:
    """What a recovery key opens: society keys and files, and how many of each do not open with it."""

    keys: int
    keys_closed: int
    files: int
    files_closed: int


def try_shares(*, recovery: Private, society: UUID) -> RecoveryTest:
    """Open everything that a recovery key should open, and change nothing: the proof that the papers are good."""
    must_be_of(recovery, society, or_before=True)
    keys = [_key_opens(recovery, key) for key in _keys_of(society)]
    files = [
        _file_opens(recovery, file)
        for file in File.objects.filter(society=society, erasing_since=None).values_list("pk", flat=True)
    ]
    return RecoveryTest(sum(keys), len(keys) - sum(keys), sum(files), len(files) - sum(files))


def _keys_of(society: UUID) -> QuerySet[SocietyKey]:
    return SocietyKey.objects.filter(society=society, waits=False).exclude(kind=KeyKind.RECOVERY)


def _key_opens(recovery: Private, key: SocietyKey) -> bool:
    try:
        return bool(_seed_of(recovery, key))
    except DoesNotOpen:
        return False


def _file_opens(recovery: Private, file: UUID) -> bool:
    for grant in Grant.objects.filter(file=file, key__kind=KeyKind.RECOVERY):
        try:
            recovery.open(bytes(grant.sealed), "grant", file, grant.key_id or "")
        except DoesNotOpen:
            continue
        return True
    return False
