"""What rows that decide say (``foundation.protected_rows``), kept in the shred store."""

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from django.conf import settings

from panah.ground.vault import shred_store


class ProtectedRowStore:
    """Keeps them as ``foundation.protected_rows.Keeper`` asks for it."""

    def get(self, kind: str, subjects: Iterable[UUID]) -> Mapping[UUID, bytes]:
        wanted = list(subjects)
        return shred_store.get_many(kind, wanted) if wanted else {}

    def put(self, kind: str, values: Mapping[UUID, bytes], society: UUID, *, new: bool) -> None:
        if values:
            # The door's own role may only add.
            (shred_store.put_new if new else shred_store.put_many)(kind, values, society=society)

    def settle(
        self, kind: str, now: Mapping[UUID, bytes], how: Callable[[bytes, bytes], bytes | None]
    ) -> None:
        if settings.PANAH_DOOR_ONLY:
            # It may not change what it added: both versions stay, and the table says which of them it is.
            return
        gone = set()

        def settled(subject: UUID, raw: bytes) -> bytes | None:
            found = how(now[subject], raw)
            if found == b"":
                gone.add(subject)
            return found or None

        shred_store.change(kind, now, settled)
        if gone:
            shred_store.drop(kind, gone)

    def subjects(self, kind: str, society: UUID | None) -> list[UUID]:
        return shred_store.keys_of(kind, society)
