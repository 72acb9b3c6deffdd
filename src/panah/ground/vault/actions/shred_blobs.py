"""What other rooms let lie in the shred store until it must vanish. They seal it themselves, before it comes here."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from uuid import UUID

from django.db import connections, transaction

from panah.ground.vault import shred_store

KINDS = frozenset(
    {
        "page",
        "page_answer",
        "question",
        "pairs",
        "counts",
        "import_mark",
        "upload",
        "sent",
        "arrived",
        "asked_here",
        "volunteer_table",
        "door_word",
        "door_line",
        "marked_picture",
    }
)


def store_blob(*, kind: str, key: UUID, sealed: bytes, society: UUID) -> None:
    """Keep sealed bytes of a known kind in every copy of the shred store."""
    shred_store.put(_known(kind), key, sealed, society=society)


def store_blobs(*, kind: str, sealed: Mapping[UUID, bytes], society: UUID) -> None:
    """Keep many of a kind, each copy of the store in one go."""
    shred_store.put_many(_known(kind), sealed, society=society)


def store_new_blobs(*, kind: str, sealed: Mapping[UUID, bytes], society: UUID) -> None:
    """Keep what nobody has written before: for what strangers write. Never writes over what lies there, but fails."""
    shred_store.put_new(_known(kind), sealed, society=society)


@contextmanager
def stored_together() -> Iterator[None]:
    """Let what is stored inside be committed in each copy of the shred store once, at the end."""
    with ExitStack() as commits:
        for store in shred_store.copies():
            # Inside another of these, that one commits.
            if not connections[store.alias].in_atomic_block:
                commits.enter_context(transaction.atomic(using=store.alias))
        yield


def load_blob(*, kind: str, key: UUID) -> bytes | None:
    """Return what was put away, or None if it never was or is gone."""
    return shred_store.get(_known(kind), key)


def load_blobs(*, kind: str, keys: Iterable[UUID]) -> dict[UUID, bytes]:
    """Return what was put away under these keys; what is gone is left out. One query."""
    return shred_store.get_many(_known(kind), keys)


def destroy(*, kind: str, keys: Iterable[UUID]) -> int:
    """Destroy what was put away, in every copy; returns how many rows went."""
    return shred_store.drop(_known(kind), keys)


def _known(kind: str) -> str:
    # Halves, cards and segments are the vault's own: no other room names them.
    if kind not in KINDS:
        raise ValueError(kind)
    return kind
