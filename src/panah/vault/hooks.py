"""Which tables of the vault all societies see, who lacks the key that a duty needs, how far files are."""

from panah.accounts.eligibility import ELIGIBLE
from panah.audit.actions import COUNTS
from panah.foundation.rls_tables import BEFORE_SIGN_IN, EXEMPT
from panah.foundation.told_rows import KEEPER
from panah.vault.duty_keys import without_key
from panah.vault.file_pins import counts
from panah.vault.told_rows import ShredKeeper

EXEMPT.register("vault.StaffKey", BEFORE_SIGN_IN)
ELIGIBLE.register("keys", without_key, order=10)
COUNTS.register("vault", counts)
KEEPER.register("vault", ShredKeeper())
