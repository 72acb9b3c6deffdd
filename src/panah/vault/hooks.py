"""Which tables of the vault all societies see."""

from panah.foundation.rls_tables import BEFORE_SIGN_IN, EXEMPT

for _table in (
    *("vault.StaffKey", "vault.VaultSession", "vault.PendingSignIn", "vault.Invitation"),
    "vault.SignInAttempt",
):
    EXEMPT.register(_table, BEFORE_SIGN_IN)
