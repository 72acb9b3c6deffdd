"""Taking in: check, keep, act, commit, and only then the signed receipt.

Whatever goes wrong in a bundle is said by a code and changes nothing; what went well is committed before it is said. So
an answer that gets lost costs a second sending, and the second one finds that it *had it*.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from uuid import UUID, uuid4

from django.db import transaction

from panah.ground.audit import actions as audit
from panah.ground.exchange import events, peer_trust, receipts, rules
from panah.ground.exchange.actions import peer_limits
from panah.ground.exchange.actions.key_announcements import switched
from panah.ground.exchange.crash_points import RECEIVING
from panah.ground.exchange.envelope import MOST, MOST_IN_FILE, Damaged, Envelope, fingerprint, unbundle
from panah.ground.exchange.models import Closed, Incoming, Peer
from panah.ground.exchange.words import (
    AFTER_CLOSING,
    DONE,
    PERSONAL,
    SAY_ONLY_THAT,
    MessageKind,
    PeerState,
    ReceiptCode,
)
from panah.ground.foundation import tenancy
from panah.ground.foundation.bulk_insert import insert
from panah.ground.foundation.protected_rows import load_trusted
from panah.ground.foundation.registry import Registry
from panah.ground.network.queries import hosted_ids, society_or_none
from panah.ground.vault import node_keys
from panah.ground.vault.crash_points import crash_point
from panah.ground.vault.queries import intake_generations
from panah.ground.work.words import Urgency

log = logging.getLogger(__name__)

# Made once: Django makes the list of a choice's values anew each time.
KINDS, URGENCIES = frozenset(MessageKind.values), frozenset(Urgency.values)


@dataclass(frozen=True)
class MessageHandler:
    """What a room does with some kinds of messages.

    ``handle(peer=, envelope=, at=)`` runs inside the transaction that takes the envelope in, and keeps the body where
    it belongs. Several rooms may hear one kind: they are asked in their order until one answers with a code; None
    leaves it to the next. ``handle_many(peer=, envelopes=, at=)`` does the same for many at once, all or an exception;
    it is asked where its room comes first.
    """

    kinds: frozenset[str]
    handle: Callable[..., ReceiptCode | None]
    handle_many: Callable[..., list[ReceiptCode]] | None = None


HANDLERS: Registry[MessageHandler] = Registry("what is done with a message that arrives")


def _handlers_of(kind: str) -> list[MessageHandler]:
    return [handler for handler in HANDLERS if kind in handler.kinds]


@dataclass
class ReceivedEnvelope:
    """One piece of a bundle: the envelope, if it is one, and what is said about it."""

    envelope: Envelope | None
    code: ReceiptCode | None = None
    node_key: bytes = b""

    @property
    def id(self) -> UUID | None:
        return self.envelope.header.id if self.envelope else None


@dataclass
class PeerContext:
    """What is looked up once for the envelopes of one peer in a bundle."""

    peer: Peer
    at: datetime
    from_file: bool
    had: set[UUID]
    hour: peer_limits.HourOfPeer
    generations: set[int] = field(default_factory=set)
    bare: peer_limits.BareMessages | None = None

    def code_of(self, envelope: Envelope) -> ReceiptCode | None:
        """Say with which code it is to come again later: too much came within the hour, or no room is left."""
        header = envelope.header
        # What is carried in a file was held up for weeks, and comes through a person's hands.
        if self.from_file:
            return None
        if self.bare is not None:
            # Its body, should it have one, is kept nowhere.
            return ReceiptCode.TOO_MANY if self.bare.is_too_much(header.conversation) else None
        return self.hour.code_of(header.kind, header.urgency, len(envelope.body))


def receive(raw: bytes, *, at: datetime, from_file: bool = False) -> bytes:
    """Take a bundle in and return the signed receipt. Never raises for what is in the bundle."""
    came = receive_bundle(raw, at=at, from_file=from_file)
    crash_point(RECEIVING[2])
    codes = [(one.id, one.code or ReceiptCode.LATER) for one in came]
    return receipts.pack(bundle=raw, codes=codes, at=at, node_seed=node_keys.signing_seed())


def receive_bundle(raw: bytes, *, at: datetime, from_file: bool = False) -> list[ReceivedEnvelope]:
    """Take in what a bundle holds; returns each piece in order with its code, all committed."""
    came = read_bundle(raw, most=MOST_IN_FILE if from_file else MOST)
    whole = [one for one in came if one.envelope is not None and one.code is None]
    for (source, target), some in groupby(whole, key=_who):
        group = list(some)
        try:
            _receive_group(source, target, group, at, from_file)
        except Exception:
            # Full disk, locked database, a fault of ours: nothing of this group was kept, it comes again.
            log.exception("receive")
            for one in group:
                one.code = ReceiptCode.LATER if one.code is None or one.code in DONE else one.code
    return came


def read_bundle(raw: bytes, most: int) -> list[ReceivedEnvelope]:
    """Return the pieces of a bundle, at most so many: one line says for all the rest that it was too much."""
    came: list[ReceivedEnvelope] = []
    try:
        for piece in unbundle(raw):
            if len(came) == most:
                came.append(ReceivedEnvelope(None, ReceiptCode.TOO_MANY))
                break
            came.append(_envelope(piece))
    except Damaged:
        came.append(ReceivedEnvelope(None, ReceiptCode.DAMAGED))
    return came


def _envelope(piece: bytes) -> ReceivedEnvelope:
    try:
        return ReceivedEnvelope(Envelope.unpack(piece))
    except Damaged as problem:
        return ReceivedEnvelope(
            None, ReceiptCode.DAMAGED if problem.version is None else ReceiptCode.UNKNOWN_VERSION
        )


def _who(one: ReceivedEnvelope) -> tuple[str, str]:
    header = one.envelope.header if one.envelope else None
    return (header.source, header.target) if header else ("", "")


def _receive_group(
    source: str, target: str, group: list[ReceivedEnvelope], at: datetime, from_file: bool
) -> None:
    """Take in the envelopes from one society to another, inside the walls of the one that they are for."""
    society, theirs = society_or_none(target), society_or_none(source)
    if society is None or society.pk not in hosted_ids():
        return _set_codes(group, ReceiptCode.WRONG_PLACE)
    if theirs is None:
        return _set_codes(group, ReceiptCode.NOT_PAIRED)
    with tenancy.tenant_context(society.pk):
        peer = next(iter(peer_trust.peers_of(society.pk, theirs=theirs.pk, state=PeerState.PAIRED)), None)
        if peer is None:
            return _set_codes(group, ReceiptCode.NOT_PAIRED)
        theirs_now, ours = peer_trust.node_keys(peer), {fingerprint(key) for key in node_keys.publics()}
        for one in group:
            one.code = _checked(one, theirs_now, ours)
        crash_point(RECEIVING[0])
        with transaction.atomic():
            _keep(peer, [one for one in group if one.code is None], at, from_file)
            crash_point(RECEIVING[1])
    return None


def _set_codes(group: Iterable[ReceivedEnvelope], code: ReceiptCode) -> None:
    for one in group:
        one.code = code


def _checked(one: ReceivedEnvelope, theirs: list[bytes], ours: set[str]) -> ReceiptCode | None:
    """Return the code of an envelope that is not what it says it is, or None; notes which of their keys signed it."""
    if one.envelope is None:
        return ReceiptCode.DAMAGED
    header = one.envelope.header
    one.node_key = next((key for key in theirs if one.envelope.is_signed_by(key)), b"")
    if not one.node_key:
        # A stranger who asks learns nothing; a node whose key was replaced learns that it must be compared anew.
        known = header.source_node in {fingerprint(key) for key in theirs}
        return ReceiptCode.BAD_SIGNATURE if known else ReceiptCode.NOT_PAIRED
    return None if header.target_node in ours else ReceiptCode.WRONG_PLACE


def _keep(peer: Peer, group: list[ReceivedEnvelope], at: datetime, from_file: bool) -> None:
    if not group:
        return None
    # The lock is the queue: the same bundle sent twice at once is taken in one after the other.
    peer = Peer.objects.select_for_update().select_related("society", "theirs").get(pk=peer.pk)
    if not load_trusted(peer) or peer.state != PeerState.PAIRED:
        return _set_codes(group, ReceiptCode.NOT_PAIRED)
    for key in {one.node_key for one in group} - {bytes(peer.node)}:
        switched(peer=peer, node_key=key)
    peer_limits.begin_hour(peer, at)
    seen = Incoming.objects.filter(peer=peer, message__in=[one.id for one in group])
    known = PeerContext(
        peer,
        at,
        from_file,
        set(seen.values_list("message", flat=True)),
        peer_limits.HourOfPeer.of(peer, at),
        intake_generations(peer.society_id),
    )
    if not known.hour.room:
        # Nobody here reads that it waits there: whoever keeps the server hears of it.
        log.error("Little room on the disk: what paired societies send waits, but for danger")
    rows: list[tuple[object, ...]] = []
    for kind, some in groupby(group, key=_kind):
        rows += _receive_run(known, kind, list(some))
    insert(Incoming, COLUMNS, rows)
    peer_limits.keep_hour(peer)
    return None


def _kind(one: ReceivedEnvelope) -> str:
    return one.envelope.header.kind if one.envelope else ""


def _receive_run(known: PeerContext, kind: str, run: list[ReceivedEnvelope]) -> list[tuple[object, ...]]:
    """Take in neighbours of one kind; returns the rows that say that they came."""
    if known.from_file or kind not in SAY_ONLY_THAT:
        known.bare = None
    else:
        named = {one.envelope.header.conversation for one in run if one.envelope}
        known.bare = peer_limits.BareMessages(known.peer, kind, named, known.at)
    closed = _closed(known, run) if kind in PERSONAL and kind not in AFTER_CLOSING else set()
    for one in run:
        one.code = _before(known, one, kind, closed)
    fresh = [one for one in run if one.code is None]
    for one, code in zip(fresh, _act(known, kind, [e for o in fresh if (e := o.envelope)]), strict=True):
        one.code = code
    known.peer.refused += sum(one.code not in DONE for one in fresh)
    if kind not in SAY_ONLY_THAT:
        known.peer.bytes_taken += sum(len(e.body) for o in fresh if (e := o.envelope) and o.code in DONE)
    kept = [*fresh, *(one for one in run if one.code == ReceiptCode.BLOCKED)]
    return [
        _row(known, one.envelope, one.code)
        for one in kept
        if one.envelope is not None and one.code in DONE and one.code != ReceiptCode.HAD_IT
    ]


def _closed(known: PeerContext, run: list[ReceivedEnvelope]) -> set[UUID]:
    named = {one.envelope.header.conversation for one in run if one.envelope}
    rows = Closed.objects.filter(peer=known.peer, conversation__in=named)
    return set(rows.values_list("conversation", flat=True))


def _before(known: PeerContext, one: ReceivedEnvelope, kind: str, closed: set[UUID]) -> ReceiptCode | None:
    """Return the code of an envelope that is not acted upon, or None."""
    if one.envelope is None:
        return ReceiptCode.DAMAGED
    header = one.envelope.header
    if header.id in known.had:
        return ReceiptCode.HAD_IT
    if code := rules.clock_code(created=header.created, expires=header.expires, at=known.at):
        return ReceiptCode(code)
    if kind != MessageKind.WITHDRAWN and (kind not in KINDS or not _handlers_of(kind)):
        return ReceiptCode.UNKNOWN_KIND
    if header.conversation in closed:
        known.had.add(header.id)
        return ReceiptCode.BLOCKED
    if not _opens(header.to_key, kind, known.generations):
        return ReceiptCode.OLD_KEY
    held_up = known.code_of(one.envelope)
    if held_up is None:
        known.had.add(header.id)
    return held_up


def _opens(to_key: str, kind: str, generations: set[int]) -> bool:
    name, _, number = to_key.partition(":")
    if name == "intake":
        return number.isascii() and number.isdigit() and len(number) < 10 and int(number) in generations
    return name == "conversation" if kind in PERSONAL - SAY_ONLY_THAT else True


def _act(known: PeerContext, kind: str, envelopes: list[Envelope]) -> list[ReceiptCode]:
    """Let the room that a kind belongs to act; what it cannot take now is *later*, and undone."""
    handlers = _handlers_of(kind)
    together = handlers[0].handle_many if handlers else None
    if together is not None and len(envelopes) > 1:
        try:
            with transaction.atomic():
                codes = together(peer=known.peer, envelopes=envelopes, at=known.at)
                if len(codes) == len(envelopes):
                    return list(codes)
        except Exception:
            log.exception("receive together")
    return [_act_one(known, kind, envelope) for envelope in envelopes]


def _act_one(known: PeerContext, kind: str, envelope: Envelope) -> ReceiptCode:
    try:
        with transaction.atomic():
            if kind == MessageKind.WITHDRAWN:
                close_conversation(peer=known.peer, conversation=envelope.header.conversation, at=known.at)
            for handler in _handlers_of(kind):
                code = handler.handle(peer=known.peer, envelope=envelope, at=known.at)
                if code is not None:
                    return ReceiptCode(code)
    except Exception:
        log.exception("receive one")
        return ReceiptCode.LATER
    return ReceiptCode.TAKEN


def close_conversation(*, peer: Peer, conversation: UUID, at: datetime) -> None:
    """Close a conversation in which a consent was withdrawn: nothing that was sent before is kept any more."""
    _, made = Closed.objects.get_or_create(
        peer=peer, conversation=conversation, defaults={"society_id": peer.society_id, "at": at}
    )
    if made:
        audit.record(event=events.CLOSED, by=None, society=peer.society_id, at=at, about=peer.pk)


# Of ``Incoming``, as ``_row`` gives them.
COLUMNS = (
    "id",
    "society_id",
    "peer_id",
    "message",
    "kind",
    "conversation",
    "urgency",
    "header",
    "signature",
    "code",
    "created_at",
    "arrived_at",
    "expires_at",
    "from_file",
)


def _row(known: PeerContext, envelope: Envelope, code: ReceiptCode) -> tuple[object, ...]:
    header, peer = envelope.header, known.peer
    return (
        uuid4(),
        peer.society_id,
        peer.pk,
        header.id,
        header.kind,
        header.conversation,
        header.urgency if header.urgency in URGENCIES else Urgency.TODAY,
        envelope.raw_header,
        envelope.signature,
        code,
        header.created,
        known.at,
        header.expires,
        known.from_file,
    )
