"""Rows that say whom to telephone: what they say is kept outside the database too, and compared before it is shown.

Who can write in the database could lead a call to himself. So a model whose rows hold a number is a
``HasDialledNumbers`` and says with ``dialled()`` what of it is kept; whoever writes such rows calls ``keep`` in the
same transaction, and whoever shows them asks through ``compared`` and shows ``number_of`` them. Where it is kept, a
room above decides (``KEEPER``).

Kept is a digest of 16 bytes for each row (``digest``, frozen). While a change is not committed yet, the one of before
counts beside the new one: a cut between two databases never makes a true number look false.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Protocol
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.registry import Registry

# Stands where the number would.
CHANGED = _("changed outside Panah: do not call it, ask a focal point")
BYTES = 16


class Keeper(Protocol):
    """What keeps digests where who writes in the database does not reach them."""

    def add(self, digests: Mapping[UUID, bytes]) -> None:
        """Let these count beside those that count already."""

    def settle(self, digests: Mapping[UUID, bytes]) -> None:
        """Let what counted before these count no more."""

    def get(self, rows: Iterable[UUID]) -> Mapping[UUID, bytes]:
        """Return what counts for each row, one digest after the other."""


class HasDialledNumbers:
    """A row with a number that people dial. ``changed_outside`` is None until it was compared."""

    pk: UUID
    changed_outside: bool | None = None

    def dialled(self) -> tuple[object, ...] | None:
        """Return what is kept of this row, None where it tells no number."""
        raise TypeError(f"{type(self).__name__} does not say which numbers it tells")


KEEPER: Registry[Keeper] = Registry("where it is kept what rows with numbers say")
# All rows of a room with numbers that a society's people see.
ALL: Registry[Callable[[UUID], Iterable[HasDialledNumbers]]] = Registry("rows with numbers that people dial")


def digest(row: HasDialledNumbers) -> bytes:
    """Return what is kept of a row: 16 bytes of SHA-256 over its kind, its id and what it tells."""
    # Not ``type(row)``: a page holds its colleague lazily, and the type of that is no model.
    said = [row.__class__.__name__, str(row.pk), *(row.dialled() or ())]
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).digest()[:BYTES]


def keep(rows: Iterable[HasDialledNumbers]) -> None:
    """Keep what rows tell that were just written; as soon as that stands, what they told before counts no more."""
    new = {row.pk: digest(row) for row in rows}
    for keeper in KEEPER:
        known = keeper.get(new)
        changed = {pk: said for pk, said in new.items() if known.get(pk) != said}
        if changed:
            keeper.add(changed)
            transaction.on_commit(partial(keeper.settle, changed), robust=True)


def compared[T: HasDialledNumbers](rows: Iterable[T]) -> list[T]:
    """Return the rows, each compared with what was kept of it; one question for all of them, outside the database."""
    found = list(rows)
    telling = [row for row in found if row.dialled() is not None]
    known = {pk: raw for keeper in KEEPER for pk, raw in keeper.get([row.pk for row in telling]).items()}
    for row in found:
        row.changed_outside = False
    for row in telling:
        raw = known.get(row.pk, b"")
        row.changed_outside = digest(row) not in {raw[i : i + BYTES] for i in range(0, len(raw), BYTES)}
    return found


def number_of(row: HasDialledNumbers, number: str) -> str:
    """Return a number of a row as it may be shown: a warning where it was changed outside Panah.

    A row that was not compared is compared now; for a list ask ``compared`` first.
    """
    if row.changed_outside is None:
        compared([row])
    return str(CHANGED) if row.changed_outside and number else number


def to_edit(row: HasDialledNumbers, number: str) -> str:
    """Return a number as a form begins with it: none where it was changed outside Panah, never saved unread."""
    return "" if number_of(row, number) != number else number


def changed_of(society: UUID) -> list[HasDialledNumbers]:
    """Return all rows of which a society's people would see a number that was changed outside Panah."""
    return [row for room in ALL for row in compared(room(society)) if row.changed_outside]


def accept(society: UUID) -> None:
    """Let count what rows tell now: after a restored backup."""
    for room in ALL:
        keep(room(society))
