"""Whether a peer's keys may be used: the chain from the D that a colleague pinned to what she is about to seal to.

Our D signed the statement of what two focal points compared: whose society, its id, its D. Their D signed their card
(both keys of their node) and each generation of their intake key. So whoever can write in the database can neither put
another key there nor make a pairing last longer. What needs no colleague's open vault (who is let in, where bundles go,
what a node seals to a node) he could still change, or put back what was good before: so peers are read as Panah wrote
them, by ``peers_of`` and ``believed``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from panah.ground.exchange import cards
from panah.ground.exchange.models import OwnCard, Peer
from panah.ground.exchange.words import PeerState
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.protected_rows import load_trusted, trusted_rows
from panah.ground.vault.keyring import Keyring

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

VOUCHES = "paired society"


@dataclass(frozen=True)
class Statement:
    """What our D vouches for: their D for their society, until when, and what is too old to be theirs now."""

    society: str
    id: UUID
    signing: bytes
    generation: int
    made: datetime
    compare_by: datetime

    def body(self) -> bytes:
        """Return the statement as it is signed, with ``paired society`` and our own society's id."""
        value = {
            "society": self.society,
            "id": str(self.id),
            "signing": self.signing.hex(),
            "generation": self.generation,
            "made": self.made.isoformat(),
            "compare_by": self.compare_by.isoformat(),
        }
        return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()

    @classmethod
    def read(cls, body: bytes) -> Self | None:
        """Return the statement in these bytes, or None. Checks no signature."""
        try:
            value = json.loads(body)
            return cls(
                society=value["society"],
                id=UUID(value["id"]),
                signing=bytes.fromhex(value["signing"]),
                generation=value["generation"],
                made=datetime.fromisoformat(value["made"]),
                compare_by=datetime.fromisoformat(value["compare_by"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            return None


def split_vouched(vouched: bytes) -> tuple[bytes, bytes]:
    """Return (body, signature) of what is kept as ``Peer.vouched``."""
    return vouched[: -cards.SIGNATURE], vouched[-cards.SIGNATURE :]


def peers_of(society: UUID, **wanted: object) -> list[Peer]:
    """Return the peers of a society as Panah wrote them, with both societies; ``wanted``: columns and what they say."""
    said = {name: value if isinstance(value, int) else str(value) for name, value in wanted.items()}
    return trusted_rows(
        Peer,
        society,
        lambda row: all(row[name] == value for name, value in said.items()),
        rows=Peer._base_manager.select_related("society", "theirs"),
    )


def believed(peer: Peer) -> Peer:
    """Let a peer say what Panah wrote of it; refuses one that was never paired in Panah."""
    if not load_trusted(peer):
        raise _swapped()
    return peer


def own_card(society: UUID) -> OwnCard | None:
    """Return our own card as Panah wrote it, shown or not."""
    return next(iter(trusted_rows(OwnCard, society)), None)


def card_of(peer: Peer) -> cards.PeerCard | None:
    """Return their newest card that was taken into use, or the one that waits for the first comparing."""
    return read_or_none(bytes(peer.card))


def next_card_of(peer: Peer) -> cards.PeerCard | None:
    """Return a card with other keys that waits until the words are compared again."""
    return read_or_none(bytes(peer.next_card))


def read_or_none(raw: bytes) -> cards.PeerCard | None:
    try:
        return cards.read(raw) if raw else None
    except cards.NoCard:
        return None


def intake_of(peer: Peer) -> cards.Intake:
    return cards.Intake(peer.intake_generation, bytes(peer.intake), bytes(peer.intake_signature))


def node_keys(peer: Peer) -> list[bytes]:
    """Return the public node keys by which this peer may sign: the one in use, and one that its D has announced."""
    found, coming = [bytes(peer.node)], next_card_of(peer)
    if coming is not None and is_announced(peer, coming):
        found.append(coming.node)
    return found


def is_announced(peer: Peer, coming: cards.PeerCard) -> bool:
    """Say whether a card that waits needs no comparing: the D that was compared signed it for the same society."""
    return (coming.signing, coming.id, coming.society) == (
        bytes(peer.signing),
        peer.their_id,
        peer.theirs.slug,
    )


def must_be_compared(peer: Peer) -> bool:
    """Say whether words are to be compared before what this peer showed last can be used."""
    coming = next_card_of(peer)
    return peer.state == PeerState.WAITING or (coming is not None and not is_announced(peer, coming))


def in_use(peer: Peer, *, at: datetime) -> bool:
    """Say whether anything may go to or come from this peer, as far as that can be told with nobody there."""
    return bool(peer.state == PeerState.PAIRED and peer.compare_by is not None and at < peer.compare_by)


def usable(*, keys: Keyring, peer: Peer, at: datetime) -> bool:
    """Say whether this colleague may seal to this peer's keys now."""
    return why_not(keys=keys, peer=peer, at=at) is None


def must_be_usable(*, keys: Keyring, peer: Peer, at: datetime) -> None:
    """Refuse unless this colleague may seal to this peer's keys now. Everything that seals for a peer asks this."""
    refusal = why_not(keys=keys, peer=peer, at=at)
    if refusal is not None:
        raise refusal


def why_not(*, keys: Keyring, peer: Peer, at: datetime) -> Refusal | None:
    """Return why this peer's keys may not be used by this colleague now, or None."""
    if peer.society_id != keys.staff.society_id:
        return _swapped()
    body, signature = split_vouched(bytes(peer.vouched))
    said = Statement.read(body)
    if peer.state != PeerState.PAIRED or peer.compare_by is None:
        return _not_in_use(peer)
    if said is None or not keys.trusts(signature, VOUCHES, peer.society_id, body):
        return _swapped()
    if not _fits(peer, said):
        return _swapped()
    if at >= min(said.compare_by, peer.compare_by):
        return Refusal(
            _("The words were compared more than a year ago, or their keys have changed since."),
            next_step=_("A focal point compares them again: Paired societies. Until then, telephone."),
            code="compare-again",
        )
    return None


def _fits(peer: Peer, said: Statement) -> bool:
    """Say whether all keys in the row hang on the D that the statement names."""
    card, intake = card_of(peer), intake_of(peer)
    return (
        card is not None
        and (card.society, card.id) == (said.society, said.id) == (peer.theirs.slug, peer.their_id)
        and card.signing == said.signing == bytes(peer.signing)
        and (card.node, card.node_box) == (bytes(peer.node), bytes(peer.node_box))
        and card.made >= said.made
        and intake.is_signed_by(said.signing, said.id)
        and intake.generation >= said.generation
    )


def _swapped() -> Refusal:
    return Refusal(
        _("The keys of this society are not the ones that were compared."),
        next_step=_(
            "Nothing was sent. Somebody may have changed them: call a focal point, who compares the six"
            " words again with the other society. Until then, telephone."
        ),
        code="peer-not-vouched",
    )


def _not_in_use(peer: Peer) -> Refusal:
    sentences: dict[str, StrOrPromise] = {
        PeerState.WAITING: _("The six words of this society are not compared yet."),
        PeerState.BLOCKED: _("The pairing with this society is blocked for now."),
        PeerState.ENDED: _("The pairing with this society has ended."),
    }
    return Refusal(
        sentences.get(peer.state, sentences[PeerState.WAITING]),
        next_step=_("Ask a focal point; until then, telephone."),
        code=f"peer-{peer.state}",
    )
