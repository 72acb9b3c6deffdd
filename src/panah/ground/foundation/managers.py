"""Querysets that know who asks: the loader is the guard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.foundation.compiled_queries import Viewer


class TenantQuerySet[M: models.Model](models.QuerySet[M]):
    """Rows of one society. A stranger sees none; staff see their own society's."""

    def visible(self, *, to: Staff | Viewer | None) -> Self:
        """Return the rows of the society of ``to`` (an accounts.Staff, or None: nothing)."""
        if to is None or not getattr(to, "is_active", False):
            return self.none()
        return self.filter(society_id=to.society_id)


class FocalPointQuerySet[M: models.Model](TenantQuerySet[M]):
    """Rows whose files open for the focal points alone."""

    def visible(self, *, to: Staff | Viewer | None) -> Self:
        rows = super().visible(to=to)
        return rows if to is not None and to.is_focal_point else rows.none()
