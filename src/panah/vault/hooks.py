"""Which tables of the vault all societies see, and who lacks the key that a duty needs."""

from panah.accounts.eligibility import ELIGIBLE
from panah.foundation.rls_tables import BEFORE_SIGN_IN, EXEMPT
from panah.vault.duty_keys import without_key

EXEMPT.register("vault.StaffKey", BEFORE_SIGN_IN)
ELIGIBLE.register("keys", without_key, order=10)
