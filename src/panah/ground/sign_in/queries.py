"""Which invitations are good."""

import hashlib
from datetime import datetime

from panah.ground.sign_in.models import Invitation


def token_hash(token: str) -> bytes:
    """Return how an invitation's token is kept."""
    return hashlib.sha256(b"panah invitation" + token.encode()).digest()


def invited(token: str, *, at: datetime) -> Invitation | None:
    """Return the invitation a token belongs to, if it is still good."""
    return (
        Invitation.objects.filter(
            token_hash=token_hash(token), used_at=None, expires_at__gt=at, staff__is_active=True
        )
        .select_related("staff__society")
        .first()
    )
