"""Which tables of sign-in all societies see, and what pages below it ask of it."""

from panah.ground.accounts.guests import GUEST_PAGES, GuestPages, is_guest, is_open_to_guests
from panah.ground.accounts.reauthentication import NAME, REAUTHENTICATION, Reauthentication
from panah.ground.foundation.rls_tables import BEFORE_SIGN_IN, EXEMPT
from panah.ground.kit.nav import CLOSED
from panah.ground.sign_in import actions as sign_in
from panah.ground.sign_in.middleware import vault_required
from panah.ground.vault import queries as vault_queries

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
# A guest signs in, renews her six words and leaves as everybody does.
GUEST_PAGES.register(
    "sign_in",
    GuestPages(
        frozenset(
            f"sign_in:{name}"
            for name in ("sign-out", "unlock", "lock", "state", "own-key", "new-passphrase", "second-step")
        )
    ),
)
# Her menu leads nowhere else.
CLOSED.register("guests", lambda staff, name, _kwargs: is_guest(staff) and not is_open_to_guests(name))
