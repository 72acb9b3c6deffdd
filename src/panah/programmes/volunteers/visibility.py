"""Whose volunteers a colleague keeps: her branch's, or all. Asked as a yes, and as a filter of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db.models import Model

from panah.ground.accounts.roles import Permission, may
from panah.ground.foundation.compiled_queries import Viewer
from panah.ground.foundation.managers import TenantQuerySet

if TYPE_CHECKING:
    from uuid import UUID

    from panah.ground.accounts.models import Staff


def keeps_volunteers(staff: Staff | None) -> bool:
    """The coordinator of a branch, and the focal points."""
    return may(staff, Permission.VOLUNTEERS_KEEP)


def keeps_all_branches(staff: Staff) -> bool:
    """A focal point, and a coordinator whom no branch was given (the headquarters')."""
    return may(staff, Permission.VOLUNTEERS_KEEP_ALL) or (staff.branch_id is None and keeps_volunteers(staff))


class BranchQuerySet[M: Model](TenantQuerySet[M]):
    """Rows of the branches whose volunteers the asker keeps."""

    # Where a row says its branch; of several all must be the asker's.
    branch_fields: ClassVar[tuple[str, ...]] = ("branch",)

    def visible(self, *, to: Staff | Viewer | None) -> Self:
        rows = super().visible(to=to)
        # A query that is compiled once knows of no branch: it would show those of all.
        if to is None or isinstance(to, Viewer) or not keeps_volunteers(to):
            return rows.none()
        return rows if keeps_all_branches(to) or to.branch_id is None else rows.of_branch(to.branch_id)

    def of_branch(self, branch: UUID) -> Self:
        return self.filter(**dict.fromkeys(self.branch_fields, branch))
