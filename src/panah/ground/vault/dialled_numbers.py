"""What rows with numbers say (``foundation.dialled_numbers``), kept in the shred store: digests, one after another."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from panah.ground.foundation.dialled_numbers import BYTES
from panah.ground.vault import shred_store

DIALLED = "dialled"
# Of changes that were never committed at most so many count.
MOST = 8


class ShredKeeper:
    """Keeps them as ``foundation.dialled_numbers.Keeper`` asks for it."""

    def add(self, digests: Mapping[UUID, bytes]) -> None:
        known = self.get(digests)
        shred_store.put_many(DIALLED, {row: said for row, said in digests.items() if row not in known})

        def more(row: UUID, raw: bytes) -> bytes | None:
            # The first is what was settled last, and the true one as long as nothing else is committed: it stays.
            settled, rest = raw[:BYTES], raw[BYTES:]
            return None if raw.endswith(digests[row]) else settled + (rest + digests[row])[-MOST * BYTES :]

        shred_store.change(DIALLED, list(known), more)

    def settle(self, digests: Mapping[UUID, bytes]) -> None:
        def only(row: UUID, raw: bytes) -> bytes | None:
            # Two who change one row at once settle in any order: what came later stays.
            start = raw.rfind(digests[row])
            return raw[start:] if start > 0 else None

        shred_store.change(DIALLED, list(digests), only)

    def get(self, rows: Iterable[UUID]) -> Mapping[UUID, bytes]:
        wanted = list(rows)
        return shred_store.get_many(DIALLED, wanted) if wanted else {}
