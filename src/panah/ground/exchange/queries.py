"""What rooms and pages ask the wire. Never what a message says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from panah.ground.exchange import peer_trust
from panah.ground.exchange.models import Incoming, Outgoing, Peer
from panah.ground.exchange.words import MessageKind, PeerState, ReceiptCode, SendingState
from panah.ground.vault import node_keys
from panah.ground.work.words import Urgency

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from panah.ground.accounts.models import Staff
    from panah.ground.network.models import Society


@dataclass(frozen=True)
class Reachable:
    """A society that this one is paired with now: for a list of receivers."""

    peer: UUID
    society: UUID
    slug: str
    name: str


@dataclass(frozen=True)
class SigningPeer:
    """A paired society as our register knows it, the id by which its own card calls it, and its node's keys."""

    theirs: Society
    their_id: UUID
    keys: list[bytes]


@dataclass(frozen=True)
class ConversationMessage:
    """One message of a conversation. ``ours``: we sent it; then ``state`` is a value of Sending, else ``came``."""

    id: UUID
    kind: str
    at: datetime
    ours: bool
    who: str
    state: str

    @property
    def label(self) -> StrOrPromise:
        """The kind in words, in the reader's language."""
        return MessageKind(self.kind).label if self.kind in MessageKind.values else self.kind


@dataclass(frozen=True)
class HeldUpMessage:
    """What waits to leave to a peer, what of it cannot wait, and how many are stuck or came too late."""

    number: int = 0
    since: datetime | None = None
    now: int = 0
    now_since: datetime | None = None
    stuck: int = 0


def paired_with(*, society: UUID, theirs: UUID | str, at: datetime | None = None) -> Peer | None:
    """Return the peer by the other society's id or slug, if something may be sealed to it now."""
    usable = _usable(society=society, at=at or timezone.now())
    return next((one for one in usable if theirs in (one.theirs_id, one.theirs.slug)), None)


def _usable(*, society: UUID, at: datetime) -> list[Peer]:
    rows = peer_trust.peers_of(society, state=PeerState.PAIRED)
    return [one for one in rows if peer_trust.in_use(one, at=at)]


def node_keys_of_peers(*, society: UUID, at: datetime) -> list[SigningPeer]:
    """Return by which node keys paired societies of other nodes sign."""
    return [
        SigningPeer(one.theirs, one.their_id, peer_trust.node_keys(one))
        for one in _usable(society=society, at=at)
    ]


def paired_since(*, society: UUID, at: datetime | None = None) -> dict[UUID, date]:
    """Return the societies that this one is paired with now, each with the day on which its first card was taken."""
    rows = _usable(society=society, at=at or timezone.now())
    return {row.theirs_id: timezone.localtime(row.made_at).date() for row in rows}


def reachable_societies(*, to: Staff, at: datetime | None = None) -> list[Reachable]:
    """Return the societies that the asker's is paired with now, by name."""
    if to is None or not to.is_active:
        return []
    language = get_language() or "en"
    rows = _usable(society=to.society_id, at=at or timezone.now())
    found = [Reachable(p.pk, p.theirs_id, p.theirs.slug, p.theirs.name_in(language)) for p in rows]
    return sorted(found, key=lambda one: one.name)


def timeline(*, society: UUID, conversation: UUID) -> list[ConversationMessage]:
    """Return all messages of a conversation, both directions, oldest first: the same list on both sides."""
    ours = Outgoing.objects.filter(society=society, conversation=conversation).select_related("society")
    theirs = Incoming.objects.filter(society=society, conversation=conversation).select_related(
        "peer__theirs"
    )
    told = [ConversationMessage(r.pk, r.kind, r.created_at, True, r.society.slug, r.state) for r in ours]
    told += [
        ConversationMessage(r.message, r.kind, r.created_at, False, r.peer.theirs.slug, _came(r))
        for r in theirs
    ]
    return sorted(told, key=lambda one: (one.at, one.id))


STUCK = Q(state__in=(SendingState.STUCK, SendingState.EXPIRED), given_up_at=None)
# Over a working line a message arrives within seconds: after this time a page says that it has not.
SOON = timedelta(minutes=2)


