"""Which tables of sign-in all societies see, and what pages below it ask of it."""

from panah.accounts.reauthentication import NAME, REAUTHENTICATION, Reauthentication
from panah.foundation.rls_tables import BEFORE_SIGN_IN, EXEMPT
from panah.sign_in import actions as sign_in
from panah.sign_in.middleware import vault_required
from panah.vault import queries as vault_queries

for _table in (
    "sign_in.VaultSession",
    "sign_in.PendingSignIn",
    "sign_in.Invitation",
    "sign_in.SignInAttempt",
):
    EXEMPT.register(_table, BEFORE_SIGN_IN)

REAUTHENTICATION.register(
    NAME, Reauthentication(vault_required, sign_in.confirm_words, vault_queries.leads_with_keys)
)
