"""A colleague's own key: invitation, passphrase, printed code."""

import hashlib
import os
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.audit import actions as audit
from panah.foundation.errors import Refusal
from panah.vault import events
from panah.vault.keyring import Keyring
from panah.vault.models import Invitation, StaffKey
from panah.vault.passphrases import from_code, from_passphrase, tidy
from panah.vault.seals import Private, lock

INVITED_FOR = timedelta(days=7)


@transaction.atomic
def invite(*, staff: Any, at: datetime) -> str:
    """Return a one-time token for a colleague without a key; older invitations end."""
    if StaffKey.objects.filter(staff=staff).exists():
        raise Refusal(_("This colleague already has a key."), code="has-key")
    Invitation.objects.filter(staff=staff, used_at=None).update(expires_at=at)
    token = secrets.token_urlsafe(24)
    Invitation.objects.create(
        staff=staff, token_hash=_hash(token), made_at=at, expires_at=at + INVITED_FOR
    )
    return token


def _hash(token: str) -> bytes:
    return hashlib.sha256(b"panah invitation" + token.encode()).digest()


def invited(token: str, *, at: datetime) -> Invitation | None:
    """Return the invitation a token belongs to, if it is still good."""
    return (
        Invitation.objects.filter(token_hash=_hash(token), used_at=None, expires_at__gt=at)
        .select_related("staff")
        .first()
    )


@transaction.atomic
def make_staff_key(*, staff: Any, passphrase: str, code: str, at: datetime, token: str | None = None) -> None:
    """Make the colleague's key pair, wrapped under her passphrase and under her printed code.

    Neither is kept anywhere; the key opens nothing until a focal point admits it.
    """
    if len(tidy(passphrase).split()) < 6 or len(tidy(passphrase)) < 24:
        raise Refusal(_("A passphrase has at least six words."), code="passphrase-too-short")
    if StaffKey.objects.filter(staff=staff).exists():
        raise Refusal(_("This colleague already has a key."), code="has-key")
    if token is not None:
        Invitation.objects.filter(token_hash=_hash(token), staff=staff).update(used_at=at)
    private = Private.new()
    StaffKey.objects.create(
        staff=staff, public=private.public, made_at=at, **_slots(staff, private, passphrase, code)
    )
    audit.record(event=events.KEY_MADE, by=staff, at=at)


def _slots(staff: Any, private: Private, passphrase: str, code: str) -> dict[str, bytes]:
    salt, code_salt = os.urandom(16), os.urandom(16)
    by_words = from_passphrase(passphrase, salt=salt, staff=staff.pk)
    by_code = from_code(code, salt=code_salt, staff=staff.pk)
    return {
        "salt": salt,
        "verifier": by_words.verifier,
        "wrapped": lock(by_words.kek, private.seed, "staff key", "passphrase", staff.pk),
        "code_salt": code_salt,
        "code_verifier": by_code.verifier,
        "code_wrapped": lock(by_code.kek, private.seed, "staff key", "code", staff.pk),
    }


@transaction.atomic
def new_passphrase_for(*, keys: Keyring, passphrase: str, code: str, at: datetime) -> None:
    """Wrap the same key under a new passphrase and a new printed code; old ones end."""
    if len(tidy(passphrase).split()) < 6:
        raise Refusal(_("A passphrase has at least six words."), code="passphrase-too-short")
    StaffKey.objects.filter(staff=keys.staff).update(
        **_slots(keys.staff, keys.private, passphrase, code)
    )
    audit.record(event=events.PASSPHRASE_CHANGED, by=keys.staff, at=at)
