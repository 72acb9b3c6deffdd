"""What a transaction does to the cards of a file comes into the shred store once the transaction stands.

Rolled back, the cards of before still count, and none lies there that no file names. Until it is done a mark lies
there: one that stays behind (the power failed in between, or it was rolled back) has the cards of all files looked
through again.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from panah.ground.vault import later, shred_store
from panah.ground.vault.crash_points import crash_point

# A search card lies there by itself, and so may its mark. That a facts card was written stands in no row of its own.
BEGUN, BEGUN_BY_ITSELF = "cards begun", "search_b"

_at_once: ContextVar[bool] = ContextVar("cards are stored at once", default=False)


@contextmanager
def stored_at_once() -> Iterator[None]:
    """Store cards without waiting for the end, inside this: where all that is made is kept or thrown away whole."""
    token = _at_once.set(True)
    try:
        yield
    finally:
        _at_once.reset(token)


def when_committed(*, society: UUID, by_itself: bool, do: Callable[[], None], at: datetime) -> None:
    """Call ``do`` as soon as what is written now stands; ``by_itself``: of a kind whose rows are seen to come."""
    if _at_once.get():
        do()
        return
    mark = uuid4()
    if by_itself:
        shred_store.put(BEGUN_BY_ITSELF, mark, at.isoformat().encode(), society=society)
    else:
        (mark,) = later.add(society=society, what=BEGUN, values=[{}], at=at)

    def done() -> None:
        crash_point("cards: the file says so")
        do()
        if by_itself:
            shred_store.drop(BEGUN_BY_ITSELF, [mark])
        else:
            later.settle(society=society, done=[mark])

    # Not a partial: what Django logs of one that fails would hold the card.
    transaction.on_commit(done, robust=True)


def is_begun(*, society: UUID, by_itself: bool) -> bool:
    """Say whether some card is being written now, or its writing was broken off."""
    if by_itself:
        return bool(shred_store.keys_of(BEGUN_BY_ITSELF, society))
    return bool(later.waiting(society=society, what=BEGUN))


def broken_off(*, society: UUID, by_itself: bool, at: datetime) -> bool:
    """Say whether writing a card was broken off, and forget it: the caller sees to it. Needs no key."""
    if by_itself:
        marks = shred_store.each(BEGUN_BY_ITSELF, society, damaged=set())
        old = [mark for mark, since in marks if at - datetime.fromisoformat(since.decode()) >= later.LEAST]
        if old:
            shred_store.drop(BEGUN_BY_ITSELF, old)
    else:
        old = [one.id for one in later.due(society=society, what=BEGUN, at=at)]
        later.settle(society=society, done=old)
    return bool(old)
