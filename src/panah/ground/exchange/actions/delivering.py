"""Delivering: bundles leave, and only a receipt that holds settles them. Whatever else happens, they go again.

A bundle is leased before it leaves, so that two workers never send the same one; a worker that dies lets go of it after
five minutes. A cut line, a timeout, an answer that does not verify: as if nothing had been said.
"""

import logging
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from panah.ground.exchange import backoff, http_client, peer_trust, receipts, rules
from panah.ground.exchange.actions.acknowledgements import settle
from panah.ground.exchange.actions.key_announcements import switched
from panah.ground.exchange.actions.receiving import receive
from panah.ground.exchange.actions.sending import SENT
from panah.ground.exchange.crash_points import DELIVERY
from panah.ground.exchange.envelope import (
    CONTEXT,
    LARGEST,
    LARGEST_BUNDLE,
    MAGIC,
    MOST,
    VERSION,
    Damaged,
    bundle,
    fingerprint,
)
from panah.ground.exchange.models import Outgoing, Peer
from panah.ground.exchange.receipts import Receipt
from panah.ground.exchange.words import SAY_ONLY_THAT, Failure, PeerState, ReceiptCode, SendingState
from panah.ground.foundation import tenancy
from panah.ground.network.queries import hosted_ids
from panah.ground.vault import actions as vault
from panah.ground.vault import node_keys
from panah.ground.vault.crash_points import crash_point
from panah.ground.vault.seals import sign, signing_public
from panah.ground.work.words import Urgency

log = logging.getLogger(__name__)

BITE = 32
# A run ends after so many seconds: the worker has other things to do as well, and the rest goes with the next.
RUN = 8.0

# Sends a bundle to a peer and returns the answer; raises http_client.NotReached.
Post = Callable[[Peer, bytes, datetime], bytes]


@dataclass(frozen=True)
class Bundle:
    """What leaves in one go: the ids in order, and the bytes."""

    ids: tuple[UUID, ...]
    raw: bytes


@dataclass(frozen=True)
class BundleResult:
    """How one bundle went: how many are settled, and whether to go on with this peer now."""

    settled: int
    on: bool


@dataclass(frozen=True)
class Packed:
    """Rows made ready to leave: the envelopes that fit, ids that did not fit, ids whose body is gone."""

    envelopes: dict[UUID, bytes]
    left: list[UUID]
    gone: list[UUID]


def post_bundle(peer: Peer, raw: bytes, at: datetime) -> bytes:
    """Send a bundle to a peer's node: by the same function that takes it in, when that is this node itself."""
    if _is_here(peer):
        return receive(raw, at=at)
    return http_client.post(peer.address, http_client.ENVELOPES, raw, largest=receipts.LARGEST)


def _is_here(peer: Peer) -> bool:
    return bytes(peer.node) in node_keys.publics()


def deliver_due(*, at: datetime, post: Post = post_bundle, seconds: float = RUN) -> int:
    """Deliver what is due of the society within whose walls this runs, or of each; returns how many were settled."""
    here = tenancy.current_tenant()
    end = time.monotonic() + seconds
    return sum(_deliver_of(society, at, post, end) for society in ([here] if here else hosted_ids()))


def _deliver_of(society: UUID, at: datetime, post: Post, end: float) -> int:
    expire(society=society, at=at)
    waiting = Outgoing.objects.filter(
        _due(at), may_leave(at), peer=OuterRef("pk"), state=SendingState.WAITING
    )
    # A withdrawal and what else says only that leave for a blocked peer too: they say nothing new and cannot wait.
    peers = {peer.pk: peer for peer in peer_trust.peers_of(society)}
    blocked, paired = (
        [pk for pk, peer in peers.items() if peer.state == state]
        for state in (PeerState.BLOCKED, PeerState.PAIRED)
    )
    passes = Q(pk__in=blocked) & Exists(waiting.filter(kind__in=SAY_ONLY_THAT))
    due = Peer.objects.filter(passes | Q(pk__in=paired)).filter(
        Q(next_try_at=None) | _due(at), Exists(waiting)
    )
    settled = 0
    for pk in due.order_by("next_try_at").values_list("pk", flat=True):
        peer = peers[pk]
        if not peer.address and not _is_here(peer):
            continue  # Without a line: its messages are carried in files.
        try:
            settled += _deliver_to(peer, at, post, end)
        except Exception:
            # One peer's trouble is not another's. What was leased is let go of in five minutes.
            log.exception("deliver")
    return settled


def _due(at: datetime) -> Q:
    """What is to be tried now: its time has come, or lies so far off that a clock that was ahead has set it."""
    return Q(next_try_at__lte=at) | Q(next_try_at__gt=at + rules.NEVER_SO_LATE)


