"""How a colleague comes in: an invitation and her first passphrase, and the ways back for what was lost."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts import actions as accounts
from panah.ground.audit import actions as audit
from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.sign_in import events, second_factor
from panah.ground.sign_in.actions import sign_in_attempts
from panah.ground.sign_in.actions.second_factors import app_fits, keep_app
from panah.ground.sign_in.actions.sessions import CheckedPassphrase, check_passphrase, end_vaults, open_vault
from panah.ground.sign_in.models import Invitation
from panah.ground.sign_in.queries import invited, token_hash
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.queries import has_key

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

INVITED_FOR = timedelta(days=7)


@transaction.atomic
def invite(*, staff: Staff, at: datetime) -> str:
    """Return a one-time token for a colleague without a key; older invitations end."""
    if has_key(staff):
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


def _used() -> Refusal:
    return Refusal(
        _("This invitation has been used or has ended."),
        next_step=_("Ask the focal point who sent it for a new one."),
        code="invitation-used",
    )


def claim_invitation(token: str, staff: Staff, at: datetime) -> None:
    """Use an invitation up, or refuse when it has been used. Of two who open the same link at once, one is refused."""
    good = Invitation.objects.filter(
        token_hash=token_hash(token), staff=staff, used_at=None, expires_at__gt=at
    )
    if not good.update(used_at=at):
        raise _used()


@transaction.atomic
def join(
    *, token: str, passphrase: str, code: str, secret: str, digits: str, at: datetime
) -> CheckedPassphrase:
    """Accept an invitation: make the key and the code app's secret in one step; returns the opened key.

    ``secret`` and ``digits`` are the new code app's; digits that do not fit refuse and use nothing up.
    """
    invitation = invited(token, at=at)
    if invitation is None:
        raise _used()
    app_fits(secret, digits)
    staff = invitation.staff
    if has_key(staff):
        # Someone who has a key was invited to a new code app: only her passphrase lets her set it up.
        raise Refusal(_("This colleague already has a key."), code="has-key")
    with tenancy.tenant_context(staff.society_id):
        claim_invitation(token, staff, at)
        vault.make_staff_key(staff=staff, passphrase=passphrase, code=code, at=at)
        keep_app(staff, secret, digits, at)
    # She holds the link: what strangers type at the door must not keep a newcomer out.
    bucket = sign_in_attempts.of_invitation(token)
    return check_passphrase(username=staff.username, passphrase=code, at=at, with_code=True, bucket=bucket)


def new_code_app(*, token: str, passphrase: str, secret: str, digits: str, at: datetime) -> CheckedPassphrase:
    """Set up a new code app for a colleague who lost hers: a focal point's link and her passphrase together."""
    invitation = invited(token, at=at)
    if invitation is None:
        raise _used()
    app_fits(secret, digits)
    # Outside any transaction: a wrong passphrase must stay counted.
    bucket = sign_in_attempts.of_invitation(token)
    opened = check_passphrase(username=invitation.staff.username, passphrase=passphrase, at=at, bucket=bucket)
    with tenancy.tenant_context(invitation.staff.society_id), transaction.atomic():
        claim_invitation(token, invitation.staff, at)
        keep_app(invitation.staff, secret, digits, at)
        audit.record(event=events.NEW_APP, by=invitation.staff, at=at)
    return opened


@transaction.atomic
def invite_again(*, keys: Keyring, staff: Staff, at: datetime) -> str:
    """Return a link by which a colleague who has a key sets up a new code app. Only a focal point can."""
    vault.must_manage_keys(keys, staff)
    return new_invitation(staff, at)


@transaction.atomic
def begin_again(*, keys: Keyring, staff: Staff, at: datetime) -> str:
    """Let a colleague who lost passphrase and printed code make a new key; returns a new invitation.

    Her old key goes, and every second factor with it; see ``vault.drop_staff_key`` for who may decide this.
    """
    vault.drop_staff_key(keys=keys, staff=staff, at=at)
    second_factor.drop(staff)
    return new_invitation(staff, at)


@transaction.atomic
def new_passphrase_for(
    *, keys: Keyring, passphrase: str, code: str, at: datetime, session_key: str | None = None
) -> bytes:
    """Wrap the same key under a new passphrase and a new printed code; the old ones end.

    Every sign-in of hers ends, but for the one named by ``session_key``: its new secret is returned.
    """
    vault.rewrap_staff_key(keys=keys, passphrase=passphrase, code=code, at=at)
    # Whoever knew the old one is out.
    end_vaults(keys.staff)
    accounts.end_other_sessions(by=keys.staff, keep=session_key or "", at=at)
    opened = CheckedPassphrase(keys.staff, keys.private.seed)
    return open_vault(opened=opened, session_key=session_key, at=at) if session_key else b""
