"""Between the right passphrase and the second factor: two minutes in which nothing is open.

The unwrapped key waits in a row, locked under a secret that is only in the cookie, and bound to the session before
the sign-in. The row opens no page and no file; it is used up by the factor that fits.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.sessions import hashed
from panah.ground.sign_in import passkeys
from panah.ground.sign_in.actions.sessions import CheckedPassphrase, Pending, second_step
from panah.ground.sign_in.actions.sign_in_attempts import Bucket, NotSignedIn
from panah.ground.sign_in.models import PendingSignIn
from panah.ground.vault.seals import DoesNotOpen, derive, lock, unlock

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

WAITS = timedelta(minutes=2)
SLOTS = ("passphrase", "code")


@dataclass(frozen=True)
class PendingStep:
    """A sign-in that waits: its row, and what is behind it."""

    row: PendingSignIn = field(repr=False)
    pending: Pending = field(repr=False)

    @property
    def staff(self) -> Staff:
        return self.pending.opened.staff

    @property
    def with_code(self) -> bool:
        """It began with the printed code: new words come next."""
        return self.pending.opened.slot == "code"


def wait_for_second_factor(*, pending: Pending, session_key: str, at: datetime) -> bytes:
    """Keep a right passphrase for two minutes; returns the cookie's 32-byte secret."""
    secret, opened, session = os.urandom(32), pending.opened, hashed(session_key)
    flags = bytes([SLOTS.index(opened.slot), opened.with_pins])
    PendingSignIn.objects.create(
        id=_row_id(secret),
        staff_key_id=opened.staff.pk,
        session=session,
        wrapped=lock(_key(secret), opened.seed + opened.kek + flags, "pending", opened.staff.pk, session),
        expires_at=at + WAITS,
    )
    return secret


def waiting(*, secret: bytes | None, session_key: str | None, at: datetime) -> PendingStep | None:
    """Return the sign-in that waits in this browser, or None when there is none or its two minutes are over."""
    if secret is None or not session_key:
        return None
    row = PendingSignIn.objects.filter(pk=_row_id(secret)).select_related("staff_key__staff").first()
    # Never longer than it may be: a clock that went back must not keep it alive.
    if row is None or not timedelta(0) < row.expires_at - at <= WAITS or not row.staff_key.staff.is_active:
        return None
    session = hashed(session_key)
    try:
        plain = unlock(_key(secret), bytes(row.wrapped), "pending", row.staff_key_id, session)
    except DoesNotOpen:
        return None
    opened = CheckedPassphrase(
        row.staff_key.staff, plain[:32], SLOTS[plain[64]], plain[32:64], bool(plain[65])
    )
    return PendingStep(row, Pending(opened))


def ask_passkey(*, found: PendingStep, host: str) -> dict[str, Any] | None:
    """Return a fresh question for her passkeys, kept with what waits; None when she has none any more."""
    asked, state = passkeys.begin_sign_in(found.staff, host=host)
    PendingSignIn.objects.filter(pk=found.row.pk).update(challenge=dict(state))
    return asked if asked["publicKey"].get("allowCredentials") else None


def finish(
    *, found: PendingStep, host: str, digits: str, answer: str, at: datetime, bucket: Bucket | None = None
) -> CheckedPassphrase:
    """Finish the sign-in by a passkey's answer or by a code, once; or refuse, count it and journal it."""
    fits = bool(answer) and _passkey_fits(found, host, answer, at)
    code = "" if answer else digits
    opened = second_step(pending=found.pending, digits=code, passkey=fits, at=at, bucket=bucket)
    # The deletion is the claim: of two answers at once, one finds nothing left.
    if not PendingSignIn.objects.filter(pk=found.row.pk).delete()[0]:
        raise over()
    return opened


@transaction.atomic
def _passkey_fits(found: PendingStep, host: str, answer: str, at: datetime) -> bool:
    row = PendingSignIn.objects.select_for_update().filter(pk=found.row.pk).first()
    if row is None or not row.challenge:
        return False
    state, row.challenge = row.challenge, {}
    row.save(update_fields=["challenge"])
    return passkeys.fits(found.staff, host=host, state=state, answer=answer, at=at)


def over() -> NotSignedIn:
    """The answer when the two minutes are over, or the sign-in was finished elsewhere."""
    return NotSignedIn(
        _("The two minutes for the second step are over."),
        next_step=_("Type your name and your six words once more."),
        code="second-step-over",
    )


def _row_id(secret: bytes) -> bytes:
    return hashlib.sha256(b"panah pending sign-in" + secret).digest()


def _key(secret: bytes) -> bytes:
    return derive(secret, "pending")
