"""Sealing what leaves: the body first, in the shred store; then the row, with what a list needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.audit import actions as audit
from panah.exchange import events, peers, rules
from panah.exchange.envelope import CONTEXT, Header, fingerprint, seal_body
from panah.exchange.models import Outgoing, Peer
from panah.exchange.steps import SENDING
from panah.exchange.words import OF_NODES, PERSONAL, Kind, PeerState, Sending
from panah.foundation.errors import Refusal
from panah.foundation.writing import insert_rows
from panah.vault import actions as vault
from panah.vault import node
from panah.vault.keyring import Keyring
from panah.vault.seals import sign, signing_public
from panah.vault.steps import step
from panah.work.words import Urgency

SENT = "sent"


@dataclass(frozen=True)
class Draft:
    """One message before it is sealed. ``to_key``: a conversation's public key, or None for the peer's intake key.

    ``leaves_at``: held back until then, and dated so: neither the hour nor the outside tell when it was sealed.
    """

    kind: Kind | str
    conversation: UUID
    content: dict[str, Any]
    urgency: Urgency | str = Urgency.TODAY
    to_key: bytes | None = None
    expires_at: datetime | None = None
    leaves_at: datetime | None = None


def send(
    *,
    keys: Keyring | None,
    peer: Peer,
    kind: Kind | str,
    conversation: UUID,
    content: dict[str, Any],
    at: datetime,
    urgency: Urgency | str = Urgency.TODAY,
    to_key: bytes | None = None,
    expires_at: datetime | None = None,
    leaves_at: datetime | None = None,
) -> Outgoing:
    """Seal a message about a person to a paired society and put it in the queue.

    Sealed to ``to_key`` (the other side's key of this conversation), or to the peer's intake key, whose pins are
    checked through ``keys``. A withdrawal with no content needs no keys. Refuses what is too large, and a peer
    that may not be used now.
    """
    draft = Draft(kind, conversation, content, urgency, to_key, expires_at, leaves_at)
    return send_many(keys=keys, peer=peer, drafts=[draft], at=at)[0]


@transaction.atomic
def send_many(*, keys: Keyring | None, peer: Peer, drafts: Iterable[Draft], at: datetime) -> list[Outgoing]:
    """Seal many messages about persons to one paired society: all of them, or none."""
    many = list(drafts)
    for draft in many:
        if draft.kind not in PERSONAL:
            raise ValueError(draft.kind)
    if keys is None and not all(_says_only_that(draft) for draft in many):
        raise Refusal(
            _("Your vault is locked."), next_step=_("Open it and send the message again."), code="locked"
        )
    _must_be_usable(keys, peer, many, at)
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
    kind: Kind | str,
    content: dict[str, Any],
    at: datetime,
    urgency: Urgency | str = Urgency.LATER,
    conversation: UUID | None = None,
) -> Outgoing:
    """Seal a message without any person in it to the peer's node; needs no open vault."""
    if kind not in OF_NODES:
        raise ValueError(kind)
    if peer.state != PeerState.PAIRED:
        raise not_paired()
    draft = Draft(kind, conversation or uuid4(), content, urgency)
    (row,) = _queue(peer, _all_sealed(peer, [draft], at), at)
    audit.record(
        event=events.SENT_BY_NODE,
        by=None,
        society=peer.society_id,
        at=at,
        about=peer.pk,
        facts={"kind": str(kind), "messages": 1},
    )
    return row


def not_paired() -> Refusal:
    """The answer when nothing may be sealed to a society now."""
    return Refusal(
        _("Your society and the other one are not paired now."),
        next_step=_(
            "Ask a focal point to compare the six words with the other side. Use the telephone until then."
        ),
        code="not-paired",
    )


def _must_be_usable(keys: Keyring | None, peer: Peer, many: list[Draft], at: datetime) -> None:
    if keys is not None and not all(_says_only_that(draft) for draft in many):
        peers.must_be_usable(keys=keys, peer=peer, at=at)
    elif peer.state not in (PeerState.PAIRED, PeerState.BLOCKED):
        raise not_paired()


def _says_only_that(draft: Draft) -> bool:
    """Say whether it is a withdrawal without content: nothing is sealed, and it must go to a peer out of date too."""
    return draft.kind == Kind.WITHDRAWN and not draft.content


def _all_sealed(peer: Peer, drafts: list[Draft], at: datetime) -> list[tuple[Outgoing, bytes]]:
    # The node's key is worked out once: it costs as much as sealing half a message.
    seed = node.signing_seed()
    name = fingerprint(signing_public(seed))
    return [_sealed(peer, draft, at, seed, name) for draft in drafts]


def _sealed(peer: Peer, draft: Draft, at: datetime, seed: bytes, name: str) -> tuple[Outgoing, bytes]:
    """Return the row of a message, not yet written, and its sealed body."""
    public, to_key = _to(peer, draft)
    dated = draft.leaves_at or at
    header = Header(
        id=uuid4(),
        kind=str(draft.kind),
        source=peer.society.slug,
        source_node=name,
        target=peer.theirs.slug,
        target_node=fingerprint(bytes(peer.node)),
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
    signature = sign(seed, CONTEXT, raw, body)
    row = Outgoing(
        pk=header.id,
        society_id=peer.society_id,
        peer=peer,
        kind=header.kind,
        conversation=header.conversation,
        urgency=header.urgency,
        header=raw,
        signature=signature,
        created_at=dated,
        expires_at=header.expires,
        next_try_at=at,
        leaves_at=draft.leaves_at,
    )
    return row, body


def _to(peer: Peer, draft: Draft) -> tuple[bytes, str]:
    """Return the public key a message is sealed to, and what the header says of it."""
    if draft.kind in OF_NODES:
        return bytes(peer.node_box), "node"
    if _says_only_that(draft):
        return b"", "nothing"
    if draft.to_key is not None:
        return draft.to_key, "conversation"
    return bytes(peer.intake), f"intake:{peer.intake_generation}"


def _queue(peer: Peer, made: list[tuple[Outgoing, bytes]], at: datetime) -> list[Outgoing]:
    bodies = {row.pk: body for row, body in made if body}
    if bodies:
        vault.put_away_many(kind=SENT, sealed=bodies, society=peer.society_id)
    step(SENDING[0])
    rows = [row for row, _ in made]
    insert_rows(rows)
    if any(row.urgency == Urgency.NOW for row in rows):
        # What cannot wait does not wait until a peer that failed is due again.
        Peer.objects.filter(pk=peer.pk, next_try_at__gt=at).update(next_try_at=at)
    return rows


@transaction.atomic
def stop(*, society: UUID, conversation: UUID, at: datetime) -> int:
    """Stop what waits to leave in a conversation, and destroy it; returns how many have certainly not left.

    What is on its way at this moment, was tried without an answer, or lies in a file may be there already: it is not
    sent again. A withdrawal is never stopped.
    """
    rows = Outgoing.objects.select_for_update().filter(
        society=society, conversation=conversation, state__in=(Sending.WAITING, Sending.STUCK)
    )
    found = list(rows.exclude(kind=Kind.WITHDRAWN))
    if not found:
        return 0
    ids = [row.pk for row in found]
    Outgoing.objects.filter(pk__in=ids).update(state=Sending.STOPPED, settled_at=at, leased_until=None)
    audit.record(event=events.STOPPED, by=None, society=society, at=at, facts={"messages": len(ids)})
    transaction.on_commit(lambda: vault.destroy(kind=SENT, keys=ids))
    return sum(1 for row in found if not row.attempts and row.in_file_at is None)
