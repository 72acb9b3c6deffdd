"""Long work on rows, one worker at a time: a row is leased, the lease renewed with each piece of work, and given back.

The row is the queue: what is to be done stands in its state, and beside it are kept the end of the lease and a random
token, no arguments and no other time. A worker that dies is followed by the next one when its lease is over. Whatever
takes a row out of a worker's hands (a person who stops it, or has it begun anew) sets ``leased_until`` to None in the
statement that says so.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q, QuerySet

from panah.ground.foundation import tenancy
from panah.ground.foundation.models import Model


class LeaseLost(Exception):
    """The row is in other hands, was stopped or begun anew by a person, or is gone: nothing more is written."""


class Leased(Model):
    """A row that one worker at a time works on."""

    leased_until = models.DateTimeField(null=True)
    # Drawn anew with each lease: only the worker that knows it holds the row. Two leases may end in one microsecond.
    lease_token = models.UUIDField(null=True)

    class Meta:
        abstract = True


class Turn:
    """The time that a worker has: it began ``at``, and from there its own clock goes on."""

    def __init__(self, at: datetime, patience: timedelta) -> None:
        self._at, self._patience, self._began = at, patience, time.monotonic()

    def _passed(self) -> timedelta:
        return timedelta(seconds=time.monotonic() - self._began)

    def now(self) -> datetime:
        return self._at + self._passed()

    def is_over(self) -> bool:
        return self._passed() >= self._patience


class Lease[Row: Leased]:
    """A row in the hands of one worker."""

    def __init__(self, row: Row, length: timedelta, turn: Turn) -> None:
        self.row, self.length, self.now, self._token = row, length, turn.now, row.lease_token

    def renew(self, **changes: object) -> None:
        """Write how far it is, inside the transaction of what was done; raises LeaseLost where it is not ours."""
        self._write(self.now() + self.length, changes)

    def release(self, **changes: object) -> None:
        """Let go, and write what has become of the row; raises LeaseLost where it is not ours."""
        self._write(None, changes)

    def _write(self, until: datetime | None, changes: Mapping[str, object]) -> None:
        # A row that was taken away keeps the token, and has no end of a lease.
        rows = type(self.row)._base_manager.filter(
            pk=self.row.pk, lease_token=self._token, leased_until__isnull=False
        )
        if not rows.update(leased_until=until, **changes):
            raise LeaseLost
        self.row.leased_until = until


@dataclass(frozen=True)
class Queue[Row: Leased]:
    """The rows that wait for work, those first that are worked on first.

    ``rows`` asks for columns of their own table alone: a row is taken by one statement that compares and writes.
    ``length`` is longer than the slowest piece of work: whoever is silent for so long is gone. ``society``: the way to
    a row's society. ``taken``: what is written into a row that is taken.
    """

    rows: QuerySet[Row]
    length: timedelta
    society: str = "society_id"
    taken: Mapping[str, object] = field(default_factory=dict)

    def work(
        self,
        do: Callable[[Lease[Row]], Generator[object]],
        *,
        at: datetime,
        patience: timedelta,
        only: UUID | None = None,
    ) -> int:
        """Work for about ``patience`` inside the walls of a society; returns how many pieces were done, at least one.

        ``do`` yields after each piece, where it may be left until the next turn, and releases the row at the end.
        ``only``: of this row.
        """
        turn, done = Turn(at, patience), 0
        while (lease := self.take(turn, only)) is not None:
            with suppress(LeaseLost), closing(do(lease)) as pieces:
                for _piece in pieces:
                    done += 1
                    if turn.is_over():
                        # One that is finished is in nobody's hands any more, and this changes nothing.
                        lease.release()
                        break
            if turn.is_over():
                break
        return done

    def take(self, turn: Turn, only: UUID | None = None) -> Lease[Row] | None:
        """Lease the next row that nobody holds, or whose holder is gone."""
        at = turn.now()
        waiting = self.rows.filter(Q(leased_until=None) | Q(leased_until__lte=at))
        if only is not None:
            waiting = waiting.filter(pk=only)
        society = tenancy.current_tenant()
        if society is not None:
            waiting = waiting.filter(**{self.society: society})
        token, until = uuid4(), at + self.length
        while (free := waiting.values_list("pk", "leased_until", "lease_token").first()) is not None:
            pk, before, holder = free
            # Whoever comes second finds another lease, and looks for the next row.
            as_read = self.rows.filter(pk=pk, leased_until=before, lease_token=holder)
            if as_read.update(leased_until=until, lease_token=token, **self.taken):
                row = self.rows.filter(pk=pk, lease_token=token, leased_until=until).first()
                if row is not None:
                    return Lease(row, self.length, turn)
        return None
