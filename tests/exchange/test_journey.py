"""A message from one society to another: sealed by a colleague, delivered, taken in once, and said to be there."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from panah.ground.exchange import actions as exchange
from panah.ground.exchange import queries as exchange_queries
from panah.ground.exchange.models import Closed, Incoming, Outgoing
from panah.ground.exchange.words import MessageKind, SendingState
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault.sealed_body import open_body
from panah.node import jobs
from tests.exchange.conftest import of_north


def test_an_offer_reaches_south_and_only_their_intake_key_opens_it(world, offer, arrived, at):
    row = offer(content={"need": "Practice Person Tulip needs a bed"})
    assert exchange.deliver_due(at=at) == 1
    ((slug, kind, envelope),) = arrived
    assert (slug, kind) == ("practice-south", MessageKind.OFFERED)
    intake = world.keys("rustam").holds("G")
    opened = open_body(intake.private, envelope.body, envelope.raw_header)
    assert opened == {"need": "Practice Person Tulip needs a bed"}
    row.refresh_from_db()
    assert (row.state, row.code) == (SendingState.DELIVERED, "taken")
    assert vault.load_blob(kind="sent", key=row.pk) is None, "the sealed body went when it was there"
    assert Incoming.objects.get().message == row.pk


def test_what_comes_twice_has_one_effect_and_is_told_so(offer, arrived, paired, at):
    row = offer()
    bundle = exchange.lease(peer=paired.north, at=at).raw
    first, second = exchange.receive_bundle(bundle, at=at), exchange.receive_bundle(bundle, at=at)
    assert [first[0].code, second[0].code] == ["taken", "had-it"]
    assert len(arrived) == 1
    assert exchange.deliver_due(at=at + timedelta(minutes=6)) == 1
    row.refresh_from_db()
    assert (row.state, row.code) == (SendingState.DELIVERED, "had-it")


def test_a_withdrawal_that_overtakes_its_offer_blocks_it(offer, arrived, paired, world, at):
    conversation = uuid4()
    late = offer(conversation)
    Outgoing.objects.filter(pk=late.pk).update(next_try_at=at + timedelta(minutes=2))
    offer(conversation, kind=MessageKind.WITHDRAWN, content={})
    exchange.deliver_due(at=at)
    exchange.deliver_due(at=at + timedelta(minutes=3))
    late.refresh_from_db()
    assert (late.state, late.code) == (SendingState.DELIVERED, "blocked")
    assert [kind for _, kind, _ in arrived] == [MessageKind.WITHDRAWN]
    assert Closed.objects.get().conversation == conversation


def test_a_question_of_one_society_that_names_the_conversation_of_another_stops_nothing_of_it(
    offer, arrived, world, at
):
    conversation = uuid4()
    offer(conversation)
    said = of_north(world) | {"theirs": uuid4()}
    assert exchange.stop(**said, conversation=conversation, at=at) == 0
    exchange.deliver_due(at=at)
    assert [kind for _, kind, _ in arrived] == [MessageKind.OFFERED]


def test_what_was_stopped_before_it_left_does_not_leave(
    offer, arrived, world, at, django_capture_on_commit_callbacks
):
    conversation = uuid4()
    row = offer(conversation)
    with django_capture_on_commit_callbacks(execute=True):
        assert exchange.stop(**of_north(world), conversation=conversation, at=at) == 1
    assert exchange.deliver_due(at=at) == 0
    assert arrived == []
    row.refresh_from_db()
    assert row.state == SendingState.STOPPED
    assert vault.load_blob(kind="sent", key=row.pk) is None


def test_both_sides_read_the_same_story(offer, arrived, world, paired, at):
    conversation = uuid4()
    offer(conversation)
    exchange.deliver_due(at=at)
    exchange.send(
        keys=world.keys("daler"), peer=paired.south, kind=MessageKind.ACCEPTED, conversation=conversation,
        content={"beds": 1}, at=at + timedelta(minutes=5),
    )  # fmt: skip
    exchange.deliver_due(at=at + timedelta(minutes=6))
    north, south = (
        [
            (t.id, t.kind, t.at, t.who)
            for t in exchange_queries.timeline(society=world.societies[n].pk, conversation=conversation)
        ]
        for n in ("north", "south")
    )
    assert north == south
    assert [(kind, who) for _, kind, _, who in north] == [
        (MessageKind.OFFERED, "practice-north"), (MessageKind.ACCEPTED, "practice-south"),
    ]  # fmt: skip


def test_nothing_is_sealed_to_a_society_that_is_not_paired(offer, paired):
    paired.north.state = "blocked"
    paired.north.save()
    with pytest.raises(Refusal, match="peer-blocked"):
        offer()
    assert Outgoing.objects.count() == 0


def test_the_worker_delivers_by_itself_each_society_inside_its_own_walls(offer, arrived, world, paired, at):
    offer()
    exchange.send(
        keys=world.keys("daler"), peer=paired.south, kind=MessageKind.OFFERED, conversation=uuid4(), content={}, at=at
    )  # fmt: skip
    assert jobs.run_due({}, at=at, lane=jobs.APART) == []
    assert sorted(slug for slug, *_ in arrived) == ["practice-north", "practice-south"]
    assert jobs.run_due({}, at=at + timedelta(minutes=1), lane=jobs.APART) == []
    assert len(arrived) == 2


def test_paging_waits_for_no_other_node_and_no_mail_server(world):
    """Whatever may hang on a line runs beside the rest."""
    beside = {job.name for job in jobs.jobs() if job.lane == jobs.APART}
    assert beside == {"deliver", "reminders"}
    last = {}
    jobs.run_due(last, at=datetime(2026, 11, 24, 9, tzinfo=UTC), lane=jobs.APART)
    assert set(last) == {"deliver", "reminders"}
