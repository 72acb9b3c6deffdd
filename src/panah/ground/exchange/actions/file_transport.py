"""The way without a line: sealed messages in a file, a receipt in a file back. The same envelopes and promises."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.exchange import events, files, peer_trust, receipts
from panah.ground.exchange.actions.acknowledgements import settle
from panah.ground.exchange.actions.delivering import may_leave, packed
from panah.ground.exchange.actions.receiving import receive_bundle
from panah.ground.exchange.actions.sending import SENT
from panah.ground.exchange.envelope import MOST_IN_FILE, Damaged, bundle, fingerprint
from panah.ground.exchange.models import Outgoing, Peer
from panah.ground.exchange.permissions import require_pairing
from panah.ground.exchange.words import MessageKind, PeerState, ReceiptCode, SendingState
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import node_keys
from panah.ground.work.words import Urgency

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from panah.ground.accounts.models import Staff


@dataclass(frozen=True)
class FileMessage:
    """What was said about one message of a file: its kind in words, or "" where it could not be read."""

    kind: StrOrPromise
    code: str

    @property
    def label(self) -> StrOrPromise:
        return ReceiptCode(self.code).label if self.code in ReceiptCode.values else self.code


@dataclass(frozen=True)
class FileRead:
    """What a file held: ``envelopes`` (then ``answer`` is the file to be carried back) or ``receipt``."""

    what: str
    lines: tuple[FileMessage, ...]
    answer: bytes = b""


def write_file(*, peer: Peer, by: Staff, at: datetime, rows: Iterable[Outgoing] | None = None) -> bytes:
    """Return a file with what waits for a peer, as much as fits: what cannot wait first, then the oldest.

    Without ``rows`` it is what lies in no file yet, or, if everything does, all of it once more. The messages stay in
    the queue until a receipt says that they are there.
    """
    require_pairing(by)
    if peer_trust.believed(peer).state != PeerState.PAIRED:
        raise Refusal(
            _("The pairing with this society is not in use."),
            next_step=_("Look at its page: it says why, and what to do."),
            code="not-paired",
        )
    with transaction.atomic():
        chosen = list(_to_carry(peer, at) if rows is None else rows)
        raw = packed(chosen).envelopes
        if not raw:
            raise Refusal(
                _("Nothing waits for this society."),
                next_step=_("There is nothing to carry."),
                code="nothing-waits",
            )
        Outgoing.objects.filter(pk__in=list(raw)).update(in_file_at=at)
        facts = {"society": peer.theirs.slug, "messages": len(raw)}
        audit.record(event=events.IN_FILE, by=by, at=at, facts=facts)
    return files.TransportFile(
        what=files.ENVELOPES,
        source=peer.society.slug,
        source_node=fingerprint(node_keys.public()),
        target=peer.theirs.slug,
        target_node=fingerprint(bytes(peer.node)),
        written=at.isoformat(),
        inside=bundle(raw.values()),
    ).pack()


def _to_carry(peer: Peer, at: datetime) -> list[Outgoing]:
    rows = Outgoing.objects.filter(may_leave(at), peer=peer, state=SendingState.WAITING, expires_at__gt=at)
    fresh = rows.filter(in_file_at=None)
    chosen = fresh if fresh.exists() else rows
    # As many as the smallest of them could fill a file with.
    ordered = list(chosen.order_by("created_at")[:MOST_IN_FILE])
    return sorted(ordered, key=lambda row: row.urgency != Urgency.NOW)


def read_file(*, raw: bytes, by: Staff, at: datetime) -> FileRead:
    """Take in a file that somebody carried here: messages for us, or a receipt for what we sent.

    Everything holds that holds on the wire: signatures, dates, each message once. Refuses what is no such file, or is
    for another society; nothing has changed then.
    """
    require_pairing(by)
    try:
        carried = files.TransportFile.unpack(raw)
    except Damaged as problem:
        raise _unreadable(problem) from None
    if carried.target != by.society.slug or not any(
        carried.target_node == fingerprint(key) for key in node_keys.publics()
    ):
        raise Refusal(
            _("This file is for another society, or for a node that this one is no longer."),
            next_step=_("Nothing was taken in. Carry it to the society that it was written for."),
            code="file-for-another",
        )
    if carried.what == files.RECEIPT:
        return _read_receipt(carried, by, at)
    came = receive_bundle(carried.inside, at=at, from_file=True)
    codes = [(one.id, str(one.code or ReceiptCode.LATER)) for one in came]
    receipt = receipts.pack(bundle=carried.inside, codes=codes, at=at, node_seed=node_keys.signing_seed())
    facts = {"messages": len(came), "taken": sum(code == ReceiptCode.TAKEN for _id, code in codes)}
    audit.record(event=events.FROM_FILE, by=by, at=at, facts=facts)
    lines = tuple(
        FileMessage(_kind(one.envelope.header.kind if one.envelope else ""), str(one.code)) for one in came
    )
    return FileRead(files.ENVELOPES, lines, carried.answered(receipt, at).pack())


def _read_receipt(carried: files.TransportFile, by: Staff, at: datetime) -> FileRead:
    try:
        receipt = receipts.unpack(carried.inside)
    except Damaged as problem:
        raise _unreadable(problem) from None
    # Several societies may share the node that signed. Which bundle it was about is not kept: ids are random.
    known = [one for one in peer_trust.peers_of(by.society_id) if one.state != PeerState.WAITING]
    signers = [one for one in known if any(receipt.is_signed_by(key) for key in peer_trust.node_keys(one))]
    if not signers:
        raise Refusal(
            _("This receipt is not signed by a node that you are paired with."),
            next_step=_("Nothing has changed. The messages wait on; ask for the receipt again."),
            code="receipt-not-signed",
        )
    lines: list[FileMessage] = []
    for peer in signers:
        lines += _settle_by(receipt, peer, by, at)
    return FileRead(files.RECEIPT, tuple(lines))


def _settle_by(receipt: receipts.Receipt, peer: Peer, by: Staff, at: datetime) -> list[FileMessage]:
    codes = {which: code for which, code in receipt.codes if which is not None}
    rows = dict(Outgoing.objects.filter(peer=peer, pk__in=list(codes)).values_list("pk", "kind"))
    if not rows:
        return []
    with transaction.atomic():
        done = settle(peer=peer, codes={which: codes[which] for which in rows}, at=at)
        facts = {"society": peer.theirs.slug, "messages": len(rows), "arrived": len(done)}
        audit.record(event=events.FROM_FILE, by=by, at=at, facts=facts)
    vault.destroy(kind=SENT, keys=done)
    return [FileMessage(_kind(kind), codes[which]) for which, kind in rows.items()]


def _kind(kind: str) -> StrOrPromise:
    return MessageKind(kind).label if kind in MessageKind.values else ""


def _unreadable(problem: Damaged) -> Refusal:
    if problem.version is not None:
        return Refusal(
            _("This file is of a version that is not known here yet."),
            next_step=_("Bring Panah up to date, then read it again. Nothing was taken in."),
            code="file-version",
        )
    return Refusal(
        _("This is no file of sealed messages, or it was damaged on the way."),
        next_step=_("Nothing was taken in. Copy it once more, whole, or let it be written again."),
        code="file-damaged",
    )
