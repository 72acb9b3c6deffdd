"""Who may change what in the register. Reading is for every colleague who has signed in.

One object answers both questions: ``policy.allows(staff, entry)`` and ``policy.which(staff, rows)``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from panah.ground.foundation.errors import Refusal

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

# Named in accounts.roles, which stands above this room.
KEEP_OWN, KEEP_SHARED = "network.keep_own", "network.keep_shared"


class EntryPolicy:
    """A focal point keeps her society's entries; the network's coordinator those that nobody keeps."""

    def allows(self, staff: Staff, entry: object) -> bool:
        """Say whether this colleague may change the entry (anything with ``society``, or a Society)."""
        owner = _owner(entry)
        return self.keeps(staff, society_id=owner.pk if owner else None, hosted=bool(owner and owner.hosted))

    def keeps(self, staff: Staff, *, society_id: UUID | None, hosted: bool) -> bool:
        if staff is None:
            return False
        if staff.may(KEEP_OWN) and society_id == staff.society_id:
            return True
        return not hosted and bool(staff.may(KEEP_SHARED))

    def which[M: Model](self, staff: Staff, rows: QuerySet[M]) -> QuerySet[M]:
        """The rows of these (with a ``society`` column) that this colleague may change."""
        if staff is None:
            return rows.none()
        allowed = Q(pk__in=[])
        if staff.may(KEEP_OWN):
            allowed |= Q(society_id=staff.society_id)
        if staff.may(KEEP_SHARED):
            allowed |= Q(society=None) | Q(society__hosted=False)
        return rows.filter(allowed)

    def keeps_own(self, staff: Staff) -> bool:
        """Say whether what this colleague adds belongs to her society; else it belongs to nobody on this node."""
        return bool(staff.may(KEEP_OWN))

    def brings(self, staff: Staff) -> bool:
        """Whoever keeps entries may bring a directory: a focal point for her society, the coordinator for none."""
        if staff is None:
            return False
        return bool(staff.may(KEEP_OWN) or staff.may(KEEP_SHARED))

    def verifies(self, staff: Staff) -> bool:
        """Whoever works here may try a number and say what came of it."""
        return staff is not None and bool(staff.is_active)

    def require(self, staff: Staff, entry: object) -> None:
        """Refuse unless this colleague may change the entry."""
        if not self.allows(staff, entry):
            raise Refusal(
                _("This entry is kept by a focal point of its society."),
                next_step=_("Tell her what should change; a verification you can record yourself."),
                code="not-the-keeper",
                status=403,
            )


def _owner(entry: object) -> Any:
    return entry.society if hasattr(entry, "society") else entry


policy = EntryPolicy()
