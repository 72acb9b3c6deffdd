"""Rows of the shred store that are looked up by their keys, in one copy of it."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db import connections
from django.db.models import QuerySet

from panah.ground.foundation.compiled_queries import prepared
from panah.ground.vault.models import ShredRow

# (kind, key, number of the store key, wrapped value)
type Found = tuple[str, UUID, int, bytes | memoryview]


def rows_by_key(kinds: list[str], keys: list[UUID], *, using: str) -> list[Found]:
    """Return the rows of these kinds under these keys, in one question."""
    _name(keys, using)
    return _rows(kinds=kinds, keys=keys, using=using)


@prepared
def _rows(kinds: list[str], keys: list[UUID]) -> QuerySet[ShredRow, Found]:
    rows = ShredRow.objects.filter(kind__in=kinds, key__in=keys)
    return rows.values_list("kind", "key", "store_key", "wrapped")


def _name(keys: Iterable[UUID], using: str) -> None:
    # The door's own role is shown what belongs to receipts by its key alone, and cannot list it (door_store.py).
    if settings.PANAH_DOOR_ONLY and connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            cursor.execute("SELECT set_config('panah.named', %s, false)", [",".join(map(str, keys))])
