"""Keys that change after pairing, and heads of journals that others keep."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone

from panah.ground.audit import queries as audit_queries
from panah.ground.audit.models import Entry
from panah.ground.exchange import actions as exchange
from panah.ground.exchange import cards, peer_trust
from panah.ground.exchange.actions import due_items, key_announcements
from panah.ground.exchange.models import Incoming, Outgoing, Peer, WitnessedHead
from panah.ground.exchange.words import MessageKind, SendingState
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import host_secrets, node_keys
from panah.ground.vault.sealed_body import open_body
from panah.ground.vault.words import KeyKind
from panah.ground.work import queries as work_queries
from tests.conftest import card_of

NOW = timezone.now


def again(peer):
    return Peer.objects.select_related("society", "theirs").get(pk=peer.pk)


def deliver(*, at=None):
    exchange.deliver_due(at=at or NOW())


def of_norths_lists(world, subject, purpose):
    return {item.owner.username for item in work_queries.items_of(subject, purpose=purpose)}


# ---- the intake key --------------------------------------------------------------------------------


def new_intake(world, leader):
    vault.new_generation(keys=world.keys(leader), kind=KeyKind.INTAKE, line=None, holders=[], at=NOW())


def test_a_new_intake_key_of_south_is_used_by_north_once_it_is_told(world, paired):
    key_announcements.announce_intake(at=NOW())
    deliver()
    new_intake(world, "rustam")
    assert key_announcements.announce_intake(at=NOW()) == 1
    assert key_announcements.announce_intake(at=NOW()) == 0, "once is enough"
    deliver()
    row = again(paired.north)
    assert row.intake_generation == 2
    assert peer_trust.usable(keys=world.keys("amina"), peer=row, at=NOW())


def test_what_was_sealed_to_the_old_intake_key_still_opens(world, paired):
    came = []
    handler = exchange.MessageHandler(
        frozenset({MessageKind.OFFERED}), lambda **more: came.append(more["envelope"]) or "taken"
    )
    exchange.send(
        keys=world.keys("amina"), peer=again(paired.north), kind=MessageKind.OFFERED, conversation=uuid4(),
        content={"need": "a bed"}, at=NOW(),
    )  # fmt: skip
    new_intake(world, "rustam")
    with exchange.HANDLERS.temporarily("test", handler, order=-1):
        deliver()
    (envelope,) = came
    assert envelope.header.to_key == "intake:1"
    old = next(k for k in world.keys("malika").held() if k.kind == "G" and k.generation == 1)
    assert open_body(old.private, envelope.body, envelope.raw_header) == {"need": "a bed"}


def test_an_intake_key_that_souths_signing_key_did_not_sign_is_refused(world, paired):
    new_intake(world, "bakyt")
    key = key_announcements.intake_key(world.societies["north"].pk)  # good, but another society's
    row = key_announcements.send_of_node(
        peer=again(paired.south), kind=MessageKind.KEY, content=key_announcements._of_intake(key)
        | {"generation": 7}, at=NOW()
    )  # fmt: skip
    deliver()
    row.refresh_from_db()
    assert (row.state, row.code) == (SendingState.STUCK, "bad-signature")
    assert again(paired.north).intake_generation == 1
    assert Entry.objects.filter(society=world.societies["north"].pk, event="exchange:key:refused").exists()


def test_an_older_generation_moves_nothing_back(world, paired):
    old = key_announcements.intake_key(world.societies["south"].pk)
    new_intake(world, "rustam")
    key_announcements.announce_intake(at=NOW())
    deliver()
    key_announcements.send_of_node(
        peer=again(paired.south), kind=MessageKind.KEY, content=key_announcements._of_intake(old), at=NOW()
    )
    deliver()
    assert again(paired.north).intake_generation == 2


# ---- the signing key -------------------------------------------------------------------------------


def test_a_new_signing_key_of_south_waits_for_norths_focal_points_and_the_old_one_goes_on(
    world, paired, new_signing_key
):
    new_signing_key("rustam", "malika")
    deliver()
    row = again(paired.north)
    assert peer_trust.must_be_compared(row)
    assert row.compare_by <= NOW() + timedelta(days=30)
    assert of_norths_lists(world, row.pk, due_items.COMPARE) == {"bakyt", "saule"}
    assert peer_trust.usable(keys=world.keys("amina"), peer=row, at=NOW())
    card = peer_trust.next_card_of(row)
    row = exchange.compare(keys=world.keys("saule"), peer=row, words=cards.words_of(card), at=NOW())
    assert peer_trust.usable(keys=world.keys("amina"), peer=row, at=NOW())
    assert of_norths_lists(world, row.pk, due_items.COMPARE) == set()


def test_after_a_month_without_comparing_nothing_is_sealed_any_more(world, paired, new_signing_key):
    new_signing_key("rustam", "malika")
    deliver()
    assert not peer_trust.usable(
        keys=world.keys("amina"), peer=again(paired.north), at=NOW() + timedelta(days=31)
    )


def test_an_intake_key_of_the_new_signing_key_waits_until_it_was_compared(world, paired, new_signing_key):
    new_signing_key("rustam", "malika")
    deliver()
    new_intake(world, "rustam")
    key_announcements.announce_intake(at=NOW())
    deliver()
    row = again(paired.north)
    assert row.intake_generation == 1
    exchange.compare(
        keys=world.keys("bakyt"), peer=row, words=cards.words_of(peer_trust.next_card_of(row)), at=NOW()
    )
    deliver(at=NOW() + timedelta(hours=7))
    row = again(paired.north)
    assert row.intake_generation == 2
    assert peer_trust.usable(keys=world.keys("amina"), peer=row, at=NOW())


def test_a_signing_key_that_the_old_one_did_not_sign_moves_nothing(world, paired):
    stranger = cards.read(card_of(world, "bakyt", NOW())).pack()
    key_announcements.send_of_node(
        peer=again(paired.south), kind=MessageKind.KEY, at=NOW(),
        content={"what": "signing", "card": key_announcements.base64.b64encode(stranger).decode(),
                 "old": key_announcements.base64.b64encode(bytes(64)).decode()},
    )  # fmt: skip
    deliver()
    row = again(paired.north)
    assert not bytes(row.next_card)
    assert row.compare_by > NOW() + timedelta(days=300)


@pytest.mark.parametrize(
    "content",
    [{}, {"what": "intake"}, {"what": "node", "card": "!"}, {"what": "signing", "card": "", "old": 7},
     {"what": "other"}, {"what": "intake", "generation": True, "public": "", "signature": ""}],
)  # fmt: skip
def test_nonsense_in_an_announcement_changes_nothing(paired, content):
    key_announcements.send_of_node(peer=again(paired.south), kind=MessageKind.KEY, content=content, at=NOW())
    before = Peer.objects.values().get(pk=paired.north.pk)
    deliver()
    after = Peer.objects.values().get(pk=paired.north.pk)
    assert after == before


# ---- the node --------------------------------------------------------------------------------------


def test_a_node_gets_new_keys_and_nothing_stands_still(world, paired, own_host_file):
    exchange.open_card(keys=world.keys("bakyt"), address="https://north.example", at=NOW())
    first = node_keys.public()
    coming = node_keys.prepare()
    assert node_keys.prepare() == coming, "asked twice, made once"
    due_items.check_peers(at=NOW())
    north = world.societies["north"].pk
    assert of_norths_lists(world, north, due_items.NODE) == {"bakyt", "saule"}
    assert key_announcements.announce_node(keys=world.keys("bakyt"), at=NOW()) == 1
    assert [p.pk for p in key_announcements.not_told(north, at=NOW())] == [paired.north.pk]
    deliver()
    assert key_announcements.not_told(north, at=NOW()) == []
    due_items.check_peers(at=NOW())
    assert of_norths_lists(world, north, due_items.NODE) == set()
    assert peer_trust.node_keys(again(paired.south)) == [first, coming]

    assert node_keys.switch() == node_keys.public() == coming
    offered(world, paired.north, "amina")
    deliver()
    row = again(paired.south)
    assert bytes(row.node) == coming
    assert peer_trust.usable(keys=world.keys("daler"), peer=row, at=NOW())


def offered(world, peer, who):
    return exchange.send_of_node(
        peer=again(peer), kind=MessageKind.HEAD, content={"number": 1, "hash": "00" * 32}, at=NOW()
    )


def test_what_was_sealed_to_the_node_before_it_changed_still_opens(paired, own_host_file):
    row = key_announcements.send_of_node(
        peer=again(paired.south), kind=MessageKind.HEAD, content={"number": 5, "hash": "ab" * 32}, at=NOW()
    )
    raw = exchange.lease(peer=again(paired.south), at=NOW()).raw
    node_keys.prepare()
    node_keys.switch()
    assert node_keys.boxes()[0].public != node_keys.boxes()[1].public
    (came,) = exchange.receive_bundle(raw, at=NOW())
    assert (came.id, came.code) == (row.pk, "taken")
    assert WitnessedHead.objects.get(peer=paired.north).number == 5


def test_a_node_key_without_souths_signature_is_refused(world, paired):
    card = cards.read(card_of(world, "bakyt", NOW() + timedelta(minutes=1)))
    key_announcements.send_of_node(
        peer=again(paired.south), kind=MessageKind.KEY, at=NOW(),
        content={"what": "node", "card": key_announcements.base64.b64encode(card.pack()).decode()},
    )  # fmt: skip
    deliver()
    assert peer_trust.node_keys(again(paired.north)) == [bytes(paired.north.node)]


def test_a_changed_host_file_keeps_all_it_had(own_host_file):
    before = json.loads(own_host_file.read_text())
    node_keys.prepare()
    node_keys.switch()
    after = json.loads(own_host_file.read_text())
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {"wire_seed", "wire_before"}
    assert own_host_file.stat().st_mode & 0o777 == 0o600
    assert host_secrets.host_secrets()["wire_seed"] == after["wire_seed"], "the recovery sheet has it too"


# ---- heads of journals -----------------------------------------------------------------------------


def test_each_society_witnesses_the_others_journal(world, paired):
    assert key_announcements.send_heads(at=NOW()) == 2
    assert key_announcements.send_heads(at=NOW() + timedelta(hours=3)) == 0, "once a day"
    head = audit_queries.head(world.societies["south"].pk)
    deliver()
    kept = WitnessedHead.objects.get(peer=paired.north)
    verdict = audit_queries.verify_society(
        world.societies["south"].pk, witnessed=(kept.number, bytes(kept.digest))
    )
    assert verdict.wrong_at is None
    assert kept.number <= head[0]


def test_a_journal_that_was_made_anew_stands_out(world, paired):
    def tell(number, digest, minutes):
        at = NOW() + timedelta(minutes=minutes)
        key_announcements.send_of_node(
            peer=again(paired.south), kind=MessageKind.HEAD, content={"number": number, "hash": digest}, at=at
        )
        deliver(at=at)

    tell(100, "aa" * 32, 0)
    tell(200, "bb" * 32, 1)
    assert of_norths_lists(world, paired.north.pk, due_items.HEAD) == set()
    tell(200, "cc" * 32, 2)
    assert of_norths_lists(world, paired.north.pk, due_items.HEAD) == {"bakyt", "saule"}
    assert bytes(WitnessedHead.objects.get(number=200).digest).hex() == "bb" * 32, "the first one stays"
    assert Entry.objects.filter(event="exchange:head:differs").count() == 1
    tell(150, "dd" * 32, 3)
    assert Entry.objects.filter(event="exchange:head:differs").count() == 2, "a journal does not get shorter"


def test_only_the_newest_heads_are_kept(paired, monkeypatch):
    monkeypatch.setattr(key_announcements, "HEADS_KEPT", 2)
    for number in (1, 2, 3):
        key_announcements.send_of_node(
            peer=again(paired.south),
            kind=MessageKind.HEAD,
            content={"number": number, "hash": "ab" * 32},
            at=NOW(),
        )
    deliver()
    assert sorted(WitnessedHead.objects.values_list("number", flat=True)) == [2, 3]
    assert Incoming.objects.count() == 3
    assert set(Outgoing.objects.values_list("state", flat=True)) == {SendingState.DELIVERED}


# ---- at the keyboard -------------------------------------------------------------------------------


def at_the_keyboard(capsys, *arguments):
    call_command("exchange", *arguments)
    return capsys.readouterr().out


def test_the_administrator_switches_only_when_everybody_has_heard(world, paired, own_host_file, capsys):
    with pytest.raises(Refusal, match="no-next-node-key"):
        call_command("exchange", "switch-node-key")
    assert "Tell the paired societies" in at_the_keyboard(capsys, "new-node-key")
    with pytest.raises(Refusal, match="not-told-yet") as refused:
        call_command("exchange", "switch-node-key")
    assert "practice-south has not got the new key" in str(refused.value.sentence)
    page = world.client("bakyt").get("/exchange/").content.decode()
    assert "Not there yet:" in page and "Practice Society South" in page
    for lead in ("bakyt", "rustam"):
        assert world.client(lead).post("/exchange/announce/", follow=True).status_code == 200
    deliver()
    assert "All have heard of them" in world.client("bakyt").get("/exchange/").content.decode()
    coming = node_keys.next_keys()[0]
    assert "in force" in at_the_keyboard(capsys, "switch-node-key")
    assert node_keys.public() == coming


def test_switching_anyway_cuts_off_who_has_not_heard(paired, own_host_file, capsys):
    call_command("exchange", "new-node-key")
    assert "in force" in at_the_keyboard(capsys, "switch-node-key", "--anyway")


def test_the_heads_that_are_kept_for_others_are_printed(paired, capsys):
    key_announcements.send_heads(at=NOW())
    deliver()
    kept = WitnessedHead.objects.get(peer=paired.north)
    said = at_the_keyboard(capsys, "heads")
    assert f"practice-south {kept.number}:{bytes(kept.digest).hex()}" in said


# ---- words while keys are on their way --------------------------------------------------------------


def test_while_new_node_keys_are_announced_the_words_of_both_are_right(world, paired, own_host_file):
    node_keys.prepare()
    key_announcements.announce_node(keys=world.keys("rustam"), at=NOW())
    deliver()
    row = again(paired.north)
    for card in (peer_trust.card_of(row), peer_trust.next_card_of(row)):
        later = exchange.compare(keys=world.keys("bakyt"), peer=row, words=cards.words_of(card), at=NOW())
        assert peer_trust.usable(keys=world.keys("amina"), peer=again(later), at=NOW())
    assert not bytes(again(row).next_card)


def test_a_blocked_society_with_new_node_keys_is_compared_before_it_is_let_in(world, paired, own_host_file):
    exchange.block(peer=paired.north, why="keys", by=world.staff["bakyt"], at=NOW())
    old = peer_trust.card_of(paired.north)
    node_keys.prepare()
    node_keys.switch()
    text = card_of(world, "rustam", NOW() + timedelta(minutes=1))
    exchange.take_card(keys=world.keys("bakyt"), raw=text, at=NOW() + timedelta(minutes=1))
    page = world.client("bakyt").get(f"/exchange/{paired.north.pk}/").content.decode()
    assert "Compare the words" in page
    with pytest.raises(Refusal, match="compare-first"):
        exchange.unblock(keys=world.keys("bakyt"), peer=paired.north, at=NOW())
    with pytest.raises(Refusal, match="words-differ"):
        exchange.compare(keys=world.keys("bakyt"), peer=paired.north, words=cards.words_of(old), at=NOW())
    words = cards.words_of(cards.read(text))
    exchange.compare(keys=world.keys("bakyt"), peer=paired.north, words=words, at=NOW())
    exchange.unblock(keys=world.keys("bakyt"), peer=paired.north, at=NOW())
    assert peer_trust.node_keys(again(paired.north)) == [node_keys.public()]


def test_two_new_signing_keys_in_a_row_are_compared_once_by_hand(world, paired, new_signing_key):
    new_signing_key("rustam", "malika")
    deliver()
    new_signing_key("malika", "rustam")
    deliver()
    text = card_of(world, "rustam", NOW())
    row = exchange.take_card(keys=world.keys("bakyt"), raw=text, at=NOW())
    exchange.compare(keys=world.keys("bakyt"), peer=row, words=cards.words_of(cards.read(text)), at=NOW())
    assert peer_trust.usable(keys=world.keys("amina"), peer=again(row), at=NOW())
    deliver(at=NOW() + timedelta(hours=7))
    assert not Outgoing.objects.filter(state=SendingState.STUCK).exists()
    assert not bytes(again(row).next_card)


def test_a_focal_point_whose_vault_was_open_all_the_time_goes_on_pairing(world, paired):
    keys = world.keys("bakyt")
    assert keys.pinned
    vault.propose_signing_key(keys=world.keys("bakyt"), at=NOW())
    vault.confirm_signing_key(keys=world.keys("saule"), at=NOW())
    row = exchange.open_card(keys=keys, address="https://north.example", at=NOW())
    assert cards.read_body(bytes(row.body), bytes(row.signature)).signing == keys.pinned
