"""Which tables of the vault all societies see."""

from panah.foundation.rls_tables import BEFORE_SIGN_IN, EXEMPT

EXEMPT.register("vault.StaffKey", BEFORE_SIGN_IN)
