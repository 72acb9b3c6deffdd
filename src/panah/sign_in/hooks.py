"""Which tables of sign-in all societies see."""

from panah.foundation.rls_tables import BEFORE_SIGN_IN, EXEMPT

for _table in (
    "sign_in.VaultSession",
    "sign_in.PendingSignIn",
    "sign_in.Invitation",
    "sign_in.SignInAttempt",
):
    EXEMPT.register(_table, BEFORE_SIGN_IN)
