"""How a colleague's access ends: her sign-ins here, her keys in the vault."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from panah.ground.sign_in.actions.sessions import end_vaults
from panah.ground.sign_in.models import Invitation
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@transaction.atomic
def end_access(*, keys: Keyring, staff: Staff, at: datetime) -> int:
    """End a colleague's access: sign-ins, open vaults and invitations now, and her duty keys; see ``vault.offboard``.

    Returns how many keys were renewed.
    """
    renewed = vault.offboard(keys=keys, staff=staff, at=at)
    end_vaults(staff)
    Invitation.objects.filter(staff=staff, used_at=None).update(expires_at=at)
    return renewed
