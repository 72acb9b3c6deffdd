"""Opening and locking the vault. One derivation checks the passphrase and opens the key."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import staff_by_username
from panah.ground.accounts.sessions import hashed
from panah.ground.audit import actions as audit
from panah.ground.foundation import retention, tenancy
from panah.ground.foundation.compiled_queries import prepared
from panah.ground.sign_in import events, second_factor
from panah.ground.sign_in.actions import sign_in_attempts
from panah.ground.sign_in.actions.sign_in_attempts import Bucket, NotSignedIn
from panah.ground.sign_in.models import PendingSignIn, SignInAttempt, VaultSession
from panah.ground.vault import pin_record, seals, search
from panah.ground.vault.actions import shares
from panah.ground.vault.actions.staff_keys import OpenedKey, open_staff_key, pins_at_opening
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.passphrases import derivation_slot
from panah.ground.vault.seals import DoesNotOpen, Private, derive, lock

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

CALL_KEEPS_OPEN = timedelta(minutes=10)
CLOCKS_DIFFER = timedelta(minutes=5)
PASSKEY = "passkey"
_NOBODY = tenancy.NO_TENANT


@dataclass(frozen=True)
class CheckedPassphrase(OpenedKey):
    """A checked passphrase (or printed code): the staff and her key, not yet an open vault."""

    # By what the second step was done: app, recovery or passkey.
    news: str = ""
    # Where its tries were counted: they are forgotten once she is in.
    bucket: Bucket | None = None


@dataclass(frozen=True)
class Pending:
    """A right passphrase of somebody who has a passkey: nothing is open before the second factor."""

    opened: CheckedPassphrase


def check_passphrase(
    *, username: str, passphrase: str, at: datetime, with_code: bool = False, bucket: Bucket | None = None
) -> CheckedPassphrase:
    """Check a passphrase (or the printed code) and return the opened key, or refuse.

    Unknown names cost the same derivation. After five failures the bucket waits, longer each time: her own sign-in or
    her link where one is given, so that a stranger who types her name at the door cannot keep her out; else the name.
    """
    bucket = bucket or sign_in_attempts.of_name(username)
    sign_in_attempts.claim(bucket, at=at)
    staff, opened = _derive(username, passphrase, with_code=with_code)
    if opened is None:
        raise _refused(staff, at)
    sign_in_attempts.give_back(bucket)
    return replace(opened, bucket=bucket)


def sign_in(
    *, username: str, passphrase: str, digits: str, at: datetime, bucket: Bucket | None = None
) -> CheckedPassphrase:
    """Check name, passphrase and the code together, or refuse."""
    bucket = bucket or sign_in_attempts.of_name(username)
    begun = begin_sign_in(username=username, passphrase=passphrase, digits=digits, at=at, bucket=bucket)
    if isinstance(begun, Pending):
        sign_in_attempts.claim(bucket, at=at)
        raise _refused(begun.opened.staff, at)
    return begun


def begin_sign_in(
    *,
    username: str,
    passphrase: str,
    digits: str,
    at: datetime,
    with_code: bool = False,
    bucket: Bucket | None = None,
) -> CheckedPassphrase | Pending:
    """Check name, passphrase (or the printed code) and the code (of the app, or a recovery code), or refuse.

    Whatever is wrong, the answer is the same and the same work was done: one derivation, codes compared, passkeys
    looked up, one failure written. A code is used up only when the passphrase fits. Without a code, somebody who
    has a passkey is asked for it next: Pending. Tries count in ``bucket``, else against the name.
    """
    bucket = bucket or sign_in_attempts.of_name(username)
    sign_in_attempts.refuse_if_waiting(bucket, at=at)
    with derivation_slot(known=bucket.known_device):
        sign_in_attempts.claim(bucket, at=at)
        staff, opened = _derive(username, passphrase, with_code=with_code)
    known = staff if opened is not None else None
    fits = second_factor.check(known, digits, at=at)
    has_passkey = second_factor.has_passkey(known)
    if opened is not None and fits:
        return _used(opened, fits, bucket, at)
    if opened is not None and has_passkey and not digits.strip():
        sign_in_attempts.give_back(bucket)
        return Pending(opened)
    raise _refused(staff, at)


def second_step(
    *, pending: Pending, digits: str = "", passkey: bool = False, at: datetime, bucket: Bucket | None = None
) -> CheckedPassphrase:
    """Finish a sign-in whose passphrase was right, by a code or by a passkey that was checked; or refuse and count."""
    staff = pending.opened.staff
    bucket = bucket or sign_in_attempts.of_name(staff.username)
    sign_in_attempts.claim(bucket, at=at)
    fits = PASSKEY if passkey else second_factor.check(staff, digits, at=at)
    if not fits:
        _refused(staff, at)
        raise NotSignedIn(
            _("This passkey or code doesn’t match."),
            next_step=_("Try once more. Wait for fresh digits, and use each recovery code once."),
            code="wrong-second-step",
        )
    return _used(pending.opened, fits, bucket, at)


def _used(opened: CheckedPassphrase, factor: str, bucket: Bucket, at: datetime) -> CheckedPassphrase:
    sign_in_attempts.give_back(bucket)
    if factor == second_factor.RECOVERY:
        with tenancy.tenant_context(opened.staff.society_id):
            audit.record(event=events.CODE_USED, by=opened.staff, at=at)
    return replace(opened, news=factor, bucket=bucket)


def _derive(
    username: str, passphrase: str, *, with_code: bool
) -> tuple[Staff | None, CheckedPassphrase | None]:
    staff = staff_by_username(username)
    # An unknown name costs the same as a known one.
    opened = open_staff_key(staff=staff, passphrase=passphrase, with_code=with_code)
    return staff, CheckedPassphrase(**vars(opened)) if opened else None


@transaction.atomic
def _refused(staff: Staff | None, at: datetime) -> NotSignedIn:
    # Nobody is signed in yet: the name says whose journal it is.
    with tenancy.tenant_context(staff.society_id if staff is not None else _NOBODY):
        if staff is not None:
            audit.record(event=events.SIGN_IN_FAILED, by=staff, at=at)
        else:
            _write_and_take_back(at)
    return NotSignedIn(
        _("Name, words or digits don’t match."),
        next_step=_("Check the name, the six words and the six digits. Wait for fresh digits."),
        code="wrong-sign-in",
    )


def _write_and_take_back(at: datetime) -> None:
    # A refused sign-in under a known name is journalled. The same writing is done and taken back for an
    # unknown one: neither does the time tell which names exist, nor can strangers fill the journal.
    audit.begin_journal(_NOBODY)
    try:
        with transaction.atomic():
            audit.record(event=events.SIGN_IN_FAILED, by=None, society=_NOBODY, at=at)
            raise _TakenBack  # noqa: TRY301  it takes the write back, which is the point
    except _TakenBack:
        pass


class _TakenBack(Exception):
    pass


def open_vault(*, opened: CheckedPassphrase, session_key: str, at: datetime) -> bytes:
    """Make the vault session of a signed-in colleague and return the cookie's 32-byte secret.

    Refuses with PinGone, and journals it, when her memory of the society's keys was taken away or set back.
    """
    try:
        with transaction.atomic():
            return _open(opened, session_key, at)
    except pin_record.PinGone:
        audit.record(event=events.PIN_GONE, by=opened.staff, at=at)
        raise


def _open(opened: CheckedPassphrase, session_key: str, at: datetime) -> bytes:
    record = pins_at_opening(opened=opened, at=at)
    # What was typed elsewhere stays counted: that she came in must not tell strangers that their tries begin anew.
    sign_in_attempts.forget(
        sign_in_attempts.of_sign_in(opened.staff), *([opened.bucket] if opened.bucket else [])
    )
    VaultSession.objects.filter(staff_key=opened.staff.pk, seen_at__lt=at - retention.SIGN_IN.period).delete()
    secret = os.urandom(32)
    session = hashed(session_key)
    VaultSession.objects.create(
        id=_session_id(secret),
        staff_key_id=opened.staff.pk,
        session=session,
        opened_at=at,
        seen_at=at,
        # How far her pins are goes with the key: taking them away or setting them back ends this vault.
        wrapped=lock(
            derive(secret, "session"),
            opened.seed + record.count.to_bytes(8, "big"),
            "session",
            opened.staff.pk,
            session,
        ),
    )
    audit.record(event=events.SIGNED_IN, by=opened.staff, at=at)
    return secret


def reopen_vault(*, staff: Staff, passphrase: str, session_key: str, at: datetime) -> bytes:
    """Open the vault of someone who is signed in; returns the cookie's secret, or refuses."""
    try:
        opened = check_passphrase(
            username=staff.username, passphrase=passphrase, at=at, bucket=sign_in_attempts.of_sign_in(staff)
        )
    except NotSignedIn as refusal:
        if refusal.code == "wait":
            raise
        raise NotSignedIn(
            _("These are not your six words."),
            next_step=_("Check them on your paper and type them once more."),
            code="wrong-passphrase",
        ) from None
    return open_vault(opened=opened, session_key=session_key, at=at)


