"""Tables of the vault that all societies see, who lacks a key for a duty, how far files are, who may be one person."""

from panah.accounts.eligibility import ELIGIBLE
from panah.approvals.acts import MAY_BE_ONE
from panah.audit.actions import COUNTS
from panah.foundation.rls_tables import BEFORE_SIGN_IN, EXEMPT
from panah.foundation.told_rows import KEEPER
from panah.vault.duty_keys import without_key
from panah.vault.file_pins import counts
from panah.vault.same_person import known_through_one
from panah.vault.told_rows import ShredKeeper

EXEMPT.register("vault.StaffKey", BEFORE_SIGN_IN)
ELIGIBLE.register("keys", without_key, order=10)
COUNTS.register("vault", counts)
MAY_BE_ONE.register("admitted alone", known_through_one)
KEEPER.register("vault", ShredKeeper())
