"""Sealing what leaves: the body first, in the shred store; then the row, with what a list needs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.exchange import events, peer_trust, rules
from panah.ground.exchange.crash_points import SENDING
from panah.ground.exchange.envelope import CONTEXT, Header, fingerprint
from panah.ground.exchange.errors import not_paired
from panah.ground.exchange.models import Outgoing, Peer
from panah.ground.exchange.words import (
    OF_NODES,
    PERSONAL,
    SAY_ONLY_THAT,
    MessageKind,
    PeerState,
    SendingState,
)
from panah.ground.foundation.bulk_insert import insert, to_instance
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import node_keys
from panah.ground.vault.crash_points import crash_point
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.sealed_body import seal_body
from panah.ground.vault.seals import Signer
from panah.ground.work.words import Urgency

SENT = "sent"


@dataclass(frozen=True)
class Draft:
    """One message before it is sealed. ``to_key``: a conversation's public key, or None for the peer's intake key.

    ``leaves_at``: held back until then, and dated so: neither the hour nor the outside tell when it was sealed.
    """

    kind: MessageKind | str
    conversation: UUID
    content: Mapping[str, object]
    urgency: Urgency | str = Urgency.TODAY
    to_key: bytes | None = None
    expires_at: datetime | None = None
    leaves_at: datetime | None = None


class Queued(NamedTuple):
    """What is written of a message in the queue, by the names of ``Outgoing``: no model is made of each of many."""

    id: UUID
    society_id: UUID
    peer_id: UUID
    kind: str
    conversation: UUID
    urgency: str
    header: bytes
    signature: bytes
    created_at: datetime
    expires_at: datetime
    next_try_at: datetime
    leaves_at: datetime | None


def send(
    *,
    keys: Keyring | None,
    peer: Peer,
    kind: MessageKind | str,
    conversation: UUID,
    content: Mapping[str, object],
    at: datetime,
    urgency: Urgency | str = Urgency.TODAY,
    to_key: bytes | None = None,
    expires_at: datetime | None = None,
    leaves_at: datetime | None = None,
) -> Outgoing:
    """Seal a message about a person to a paired society and put it in the queue.

    Sealed to ``to_key`` (the other side's key of this conversation), or to the peer's intake key, whose pins are
    checked through ``keys``. What says nothing but its kind needs no keys. Refuses what is too large, and a peer
    that may not be used now.
    """
    draft = Draft(kind, conversation, content, urgency, to_key, expires_at, leaves_at)
    return _as_row(peer, _send(keys, peer, [draft], at)[0])


def send_many(*, keys: Keyring | None, peer: Peer, drafts: Iterable[Draft], at: datetime) -> list[UUID]:
    """Seal many messages about persons to one paired society: all of them, or none; returns their ids."""
    return [one.id for one in _send(keys, peer, drafts, at)]


@transaction.atomic
def _send(keys: Keyring | None, peer: Peer, drafts: Iterable[Draft], at: datetime) -> list[Queued]:
    many = list(drafts)
    for draft in many:
        if draft.kind not in PERSONAL:
            raise ValueError(draft.kind)
    if keys is None and not all(_has_no_content(draft) for draft in many):
        raise Refusal(
            _("Your vault is locked."), next_step=_("Open it and send the message again."), code="locked"
        )
    _must_be_usable(keys, peer_trust.believed(peer), many, at)
    rows = _queue(peer, _all_sealed(peer, many, at), at)
    by = keys.staff if keys is not None else None
    for kind in sorted({str(draft.kind) for draft in many}):
        number = sum(draft.kind == kind for draft in many)
        audit.record(
            event=events.SENT if by is not None else events.SENT_BY_NODE,
            by=by,
            society=peer.society_id,
            at=at,
            about=peer.pk,
            facts={"kind": kind, "messages": number},
        )
    return rows


@transaction.atomic
def send_of_node(
    *,
    peer: Peer,
    kind: MessageKind | str,
    content: Mapping[str, object],
    at: datetime,
    urgency: Urgency | str = Urgency.LATER,
    conversation: UUID | None = None,
) -> Outgoing:
    """Seal a message without any person in it to the peer's node; needs no open vault."""
    if kind not in OF_NODES:
        raise ValueError(kind)
    if peer_trust.believed(peer).state != PeerState.PAIRED:
        raise not_paired()
    draft = Draft(kind, conversation or uuid4(), content, urgency)
    (queued,) = _queue(peer, _all_sealed(peer, [draft], at), at)
    audit.record(
        event=events.SENT_BY_NODE,
        by=None,
        society=peer.society_id,
        at=at,
        about=peer.pk,
        facts={"kind": str(kind), "messages": 1},
    )
    return _as_row(peer, queued)


def _as_row(peer: Peer, queued: Queued) -> Outgoing:
    row: Outgoing = to_instance(Outgoing, Queued._fields, queued)
    row.peer = peer
    return row


def _must_be_usable(keys: Keyring | None, peer: Peer, many: list[Draft], at: datetime) -> None:
    if keys is not None and not all(_has_no_content(draft) for draft in many):
        peer_trust.must_be_usable(keys=keys, peer=peer, at=at)
    elif peer.state not in (PeerState.PAIRED, PeerState.BLOCKED):
        raise not_paired()


def _has_no_content(draft: Draft) -> bool:
    """Say whether its kind is all it says: nothing is sealed, and it must go to a peer out of date too."""
    return draft.kind in SAY_ONLY_THAT and not draft.content


def _all_sealed(peer: Peer, drafts: list[Draft], at: datetime) -> list[tuple[Queued, bytes]]:
    # The node's key is loaded once: that costs as much as half a signature.
    signer = Signer(node_keys.signing_seed())
    nodes = fingerprint(signer.public), fingerprint(bytes(peer.node))
    return [_sealed(peer, draft, at, signer, nodes) for draft in drafts]


def _sealed(
    peer: Peer, draft: Draft, at: datetime, signer: Signer, nodes: tuple[str, str]
) -> tuple[Queued, bytes]:
    """Return what is to be written of a message, and its sealed body; ``nodes``: ours and theirs, by fingerprint."""
    public, to_key = _recipient_key(peer, draft)
    dated = draft.leaves_at or at
    header = Header(
        id=uuid4(),
        kind=str(draft.kind),
        source=peer.society.slug,
        source_node=nodes[0],
        target=peer.theirs.slug,
        target_node=nodes[1],
        conversation=draft.conversation,
        urgency=str(draft.urgency),
        created=dated,
        expires=draft.expires_at or rules.lives_until(str(draft.kind), at=dated),
        to_key=to_key,
    )
    raw = header.pack()
    try:
        body = seal_body(public, draft.content, raw) if public else b""
    except ValueError:
        raise Refusal(
            _("This is too much for one message."),
            next_step=_("Shorten the texts. Nothing was sent, and what you wrote is still here."),
            code="too-large",
        ) from None
    queued = Queued(
        header.id,
        peer.society_id,
        peer.pk,
        header.kind,
        header.conversation,
        header.urgency,
        raw,
        signer.sign(CONTEXT, raw, body),
        dated,
        header.expires,
        next_try_at=at,
        leaves_at=draft.leaves_at,
    )
    return queued, body


def _recipient_key(peer: Peer, draft: Draft) -> tuple[bytes, str]:
    """Return the public key a message is sealed to, and what the header says of it."""
    if draft.kind in OF_NODES:
        return bytes(peer.node_box), "node"
    if _has_no_content(draft):
        return b"", "nothing"
    if draft.to_key is not None:
        return draft.to_key, "conversation"
    return bytes(peer.intake), f"intake:{peer.intake_generation}"


def _queue(peer: Peer, made: list[tuple[Queued, bytes]], at: datetime) -> list[Queued]:
    bodies = {queued.id: body for queued, body in made if body}
    if bodies:
        vault.store_blobs(kind=SENT, sealed=bodies, society=peer.society_id)
    crash_point(SENDING[0])
    queue = [queued for queued, _ in made]
    insert(Outgoing, Queued._fields, queue)
    if any(queued.urgency == Urgency.NOW for queued in queue):
        # What cannot wait does not wait until a peer that failed is due again.
        Peer.objects.filter(pk=peer.pk, next_try_at__gt=at).update(next_try_at=at)
    return queue


@transaction.atomic
def stop(*, society: UUID, theirs: UUID, conversation: UUID, at: datetime) -> int:
    """Stop what waits to leave to one society in a conversation, and destroy it; returns how many have not left.

    Another society that names the same conversation stops nothing of it. What is on its way at this moment, was tried
    without an answer, or lies in a file may be there already: it is not sent again. What tells nothing but its kind (a
    withdrawal, a question whether somebody is safe) is never stopped.
    """
    rows = Outgoing.objects.select_for_update(of=("self",)).filter(
        society=society,
        peer__theirs=theirs,
        conversation=conversation,
        state__in=(SendingState.WAITING, SendingState.STUCK),
    )
    found = list(rows.exclude(kind__in=SAY_ONLY_THAT))
    if not found:
        return 0
    ids = [row.pk for row in found]
    Outgoing.objects.filter(pk__in=ids).update(state=SendingState.STOPPED, settled_at=at, leased_until=None)
    audit.record(event=events.STOPPED, by=None, society=society, at=at, facts={"messages": len(ids)})
    transaction.on_commit(lambda: vault.destroy(kind=SENT, keys=ids))
    return sum(1 for row in found if not row.attempts and row.in_file_at is None)