def held_up(
    *, society: UUID | None, kinds: Iterable[str], at: datetime, conversation: UUID | None = None
) -> dict[tuple[UUID, UUID], list[ConversationMessage]]:
    """Return, by society and conversation, our messages of some kinds that do not arrive just now; one query.

    Those that wait for a line that is down, or for a file to be carried; that were not taken, or came too late.
    """
    rows = Outgoing.objects.filter(STUCK | Q(state=SendingState.WAITING), kind__in=list(kinds))
    rows = rows.filter(society=society) if society else rows
    rows = rows.filter(conversation=conversation) if conversation else rows
    found: dict[tuple[UUID, UUID], list[ConversationMessage]] = {}
    for row in rows.select_related("society", "peer").order_by("created_at"):
        waits = row.state == SendingState.WAITING
        if waits and row.created_at > at - SOON and has_line(row.peer):
            continue
        told = ConversationMessage(row.pk, row.kind, row.created_at, True, row.society.slug, row.state)
        found.setdefault((row.society_id, row.conversation), []).append(told)
    return found


def has_line(peer: Peer) -> bool:
    """Say whether what is sealed to a peer leaves by itself, and the last try reached it."""
    here = bytes(peer.node) in node_keys.publics()
    return peer.failed_since is None and peer.state == PeerState.PAIRED and (bool(peer.address) or here)


def _came(row: Incoming) -> str:
    return "blocked" if row.code == ReceiptCode.BLOCKED else "came"


def delivered(*, society: UUID, conversation: UUID) -> dict[str, int]:
    """Return how many of our messages of a conversation are in each state of Sending."""
    rows = Outgoing.objects.filter(society=society, conversation=conversation)
    return dict(Counter(rows.values_list("state", flat=True)))


# -- for focal points --------------------------------------------------------------------------


def waiting(society: UUID) -> dict[UUID, HeldUpMessage]:
    """Return what waits or is stuck, by peer; one query."""
    now = Q(state=SendingState.WAITING, urgency=Urgency.NOW)
    rows = (
        Outgoing.objects.filter(society=society)
        .exclude(leaves_at__gt=timezone.now())
        .filter(Q(state=SendingState.WAITING) | STUCK)
        .values("peer")
        .annotate(
            number=Count("pk", filter=Q(state=SendingState.WAITING)),
            since=Min("created_at", filter=Q(state=SendingState.WAITING)),
            now=Count("pk", filter=now),
            now_since=Min("created_at", filter=now),
            stuck=Count("pk", filter=STUCK),
        )
        .order_by()
    )
    return {
        row["peer"]: HeldUpMessage(row["number"], row["since"], row["now"], row["now_since"], row["stuck"])
        for row in rows
    }


def outgoing(*, to: Staff, peer: UUID) -> QuerySet[Outgoing]:
    """Return what is on its way to a peer or stuck, oldest first, for the focal points' page (a queryset)."""
    rows = Outgoing.objects.visible(to=to).filter(peer=peer).exclude(leaves_at__gt=timezone.now())
    return rows.filter(Q(state=SendingState.WAITING) | STUCK).order_by("created_at", "pk")


def stuck(*, to: Staff, peer: UUID | None = None) -> QuerySet[Outgoing]:
    """Return what was not taken or did not arrive in time, and nobody has let be yet (a queryset)."""
    rows = Outgoing.objects.visible(to=to).filter(STUCK)
    return (rows.filter(peer=peer) if peer else rows).order_by("created_at", "pk")


def witnesses_of(society: UUID) -> list[tuple[str, datetime]]:
    """Return (name, when) of the societies that were given the head of our journal, and have it."""
    language, found = get_language() or "en", {}
    rows = Outgoing.objects.filter(society=society, kind=MessageKind.HEAD, state=SendingState.DELIVERED)
    for row in rows.select_related("peer__theirs").order_by("created_at"):
        found[row.peer.theirs.name_in(language)] = row.created_at
    return sorted(found.items())
