"""The second factor at sign-in: a code from an app (TOTP). Its secret is encrypted under the host's key."""

import base64
import hmac
import os
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction

from panah.vault.host import host


class Adapter(DefaultMFAAdapter):
    """Encrypts what allauth would keep in clear."""

    def encrypt(self, text: str) -> str:
        nonce = os.urandom(12)
        return base64.b64encode(nonce + AESGCM(host().totp_key).encrypt(nonce, text.encode(), b"totp")).decode()

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


def fits(secret: str, code: str) -> bool:
    """Say whether a code fits a secret that is not kept yet."""
    return bool(totp.validate_totp_code(secret, _digits(code)))


def has_one(staff: Any) -> bool:
    """Say whether the colleague has a code app set up."""
    return bool(Authenticator.objects.filter(user=staff, type=Authenticator.Type.TOTP).exists())


@transaction.atomic
def check(staff: Any, code: str) -> bool:
    """Say whether the code fits now; each code works once, on every worker of the node."""
    found = Authenticator.objects.select_for_update().filter(
        user=staff, type=Authenticator.Type.TOTP
    ).first()
    if found is None:
        return False
    secret, used = decrypt(found.data["secret"]), found.data.get("used", 0)
    for counter in totp.yield_hotp_counters_from_time():
        if counter > used and hmac.compare_digest(_code(secret, counter), _digits(code)):
            found.data = {**found.data, "used": counter}
            found.save(update_fields=["data"])
            return True
    return False


def current_code(staff: Any) -> str:
    """Return a code that works now: only a practice node may show it."""
    found = Authenticator.objects.get(user=staff, type=Authenticator.Type.TOTP)
    used = found.data.get("used", 0)
    fresh = [c for c in totp.yield_hotp_counters_from_time() if c > used]
    return _code(decrypt(found.data["secret"]), fresh[min(1, len(fresh) - 1)]) if fresh else ""


def _code(secret: str, counter: int) -> str:
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def _digits(code: str) -> str:
    return "".join(c for c in code if c.isdigit())
