"""Pages of a list by day, the newest first, each begun where the one before ended."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Model, Q, QuerySet

SHOWN = 30


def page_by_day[T: Model](
    rows: QuerySet[T], day: str, after: str, *, shown: int = SHOWN
) -> tuple[list[T], str]:
    """Return a page of rows by their field ``day``, and what the next page is asked for with; "" on the last.

    ``after``: what stood in the address; anything else than an answer of ours is the first page.
    """
    try:
        on, pk = after.split("~")
        last_on, last = date.fromisoformat(on), UUID(pk)
        rows = rows.filter(Q(**{f"{day}__lt": last_on}) | Q(**{day: last_on}, pk__gt=last))
    except ValueError:
        pass
    found = list(rows.order_by(f"-{day}", "pk")[: shown + 1])
    end = found[shown - 1] if len(found) > shown else None
    return found[:shown], f"{getattr(end, day).isoformat()}~{end.pk}" if end else ""
