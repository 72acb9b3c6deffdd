"""What one press writes in the main database: the ids that stand in its changes, as the log of a database keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection

from tests.guard.thief import flat

CHANGES = ("INSERT", "UPDATE", "DELETE")


@contextmanager
def writes() -> Iterator[set[UUID]]:
    """Yield a set that fills with every id in what is changed meanwhile."""
    found: set[UUID] = set()

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if str(sql).lstrip().upper().startswith(CHANGES):
            for one in params if many else [params]:
                values = one.values() if isinstance(one, dict) else one or ()
                found.update(v for value in values for v in flat(value) if isinstance(v, UUID))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield found