def may_leave(at: datetime) -> Q:
    """What is not held back now, or was held back so far ahead that a clock was wrong."""
    held = Q(leaves_at__gt=at, leaves_at__lte=at + rules.LONGEST_HELD)
    return Q(leaves_at=None) | ~held


def _deliver_to(peer: Peer, at: datetime, post: Post, end: float) -> int:
    settled = 0
    while time.monotonic() < end:
        went = deliver_bundle(peer=peer, at=at, post=post)
        settled += went.settled
        if not went.on:
            break
    return settled


def deliver_bundle(*, peer: Peer, at: datetime, post: Post = post_bundle) -> BundleResult:
    """Send one bundle to a peer, and settle what its receipt says."""
    leaving = lease(peer=peer, at=at)
    if leaving is None:
        return BundleResult(0, on=False)
    crash_point(DELIVERY[0])
    try:
        answer = post(peer, leaving.raw, at)
        crash_point(DELIVERY[1])
        receipt = _receipt(peer, leaving, answer)
    except http_client.NotReached as problem:
        _not_reached(peer, leaving.ids, problem.failure, at)
        return BundleResult(0, on=False)
    crash_point(DELIVERY[2])
    codes = {code for _, code in receipt.codes}
    done = settle(peer=peer, codes=matched(leaving.ids, receipt), at=at)
    crash_point(DELIVERY[3])
    vault.destroy(kind=SENT, keys=done)
    crash_point(DELIVERY[4])
    if codes and codes <= {ReceiptCode.NOT_PAIRED, ReceiptCode.WRONG_PLACE}:
        _failing(peer, Failure(min(codes)), at)
        return BundleResult(len(done), on=False)
    full = bool(codes & {ReceiptCode.TOO_MANY, ReceiptCode.LATER})
    _reached(peer, at, until=at + backoff.FIRST_WAIT if full else None)
    return BundleResult(len(done), on=not full)


# -- what leaves -------------------------------------------------------------------------------


def lease(*, peer: Peer, at: datetime) -> Bundle | None:
    """Take the next bundle of a peer off the queue for five minutes: what cannot wait first, then the oldest."""
    with transaction.atomic():
        rows = _next_rows(peer, at)
        if not rows:
            return None
        until = at + rules.LEASE
        Outgoing.objects.filter(pk__in=[row.pk for row in rows]).update(
            leased_until=until, next_try_at=until, attempts=F("attempts") + 1
        )
    ready = packed(rows, largest=_largest(peer))
    if ready.left:
        Outgoing.objects.filter(pk__in=ready.left, state=SendingState.WAITING).update(
            leased_until=None, next_try_at=at, attempts=F("attempts") - 1
        )
    if ready.gone:
        _content_is_gone(ready.gone, at)
    if not ready.envelopes:
        return lease(peer=peer, at=at) if ready.gone else None
    return Bundle(tuple(ready.envelopes), bundle(ready.envelopes.values()))


def _largest(peer: Peer) -> int:
    # After a failure less is tried at once: a thin line may have been too slow for the whole.
    return max(LARGEST_BUNDLE >> peer.attempts, LARGEST)


class OutgoingRow(Protocol):
    """A row of ``Outgoing``, or its columns."""

    @property
    def pk(self) -> UUID: ...
    @property
    def header(self) -> bytes | memoryview: ...
    @property
    def signature(self) -> bytes | memoryview: ...


def _next_rows(peer: Peer, at: datetime) -> list[OutgoingRow]:
    rows_due = Outgoing.objects.select_for_update(skip_locked=True)
    due = rows_due.filter(_due(at), may_leave(at), peer=peer, state=SendingState.WAITING, expires_at__gt=at)
    if peer.state == PeerState.BLOCKED:
        due = due.filter(kind__in=SAY_ONLY_THAT)
    read = due.order_by("next_try_at", "created_at").values_list("pk", "header", "signature", named=True)
    rows: list[OutgoingRow] = list(read.filter(urgency=Urgency.NOW)[:MOST])
    if len(rows) < MOST:
        rows += read.exclude(urgency=Urgency.NOW)[: MOST - len(rows)]
    return rows


def packed(rows: Sequence[OutgoingRow], *, largest: int = LARGEST_BUNDLE) -> Packed:
    """Return the envelopes of these rows, in their order, as many as fit into so many bytes.

    ``rows`` are of ``Outgoing``, or have its ``pk``, ``header`` and ``signature``.
    """
    ready = Packed({}, [], [])
    size, seed = 0, node_keys.signing_seed()
    # Worked out once: it costs a tenth of sending an envelope.
    own = fingerprint(signing_public(seed)).encode()
    for start in range(0, len(rows), BITE):
        some = rows[start : start + BITE]
        bodies = vault.load_blobs(kind=SENT, keys=[row.pk for row in some])
        for place, row in enumerate(some, start):
            body = bodies.get(row.pk, b"")
            if not body and not _may_be_empty(row):
                ready.gone.append(row.pk)
                continue
            raw = _pack(row, body, own, seed)
            size += len(raw) + 4
            if size > largest:
                ready.left.extend(later.pk for later in rows[place:])
                return ready
            ready.envelopes[row.pk] = raw
    return ready


