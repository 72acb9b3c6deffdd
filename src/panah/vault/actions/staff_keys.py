"""A colleague's own key: invitation, passphrase, printed code."""

from __future__ import annotations

import os
import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.accounts.actions import forget_devices
from panah.audit import actions as audit
from panah.foundation import tenancy
from panah.foundation.errors import Refusal
from panah.vault import events, second_factor, signing_key_chain
from panah.vault.actions import sign_in_attempts
from panah.vault.actions.ceremony import signing_seed
from panah.sign_in.actions.sessions import CheckedPassphrase, check_passphrase, end_vaults, open_vault
from panah.vault.actions.two_people import NEW_KEY, decided_by_two, use_up
from panah.vault.keyring import Keyring
from panah.vault.models import Grant, Invitation, StaffKey
from panah.vault.passphrases import from_code, from_passphrase, tidy
from panah.vault.pin_record import WITH, PinRecord, close
from panah.vault.queries import invited, token_hash
from panah.vault.seals import Private, lock

if TYPE_CHECKING:
    from panah.accounts.models import Staff

INVITED_FOR = timedelta(days=7)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@transaction.atomic
def invite(*, staff: Staff, at: datetime) -> str:
    """Return a one-time token for a colleague without a key; older invitations end."""
    if StaffKey.objects.filter(staff=staff).exists():
        raise Refusal(_("This colleague already has a key."), code="has-key")
    return new_invitation(staff, at)


def new_invitation(staff: Staff, at: datetime) -> str:
    """Return a new one-time token; whoever calls this has checked who may."""
    Invitation.objects.filter(staff=staff, used_at=None, expires_at__gt=at).update(expires_at=at)
    token = secrets.token_urlsafe(24)
    Invitation.objects.create(
        staff=staff, token_hash=token_hash(token), made_at=at, expires_at=at + INVITED_FOR
    )
    return token


@transaction.atomic
def make_staff_key(
    *, staff: Staff, passphrase: str, code: str, at: datetime, token: str | None = None
) -> None:
    """Make the colleague's key pair, wrapped under her passphrase and under her printed code.

    Neither is kept anywhere; the key opens nothing until a focal point admits it.
    """
    _long_enough(passphrase)
    if StaffKey.objects.filter(staff=staff).exists():
        raise Refusal(_("This colleague already has a key."), code="has-key")
    if token is not None:
        _use_up(token, staff, at)
    private = Private.new()
    StaffKey.objects.create(
        staff=staff,
        public=private.public,
        vouches=signing_key_chain.voucher_public(private.seed),
        made_at=at,
        pins=close(PinRecord(), seed=private.seed, staff=staff.pk),
        **_slots(staff, private, passphrase, code),
    )
    audit.record(event=events.KEY_MADE, by=staff, at=at)


def _long_enough(passphrase: str) -> None:
    if len(tidy(passphrase).split()) < 6 or len(tidy(passphrase)) < 24:
        raise Refusal(_("A passphrase has at least six words."), code="passphrase-too-short")


def _use_up(token: str, staff: Staff, at: datetime) -> None:
    # The update is the claim: of two who open the same link at once, one is refused.
    good = Invitation.objects.filter(
        token_hash=token_hash(token), staff=staff, used_at=None, expires_at__gt=at
    )
    if not good.update(used_at=at):
        raise Refusal(
            _("This invitation has been used or has ended."),
            next_step=_("Ask the focal point who sent it for a new one."),
            code="invitation-used",
        )


@transaction.atomic
def join(
    *, token: str, passphrase: str, code: str, secret: str, digits: str, at: datetime
) -> CheckedPassphrase:
    """Accept an invitation: make the key and the code app's secret in one step; returns the opened key.

    ``secret`` and ``digits`` are the new code app's; digits that do not fit refuse and use nothing up.
    """
    invitation = invited(token, at=at)
    if invitation is None:
        raise Refusal(
            _("This invitation has been used or has ended."),
            next_step=_("Ask the focal point who sent it for a new one."),
            code="invitation-used",
        )
    app_fits(secret, digits)
    staff = invitation.staff
    if StaffKey.objects.filter(staff=staff).exists():
        # Someone who has a key was invited to a new code app: only her passphrase lets her set it up.
        raise Refusal(_("This colleague already has a key."), code="has-key")
    with tenancy.tenant_context(staff.society_id):
        make_staff_key(staff=staff, passphrase=passphrase, code=code, at=at, token=token)
        keep_app(staff, secret, digits, at)
    # She holds the link: what strangers type at the door must not keep a newcomer out.
    bucket = sign_in_attempts.of_invitation(token)
    return check_passphrase(username=staff.username, passphrase=code, at=at, with_code=True, bucket=bucket)


