"""Before danger calls anybody: alarms, their lists and the roster as they were kept, not as somebody wrote past us."""

from collections.abc import Iterable
from uuid import UUID

from panah.ground.accounts.models import Duty
from panah.ground.foundation import protected_rows, tenancy
from panah.ground.network.queries import hosted_ids
from panah.ground.work.models import Alarm, Page


def put_alarms_right(societies: Iterable[UUID] | None = None) -> None:
    """Write what danger is called by as it was kept: of these societies, or of those that this job works for."""
    here = tenancy.current_tenant()
    for society in ([here] if here is not None else hosted_ids()) if societies is None else societies:
        protected_rows.put_right(Alarm, society)
        protected_rows.put_right(Duty, society)
        for alarm in protected_rows.kept_columns(Alarm, society):
            protected_rows.put_right(Page, UUID(str(alarm["pk"])))
