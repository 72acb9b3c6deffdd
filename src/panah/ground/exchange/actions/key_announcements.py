"""Keys that change after pairing, and heads of journals: what a node tells its peers, and what it takes from them.

Nobody is there when such a message comes, so nothing is taken that the D which was compared did not sign. Their new D
moves nothing by itself: it waits, and the words are compared again.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.audit import queries as audit_queries
from panah.ground.exchange import cards, events, peer_trust
from panah.ground.exchange.actions import due_items, peer_limits
from panah.ground.exchange.actions.pairing import new_card, put_in, put_in_intake
from panah.ground.exchange.actions.sending import send_of_node
from panah.ground.exchange.envelope import Envelope
from panah.ground.exchange.models import Outgoing, Peer, WitnessedHead
from panah.ground.exchange.rules import about_node
from panah.ground.exchange.words import Announced, MessageKind, PeerState, ReceiptCode, SendingState
from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.network.queries import hosted_ids
from panah.ground.vault import node_keys
from panah.ground.vault.actions import SigningKeyChange
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.queries import IntakeKey, intake_key
from panah.ground.vault.sealed_body import open_body
from panah.ground.vault.seals import DoesNotOpen, signed

if TYPE_CHECKING:
    from panah.ground.audit.events import Event

# Their D changed and nobody compared yet: what was compared is trusted this much longer.
AFTER_NEW_D = timedelta(days=30)
HEADS_EVERY, HEADS_KEPT = timedelta(hours=20), 60
NEXT_D = "next signing key"


# -- what we tell ------------------------------------------------------------------------------


def usable_peers(society: UUID, at: datetime) -> list[Peer]:
    """Return the peers of a society that may be told something now."""
    rows = peer_trust.peers_of(society, state=PeerState.PAIRED)
    return [peer for peer in rows if peer_trust.in_use(peer, at=at)]


def societies_in_scope(societies: Iterable[UUID] | None = None) -> list[UUID]:
    """Return whose work is to be done: of the society within whose walls this runs, or of each."""
    inside = tenancy.current_tenant()
    return [inside] if inside is not None else list(societies or hosted_ids())


def announce_intake(*, at: datetime) -> int:
    """Tell every peer the newest generation of our intake key, once; returns how many messages that were."""
    return sum(_announce_intake(society, at) for society in societies_in_scope())


@transaction.atomic
def _announce_intake(society: UUID, at: datetime) -> int:
    key = intake_key(society)
    if key is None:
        return 0
    behind = [peer for peer in usable_peers(society, at) if peer.announced_generation < key.generation]
    for peer in behind:
        send_of_node(peer=peer, kind=MessageKind.KEY, content=_of_intake(key), at=at)
        peer.announced_generation = key.generation
        peer.save(update_fields=["announced_generation"])
    return len(behind)


def _of_intake(key: IntakeKey) -> dict[str, object]:
    return {
        "what": Announced.INTAKE.value,
        "generation": key.generation,
        "public": base64.b64encode(key.public).decode(),
        "signature": base64.b64encode(key.signature).decode(),
    }


def announce_signing(change: SigningKeyChange) -> int:
    """Our D changed: show every peer the new one on a card, signed by both. Called as it takes its place."""
    shown, intake = usable_peers(change.society, change.at), intake_key(change.society)
    if not shown or intake is None:
        return 0
    society = shown[0].society
    own = peer_trust.own_card(change.society)
    bare = cards.PeerCard(
        society=society.slug,
        id=society.pk,
        address=cards.read_body(bytes(own.body), bytes(own.signature)).address if own else "",
        node=node_keys.public(),
        node_box=node_keys.box().public,
        signing=change.new,
        intake=cards.Intake(intake.generation, intake.public, intake.signature),
        made=change.at,
    )
    body = cards.body_of(bare)
    card = cards.read_body(body, change.by_new("card", body)).pack()
    content = {
        "what": Announced.SIGNING.value,
        "card": base64.b64encode(card).decode(),
        "old": base64.b64encode(change.by_old(NEXT_D, society.pk, card)).decode(),
    }
    for peer in shown:
        send_of_node(peer=peer, kind=MessageKind.KEY, content=content, at=change.at)
    return 0


def announce_node(*, keys: Keyring, at: datetime) -> int:
    """Tell every peer of this society which keys the node will use next, on a card that D signs; returns how many."""
    coming = node_keys.next_keys()
    if coming is None:
        raise Refusal(
            _("No new key of this node waits."),
            next_step=_("The administrator makes one first: ./panah exchange new-node-key."),
            code="no-next-node-key",
        )
    with transaction.atomic():
        own = peer_trust.own_card(keys.staff.society_id)
        address = cards.read_body(bytes(own.body), bytes(own.signature)).address if own else ""
        card = new_card(keys=keys, address=address, at=at, of_node=coming)
        content = {"what": Announced.NODE.value, "card": base64.b64encode(card.pack()).decode()}
        told = usable_peers(keys.staff.society_id, at)
        for peer in told:
            send_of_node(
                peer=peer, kind=MessageKind.KEY, content=content, at=at, conversation=about_node(coming[0])
            )
        audit.record(event=events.NODE_ANNOUNCED, by=keys.staff, at=at, facts={"peers": len(told)})
        due_items.settle(subject=keys.staff.society_id, purpose=due_items.NODE, at=at)
    return len(told)


def not_told(society: UUID, *, at: datetime) -> list[Peer]:
    """Return the peers of a society that have not got the keys which this node is to use next."""
    coming = node_keys.next_keys()
    if coming is None:
        return []
    there = Outgoing.objects.filter(
        society=society, conversation=about_node(coming[0]), state=SendingState.DELIVERED
    ).values_list("peer", flat=True)
    return [peer for peer in usable_peers(society, at) if peer.pk not in set(there)]


def send_heads(*, at: datetime) -> int:
    """Tell every peer the head of our journal, about once a day; returns how many messages that were."""
    return sum(_send_heads(society, at) for society in societies_in_scope())


@transaction.atomic
def _send_heads(society: UUID, at: datetime) -> int:
    number, digest = audit_queries.head(society)
    lately = Outgoing.objects.filter(society=society, kind=MessageKind.HEAD, created_at__gt=at - HEADS_EVERY)
    told = set(lately.values_list("peer", flat=True))
    wanted = [peer for peer in usable_peers(society, at) if peer.pk not in told] if number else []
    for peer in wanted:
        send_of_node(
            peer=peer, kind=MessageKind.HEAD, content={"number": number, "hash": digest.hex()}, at=at
        )
    return len(wanted)


# -- what we take ------------------------------------------------------------------------------


def take_key(*, peer: Peer, envelope: Envelope, at: datetime) -> ReceiptCode:
    """Take in a key that a peer announces, if the D that was compared signed it; the code is for the sender."""
    content = open_envelope(envelope)
    takes: dict[str, Callable[..., tuple[ReceiptCode, str]]] = {
        Announced.INTAKE: _take_intake,
        Announced.NODE: _take_node,
        Announced.SIGNING: _take_signing,
    }
    what = content.get("what")
    take = takes.get(what) if isinstance(what, str) else None
    if take is None:
        return ReceiptCode.UNKNOWN_VERSION if content else ReceiptCode.OLD_KEY
    try:
        code, fact = take(peer, content, at)
    except (ValueError, KeyError, TypeError, binascii.Error, cards.NoCard):
        code, fact = ReceiptCode.DAMAGED, ""
    if code == ReceiptCode.BAD_SIGNATURE and peer_limits.first_key_refused(peer, at):
        _note(peer, events.KEY_REFUSED, str(content["what"]), at)
    elif fact:
        _note(peer, events.KEY_TAKEN, fact, at)
    return code


def open_envelope(envelope: Envelope) -> dict[str, Any]:
    """Return what is sealed to this node in an envelope; empty when none of its keys opens it."""
    for private in node_keys.boxes():
        try:
            return open_body(private, envelope.body, envelope.raw_header)
        except DoesNotOpen:
            continue
    return {}


def _take_intake(peer: Peer, content: dict[str, Any], at: datetime) -> tuple[ReceiptCode, str]:
    new = cards.intake_of(content)
    if not new.is_signed_by(bytes(peer.signing), peer.their_id):
        # After their D changed this is signed by the new one alone: it is taken once the words were compared.
        return (ReceiptCode.LATER if peer_trust.must_be_compared(peer) else ReceiptCode.BAD_SIGNATURE), ""
    if new.generation <= peer.intake_generation:
        return ReceiptCode.TAKEN, ""
    put_in_intake(peer, new)
    peer.save(update_fields=["intake", "intake_generation", "intake_signature"])
    return ReceiptCode.TAKEN, Announced.INTAKE.value


def _take_node(peer: Peer, content: dict[str, Any], at: datetime) -> tuple[ReceiptCode, str]:
    card = cards.read(base64.b64decode(content["card"], validate=True))
    known = peer_trust.card_of(peer)
    if not peer_trust.is_announced(peer, card):
        return (ReceiptCode.LATER if peer_trust.must_be_compared(peer) else ReceiptCode.BAD_SIGNATURE), ""
    if known is None or card.made <= known.made or card.node == known.node:
        return ReceiptCode.TAKEN, ""
    if peer_trust.must_be_compared(peer):
        # A card with another D waits in this place: it is compared first, and may hold this key already.
        return ReceiptCode.LATER, ""
    peer.next_card = card.pack()
    peer.save(update_fields=["next_card"])
    return ReceiptCode.TAKEN, Announced.NODE.value


def _take_signing(peer: Peer, content: dict[str, Any], at: datetime) -> tuple[ReceiptCode, str]:
    raw = base64.b64decode(content["card"], validate=True)
    card, old = cards.read(raw), base64.b64decode(content["old"], validate=True)
    same = (card.id, card.society) == (peer.their_id, peer.theirs.slug)
    if same and card.signing == bytes(peer.signing):
        return ReceiptCode.TAKEN, ""
    if not same or not signed(bytes(peer.signing), old, NEXT_D, peer.their_id, raw):
        # Perhaps it is the second new D since the words were compared, and signed by the first.
        return (ReceiptCode.LATER if peer_trust.must_be_compared(peer) else ReceiptCode.BAD_SIGNATURE), ""
    peer.next_card = raw
    peer.compare_by = min(peer.compare_by or at, at + AFTER_NEW_D)
    peer.save(update_fields=["next_card", "compare_by"])
    due_items.add_for_peer(peer=peer, purpose=due_items.COMPARE, due_at=peer.compare_by, at=at)
    return ReceiptCode.TAKEN, Announced.SIGNING.value


def switched(*, peer: Peer, node_key: bytes) -> None:
    """Something came that was signed by this node key: if it is the announced one, it is the one in use from now on."""
    coming = peer_trust.next_card_of(peer)
    if coming is None or coming.node != node_key or not peer_trust.is_announced(peer, coming):
        return
    put_in(peer, coming)
    peer.next_card = b""
    peer.save()


def take_head(*, peer: Peer, envelope: Envelope, at: datetime) -> ReceiptCode:
    """Keep the head of a peer's journal; one that contradicts an earlier one is said to the focal points."""
    content = open_envelope(envelope)
    if not content:
        return ReceiptCode.OLD_KEY
    head = _head_in(content)
    if head is None:
        return ReceiptCode.DAMAGED
    number, digest = head
    earlier = WitnessedHead.objects.filter(peer=peer, number__gte=number).order_by("number").first()
    if earlier is None:
        WitnessedHead.objects.create(
            society_id=peer.society_id,
            peer=peer,
            number=number,
            digest=digest,
            told_at=envelope.header.created,
            arrived_at=at,
        )
        _forget_heads(peer)
    elif _contradicts(earlier, number, digest, envelope):
        due_items.add_for_peer(peer=peer, purpose=due_items.HEAD, due_at=at, at=at)
        _note_head(peer, number, digest, at, differs=True)
        return ReceiptCode.TAKEN
    _note_head(peer, number, digest, at, differs=False)
    return ReceiptCode.TAKEN


