"""A colleague's own second factors: passkeys, recovery codes, a new code app. Each change wants her six words again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.sign_in import events, passkeys, second_factor
from panah.ground.sign_in.actions import sign_in_attempts
from panah.ground.sign_in.actions.sessions import check_passphrase
from panah.ground.sign_in.actions.sign_in_attempts import NotSignedIn

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

MOST_PASSKEYS = 10


def confirm_words(*, staff: Staff, passphrase: str, at: datetime) -> None:
    """Refuse unless these are her six words; wrong ones count as failed tries."""
    try:
        check_passphrase(
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


@transaction.atomic
def make_recovery_codes(*, staff: Staff, at: datetime) -> list[str]:
    """Make ten codes for paper; the old ones end. The caller has had her six words."""
    codes = second_factor.new_recovery_codes(staff)
    audit.record(event=events.CODES_MADE, by=staff, at=at)
    return codes


@transaction.atomic
def add_passkey(
    *, staff: Staff, name: str, host: str, state: passkeys.State, answer: str, at: datetime
) -> None:
    """Keep a new passkey. The caller has had her six words; ``state`` is what begin_adding returned."""
    if len(second_factor.factors(staff)["webauthn"]) >= MOST_PASSKEYS:
        raise Refusal(
            _("Ten passkeys are enough."),
            next_step=_("Remove one that you no longer use, then add the new one."),
            code="too-many-passkeys",
        )
    if not passkeys.finish_adding(staff, host=host, state=state, answer=answer, name=name):
        raise Refusal(
            _("The passkey could not be added."),
            next_step=_("Begin once more. Keep this page open until the device has answered."),
            code="passkey-not-added",
        )
    audit.record(event=events.PASSKEY_ADDED, by=staff, at=at)


@transaction.atomic
def name_passkey(*, staff: Staff, passkey: int, name: str, at: datetime) -> None:
    """Give one of her passkeys another name."""
    row = passkeys.own(staff, passkey)
    if row is not None:
        passkeys.rename(row, name)
        audit.record(event=events.PASSKEY_NAMED, by=staff, at=at)


@transaction.atomic
def remove_passkey(*, staff: Staff, passkey: int, at: datetime) -> None:
    """Remove one of her passkeys; never the last second factor she has."""
    # All her rows are locked: of two removals at once the second sees what the first has left.
    list(Authenticator.objects.select_for_update().filter(user=staff).order_by("pk"))
    row = passkeys.own(staff, passkey)
    if row is None:
        return
    factors = second_factor.factors(staff)
    if not factors["totp"] and len(factors["webauthn"]) < 2:
        raise Refusal(
            _("This is the only second step you have."),
            next_step=_("Set up a code app or another passkey first; then remove this one."),
            code="last-second-factor",
        )
    row.delete()
    audit.record(event=events.PASSKEY_REMOVED, by=staff, at=at)


@transaction.atomic
def change_code_app(*, staff: Staff, secret: str, digits: str, at: datetime) -> None:
    """Set up another code app in place of hers. The caller has had her six words."""
    app_fits(secret, digits)
    keep_app(staff, secret, digits, at)
    audit.record(event=events.NEW_APP, by=staff, at=at)


def app_fits(secret: str, digits: str) -> None:
    """Refuse digits that a new code app would not show now."""
    if not second_factor.fits(secret, digits):
        raise Refusal(
            _("These six digits don’t match."),
            next_step=_("Wait for the next six in the app. Check that the telephone shows the right time."),
            code="wrong-digits",
        )


def keep_app(staff: Staff, secret: str, digits: str, at: datetime) -> None:
    """Keep a code app whose digits fit."""
    second_factor.activate(staff, secret)
    # What confirmed the app is used up: it signs nobody in a moment later.
    second_factor.check(staff, digits, at=at)
