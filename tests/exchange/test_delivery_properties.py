"""However lines are cut, bundles doubled, mixed and held up: each message has one effect, and none is lost."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panah.ground.exchange import actions as exchange
from panah.ground.exchange.actions.delivering import post_bundle
from panah.ground.exchange.envelope import bundle, unbundle
from panah.ground.exchange.http_client import NotReached
from panah.ground.exchange.models import Closed, Incoming, Outgoing
from panah.ground.exchange.words import MessageKind, ReceiptCode, SendingState

# What can happen to a bundle on its way. Whatever comes, at last the line holds.
ACCIDENTS = st.lists(
    st.sampled_from(["arrives", "lost", "answer lost", "twice", "mixed", "old one again", "cut short"]),
    max_size=12,
)
# From North or from South, and whether it is a withdrawal, of which conversation.
MESSAGES = st.lists(
    st.tuples(st.sampled_from(["north", "south"]), st.booleans(), st.integers(0, 2)), min_size=1, max_size=8
)


class Line:
    """A line between two societies on which accidents happen, each once, in this order."""

    def __init__(self, accidents, shuffle):
        self.accidents, self.shuffle, self.old = list(accidents), shuffle, []

    def __call__(self, peer, raw, at):
        accident = self.accidents.pop(0) if self.accidents else "arrives"
        self.old.append(raw)
        if accident == "lost":
            raise NotReached("unreachable")
        if accident == "cut short":
            exchange.receive(raw[: len(raw) * 2 // 3], at=at)
            raise NotReached("unreachable")
        if accident == "mixed":
            pieces = list(unbundle(raw))
            self.shuffle(pieces)
            exchange.receive(bundle(pieces), at=at)
            raise NotReached("no-receipt")
        if accident == "old one again":
            exchange.receive(self.old[0], at=at)
        answer = post_bundle(peer, raw, at)
        if accident == "twice":
            answer = post_bundle(peer, raw, at)
        if accident == "answer lost":
            raise NotReached("unreachable")
        return answer


@pytest.fixture
def effects():
    done = []

    def keep(*, peer, envelope, at):
        done.append(envelope.header.id)
        return ReceiptCode.TAKEN

    handler = exchange.MessageHandler(frozenset({MessageKind.OFFERED, MessageKind.WITHDRAWN}), keep)
    with exchange.HANDLERS.temporarily("test", handler, order=-1):
        yield done


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    messages=MESSAGES, accidents=ACCIDENTS, rounds=st.integers(1, 3), random=st.randoms(use_true_random=False)
)
def test_each_message_has_one_effect_whatever_happens_on_the_way(
    world, paired, effects, at, messages, accidents, rounds, random
):
    with transaction.atomic():
        effects.clear()
        line, talks = Line(accidents, random.shuffle), [uuid4() for _ in range(3)]
        people = {"north": ("amina", paired.north), "south": ("daler", paired.south)}
        sent, now = [], at
        for number, (whose, withdrawn, which) in enumerate(messages):
            name, peer = people[whose]
            sent.append(
                exchange.send(
                    keys=world.keys(name), peer=peer, conversation=talks[which], at=now,
                    kind=MessageKind.WITHDRAWN if withdrawn else MessageKind.OFFERED,
                    content={} if withdrawn else {"number": number},
                )
            )  # fmt: skip
            if number % rounds == 0:
                exchange.deliver_due(at=now, post=line)
            now += timedelta(minutes=1)
        hours = 0
        while hours < 40 and Outgoing.objects.exclude(state=SendingState.DELIVERED).exists():
            hours += 1
            exchange.deliver_due(at=now + timedelta(hours=hours), post=line)
        # And for what would happen twice: soon after, and as late as anything of these is sent again.
        for later in (hours + 1, 41):
            exchange.deliver_due(at=now + timedelta(hours=later), post=line)
        ids = {row.pk for row in sent}
        assert {r.state for r in Outgoing.objects.all()} == {SendingState.DELIVERED}, "nothing is lost"
        assert len(effects) == len(set(effects)), "nothing happens twice"
        rows = {row.message: row.code for row in Incoming.objects.all()}
        assert set(rows) == ids
        assert set(effects) == {which for which, code in rows.items() if code == ReceiptCode.TAKEN}
        blocked = Incoming.objects.filter(code=ReceiptCode.BLOCKED)
        assert all(
            row.kind == MessageKind.OFFERED
            and Closed.objects.filter(peer=row.peer, conversation=row.conversation).exists()
            for row in blocked
        ), "and blocked is only what was withdrawn"
        transaction.set_rollback(True)
