"""Pairing: the own card, the card of another society, the words, and what ends or stops a pairing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.exchange import cards, events, http_client, peer_trust
from panah.ground.exchange.actions import due_items
from panah.ground.exchange.models import Outgoing, OwnCard, Peer
from panah.ground.exchange.permissions import require_pairing
from panah.ground.exchange.words import BlockReason, PeerState, SendingState
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.row_locks import read_again
from panah.ground.network.queries import society_or_none
from panah.ground.vault import actions as vault
from panah.ground.vault import node_keys
from panah.ground.vault.actions import SigningKeyChange
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.seals import signed
from panah.ground.vault.words import KeyKind

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.network.models import Society
    from panah.ground.vault.models import SocietyKey

COMPARED_FOR = timedelta(days=365)


# -- our own card ------------------------------------------------------------------------------


@transaction.atomic
def open_card(*, keys: Keyring, address: str, at: datetime, hours: int = 48) -> OwnCard:
    """Make the card of this society and show it for some hours; refuses without D, or with a wrong address."""
    made = new_card(keys=keys, address=address, at=at)
    row = peer_trust.own_card(keys.staff.society_id) or OwnCard(society=keys.staff.society)
    OwnCard.objects.filter(society=keys.staff.society).exclude(pk=row.pk).delete()
    row.body, row.signature, row.made_at = made.body, made.signature, at
    row.open_until = at + timedelta(hours=hours)
    row.save()
    audit.record(event=events.CARD_OPENED, by=keys.staff, at=at, facts={"hours": hours})
    return row


def new_card(
    *, keys: Keyring, address: str, at: datetime, of_node: tuple[bytes, bytes] | None = None
) -> cards.PeerCard:
    """Return a card of this society with its keys as they are now, signed by D.

    ``of_node``: public signing and box keys of the node, other than those in use.
    """
    require_pairing(keys.staff)
    intake = _own_intake(keys)
    signs, box = of_node or (node_keys.public(), node_keys.box().public)
    bare = cards.PeerCard(
        society=keys.staff.society.slug,
        id=keys.staff.society_id,
        address=own_address(address) if address else "",
        node=signs,
        node_box=box,
        signing=vault.signing_public_of(keys),
        intake=cards.Intake(intake.generation, bytes(intake.public), bytes(intake.signature)),
        made=at,
    )
    body = cards.body_of(bare)
    return cards.read_body(body, vault.society_signs(keys, "card", body))


def _own_intake(keys: Keyring) -> SocietyKey:
    intake = keys.society_key(KeyKind.INTAKE)
    if intake is None:
        raise Refusal(
            _("Your society has no keys yet."),
            next_step=_("Hold the key ceremony first."),
            code="no-society-keys",
        )
    return intake


def own_address(typed: str) -> str:
    """Return an address as cards have it, or refuse."""
    try:
        return cards.tidy_address(typed, practice=settings.PANAH_PRACTICE)
    except ValueError:
        raise Refusal(
            _("This is no address under which a node can be reached."),
            next_step=_("It reads like https://panah.example.org, without anything behind it."),
            code="no-address",
        ) from None


def own_words(keys: Keyring) -> str:
    """Return the six words of our own card, to be read to the other side. They stay the same while the keys do."""
    _own_intake(keys)
    bare = cards.PeerCard(
        society=keys.staff.society.slug,
        id=keys.staff.society_id,
        address="",
        node=node_keys.public(),
        node_box=node_keys.box().public,
        signing=vault.signing_public_of(keys),
        intake=cards.Intake(0, b"", b""),
        made=keys.staff.joined_at,
    )
    return cards.words_of(bare)


@transaction.atomic
def close_card(*, keys: Keyring, at: datetime) -> None:
    """Stop showing the card at once."""
    require_pairing(keys.staff)
    OwnCard.objects.filter(society=keys.staff.society_id, open_until__gt=at).update(open_until=at)


# -- their card --------------------------------------------------------------------------------


def fetch_card(*, keys: Keyring, address: str, society: str, at: datetime) -> Peer:
    """Get the card of a society from its node and take it in.

    One fixed path is asked for, by HTTPS, without following anything; whatever comes back that is no card of this
    society is neither kept nor shown, and every failure sounds alike.
    """
    require_pairing(keys.staff)
    where = own_address(address)
    try:
        raw = http_client.get(where, f"{http_client.CARDS}/{society}", largest=cards.LARGEST)
        found = cards.read(raw).society == society
    except (http_client.NotReached, cards.NoCard):
        found = False
    if not found:
        raise Refusal(
            _("No card of this society was found at this address."),
            next_step=_(
                "Ask their focal point whether the card is shown now, and for the exact address. Or take the card as"
                " a file or as text."
            ),
            code="no-card-there",
        )
    return take_card(keys=keys, raw=raw, at=at)


@transaction.atomic
def take_card(*, keys: Keyring, raw: bytes | str, at: datetime, society: str = "") -> Peer:
    """Take in the card of another society (``society``: the one that is expected, by its short name).

    Its keys count for nothing until the words are compared.

    A card of a peer in use with the keys that were compared brings its address and intake key up to date; one with
    other keys waits beside them. A peer that had ended starts over.
    """
    require_pairing(keys.staff)
    card = _readable(raw, at)
    if society and card.society != society:
        raise Refusal(
            _("This is the card of another society than the one you chose."),
            next_step=_("Look at which card you were given, and choose the society that it is of."),
            code="card-of-another",
        )
    theirs = society_or_none(card.society)
    if theirs is None:
        raise Refusal(
            _("The society of this card is not in the register."),
            next_step=_("Ask them which short name they use; both registers must have the same one."),
            code="society-not-known",
        )
    if theirs.pk == keys.staff.society_id:
        raise Refusal(
            _("This is the card of your own society."),
            next_step=_("Take the card that the other society shows you."),
            code="own-card",
        )
    peer = _locked_or_new(keys.staff.society, theirs, at)
    _take(peer, card)
    audit.record(event=events.CARD_TAKEN, by=keys.staff, at=at, facts={"society": card.society})
    return peer


def _locked_or_new(society: Society, theirs: Society, at: datetime) -> Peer:
    """Return the peer as Panah wrote it, or a new one in the place of a row that somebody else put there."""
    rows = Peer.objects.select_for_update().filter(society=society, theirs=theirs)
    there = {row.pk for row in rows}
    known = next(iter(peer_trust.peers_of(society.pk, theirs=theirs.pk)), None)
    if known is None:
        Peer.objects.filter(pk__in=there).delete()
    return known or Peer(society=society, theirs=theirs, made_at=at)


def _take(peer: Peer, card: cards.PeerCard) -> None:
    known = peer_trust.card_of(peer)
    if peer.state in (PeerState.PAIRED, PeerState.BLOCKED):
        if known is None or not known.same_keys(card):
            peer.next_card = card.pack()
            peer.save(update_fields=["next_card"])
            return
        if card.made < known.made:
            # The same keys, shown earlier: nothing of it is news.
            return
    else:
        peer.state, peer.vouched, peer.next_card = PeerState.WAITING, b"", b""
        peer.paired_at = peer.paired_by = peer.compare_by = None
        peer.intake_generation = peer.announced_generation = 0
    put_in(peer, card)
    peer.save()


def put_in(peer: Peer, card: cards.PeerCard) -> None:
    """Write what a card says into the row of its peer; the intake key only if it is no older than the one there."""
    peer.card, peer.their_id = card.pack(), card.id
    # A card without an address (a node without a line) leaves the one that is known.
    peer.address = card.address or peer.address
    peer.node, peer.node_box, peer.signing = card.node, card.node_box, card.signing
    if card.intake.generation >= (peer.intake_generation or 0):
        put_in_intake(peer, card.intake)


def put_in_intake(peer: Peer, intake: cards.Intake) -> None:
    peer.intake, peer.intake_generation = intake.public, intake.generation
    peer.intake_signature = intake.signature


def _readable(raw: bytes | str, at: datetime) -> cards.PeerCard:
    try:
        card = cards.read(raw)
    except cards.NoCard:
        raise Refusal(
            _("This is no card of a society, or it was changed on the way."),
            next_step=_("Ask for it again: as a file, or as the whole text with its first and last line."),
            code="no-card",
        ) from None
    if card.made > at + cards.CLOCK:
        raise Refusal(
            _("This card was made in the future."),
            next_step=_("A clock is wrong, here or there. Compare the time by telephone first."),
            code="card-from-the-future",
        )
    if card.made < at - cards.GOOD_FOR:
        raise Refusal(
            _("This card is more than 30 days old."),
            next_step=_("Ask the other society to show a new one."),
            code="card-too-old",
        )
    return card


# -- comparing ---------------------------------------------------------------------------------


@transaction.atomic
def compare(*, keys: Keyring, peer: Peer, words: str, at: datetime) -> Peer:
    """Compare the words that the other side read aloud; if they are those of its card, its keys are pinned for a year.

    A card that waits is meant before the one in use. A blocked peer stays blocked, with the new keys.
    """
    require_pairing(keys.staff)
    read_again(peer)
    shown = _to_compare(peer)
    if not shown:
        raise Refusal(
            _("There is no card of this society to compare."),
            next_step=_("Take its card first."),
            code="no-card-yet",
        )
    card = next((one for one in shown if cards.same_words(words, one)), None)
    if card is None:
        raise Refusal(
            _("These are not the six words of the card that is here."),
            next_step=_(
                "Let them be read to you once more, slowly. If they still differ, somebody may have changed the"
                " card on its way: do not pair. Ask for the card again by another way."
            ),
            code="words-differ",
        )
    if card.signing != bytes(peer.signing):
        # The intake key on the card is the one that the new D signed, whatever generation the old one had reached.
        peer.intake_generation = 0
    put_in(peer, card)
    if card == shown[0]:
        peer.next_card = b""
    peer.state = PeerState.BLOCKED if peer.state == PeerState.BLOCKED else PeerState.PAIRED
    peer.paired_at, peer.paired_by, peer.compare_by = at, keys.staff.pk, at + COMPARED_FOR
    vouch(keys=keys, peer=peer, card=card, until=peer.compare_by)
    peer.save()
    due_items.settle(subject=peer.pk, purpose=due_items.COMPARE, at=at)
    audit.record(event=events.PAIRED, by=keys.staff, at=at, facts={"society": card.society})
    return peer


def _to_compare(peer: Peer) -> list[cards.PeerCard]:
    """Return the cards whose words may be read to us now, the one that waits first.

    Node keys that are only announced are not in use yet: then the words of either card may be read. From a blocked peer
    nothing but its newest card counts, since the old keys may be in wrong hands.
    """
    waiting, known = peer_trust.next_card_of(peer), peer_trust.card_of(peer)
    if peer.state == PeerState.ENDED:
        return []
    if waiting is not None and (peer.state == PeerState.BLOCKED or peer_trust.must_be_compared(peer)):
        return [waiting]
    return [one for one in (waiting, known) if one is not None]


def vouch(*, keys: Keyring, peer: Peer, card: cards.PeerCard, until: datetime) -> None:
    """Let our D sign what was compared; the floors are what is in the row of the peer now. The caller saves."""
    said = peer_trust.Statement(
        society=card.society,
        id=card.id,
        signing=card.signing,
        generation=peer.intake_generation,
        made=card.made,
        compare_by=until,
    )
    body = said.body()
    peer.vouched = body + vault.society_signs(keys, peer_trust.VOUCHES, peer.society_id, body)


def sign_anew(change: SigningKeyChange) -> int:
    """Our own D changed: what the old one vouched for, the new one vouches for. Returns for how many peers.

    A card that the old one signed is not shown any more.
    """
    number = 0
    for peer in peer_trust.peers_of(change.society):
        body, signature = peer_trust.split_vouched(bytes(peer.vouched))
        if signed(change.old, signature, peer_trust.VOUCHES, change.society, body):
            peer.vouched = body + change.by_new(peer_trust.VOUCHES, change.society, body)
            peer.save(update_fields=["vouched"])
            number += 1
    OwnCard.objects.filter(society=change.society, open_until__gt=change.at).update(open_until=change.at)
    return number


# -- stopping ----------------------------------------------------------------------------------


@transaction.atomic
def block(*, peer: Peer, why: BlockReason, by: Staff, at: datetime) -> None:
    """Let nothing in from this peer and nothing out to it, until it is let in again. What waits goes on waiting."""
    require_pairing(by)
    read_again(peer)
    if peer.state == PeerState.PAIRED:
        peer.state = PeerState.BLOCKED
        peer.save(update_fields=["state"])
        facts = {"society": peer.theirs.slug, "why": BlockReason(why).value}
        audit.record(event=events.BLOCKED, by=by, at=at, facts=facts)


@transaction.atomic
def unblock(*, keys: Keyring, peer: Peer, at: datetime) -> None:
    """Let a blocked peer in again; refuses while other keys of it wait to be compared."""
    require_pairing(keys.staff)
    read_again(peer)
    if peer.state != PeerState.BLOCKED:
        return
    if bytes(peer.next_card):
        raise Refusal(
            _("This society has shown new keys, and their words are not compared yet."),
            next_step=_("Compare the words first; then let it in."),
            code="compare-first",
        )
    peer.state = PeerState.PAIRED
    refusal = peer_trust.why_not(keys=keys, peer=peer, at=at)
    if refusal is not None and refusal.code != "compare-again":
        raise refusal
    peer.save(update_fields=["state"])
    audit.record(event=events.UNBLOCKED, by=keys.staff, at=at, facts={"society": peer.theirs.slug})


@transaction.atomic
def end_pairing(*, peer: Peer, why: BlockReason, by: Staff, at: datetime) -> int:
    """End the pairing; what waits to leave is stopped. Returns how many messages that were."""
    require_pairing(by)
    read_again(peer)
    if peer.state == PeerState.ENDED:
        return 0
    peer.state, peer.vouched, peer.next_card = PeerState.ENDED, b"", b""
    peer.save(update_fields=["state", "vouched", "next_card"])
    for purpose in (due_items.COMPARE, due_items.HEAD):
        due_items.settle(subject=peer.pk, purpose=purpose, at=at)
    waiting = Outgoing.objects.filter(peer=peer, state__in=[SendingState.WAITING, SendingState.STUCK])
    ids = list(waiting.values_list("pk", flat=True))
    Outgoing.objects.filter(pk__in=ids).update(state=SendingState.STOPPED, settled_at=at, leased_until=None)
    # After the row says so: a body without need is swept, a row without its body would be a loss.
    transaction.on_commit(lambda: vault.destroy(kind="sent", keys=ids))
    facts = {"society": peer.theirs.slug, "why": BlockReason(why).value, "stopped": len(ids)}
    audit.record(event=events.ENDED, by=by, at=at, facts=facts)
    return len(ids)
