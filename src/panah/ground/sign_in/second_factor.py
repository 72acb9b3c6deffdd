"""The second factor at sign-in: a code from an app (TOTP), or one of ten recovery codes on paper.

Their secrets are encrypted under the host's key. Passkeys are in ``passkeys.py``.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from uuid import UUID

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt, encrypt
from django.conf import settings
from django.db import transaction

from panah.ground.vault.host_sealing import decrypt_secret, encrypt_secret

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


APP, RECOVERY = "app", "recovery"
RECOVERY_DIGITS = 8
# Half minutes whose code was used: enough for months of signing in.
REMEMBERED = 200


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Encrypts what allauth would keep in clear."""

    def encrypt(self, text: str) -> str:
        return encrypt_secret(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt_secret(encrypted_text)


def new_secret() -> str:
    """Return a new base32 TOTP secret."""
    return str(totp.generate_totp_secret())


def activate(staff: Staff, secret: str) -> None:
    """Keep the colleague's TOTP secret, encrypted; replaces an older one."""
    Authenticator.objects.filter(user=staff, type=Authenticator.Type.TOTP).delete()
    totp.TOTP.activate(staff, secret)


def drop(staff: Staff) -> None:
    """Forget every second factor of a colleague: she sets up a new code app before she can sign in."""
    Authenticator.objects.filter(user=staff).delete()


def fits(secret: str, code: str) -> bool:
    """Say whether a code fits a secret that is not kept yet."""
    return bool(totp.validate_totp_code(secret, _digits(code)))


def check(staff: Staff | None, code: str, *, at: datetime) -> str:
    """Say by what the code fits now ("app" or "recovery"), or "" when it does not; each works once on the whole node.

    For nobody (None) the same is looked up and computed, and the answer is no.
    """
    digits = _digits(code)
    if len(digits) == RECOVERY_DIGITS:
        return RECOVERY if _check_recovery(staff, digits, at) else ""
    return APP if _check_app(staff, digits, at) else ""


@transaction.atomic
def _check_app(staff: Staff | None, digits: str, at: datetime) -> bool:
    found = _of(staff, Authenticator.Type.TOTP, locked=True)
    secret = decrypt(found.data["secret"]) if found else new_secret()
    fitting = [
        counter
        for counter in _fresh(found.data if found else {})
        if hmac.compare_digest(_code(secret, counter), digits)
    ]
    if found is None or not fitting:
        return False
    recent = [*_recent(found.data), fitting[0]][-REMEMBERED:]
    found.data = {**found.data, "used": fitting[0], "recent": recent}
    found.last_used_at = at
    found.save(update_fields=["data", "last_used_at"])
    return True


def _fresh(data: Mapping[str, object]) -> list[int]:
    """Return the half minutes of now whose code was not used, nor came before one that was.

    When the clock went back nobody is kept out until it has caught up; but what was used stays used.
    """
    counters, used = list(totp.yield_hotp_counters_from_time()), data.get("used", 0)
    floor = used if used <= max(counters) else 0
    return [counter for counter in counters if counter > floor and counter not in _recent(data)]


def _recent(data: Mapping[str, Any]) -> list[int]:
    return list(data.get("recent", [data["used"]] if "used" in data else []))


@transaction.atomic
def _check_recovery(staff: Staff | None, digits: str, at: datetime) -> bool:
    found = _of(staff, Authenticator.Type.RECOVERY_CODES, locked=True)
    if found is None:
        # The same computing, with codes that are nobody's.
        RecoveryCodes(_no_codes()).validate_code(digits)
        return False
    codes = RecoveryCodes(found)
    if not codes.validate_code(digits):
        return False
    kept = codes.instance
    kept.data = {**kept.data, "told": False, "used_at": at.isoformat()}
    kept.last_used_at = at
    kept.save(update_fields=["data", "last_used_at"])
    return True


def _no_codes() -> Authenticator:
    data = {"seed": encrypt(RecoveryCodes.generate_seed()), "used_mask": 2**10 - 1}
    return Authenticator(type=Authenticator.Type.RECOVERY_CODES, data=data)


def _of(staff: Staff | None, kind: str, *, locked: bool = False) -> Authenticator | None:
    rows = Authenticator.objects.select_for_update() if locked else Authenticator.objects.all()
    found: Authenticator | None = rows.filter(user=staff.pk if staff else UUID(int=0), type=kind).first()
    return found


def new_recovery_codes(staff: Staff) -> list[str]:
    """Make ten new codes, each good once, and return them in groups; the old ones end. Shown once, on paper."""
    Authenticator.objects.filter(user=staff, type=Authenticator.Type.RECOVERY_CODES).delete()
    return [f"{code[:4]} {code[4:]}" for code in RecoveryCodes.activate(staff).generate_codes()]


def codes_left(staff: Staff) -> int | None:
    """Return how many recovery codes are unused, or None when none were made."""
    found = _of(staff, Authenticator.Type.RECOVERY_CODES)
    return len(RecoveryCodes(found).get_unused_codes()) if found else None


@transaction.atomic
def used_since_told(staff: Staff) -> datetime | None:
    """Return when a recovery code was used that this colleague was not told about yet; asking tells her."""
    found = _of(staff, Authenticator.Type.RECOVERY_CODES, locked=True)
    if found is None or found.data.get("told", True):
        return None
    found.data = {**found.data, "told": True}
    found.save(update_fields=["data"])
    return datetime.fromisoformat(found.data["used_at"])


def has_passkey(staff: Staff | None) -> bool:
    """Say whether the colleague (None: nobody) has a passkey."""
    return _of(staff, Authenticator.Type.WEBAUTHN) is not None


@dataclass(frozen=True)
class Factor:
    """One second factor as its owner sees it: since when, last used, and for a passkey its name and id."""

    since: datetime
    last_used_at: datetime | None
    name: str = ""
    id: int = 0


def factors(staff: Staff) -> dict[str, list[Factor]]:
    """Return a colleague's second factors by kind: totp, webauthn, recovery_codes; one query."""
    found: dict[str, list[Factor]] = {kind: [] for kind in Authenticator.Type.values}
    for row in Authenticator.objects.filter(user=staff).order_by("created_at", "pk"):
        name = row.data.get("name", "")
        found[row.type].append(Factor(row.created_at, row.last_used_at, name, row.pk))
    return found


def current_code(staff: Staff) -> str:
    """Return a code that works now, or "" when all of them are used up: only a practice node may show it."""
    found = _of(staff, Authenticator.Type.TOTP)
    if found is None:
        return ""
    fresh = _fresh(found.data)
    return _code(decrypt(found.data["secret"]), fresh[min(1, len(fresh) - 1)]) if fresh else ""


def address(secret: str, *, name: str) -> str:
    """Return what a code app reads from the square: otpauth://…, for this colleague's sign-in name."""
    label, issuer = quote(f"{settings.MFA_TOTP_ISSUER}:{name}", safe=":"), quote(settings.MFA_TOTP_ISSUER)
    return f"otpauth://totp/{label}?secret={secret}&issuer={issuer}"


def _code(secret: str, counter: int) -> str:
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def _digits(code: str) -> str:
    return "".join(c for c in code if c.isdigit())