def _head_in(content: dict[str, Any]) -> tuple[int, bytes] | None:
    number, digest = content.get("number"), content.get("hash")
    if not isinstance(number, int) or not 0 < number < 2**62 or not isinstance(digest, str):
        return None
    return (number, bytes.fromhex(digest)) if re.fullmatch(r"[0-9a-f]{64}", digest) else None


def _contradicts(earlier: WitnessedHead, number: int, digest: bytes, envelope: Envelope) -> bool:
    """Say whether a journal that once had the earlier head cannot have this one later."""
    if earlier.number == number:
        return bytes(earlier.digest) != digest
    return bool(envelope.header.created > earlier.told_at)


def _forget_heads(peer: Peer) -> None:
    kept = WitnessedHead.objects.filter(peer=peer).order_by("-number").values_list("pk", flat=True)
    WitnessedHead.objects.filter(peer=peer).exclude(pk__in=list(kept[:HEADS_KEPT])).delete()


def _note_head(peer: Peer, number: int, digest: bytes, at: datetime, *, differs: bool) -> None:
    audit.record(
        event=events.HEAD_DIFFERS if differs else events.HEAD_WITNESSED,
        by=None,
        society=peer.society_id,
        at=at,
        facts={"society": peer.theirs.slug, "number": number, "hash": digest.hex()},
    )


def _note(peer: Peer, event: Event, what: str, at: datetime) -> None:
    facts = {"society": peer.theirs.slug, "key": what}
    audit.record(event=event, by=None, society=peer.society_id, at=at, facts=facts)
