"""Before somebody has read it, a message changes nothing that watches over a person: whatever is in it, in any order.

A kind stands in plain and is signed by a node. Whoever has that key, and no key of a person or a case, can write it.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from panah.ground.exchange import queries as exchange_queries
from panah.ground.exchange.actions.receiving import HANDLERS
from panah.ground.exchange.envelope import Envelope
from panah.ground.exchange.models import Outgoing
from panah.ground.exchange.unopened import UNOPENED, Unopened
from panah.ground.exchange.words import OF_A_REFERRAL, OF_NODES, SAY_ONLY_THAT, MessageKind
from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.seals import Private
from panah.ground.work.queries import alarms_for, items_of
from panah.people.inbox.models import Arrival
from panah.people.referrals import actions as referrals
from panah.people.referrals import queries
from panah.people.referrals.models import Referral
from tests.referrals.across import MEETING, Story, soon, text_of
from tests.referrals.forged import comes, header_of, packed, sealed_under, signed_by_the_node

OF_THE_WATCH = {"meet", "read", "safe", "life"}


@pytest.fixture
def story(world, paired):
    found = Story.begun(world)
    found.first(meets)
    return found


def meets(story: Story, hours: float = 2) -> None:
    """South accepts; a meeting in two hours is proposed, and read there."""
    story.accepted()
    story.does("amina", "meeting", **MEETING | soon(hours))
    story.deliver()
    story.does("daler", "take_up")


def row(direction: str = "out") -> Referral:
    return Referral.objects.get(direction=direction)


def of_south() -> Outgoing:
    """Something that South has sent in this conversation."""
    return Outgoing.objects.get(kind="referral-accepted")


def of_north() -> Outgoing:
    return Outgoing.objects.get(kind="referral-offered")


def rings(story: Story, at) -> bool:
    with tenancy.tenant_context(story.world.societies["north"].pk):
        referrals.raise_due_alarms(at=at)
    return row().pk in [a.subject for a in alarms_for(to=story.world.staff["bakyt"])]


def key_of_case(story: Story) -> bytes:
    """The key that Amina told whoever receives the person, and nobody else."""
    keys = story.world.keys("amina")
    kept = vault_queries.read(keys=keys, file=story.case.file_id, part="referral", ref=row().pk)
    return Private(bytes.fromhex(kept.value["reply_seed"])).public


def intake_of_north(story: Story) -> tuple[bytes, str]:
    peer = exchange_queries.paired_with(
        society=story.world.societies["south"].pk, theirs="practice-north", at=timezone.now()
    )
    return bytes(peer.intake), f"intake:{peer.intake_generation}"


def came(story: Story) -> Arrival:
    """*They met* as it lies in the inbox of North."""
    return Arrival.objects.get(society=story.world.societies["north"], kind="met")


def arrives(story: Story) -> None:
    """The journey is over sooner: both know that the person has arrived now."""
    story.does("amina", "travel", what="arrived", note="", **soon(0))
    story.deliver()
    story.does("daler", "take_up")


# -- they have met -----------------------------------------------------------------------------


@pytest.mark.parametrize("body", [b"", os.urandom(4096)])
def test_they_met_signed_by_the_node_alone_leaves_the_alarm_and_her_page_says_that_it_does_not_open(
    story, body
):
    alarm, items = row().alarm_at, {item.pk for item in items_of(row().pk)}
    now = timezone.now()
    assert comes(signed_by_the_node(header_of(of_south(), "met", now), body), now) == "taken"
    for look in ("unread", "damaged"):
        here = row()
        assert (here.state, here.alarm_at, here.met_at) == ("meeting", alarm, None)
        assert items <= {item.pk for item in items_of(here.pk)}
        page = text_of(story.amina.get(story.here))
        assert "They wrote that they met. The alarm stays." in page
        if look == "unread":
            assert "Nobody here has read it yet" in page
            assert "does not open" in text_of(story.amina.post(story.here, {"step": "take_up"}))
    assert "It does not open" in page
    told = items_of(came(story).pk)
    assert {item.purpose for item in told} >= {"remind"}, "the focal points look at what does not open"
    assert rings(story, alarm)


def test_they_met_is_believed_when_amina_has_read_it_and_not_before(story):
    arrives(story)
    story.does("daler", "met", met="yes", note="in good health")
    story.deliver()
    alarm = row().alarm_at
    assert (row().state, alarm is not None) == ("meeting", True)
    assert "Nobody here has read it yet" in text_of(story.amina.get(story.here))
    read = text_of(story.does("amina", "take_up"))
    assert "in good health" in read and "The alarm stays" not in read
    here = row()
    assert (here.state, here.alarm_at, here.read_by) == ("met", None, None)
    assert here.met_at is not None
    assert not items_of(here.pk, purpose="meet")
    assert not rings(story, alarm + timedelta(days=1))


def test_they_met_written_before_the_agreed_time_is_read_and_the_alarm_stays(story):
    alarm = row().alarm_at
    story.does("daler", "met", met="yes", note="all is well")
    story.deliver()
    page = text_of(story.does("amina", "take_up"))
    assert "all is well" in page and "It was written before the agreed time" in page
    assert "Telephone them, and write down here whether they met." in page
    assert (row().state, row().alarm_at) == ("meeting", alarm)
    assert rings(story, alarm)
    story.does("amina", "met", met="yes", note="heard them both on the telephone")
    assert (row().state, row().alarm_at) == ("met", None)


def test_only_those_who_receive_the_person_can_say_that_they_met(story):
    """Amina writes it down: Daler, who waits there, reads it, and his own alarm stays until he has seen the person."""
    arrives(story)
    alarm = row("in").alarm_at
    story.does("amina", "met", met="yes", note="she telephoned")
    story.deliver()
    page = text_of(story.does("daler", "take_up"))
    assert "she telephoned" in page and "Only the side that receives the person can say so" in page
    assert (row("in").state, row("in").alarm_at) == ("meeting", alarm)


def test_they_met_that_is_not_sealed_to_the_key_of_the_case_ends_no_alarm(story):
    """The intake key of a society is known to every paired node."""
    arrives(story)
    alarm, now = row().alarm_at, timezone.now()
    public, name = intake_of_north(story)
    header = header_of(of_south(), "met", now, key=name)
    body = sealed_under(header, public, {"v": 1, "note": "they met"})
    assert comes(signed_by_the_node(header, body), now) == "taken"
    story.world.client("bakyt").post(f"/inbox/{came(story).pk}/open/")
    page = text_of(story.world.client("bakyt").post(story.here, {"step": "take_up"}, follow=True))
    assert "It was not sealed to this case" in page
    assert (row().state, row().alarm_at) == ("meeting", alarm)


@pytest.mark.parametrize(
    "content", [{}, {"v": 1}, {"v": 2, "note": ""}, {"v": 1, "note": 3}, {"v": 1, "reason": "full"}]
)
def test_what_opens_and_is_no_word_of_a_meeting_ends_no_alarm(story, content):
    arrives(story)
    alarm, now = row().alarm_at, timezone.now()
    header = header_of(of_south(), "met", now)
    comes(signed_by_the_node(header, sealed_under(header, key_of_case(story), content)), now)
    assert "says nothing that belongs to a meeting" in text_of(story.does("amina", "take_up"))
    assert (row().state, row().alarm_at) == ("meeting", alarm)


def test_the_body_of_another_message_under_the_word_met_does_not_open(story):
    """Of another kind, and of an earlier one of the same kind: the seal is made under its own header."""
    arrives(story)
    alarm, now = row().alarm_at, timezone.now()
    old = header_of(of_south(), "met", now)
    body = sealed_under(old, key_of_case(story), {"v": 1, "note": "of another day"})
    for kept in (packed_body(of_south()), body):
        comes(signed_by_the_node(header_of(of_south(), "met", now), kept), now)
        story.amina.post(story.here, {"step": "take_up"})
        assert (row().state, row().alarm_at) == ("meeting", alarm)
    assert "does not open" in text_of(story.amina.get(story.here))


def packed_body(sent: Outgoing) -> bytes:
    return Envelope.unpack(packed(sent)).body


def test_they_met_that_comes_twice_is_taken_once_and_one_of_another_conversation_is_of_that_one(story, world):
    story.does("daler", "met", met="yes", note="")
    sent = packed(Outgoing.objects.get(kind="met"))
    now = timezone.now()
    assert [comes(sent, now), comes(sent, now)] == ["taken", "had-it"]
    assert row().state == "meeting"


# -- every kind --------------------------------------------------------------------------------


def test_every_kind_that_a_room_hears_has_a_decision_of_what_it_may_change_unopened():
    heard = {str(kind) for handler in HANDLERS for kind in handler.kinds}
    assert heard | set(MessageKind.values) == {str(kind) for kind in UNOPENED}
    acting = {kind for kind, may in UNOPENED.items() if may == Unopened.NODE}
    assert acting == OF_NODES, "nothing about a person is in what a node opens by itself"
    assert {kind for kind, may in UNOPENED.items() if may == Unopened.STOPS} <= SAY_ONLY_THAT


def test_the_table_of_the_protocol_says_of_every_kind_what_the_code_decides():
    text = (Path(__file__).parents[2] / "docs" / "federation-referrals.md").read_text(encoding="utf-8")
    table = text.partition("## Before anybody has opened it")[2].partition("\n## ")[0]
    said = dict(re.findall(r"^\| `([a-z-]+)` \| (\w+) \|", table, re.M))
    assert said == {str(kind): str(may) for kind, may in UNOPENED.items()}


KINDS = sorted(OF_A_REFERRAL)
BODIES = ["random", "empty", "another", "earlier", "intake", "own"]


@pytest.mark.parametrize("to", ["here", "there"])
def test_whatever_comes_unopened_or_is_opened_and_senseless_takes_nothing_from_the_watch(story, world, to):
    """Every kind, over bodies that are random, empty, of another kind, of an earlier message, or open and say nothing."""
    here = to == "here"
    direction, pattern = ("out", of_south()) if here else ("in", of_north())
    society = world.societies["north" if here else "south"].pk
    at = timezone.now()
    case_key = key_of_case(story) if here else Private.new().public
    public, name = intake_of_north(story)
    keys = world.keys("amina" if here else "daler")
    case = story.case if here else story.theirs
    earlier = header_of(pattern, "travel", at)
    bodies = {
        "random": os.urandom(4200), "empty": b"", "another": packed_body(pattern),
        "earlier": sealed_under(earlier, case_key, {"v": 1, "note": ""}),
    }  # fmt: skip

    def envelope(kind: str, body: str, urgency: str) -> bytes:
        key = name if body == "intake" else "conversation"
        header = header_of(pattern, kind, timezone.now(), key=key, urgency=urgency)
        if kind in SAY_ONLY_THAT:
            return signed_by_the_node(header, b"")
        if body in bodies:
            return signed_by_the_node(header, bodies[body])
        sealed = sealed_under(header, public if body == "intake" else case_key, {"v": 1, "else": [1]})
        return signed_by_the_node(header, sealed)

    @settings(max_examples=50, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(KINDS),
                st.sampled_from(BODIES),
                st.sampled_from(["now", "later"]),
                st.booleans(),
            ),
            min_size=1,
            max_size=7,
        )
    )
    def whatever_comes(said):
        with transaction.atomic():
            alarm = row(direction).alarm_at
            for kind, body, urgency, looks in said:
                before, items = row(direction), list(items_of(row(direction).pk))
                comes(envelope(kind, body, urgency), timezone.now())
                _nothing_is_lost(before, items, row(direction), kind)
                if looks:
                    before, items = row(direction), list(items_of(row(direction).pk))
                    _take_up(story, keys, case, row(direction))
                    after = row(direction)
                    assert after.alarm_at == alarm
                    assert after.state != "met"
                    left = {item.purpose for item in items_of(after.pk)}
                    assert {"meet", "safe"} & {item.purpose for item in items} <= left
            with tenancy.tenant_context(society):
                assert referrals.raise_due_alarms(at=alarm) == 1
            transaction.set_rollback(True)

    whatever_comes()


def _take_up(story: Story, keys, case, found: Referral) -> None:
    opened = queries.one_or_404(case=case, keys=keys, referral=found.pk)
    try:
        referrals.take_over_messages(keys=keys, case=case, opened=opened, at=timezone.now())
    except Refusal:
        return


def _nothing_is_lost(before: Referral, items: list, after: Referral, kind: str) -> None:
    """What stood before something came stands afterwards, or more is watched."""
    assert after.alarm_at == before.alarm_at
    for name in ("read_by", "safe_by"):
        was, now = getattr(before, name), getattr(after, name)
        assert was is None or (now is not None and now <= was), name
    may = UNOPENED[kind]
    if may == Unopened.WAITS:
        assert after.state == before.state, kind
    left = {item.pk: item for item in items_of(after.pk)}
    kept = items if may != Unopened.STOPS else [one for one in items if one.purpose in OF_THE_WATCH]
    for item in kept:
        if item.purpose == "read":
            (again,) = items_of(after.pk, purpose="read")
            assert again.due_at <= item.due_at
        else:
            assert item.pk in left, (kind, item.purpose)


@pytest.mark.parametrize("kind", ["referral-accepted", "referral-declined", "referral-more-asked"])
def test_an_answer_that_nobody_has_read_is_no_answer_and_one_that_does_not_open_never_is(world, paired, kind):
    story = Story(world)
    story.prepare()
    story.seal()
    story.deliver()
    (waits,) = items_of(row().pk, purpose="answer")
    now = timezone.now()
    pattern = of_north()
    other = header_of(pattern, kind, now)
    turned = {"source": other.target, "source_node": other.target_node,
              "target": other.source, "target_node": other.source_node}  # fmt: skip
    comes(signed_by_the_node(replace(other, **turned), os.urandom(5000)), now)
    story.amina.post(story.here, {"step": "take_up"})
    assert row().state == "offered"
    assert [item.pk for item in items_of(row().pk, purpose="answer")] == [waits.pk]


def test_what_the_receiver_says_of_erasing_counts_when_it_was_read(world, paired):
    story = Story(world)
    story.accepted()
    story.amina.post(f"{story.here}give-up/", {"why": "person", "note": ""})
    story.deliver()
    (asks,) = items_of(row().pk, purpose="erased")
    now = timezone.now()
    comes(signed_by_the_node(header_of(of_south(), "erased", now), os.urandom(5000)), now)
    story.amina.post(story.here, {"step": "take_up"})
    assert [item.pk for item in items_of(row().pk, purpose="erased")] == [asks.pk]
    assert story.daler.post(f"{story.there}came/", {"how": "erased", "ground": ""}).status_code == 302
    story.deliver()
    assert items_of(row().pk, purpose="erased")
    story.amina.post(story.here, {"step": "take_up"})
    assert not items_of(row().pk, purpose="erased")


def test_a_withdrawal_leaves_unread_that_nobody_was_met(story):
    story.does("daler", "met", met="no", note="waited an hour at the bakery")
    story.deliver()
    now = timezone.now()
    comes(signed_by_the_node(header_of(of_south(), "consent-withdrawn", now), b""), now)
    comes(signed_by_the_node(header_of(of_south(), "consent-withdrawn", now), b""), now)
    assert row().state == "withdrawn"
    assert "waited an hour at the bakery" in text_of(story.does("amina", "take_up"))
