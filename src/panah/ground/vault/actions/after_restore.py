"""What follows a restored database: what still opens."""

from dataclasses import dataclass
from pathlib import Path

from django.db import connections
from django.db.utils import DatabaseError

from panah.ground.vault import shred_store
from panah.ground.vault.keyring import HALF
from panah.ground.vault.models import File


@dataclass(frozen=True)
class Restored:
    """Sealed files in the database, and how many of them without their half."""

    files: int
    without_half: int


def copies_here() -> int:
    """Return how many copies of the shred store are on this machine with their keys and hold anything."""
    return sum(_holds_anything(store) for store in shred_store.copies())


def _holds_anything(store: shred_store.Store) -> bool:
    where = connections[store.alias].settings_dict["NAME"]
    if connections[store.alias].vendor == "sqlite" and not Path(where).exists():
        return False
    try:
        return bool(store.keys.load()) and store.opens_something()
    except DatabaseError:
        return False


def count_openable() -> Restored:
    """Count the files that came back, and those that cannot be opened."""
    ids = list(File.objects.filter(erased_at=None).values_list("pk", flat=True))
    there = set(shred_store.keys_of(HALF)) if copies_here() else set()
    return Restored(len(ids), sum(pk not in there for pk in ids))
