"""The tables of sign-in: open vaults, sign-ins that wait for their second step, invitations, wrong tries."""

from django.conf import settings
from django.db import models

from panah.ground.foundation.models import Model

STAFF = settings.AUTH_USER_MODEL


class VaultSession(models.Model):
    """An open vault: S wrapped under a secret that lives only in the cookie. It ends with the key it wraps."""

    id = models.BinaryField(primary_key=True)
    staff_key = models.ForeignKey("vault.StaffKey", models.CASCADE, to_field="staff", related_name="+")
    session = models.CharField(max_length=40)
    wrapped = models.BinaryField()
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    call_until = models.DateTimeField(null=True)

    class Privacy:
        personal = ("staff_key", "seen_at", "opened_at")
        ordinary = ("id", "session", "wrapped", "call_until")


class PendingSignIn(models.Model):
    """A right passphrase that waits two minutes for a second factor: no open vault can be made of it alone.

    S lies wrapped under a secret that is only in the cookie, bound to the session before the sign-in.
    """

    id = models.BinaryField(primary_key=True)
    staff_key = models.ForeignKey("vault.StaffKey", models.CASCADE, to_field="staff", related_name="+")
    session = models.CharField(max_length=40)
    wrapped = models.BinaryField()
    challenge = models.JSONField(default=dict)
    expires_at = models.DateTimeField()

    class Privacy:
        personal = ("staff_key",)
        ordinary = ("id", "session", "wrapped", "challenge", "expires_at")


class Invitation(Model):
    """A one-time way in for a colleague who has no key yet. Only its hash is kept."""

    staff = models.ForeignKey(STAFF, on_delete=models.CASCADE, related_name="+")
    token_hash = models.BinaryField(unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Privacy:
        personal = ("staff",)
        ordinary = ("id", "token_hash", "made_at", "expires_at", "used_at")


class SignInAttempt(models.Model):
    """Tries that failed, counted under a peppered hash of a name, a device or a link: no address, no agent.

    ``open_until``: a focal point holds the name open; ``openings`` and ``openings_since`` say how often within a day.
    """

    id = models.BinaryField(primary_key=True)
    failed = models.PositiveIntegerField(default=0)
    wait_until = models.DateTimeField(null=True)
    open_until = models.DateTimeField(null=True)
    openings = models.PositiveSmallIntegerField(default=0)
    openings_since = models.DateTimeField(null=True)
    last_at = models.DateTimeField()

    class Privacy:
        ordinary = ("id", "failed", "wait_until", "open_until", "openings", "openings_since", "last_at")
