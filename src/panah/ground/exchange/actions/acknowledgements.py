"""Settling what was sent, by the codes of a receipt."""

import random
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from panah.ground.exchange import backoff, rules
from panah.ground.exchange.models import Outgoing, Peer
from panah.ground.exchange.words import AGAIN, DONE, ReceiptCode, SendingState
from panah.ground.work.words import Urgency


@transaction.atomic
def settle(*, peer: Peer, codes: Mapping[UUID, str], at: datetime) -> list[UUID]:
    """Write down what a peer said about messages to it; returns the ids that are done, whose bodies may go.

    A code that is not known here counts as one that waits for a person. What was stopped meanwhile and yet arrived
    is *there*: that is what is true.
    """
    open_ones = Outgoing.objects.select_for_update().filter(
        peer=peer,
        pk__in=list(codes),
        state__in=(SendingState.WAITING, SendingState.STUCK, SendingState.STOPPED),
    )
    open_ones = open_ones.only("urgency", "state", "attempts")
    by_code: dict[str, list[Outgoing]] = defaultdict(list)
    for row in open_ones:
        by_code[codes[row.pk]].append(row)
    done: list[UUID] = []
    for code, rows in by_code.items():
        if code in DONE:
            done += [row.pk for row in rows]
            _end(rows, SendingState.DELIVERED, code, at)
            continue
        waiting = [row for row in rows if row.state == SendingState.WAITING]
        again = [row for row in waiting if _retries(row, code)]
        _wait(again, code, at)
        _end([row for row in waiting if not _retries(row, code)], SendingState.STUCK, code, at)
    return done


def _retries(row: Outgoing, code: str) -> bool:
    return code in AGAIN and not (code == ReceiptCode.DAMAGED and row.attempts >= rules.DAMAGED_TIMES)


def _end(rows: list[Outgoing], state: SendingState, code: str, at: datetime) -> None:
    if rows:
        known = code if code in ReceiptCode.values else ""
        Outgoing.objects.filter(pk__in=[row.pk for row in rows]).update(
            state=state, code=known, settled_at=at, leased_until=None
        )


def _wait(rows: list[Outgoing], code: str, at: datetime) -> None:
    by_attempts: dict[tuple[int, bool], list[UUID]] = defaultdict(list)
    for row in rows:
        by_attempts[row.attempts, row.urgency == Urgency.NOW].append(row.pk)
    for (attempts, now), ids in by_attempts.items():
        # Spread over time, not secret.
        wait = backoff.wait_after(attempts, now=now, chance=random.random())  # noqa: S311
        Outgoing.objects.filter(pk__in=ids).update(code=code, leased_until=None, next_try_at=at + wait)