def _session_id(secret: bytes) -> bytes:
    return hashlib.sha256(b"panah vault session" + secret).digest()


def keyring_for(
    *, staff: Staff, secret: bytes, session_key: str, at: datetime, quiet: bool = False
) -> Keyring | None:
    """Return the open vault of a request, or None when it is locked, idle too long, or not hers."""
    # Before it is looked whether it is open: a lock that comes between is later than this.
    made = monotonic()
    found = _vault_sessions(session=_session_id(secret), staff=staff.pk)
    row = found[0] if found else None
    if row is None or row.session != hashed(session_key) or locks_at(row) <= at:
        return None
    if row.seen_at - at > CLOCKS_DIFFER:
        # The clock went back: what was seen "tomorrow" would stay open until then.
        return None
    try:
        plain = seals.unlock(derive(secret, "session"), bytes(row.wrapped), "session", staff.pk, row.session)
    except DoesNotOpen:
        return None
    # One write a minute at most: an idle clock needs no more.
    if not quiet and at - row.seen_at > timedelta(minutes=1):
        VaultSession.objects.filter(pk=row.pk).update(seen_at=at)
        row.seen_at = at
    return Keyring(
        staff=staff,
        private=Private(plain[:32]),
        open_until=locks_at(row),
        pins_from=int.from_bytes(plain[32:], "big"),
        made=made,
    )


