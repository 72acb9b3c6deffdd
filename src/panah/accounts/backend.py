"""Who is signed in. The passphrase is checked by the vault; this only loads the colleague."""

from typing import Any
from uuid import UUID

from panah.accounts.models import Staff


class StaffBackend:
    """Loads an active colleague with society and branch in one query."""

    def get_user(self, user_id: UUID | str) -> Staff | None:
        return Staff.objects.active().select_related("society", "branch").filter(pk=user_id).first()

    def authenticate(self, request: Any, **credentials: Any) -> None:
        return None
