"""Who is signed in. The passphrase is checked in ``sign_in.actions.sessions``; this only loads the colleague."""

from uuid import UUID

from django.db.models import QuerySet

from panah.ground.accounts.models import Staff
from panah.ground.foundation.compiled_queries import prepared
from panah.ground.foundation.http import StaffRequest


@prepared
def _colleague(staff: UUID) -> QuerySet[Staff]:
    return Staff.objects.active().select_related("society", "branch").filter(pk=staff)


class StaffBackend:
    """Loads an active colleague with society and branch in one query."""

    def get_user(self, user_id: UUID | str) -> Staff | None:
        found = _colleague(staff=user_id if isinstance(user_id, UUID) else UUID(user_id))
        return found[0] if found else None

    def authenticate(self, request: StaffRequest, **credentials: object) -> None:
        return None
