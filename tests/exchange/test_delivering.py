"""Lines are cut, answers get lost, nodes vanish: what was said is sent again until a receipt that holds says otherwise."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import pytest

from panah.ground.exchange import actions as exchange
from panah.ground.exchange import queries as exchange_queries
from panah.ground.exchange import receipts
from panah.ground.exchange.actions.delivering import post_bundle
from panah.ground.exchange.http_client import NotReached
from panah.ground.exchange.models import Incoming, Outgoing, Peer
from panah.ground.exchange.words import MessageKind, SendingState
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import node_keys
from panah.ground.work import queries as work_queries
from tests.exchange.conftest import of_north

MINUTE = timedelta(minutes=1)


def cut(peer, raw, at):
    raise NotReached("unreachable")


def cut_after(peer, raw, at):
    """It arrives and is taken in; the answer gets lost."""
    post_bundle(peer, raw, at)
    raise NotReached("unreachable")


def peer_now(paired):
    return Peer.objects.get(pk=paired.north.pk)


def test_an_answer_that_got_lost_costs_a_second_sending_and_no_second_effect(offer, arrived, at):
    row = offer()
    assert exchange.deliver_due(at=at, post=cut_after) == 0
    assert exchange.deliver_due(at=at) == 0, "not again before its time"
    assert exchange.deliver_due(at=at + 2 * MINUTE) == 1
    row.refresh_from_db()
    assert (row.state, row.code, row.attempts) == (SendingState.DELIVERED, "had-it", 2)
    assert len(arrived) == Incoming.objects.count() == 1


SPOILT = {
    "a changed bit": lambda raw, answer, at: answer[:-1] + bytes([answer[-1] ^ 1]),
    "cut": lambda raw, answer, at: answer[: len(answer) // 2],
    "nothing": lambda raw, answer, at: b"",
    "a page of some proxy": lambda raw, answer, at: b"<html>sign in to the hotel's network</html>",
    "of another bundle": lambda raw, answer, at: exchange.receive(b"", at=at),
    "of another node": lambda raw, answer, at: receipts.pack(
        bundle=raw, codes=[], at=at, node_seed=b"3" * 32
    ),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT.keys())
def test_a_receipt_that_does_not_hold_is_no_receipt(offer, arrived, paired, at, spoil):
    row = offer()
    exchange.deliver_due(at=at, post=lambda peer, raw, at: spoil(raw, post_bundle(peer, raw, at), at))
    row.refresh_from_db()
    assert row.state == SendingState.WAITING
    assert vault.load_blob(kind="sent", key=row.pk), "the sealed body waits with it"
    assert peer_now(paired).failure in ("no-receipt", "wrong-place")
    assert exchange.deliver_due(at=at + 2 * MINUTE) == 1
    assert peer_now(paired).failed_since is None


def test_a_code_that_is_not_known_here_waits_for_a_person(offer, arrived, paired, at):
    row = offer()

    def newer(peer, raw, at):
        return receipts.pack(
            bundle=raw, codes=[(row.pk, "sideways")], at=at, node_seed=node_keys.signing_seed()
        )

    exchange.deliver_due(at=at, post=newer)
    row.refresh_from_db()
    assert (row.state, row.code) == (SendingState.STUCK, "")


def test_an_unreachable_society_is_tried_ever_less_often_and_stays_visible(offer, paired, at):
    offer()
    tries, now = [], at
    for minutes in [1] * 30 + [15] * 190:
        exchange.deliver_due(at=now, post=lambda peer, raw, at: tries.append(at) or cut(peer, raw, at))
        now += minutes * MINUTE
    gaps = [(b - a) / MINUTE for a, b in pairwise(tries)]
    assert 10 < len(tries) < 25
    assert gaps[0] <= 2
    assert all(gap <= 6 * 60 * 1.25 + 15 for gap in gaps)
    peer = peer_now(paired)
    assert (peer.failed_since, peer.failure) == (at, "unreachable")


def test_what_cannot_wait_is_tried_every_few_minutes_and_at_once_when_it_is_new(offer, paired, at):
    offer()
    now = at
    for _ in range(5):
        exchange.deliver_due(at=now, post=cut)
        now += timedelta(hours=8)
    tries = []
    offer(urgency="now", at=now)
    for _ in range(60):
        exchange.deliver_due(at=now, post=lambda peer, raw, at: tries.append(at) or cut(peer, raw, at))
        now += MINUTE
    assert len(tries) >= 8


def test_after_a_failure_less_is_sent_at_once(offer, paired, at):
    for _ in range(12):
        offer(content={"text": "x" * 60_000})
    whole = len(exchange.lease(peer=paired.north, at=at).raw)
    Outgoing.objects.update(next_try_at=at, leased_until=None)
    Peer.objects.filter(pk=paired.north.pk).update(attempts=5)
    less = len(exchange.lease(peer=peer_now(paired), at=at).raw)
    assert less <= 8 * 1024 * 1024 >> 5 < whole


def test_two_workers_never_send_the_same_message_and_a_dead_one_lets_go(offer, paired, at):
    offer()
    assert exchange.lease(peer=paired.north, at=at)
    assert exchange.lease(peer=paired.north, at=at) is None
    assert exchange.lease(peer=paired.north, at=at + 4 * MINUTE) is None
    assert exchange.lease(peer=paired.north, at=at + 5 * MINUTE)


def test_what_cannot_wait_leaves_first(offer, paired, arrived, at):
    offer(urgency="week")
    offer(urgency="now", at=at + MINUTE)
    exchange.deliver_due(at=at + MINUTE)
    assert [envelope.header.urgency for *_, envelope in arrived] == ["now", "week"]


def test_what_did_not_arrive_in_time_is_let_go_of_and_said(offer, arrived, paired, at):
    row = offer()
    assert exchange.deliver_due(at=at + timedelta(days=15)) == 0
    row.refresh_from_db()
    assert row.state == SendingState.EXPIRED
    assert vault.load_blob(kind="sent", key=row.pk) is None
    assert list(exchange_queries.stuck(to=paired_staff(paired))) == [row]


def paired_staff(paired):
    from panah.ground.accounts.queries import with_role

    return with_role(paired.north.society_id, "focal_point")[0]


def test_a_message_that_was_not_taken_waits_for_a_focal_point_who_tries_again(
    offer, arrived, paired, bakyt, amina, at
):
    row = offer()
    with exchange.HANDLERS.temporarily_without("arrived", "inbox"):
        exchange.deliver_due(at=at)
    row.refresh_from_db()
    assert (row.state, row.code) == (SendingState.STUCK, "unknown-kind")
    assert exchange.deliver_due(at=at + timedelta(days=1)) == 0, "it does not go by itself"
    with pytest.raises(Refusal, match="focal-point-only"):
        exchange.try_again(row=row, by=amina, at=at)
    exchange.try_again(row=row, by=bakyt, at=at + timedelta(days=1))
    assert exchange.deliver_due(at=at + timedelta(days=1)) == 1


def test_a_focal_point_lets_a_message_be_and_its_content_is_destroyed(
    offer, arrived, paired, bakyt, at, django_capture_on_commit_callbacks
):
    row = offer()
    with exchange.HANDLERS.temporarily_without("arrived", "inbox"):
        exchange.deliver_due(at=at)
    with django_capture_on_commit_callbacks(execute=True):
        exchange.give_up(row=row, by=bakyt, at=at)
        exchange.give_up(row=row, by=bakyt, at=at)
    row.refresh_from_db()
    assert row.state == SendingState.STOPPED
    assert vault.load_blob(kind="sent", key=row.pk) is None
    assert list(exchange_queries.stuck(to=bakyt)) == []
    row.state = SendingState.STUCK
    row.save()
    with pytest.raises(Refusal, match="content-gone"):
        exchange.try_again(row=row, by=bakyt, at=at)


def test_a_message_whose_body_is_lost_is_stuck_and_the_others_leave(offer, arrived, at):
    """The shred store is in no backup: after a restore rows can wait whose bodies are gone."""
    lost, kept = offer(), offer()
    vault.destroy(kind="sent", keys=[lost.pk])
    assert exchange.deliver_due(at=at) == 1
    lost.refresh_from_db()
    kept.refresh_from_db()
    assert (lost.state, kept.state) == (SendingState.STUCK, SendingState.DELIVERED)


def test_what_was_stopped_while_it_was_on_its_way_and_yet_arrived_is_there(offer, arrived, world, at):
    conversation = uuid4()
    row = offer(conversation)

    def meanwhile(peer, raw, at):
        stopped = exchange.stop(**of_north(world), conversation=conversation, at=at)
        assert stopped == 0, "nobody can say that it has certainly not left"
        return post_bundle(peer, raw, at)

    exchange.deliver_due(at=at, post=meanwhile)
    row.refresh_from_db()
    assert row.state == SendingState.DELIVERED


def test_a_blocked_society_gets_nothing_and_nothing_is_lost(offer, arrived, paired, at):
    row = offer()
    Peer.objects.filter(pk=paired.south.pk).update(state="blocked")
    assert exchange.deliver_due(at=at) == 0
    row.refresh_from_db()
    assert (row.state, row.code) == (SendingState.WAITING, "not-paired")
    assert peer_now(paired).failure == "not-paired"
    Peer.objects.filter(pk=paired.south.pk).update(state="paired")
    assert exchange.deliver_due(at=at + timedelta(hours=1)) == 1


def test_a_society_that_has_enough_for_now_is_left_in_peace_for_a_minute(offer, arrived, paired, at):
    Peer.objects.filter(pk=paired.south.pk).update(per_hour=1)
    for _ in range(3):
        offer()
    asked = []

    def counted(peer, raw, at):
        asked.append(at)
        return post_bundle(peer, raw, at)

    assert exchange.deliver_due(at=at, post=counted) == 1
    offer(at=at)
    assert exchange.deliver_due(at=at + timedelta(seconds=30), post=counted) == 0
    assert len(asked) == 1
    Peer.objects.filter(pk=paired.south.pk).update(per_hour=100)
    assert exchange.deliver_due(at=at + 3 * MINUTE, post=counted) == 3


def test_trouble_with_one_society_is_not_that_of_another(offer, arrived, world, paired, at):
    mine = offer()
    exchange.send(
        keys=world.keys("daler"), peer=paired.south, kind=MessageKind.ACCEPTED, conversation=uuid4(), content={}, at=at
    )  # fmt: skip

    def one_breaks(peer, raw, at):
        if peer.pk == paired.north.pk:
            raise RuntimeError("a fault of ours")
        return post_bundle(peer, raw, at)

    assert exchange.deliver_due(at=at, post=one_breaks) == 1
    assert exchange.deliver_due(at=at + 6 * MINUTE) == 1
    mine.refresh_from_db()
    assert mine.state == SendingState.DELIVERED


def test_what_comes_damaged_again_and_again_is_damaged_here(offer, paired, at):
    row = offer()

    def damaged(peer, raw, at):
        return receipts.pack(bundle=raw, codes=[(None, "damaged")], at=at, node_seed=node_keys.signing_seed())

    for day in range(5):
        exchange.deliver_due(at=at + timedelta(days=day), post=damaged)
    row.refresh_from_db()
    assert (row.state, row.attempts) == (SendingState.STUCK, 5)


# ---- on the focal points' lists -------------------------------------------------------------------


def listed(paired):
    return len(work_queries.items_of(paired.north.pk, purpose="waits"))


def test_the_focal_points_are_told_after_a_day_and_it_goes_when_it_arrived(offer, arrived, paired, at):
    offer()
    exchange.deliver_due(at=at, post=cut)
    exchange.tell_focal_points(at=at + timedelta(hours=23))
    assert listed(paired) == 0
    exchange.tell_focal_points(at=at + timedelta(hours=24))
    exchange.tell_focal_points(at=at + timedelta(hours=25))
    assert listed(paired) == 2, "one line each for Bakyt and Saule, once"
    exchange.deliver_due(at=at + timedelta(hours=26))
    exchange.tell_focal_points(at=at + timedelta(hours=26))
    assert listed(paired) == 0


def test_the_focal_points_are_told_within_the_hour_of_what_cannot_wait(offer, paired, at):
    offer(urgency="now")
    exchange.deliver_due(at=at, post=cut)
    exchange.tell_focal_points(at=at + timedelta(minutes=59))
    assert listed(paired) == 0
    exchange.tell_focal_points(at=at + timedelta(hours=1))
    assert listed(paired) == 2


# ---- tidying up ------------------------------------------------------------------------------------


def test_what_is_past_is_forgotten_but_never_before_a_second_coming_is_impossible(offer, arrived, paired, at):
    offer()
    exchange.send_of_node(peer=paired.north, kind=MessageKind.HEAD, content={"number": 1}, at=at)
    bundle = exchange.lease(peer=paired.north, at=at).raw
    exchange.receive_bundle(bundle, at=at)
    exchange.deliver_due(at=at + 6 * MINUTE)
    for days in (14, 14 + 59):
        later = at + timedelta(days=days)
        exchange.sweep(at=later)
        assert Incoming.objects.count() == 2
    exchange.sweep(at=at + timedelta(days=14 + 61))
    assert Incoming.objects.get().kind == Outgoing.objects.get().kind == MessageKind.OFFERED, (
        "the story of a person stays"
    )
    assert {str(one.code) for one in exchange.receive_bundle(bundle, at=at + timedelta(days=76))} == {
        "expired",
        "had-it",
    }
    exchange.sweep(at=at + timedelta(days=14 + 731))
    assert Incoming.objects.count() == Outgoing.objects.count() == 0


def test_a_body_without_a_row_is_swept_and_one_that_waits_is_not(offer, world, paired, amina, at):
    from panah.people.cases import actions as cases

    cases.open_case(
        keys=world.keys("amina"), by=amina, at=at, identity={"names": []}, note="so that there is a file"
    )
    kept, orphan = offer(), uuid4()
    vault.store_blob(kind="sent", key=orphan, sealed=b"nobody's", society=world.societies["north"].pk)
    for days in (0, 2):
        vault.sweep_orphans(at=at + timedelta(days=days))
    assert vault.load_blob(kind="sent", key=orphan) is None
    assert vault.load_blob(kind="sent", key=kept.pk)


def test_what_is_held_back_leaves_at_its_hour_and_is_dated_so(world, paired, arrived, at):
    hour = at + timedelta(days=3)
    row = exchange.send(
        keys=world.keys("amina"), peer=paired.north, kind=MessageKind.OFFERED, conversation=uuid4(), content={}, at=at,
        leaves_at=hour,
    )  # fmt: skip
    for early in (at, at + timedelta(days=1), hour - MINUTE):
        assert exchange.deliver_due(at=early) == 0
    with pytest.raises(Refusal, match="nothing-waits"):
        exchange.write_file(peer=paired.north, by=world.staff["bakyt"], at=at)
    assert str(hour.year) in bytes(row.header).decode()
    assert at.isoformat() not in bytes(row.header).decode(), "when it was sealed is not told"
    assert exchange.deliver_due(at=hour) == 1
    assert len(arrived) == 1


def test_what_was_held_back_while_the_clock_was_a_month_ahead_leaves_at_once(world, paired, arrived, at):
    exchange.send(
        keys=world.keys("amina"), peer=paired.north, kind=MessageKind.OFFERED, conversation=uuid4(), content={}, at=at,
        leaves_at=at + timedelta(hours=2),
    )  # fmt: skip
    Outgoing.objects.update(leaves_at=at + timedelta(days=33))
    assert exchange.deliver_due(at=at) == 1
