"""Pages of a list by day, the newest first."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Model, Q, QuerySet

SHOWN = 30


def page_by_day[T: Model](rows: QuerySet[T], day: str, after: str) -> tuple[list[T], str]:
    """Return a page of rows, and what the address of the next one says after; "" on the last."""
    try:
        on, pk = after.split("~")
        last_on, last = date.fromisoformat(on), UUID(pk)
        rows = rows.filter(Q(**{f"{day}__lt": last_on}) | Q(**{day: last_on}, pk__gt=last))
    except ValueError:
        pass
    found = list(rows.order_by(f"-{day}", "pk")[: SHOWN + 1])
    end = found[SHOWN - 1] if len(found) > SHOWN else None
    return found[:SHOWN], f"{getattr(end, day).isoformat()}~{end.pk}" if end else ""
