"""Tables of the vault that all societies see, who lacks a key for a duty, how far files are, who may be one person."""

from panah.accounts.eligibility import ELIGIBLE
from panah.approvals.acts import MAY_BE_ONE
from panah.audit.actions import COUNTS
from panah.foundation.dialled_numbers import KEEPER
from panah.foundation.rls_tables import BEFORE_SIGN_IN, EXEMPT
from panah.vault.dialled_numbers import DIALLED, ShredKeeper
from panah.vault.door_store import DOOR_KINDS
from panah.vault.duty_keys import without_key
from panah.vault.file_pins import counts
from panah.vault.same_person import known_through_one

EXEMPT.register("vault.StaffKey", BEFORE_SIGN_IN)
ELIGIBLE.register("keys", without_key, order=10)
COUNTS.register("vault", counts)
MAY_BE_ONE.register("admitted alone", known_through_one)
KEEPER.register("vault", ShredKeeper())
# A number that was changed past Panah is shown to no stranger either.
DOOR_KINDS.register(DIALLED, "read")
