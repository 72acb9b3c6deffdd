"""A new recovery key for a society that has one: shares are lost, a holder left, or two of them met on one machine.

The ceremony makes it and its papers; from that moment new files are sealed to it. Every society key is sealed to it in
the same moment, every old file in chunks (``rotation.regrant_chunk``). When the last one is done, the old papers open
nothing that is kept here.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from panah.ground.audit import actions as audit
from panah.ground.vault import events
from panah.ground.vault.actions.ceremony import _next_generation, signing_seed
from panah.ground.vault.actions.pinning import pin_generation
from panah.ground.vault.actions.rotation import seal_society_keys
from panah.ground.vault.crash_points import crash_point
from panah.ground.vault.errors import no_society_keys
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.models import SocietyKey
from panah.ground.vault.seals import sign
from panah.ground.vault.words import KeyKind


@transaction.atomic
def renew_recovery(
    *, keys: Keyring, recovery: bytes, at: datetime, holders: Mapping[str, str] | None = None
) -> int:
    """Put a new R in place of the old one; returns how many society keys were sealed to it. Safe to repeat."""
    seed, society = signing_seed(keys), keys.staff.society_id
    old = keys.society_key(KeyKind.RECOVERY)
    if old is None:
        raise no_society_keys()
    if bytes(old.public) == recovery:
        # The power failed after the last share: it is in place already.
        return 0
    generation = _next_generation(keys, KeyKind.RECOVERY, None)
    SocietyKey.objects.filter(pk=old.pk).update(retired_at=at)
    new = SocietyKey.objects.create(
        society_id=society,
        kind=KeyKind.RECOVERY,
        generation=generation,
        recovery_generation=generation,
        public=recovery,
        made_at=at,
        signature=sign(seed, "society key", society, KeyKind.RECOVERY, "", generation, recovery),
    )
    pin_generation(keys=keys, key=new, at=at)
    crash_point("recovery key: made")
    done = seal_society_keys(keys=keys)
    crash_point("recovery key: society keys sealed")
    facts = {"shares": 3, "needed": 2, "generation": generation, "keys": done, **(holders or {})}
    audit.record(event=events.NEW_RECOVERY, by=keys.staff, at=at, facts=facts)
    return done
