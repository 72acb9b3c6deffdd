"""Rows that decide and were moved behind another society's wall, where their own society sees and writes them no more.

On PostgreSQL a row whose society was changed is not there any more for the society whose it is. What was kept of it
says whose it is; so it is looked for behind the other walls, taken out there, and written again as it was kept. SQLite
has no walls: there it stands in the table for everybody.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from django.apps import apps
from django.db import connections, models

from panah.ground.foundation import tenancy


def moved_rows(model: type[models.Model], missing: Collection[UUID]) -> dict[UUID, UUID]:
    """Return which of these rows, that are not seen from here, stand under another society, and under which."""
    here = tenancy.current_tenant()
    if not missing or here is None or connections["default"].vendor != "postgresql":
        return {}
    moved: dict[UUID, UUID] = {}
    for society in apps.get_model("network", "Society")._base_manager.values_list("pk", flat=True):
        if society != here:
            with tenancy.tenant_context(society):
                there = model._base_manager.filter(pk__in=missing).order_by().values_list("pk", flat=True)
                moved |= dict.fromkeys(there, society)
    return moved


def take_out_moved(model: type[models.Model], moved: Mapping[UUID, UUID]) -> dict[UUID, models.Model]:
    """Take rows out where they were moved to, without what hangs on them; returns them, to be written anew."""
    taken: dict[UUID, models.Model] = {}
    for society in set(moved.values()):
        with tenancy.tenant_context(society):
            rows = model._base_manager.filter(pk__in=[pk for pk, there in moved.items() if there == society])
            taken |= {row.pk: row for row in rows}
            # Django would take what leads to them along; the database looks at that when all is written.
            rows._raw_delete(rows.db)
    return taken