def _pack(row: OutgoingRow, body: bytes, own: bytes, seed: bytes) -> bytes:
    """Return the envelope of a row as it leaves."""
    header, signature = bytes(row.header), bytes(row.signature)
    if own not in header:
        # The key of this node was replaced since it was sealed: the others know the new one now.
        signature = sign(seed, CONTEXT, header, body)
    return b"".join(
        (
            MAGIC,
            bytes([VERSION]),
            len(header).to_bytes(4, "big"),
            header,
            len(body).to_bytes(4, "big"),
            body,
            signature,
        )
    )


def _may_be_empty(row: OutgoingRow) -> bool:
    return b'"key":"nothing"' in bytes(row.header)


def _content_is_gone(ids: list[UUID], at: datetime) -> None:
    # The shred store was lost, or the database comes from a backup: there is nothing left to send.
    rows = Outgoing.objects.filter(pk__in=ids, state=SendingState.WAITING)
    rows.update(state=SendingState.STUCK, code="", settled_at=at, leased_until=None)


def expire(*, society: UUID, at: datetime) -> int:
    """Let go of what did not arrive in time; it stays visible until a person has seen it. Returns how many."""
    with transaction.atomic():
        late = Outgoing.objects.select_for_update(skip_locked=True).filter(
            society=society, state__in=(SendingState.WAITING, SendingState.STUCK), expires_at__lte=at
        )
        ids = list(late.values_list("pk", flat=True)[:MOST])
        if not ids:
            return 0
        Outgoing.objects.filter(pk__in=ids).update(
            state=SendingState.EXPIRED, settled_at=at, leased_until=None
        )
    vault.destroy(kind=SENT, keys=ids)
    return len(ids)


# -- what comes back ---------------------------------------------------------------------------


def _receipt(peer: Peer, leaving: Bundle, answer: bytes) -> Receipt:
    """Return the receipt in an answer; raises NotReached unless the peer's node signed it for this very bundle."""
    try:
        receipt = receipts.unpack(answer)
    except Damaged:
        raise http_client.NotReached(Failure.NO_RECEIPT) from None
    key = next((one for one in peer_trust.node_keys(peer) if receipt.node == fingerprint(one)), None)
    if key is None:
        raise http_client.NotReached(Failure.OTHER_NODE)
    if receipt.bundle != receipts.hash_of(leaving.raw) or not receipt.is_signed_by(key):
        raise http_client.NotReached(Failure.NO_RECEIPT)
    if key != bytes(peer.node):
        with transaction.atomic():
            switched(peer=peer, node_key=key)
    return receipt


def matched(ids: tuple[UUID, ...], receipt: Receipt) -> dict[UUID, str]:
    """Return {id: code} of a receipt; what it could not read is known by its place."""
    ours = set(ids)
    found: dict[UUID, str] = {}
    for place, (named, code) in enumerate(receipt.codes):
        which = named or (ids[place] if place < len(ids) else None)
        if which in ours and which is not None:
            found.setdefault(which, code)
    return found


def _not_reached(peer: Peer, ids: tuple[UUID, ...], failure: str, at: datetime) -> None:
    until = _failing(peer, failure, at)
    rows = Outgoing.objects.filter(pk__in=ids, state=SendingState.WAITING)
    rows.update(leased_until=None, next_try_at=until)


def _failing(peer: Peer, failure: str, at: datetime) -> datetime:
    """Remember that a peer was not reached, and leave it in peace for a while; returns until when."""
    urgent = Outgoing.objects.filter(peer=peer, state=SendingState.WAITING, urgency=Urgency.NOW).exists()
    peer.attempts += 1
    # Spread over time, not secret: many nodes lose the same line at the same moment.
    chance = random.random()  # noqa: S311
    until = at + backoff.wait_after(peer.attempts, now=urgent, chance=chance)
    peer.failed_since, peer.failure, peer.next_try_at = peer.failed_since or at, failure, until
    peer.save(update_fields=["attempts", "failed_since", "failure", "next_try_at"])
    return until


def _reached(peer: Peer, at: datetime, *, until: datetime | None) -> None:
    """Remember that a peer was reached; ``until``: it has enough for now, and the rest of the queue waits till then."""
    peer.attempts, peer.failed_since, peer.failure, peer.next_try_at = 0, None, "", until
    peer.reached_at = at
    peer.save(update_fields=["attempts", "failed_since", "failure", "next_try_at", "reached_at"])
