"""The second factor at sign-in: a code from an app (TOTP). Its secret is encrypted under the host's key."""

import base64
import hmac
import os
from typing import Any
from urllib.parse import quote
from uuid import UUID

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction

from panah.vault import qr
from panah.vault.host import host


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Encrypts what allauth would keep in clear."""

    def encrypt(self, text: str) -> str:
        nonce = os.urandom(12)
        return base64.b64encode(
            nonce + AESGCM(host().totp_key).encrypt(nonce, text.encode(), b"totp")
        ).decode()

    def decrypt(self, encrypted_text: str) -> str:
        raw = base64.b64decode(encrypted_text)
        return AESGCM(host().totp_key).decrypt(raw[:12], raw[12:], b"totp").decode()


def new_secret() -> str:
    """Return a new base32 TOTP secret."""
    return str(totp.generate_totp_secret())


def activate(staff: Any, secret: str) -> None:
    """Keep the colleague's TOTP secret, encrypted; replaces an older one."""
    Authenticator.objects.filter(user=staff, type=Authenticator.Type.TOTP).delete()
    totp.TOTP.activate(staff, secret)


def drop(staff: Any) -> None:
    """Forget the colleague's code app: she sets up a new one before she can sign in."""
    Authenticator.objects.filter(user=staff, type=Authenticator.Type.TOTP).delete()


def fits(secret: str, code: str) -> bool:
    """Say whether a code fits a secret that is not kept yet."""
    return bool(totp.validate_totp_code(secret, _digits(code)))


def has_one(staff: Any) -> bool:
    """Say whether the colleague has a code app set up."""
    return bool(Authenticator.objects.filter(user=staff, type=Authenticator.Type.TOTP).exists())


@transaction.atomic
def check(staff: Any, code: str) -> bool:
    """Say whether the code fits now; each code works once, on every worker of the node.

    For nobody (None) the same is looked up and computed, and the answer is no.
    """
    found = (
        Authenticator.objects.select_for_update()
        .filter(user=staff.pk if staff else UUID(int=0), type=Authenticator.Type.TOTP)
        .first()
    )
    secret = decrypt(found.data["secret"]) if found else new_secret()
    used = found.data.get("used", 0) if found else 0
    counters = list(totp.yield_hotp_counters_from_time())
    if used > max(counters):
        used = 0  # The clock went back: nobody is kept out until it has caught up.
    fitting = [
        counter
        for counter in counters
        if hmac.compare_digest(_code(secret, counter), _digits(code)) and counter > used
    ]
    if found is None or not fitting:
        return False
    found.data = {**found.data, "used": fitting[0]}
    found.save(update_fields=["data"])
    return True


def current_code(staff: Any) -> str:
    """Return a code that works now, or "" when all of them are used up: only a practice node may show it."""
    found = Authenticator.objects.filter(user=staff, type=Authenticator.Type.TOTP).first()
    if found is None:
        return ""
    used = found.data.get("used", 0)
    fresh = [c for c in totp.yield_hotp_counters_from_time() if c > used]
    return _code(decrypt(found.data["secret"]), fresh[min(1, len(fresh) - 1)]) if fresh else ""


def address(secret: str, *, name: str) -> str:
    """Return what a code app reads from the square: otpauth://…, for this colleague's sign-in name."""
    label, issuer = quote(f"{settings.MFA_TOTP_ISSUER}:{name}", safe=":"), quote(settings.MFA_TOTP_ISSUER)
    whole = f"otpauth://totp/{label}?secret={secret}&issuer={issuer}"
    return whole if len(whole) <= qr.ROOM else f"otpauth://totp/{label}?secret={secret}"


def _code(secret: str, counter: int) -> str:
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def _digits(code: str) -> str:
    return "".join(c for c in code if c.isdigit())
