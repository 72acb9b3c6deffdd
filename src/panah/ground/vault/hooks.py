"""Tables of the vault that all societies see, who lacks a key for a duty, how far files are, who may be one person."""

from panah.ground.accounts.eligibility import ELIGIBLE
from panah.ground.accounts.queries import ROLES
from panah.ground.approvals.acts import MAY_BE_ONE
from panah.ground.audit.actions import COUNTS
from panah.ground.audit.kept_entries import OVER
from panah.ground.directory.queries import SHOWN_TO_STRANGERS
from panah.ground.foundation import dialled_numbers, protected_rows
from panah.ground.foundation.rls_tables import BEFORE_SIGN_IN, EXEMPT
from panah.ground.network.queries import RULES
from panah.ground.network.words import SOCIETIES
from panah.ground.vault.actions.journal_watch import erased
from panah.ground.vault.dialled_numbers import DIALLED, ShredKeeper
from panah.ground.vault.door_store import DOOR_KINDS
from panah.ground.vault.duty_keys import without_key
from panah.ground.vault.file_pins import counts
from panah.ground.vault.models import SocietyKey, StaffKey
from panah.ground.vault.protected_row_store import ProtectedRowStore
from panah.ground.vault.same_person import known_through_one

EXEMPT.register("vault.StaffKey", BEFORE_SIGN_IN)
ELIGIBLE.register("keys", without_key, order=10)
OVER.register("vault", erased)
COUNTS.register("vault", counts)
MAY_BE_ONE.register("admitted alone", known_through_one)
dialled_numbers.KEEPER.register("vault", ShredKeeper())
protected_rows.KEEPER.register("vault", ProtectedRowStore())
# A number that was changed past Panah is shown to no stranger either.
DOOR_KINDS.register(DIALLED, "read")
# The door seals to the society's keys and to readers' own, asks who they are and which societies can be written to; it
# shows whom to ring.
for _kind in (
    SocietyKey.protection.kind,
    StaffKey.protection.kind,
    ROLES,
    RULES,
    SOCIETIES,
    *SHOWN_TO_STRANGERS,
):
    DOOR_KINDS.register(_kind, "read")