def new_code_app(*, token: str, passphrase: str, secret: str, digits: str, at: datetime) -> CheckedPassphrase:
    """Set up a new code app for a colleague who lost hers: a focal point's link and her passphrase together."""
    invitation = invited(token, at=at)
    if invitation is None:
        raise Refusal(_("This invitation has been used or has ended."), code="invitation-used")
    app_fits(secret, digits)
    # Outside any transaction: a wrong passphrase must stay counted.
    bucket = sign_in_attempts.of_invitation(token)
    opened = check_passphrase(username=invitation.staff.username, passphrase=passphrase, at=at, bucket=bucket)
    with tenancy.tenant_context(invitation.staff.society_id), transaction.atomic():
        _use_up(token, invitation.staff, at)
        keep_app(invitation.staff, secret, digits, at)
        audit.record(event=events.NEW_APP, by=invitation.staff, at=at)
    return opened


def app_fits(secret: str, digits: str) -> None:
    """Refuse digits that a new code app would not show now."""
    if not second_factor.fits(secret, digits):
        raise Refusal(
            _("These six digits do not fit."),
            next_step=_("Wait for the next six in the app. Check that the telephone shows the right time."),
            code="wrong-digits",
        )


def keep_app(staff: Staff, secret: str, digits: str, at: datetime) -> None:
    """Keep a code app whose digits fit."""
    second_factor.activate(staff, secret)
    # What confirmed the app is used up: it signs nobody in a moment later.
    second_factor.check(staff, digits, at=at)


@transaction.atomic
def invite_again(*, keys: Keyring, staff: Staff, at: datetime) -> str:
    """Return a link by which a colleague who has a key sets up a new code app. Only a focal point can."""
    signing_seed(keys)
    _same_society(keys, staff)
    return new_invitation(staff, at)


@transaction.atomic
def begin_again(*, keys: Keyring, staff: Staff, at: datetime) -> str:
    """Let a colleague who lost passphrase and printed code make a new key; returns a new invitation.

    Her old key goes. What she could open waits: after a focal point has admitted the new key, everything
    that the focal point can open is sealed to it again, but for complaints and threats. For a focal point and a reader
    of complaints two people decide it.
    """
    signing_seed(keys)
    _same_society(keys, staff)
    if staff.pk == keys.staff.pk:
        raise Refusal(
            _("You cannot do this for yourself."),
            next_step=_("Ask the other focal point."),
            code="not-oneself",
        )
    if decided_by_two(staff):
        use_up(keys=keys, act=NEW_KEY, staff=staff, at=at)
    end_key(staff)
    second_factor.drop(staff)
    audit.record(event=events.BEGAN_AGAIN, by=keys.staff, at=at, facts={"whom": str(staff.pk)})
    return new_invitation(staff, at)


def end_key(staff: Staff) -> None:
    """End a colleague's key and lock what it has open.

    What is sealed to it counts as lost, also when a clock that went back dates her next key before it.
    """
    StaffKey.objects.filter(staff=staff).delete()
    Grant.objects.filter(staff=staff).update(since=LONG_AGO)
    end_vaults(staff)
    forget_devices(staff)


def _same_society(keys: Keyring, staff: Staff) -> None:
    if staff.society_id != keys.staff.society_id:
        raise Refusal(_("This colleague works for another society."), code="other-society")


def _slots(staff: Staff, private: Private, passphrase: str, code: str) -> dict[str, bytes]:
    salt, code_salt = os.urandom(16), os.urandom(16)
    by_words = from_passphrase(passphrase, salt=salt, staff=staff.pk)
    by_code = from_code(code, salt=code_salt, staff=staff.pk)
    return {
        "salt": salt,
        "verifier": by_words.verifier,
        "wrapped": lock(by_words.kek, private.seed, WITH, "passphrase", staff.pk),
        "code_salt": code_salt,
        "code_verifier": by_code.verifier,
        "code_wrapped": lock(by_code.kek, private.seed, WITH, "code", staff.pk),
    }


@transaction.atomic
def new_passphrase_for(
    *, keys: Keyring, passphrase: str, code: str, at: datetime, session_key: str | None = None
) -> bytes:
    """Wrap the same key under a new passphrase and a new printed code; the old ones end.

    Every open vault of hers locks, but for the sign-in named by ``session_key``: its new secret is returned.
    """
    _long_enough(passphrase)
    record = close(keys.record, seed=keys.private.seed, staff=keys.staff.pk)
    slots = _slots(keys.staff, keys.private, passphrase, code)
    StaffKey.objects.filter(staff=keys.staff).update(pins=record, **slots)
    # Whoever knew the old one is out: every other open vault of hers locks.
    end_vaults(keys.staff)
    audit.record(event=events.PASSPHRASE_CHANGED, by=keys.staff, at=at)
    opened = CheckedPassphrase(keys.staff, keys.private.seed)
    return open_vault(opened=opened, session_key=session_key, at=at) if session_key else b""