@prepared
def _vault_sessions(session: bytes, staff: UUID) -> QuerySet[VaultSession]:
    return VaultSession.objects.filter(pk=session, staff_key=staff)


def locks_at(row: VaultSession) -> datetime:
    """Return when an open vault locks by itself: idle time, or ten minutes after a call's last sign."""
    idle = row.seen_at + timedelta(minutes=settings.PANAH_VAULT_IDLE_MINUTES)
    return max(idle, row.call_until) if row.call_until else idle


def sign_of_life(*, secret: bytes, staff: Staff, at: datetime) -> None:
    """Keep the vault open for an open call: listening is not idling."""
    VaultSession.objects.filter(pk=_session_id(secret), staff_key=staff.pk).update(
        seen_at=at, call_until=at + CALL_KEEPS_OPEN
    )


def in_a_call(*, staff: Staff, secret: bytes | None, at: datetime) -> bool:
    """Say whether a page of a call has given a sign of life to this open vault within ten minutes."""
    rows = VaultSession.objects.filter(staff_key=staff.pk, call_until__gt=at)
    return secret is not None and rows.filter(pk=_session_id(secret)).exists()


def end_vaults(staff: Staff) -> None:
    """End every open vault of a colleague, and every sign-in of hers that waits for its second step."""
    VaultSession.objects.filter(staff_key=staff.pk).delete()
    _forget_cards(staff)
    PendingSignIn.objects.filter(staff_key=staff.pk).delete()


def _forget_cards(staff: Staff) -> None:
    """Drop her unlocked cards: those of this process at once, those of the one that holds them when the lock stands.

    Not before: who asks until then finds the vault open, and nobody who writes waits for its answer.
    """
    search.forget_here(staff)
    transaction.on_commit(partial(search.forget, staff))


@transaction.atomic
def lock_vault(*, staff: Staff, secret: bytes | None, at: datetime) -> None:
    """Lock this vault session, or all of a colleague's when no secret is given."""
    rows = VaultSession.objects.filter(staff_key=staff.pk)
    if secret is not None:
        rows = rows.filter(pk=_session_id(secret))
    _forget_cards(staff)
    if rows.delete()[0]:
        audit.record(event=events.LOCKED, by=staff, at=at)


def sweep_sessions(*, at: datetime) -> int:
    """Delete vault sessions locked for a day, failures as old, sign-ins without a second step; returns how many.

    Of one that has locked by itself the key goes at once: its cookie, and a copy of its row, open nothing any more.
    """
    old, idle = at - retention.SIGN_IN.period, at - timedelta(minutes=settings.PANAH_VAULT_IDLE_MINUTES)
    locked = VaultSession.objects.filter(seen_at__lte=idle).exclude(call_until__gt=at)
    locked.exclude(wrapped=b"").update(wrapped=b"")
    PendingSignIn.objects.filter(expires_at__lt=at).delete()
    gone = VaultSession.objects.filter(seen_at__lt=old).delete()[0]
    return gone + SignInAttempt.objects.filter(last_at__lt=old).delete()[0]


def sweep_ceremonies(*, at: datetime) -> int:
    """Drop the unfinished ceremonies of focal points whose vault has not been open for an hour; returns how many."""
    open_now = VaultSession.objects.filter(seen_at__gt=at - shares.LASTS).values_list("staff_key", flat=True)
    return shares.drop_ceremonies(exclude=set(open_now))
