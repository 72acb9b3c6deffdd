"""Which tables of accounts, and of the packages under them, all societies see; whose duty telephones are kept."""

from django.utils import timezone

from panah.ground.accounts.queries import rows_with_numbers, rung_in_danger
from panah.ground.foundation import dialled_numbers
from panah.ground.foundation.rls_tables import BEFORE_SIGN_IN, EXEMPT
from panah.ground.kit.nav import TO_RING

for _table in (
    "accounts.Staff",
    "accounts.RoleHeld",
    "accounts.Session",
    "accounts.Device",
    "account",
    "mfa",
):
    EXEMPT.register(_table, BEFORE_SIGN_IN)
EXEMPT.register("auth", "Django's own, and empty here")
EXEMPT.register("contenttypes", "Django's own: the names of tables")
dialled_numbers.ALL.register("accounts", rows_with_numbers)
TO_RING.register("accounts", lambda staff: rung_in_danger(staff, at=timezone.now()))
