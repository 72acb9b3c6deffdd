"""The way without a line: a file carried there, a receipt carried back, and every promise of the wire."""

from datetime import timedelta

import pytest

from panah.ground.exchange import actions as exchange
from panah.ground.exchange.files import TransportFile
from panah.ground.exchange.models import Outgoing, Peer
from panah.ground.exchange.words import MessageKind, SendingState
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault


@pytest.fixture
def no_line(paired):
    Peer.objects.update(address="")


def test_a_file_is_carried_there_and_its_receipt_back_settles_what_was_sent(
    offer, arrived, paired, bakyt, rustam, at
):
    rows = [offer(), offer(urgency="now")]
    raw = exchange.write_file(peer=paired.north, by=bakyt, at=at)
    assert {r.state for r in Outgoing.objects.all()} == {SendingState.WAITING}, (
        "nothing is settled by writing"
    )
    read = exchange.read_file(raw=raw, by=rustam, at=at + timedelta(days=3))
    assert [line.code for line in read.lines] == ["taken", "taken"]
    assert len(arrived) == 2
    back = exchange.read_file(raw=read.answer, by=bakyt, at=at + timedelta(days=6))
    assert back.what == "receipt"
    assert [line.code for line in back.lines] == ["taken", "taken"]
    assert {r.state for r in Outgoing.objects.all()} == {SendingState.DELIVERED}
    assert all(vault.load_blob(kind="sent", key=row.pk) is None for row in rows)


def test_the_same_file_read_twice_has_one_effect(offer, arrived, paired, bakyt, rustam, at):
    offer()
    raw = exchange.write_file(peer=paired.north, by=bakyt, at=at)
    assert [exchange.read_file(raw=raw, by=rustam, at=at).lines[0].code for _ in range(2)] == [
        "taken",
        "had-it",
    ]
    assert len(arrived) == 1


def test_a_file_for_south_is_not_taken_in_by_north(offer, arrived, paired, bakyt, at):
    offer()
    raw = exchange.write_file(peer=paired.north, by=bakyt, at=at)
    with pytest.raises(Refusal, match="file-for-another"):
        exchange.read_file(raw=raw, by=bakyt, at=at)
    assert arrived == []


def test_a_file_that_was_cut_is_refused_or_says_which_messages_came_damaged(
    offer, arrived, paired, bakyt, rustam, at
):
    offer(), offer()
    raw = exchange.write_file(peer=paired.north, by=bakyt, at=at)
    read = exchange.read_file(raw=raw[:-100], by=rustam, at=at)
    assert [line.code for line in read.lines] == ["taken", "damaged"]
    exchange.read_file(raw=read.answer, by=bakyt, at=at)
    assert sorted(r.state for r in Outgoing.objects.all()) == [SendingState.DELIVERED, SendingState.WAITING]
    with pytest.raises(Refusal, match="file-damaged"):
        exchange.read_file(raw=raw[:50], by=rustam, at=at)


def test_a_receipt_that_another_node_signed_settles_nothing(offer, arrived, paired, bakyt, rustam, at):
    row = offer()
    raw = exchange.write_file(peer=paired.north, by=bakyt, at=at)
    answer = TransportFile.unpack(exchange.read_file(raw=raw, by=rustam, at=at).answer)
    forged = TransportFile(**{**vars(answer), "inside": answer.inside[:-1] + bytes([answer.inside[-1] ^ 1])})
    with pytest.raises(Refusal, match="receipt-not-signed"):
        exchange.read_file(raw=forged.pack(), by=bakyt, at=at)
    row.refresh_from_db()
    assert row.state == SendingState.WAITING


def test_a_file_that_lay_too_long_is_said_to_have_expired(offer, arrived, paired, bakyt, rustam, at):
    offer()
    raw = exchange.write_file(peer=paired.north, by=bakyt, at=at)
    late = exchange.read_file(raw=raw, by=rustam, at=at + timedelta(days=20))
    assert [line.code for line in late.lines] == ["expired"]
    assert arrived == []


def test_where_there_is_no_line_nothing_is_called_a_failure_until_it_waits_too_long(
    offer, no_line, paired, at
):
    # Both are on one node here: as if South's node were another one.
    offer()
    Peer.objects.filter(pk=paired.north.pk).update(node=bytes(32))
    assert exchange.deliver_due(at=at) == 0
    assert Peer.objects.get(pk=paired.north.pk).failed_since is None


def test_only_focal_points_carry_files(offer, paired, amina, daler, at):
    offer()
    with pytest.raises(Refusal, match="focal-point-only"):
        exchange.write_file(peer=paired.north, by=amina, at=at)
    with pytest.raises(Refusal, match="focal-point-only"):
        exchange.read_file(raw=b"", by=daler, at=at)


def test_what_lies_in_a_file_is_not_written_twice_until_all_of_it_does(offer, paired, bakyt, at):
    offer()
    first = TransportFile.unpack(exchange.write_file(peer=paired.north, by=bakyt, at=at)).inside
    offer(kind=MessageKind.WITHDRAWN, content={})
    second = TransportFile.unpack(exchange.write_file(peer=paired.north, by=bakyt, at=at)).inside
    both = TransportFile.unpack(exchange.write_file(peer=paired.north, by=bakyt, at=at)).inside
    assert len(both) == len(first) + len(second)
