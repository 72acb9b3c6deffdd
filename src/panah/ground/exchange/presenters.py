"""Peers as pages show them: the state in words, and what is to be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import pseudonyms
from panah.ground.exchange import peer_trust
from panah.ground.exchange.models import Outgoing, Peer, WitnessedHead
from panah.ground.exchange.queries import HeldUpMessage, waiting
from panah.ground.exchange.words import Failure, MessageKind, PeerState, SendingState
from panah.ground.vault import node_keys

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SOON = timedelta(days=30)
HEADS = 10


@dataclass(frozen=True)
class StatusTag:
    """A word for a tag, its tone, what it means, and what to do."""

    word: StrOrPromise
    tone: str
    means: StrOrPromise = ""
    do: StrOrPromise = ""


@dataclass(frozen=True)
class PeerRow:
    """One peer on a page. ``in_use``: messages go and come now."""

    peer: Peer
    name: str
    state: StatusTag
    waits: HeldUpMessage
    in_use: bool
    compare: bool
    here: bool


def peer_rows(society: UUID, *, at: datetime) -> list[PeerRow]:
    """Return the peers of a society: those that need somebody first, then by name."""
    waits = waiting(society)
    rows = peer_trust.peers_of(society)
    found = [to_peer_row(peer, waits.get(peer.pk, HeldUpMessage()), at=at) for peer in rows]
    order = {"urgent": 0, "soon": 1, "good": 2}
    return sorted(found, key=lambda one: (order.get(one.state.tone, 3), one.name.casefold()))


def peer_row(society: UUID, peer: UUID, *, at: datetime) -> PeerRow | None:
    row = next(iter(peer_trust.peers_of(society, pk=peer)), None)
    return to_peer_row(row, waiting(society).get(row.pk, HeldUpMessage()), at=at) if row else None


def to_peer_row(peer: Peer, waits: HeldUpMessage, *, at: datetime) -> PeerRow:
    """Return a peer (with both societies) as a page shows it."""
    here = bytes(peer.node) in node_keys.publics()
    in_use = peer_trust.in_use(peer, at=at)
    compare = (
        peer_trust.must_be_compared(peer)
        or (peer.state == PeerState.PAIRED and _soon(peer, at))
        or (peer.state == PeerState.BLOCKED and bool(bytes(peer.next_card)))
    )
    state = _in_use(peer, here, at) if peer.state == PeerState.PAIRED else _not_in_use(peer)
    name = peer.theirs.name_in(get_language() or "en")
    return PeerRow(peer, name, state, waits, in_use, compare and peer.state != PeerState.ENDED, here)


def _soon(peer: Peer, at: datetime) -> bool:
    return peer.compare_by is not None and peer.compare_by - at < SOON


def _not_in_use(peer: Peer) -> StatusTag:
    if peer.state == PeerState.WAITING:
        return StatusTag(
            _("not compared yet"),
            "soon",
            _("Their card is here. It counts for nothing until the words were compared."),
            _("Call their focal point and compare the six words."),
        )
    if peer.state == PeerState.BLOCKED:
        return StatusTag(
            _("blocked by us"),
            "urgent",
            _("Nothing is taken from there, and nothing goes there but withdrawals."),
            _("Let it in again when the reason is gone, or end the pairing. Use the telephone until then."),
        )
    return StatusTag(
        pgettext_lazy("a pairing", "ended"),
        "",
        _("Nothing goes there or comes from there."),
        _("To pair again, take a new card and compare its words."),
    )


def _in_use(peer: Peer, here: bool, at: datetime) -> StatusTag:
    until = peer.compare_by
    if until is None or at >= until:
        return StatusTag(
            _("to be compared again"),
            "urgent",
            _("The words were compared more than a year ago, or their signing key changed a month ago."),
            _("Nothing new can be sealed to it until a focal point compares them again. Use the telephone."),
        )
    if peer_trust.must_be_compared(peer):
        return StatusTag(
            _("new keys"),
            "soon",
            _("This society shows a new signing key. The one that was compared is used meanwhile."),
            _("Call their focal point and compare the six words again, before the day that stands here."),
        )
    if peer.failed_since is not None:
        return _failing(peer)
    if _soon(peer, at):
        return StatusTag(
            _("compare soon"),
            "soon",
            _("The words were compared almost a year ago."),
            _("Call their focal point and compare them again; until then everything goes on."),
        )
    if not peer.address and not here:
        return StatusTag(
            _("by file"),
            "good",
            _("This society has no line: sealed messages are carried in files, in both directions."),
        )
    return StatusTag(_("paired"), "good", _("Sealed messages go and come by themselves."))


def _failing(peer: Peer) -> StatusTag:
    do = {
        Failure.UNREACHABLE: _("Call them: is their node on? Until it answers, carry what waits in a file."),
        Failure.UNTRUSTED: _("Tell their administrator that the certificate does not hold, or has ended."),
        Failure.NO_RECEIPT: _("Tell their administrator what stands here; the log of their node says more."),
        Failure.NOT_PAIRED: _(
            "Call their focal point: have they paired with us, blocked us, or waited a year?"
        ),
        Failure.OTHER_NODE: _("Call their focal point. If their node has new keys, take their card again."),
    }
    known = Failure(peer.failure) if peer.failure in Failure.values else Failure.UNREACHABLE
    return StatusTag(_("not reached"), "urgent", known.label, do[known])


@dataclass(frozen=True)
class WaitingMessages:
    """What waits for a peer of one kind: how many, and since when the oldest."""

    kind: StrOrPromise
    number: int
    since: datetime


def waiting_by_kind(peer: Peer) -> list[WaitingMessages]:
    """Return what waits to leave for a peer by kind, the oldest first; one query."""
    found: dict[str, list[datetime]] = {}
    rows = Outgoing.objects.filter(peer=peer, state=SendingState.WAITING)
    for kind, made in rows.values_list("kind", "created_at"):
        found.setdefault(kind, []).append(made)
    every = [WaitingMessages(MessageKind(kind).label, len(made), min(made)) for kind, made in found.items()]
    return sorted(every, key=lambda one: one.since)


def withdrawals_wait(peer: Peer) -> int:
    """Return how many withdrawals have not reached a peer: whoever ends the pairing must tell them another way."""
    rows = Outgoing.objects.filter(peer=peer, kind=MessageKind.WITHDRAWN)
    return rows.filter(state__in=(SendingState.WAITING, SendingState.STUCK)).count()


def paired_by(peer: Peer) -> str:
    """Return the name of whoever compared the words; empty before anybody did."""
    return pseudonyms([peer.paired_by]).get(peer.paired_by, "") if peer.paired_by else ""


@dataclass(frozen=True)
class WitnessedHeadRow:
    """A head of another society's journal that we keep: to be read out to it."""

    number: int
    groups: tuple[str, ...]
    at: datetime


def heads_of(peer: Peer) -> list[WitnessedHeadRow]:
    """Return the newest heads of a peer's journal that we witnessed."""
    rows = WitnessedHead.objects.filter(peer=peer).order_by("-number")[:HEADS]
    return [
        WitnessedHeadRow(row.number, tuple(digest[i : i + 8] for i in range(0, 64, 8)), row.told_at)
        for row in rows
        for digest in [bytes(row.digest).hex()]
    ]
