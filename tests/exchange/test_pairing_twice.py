"""Pairing when something is missing, comes twice, comes late, or was written by somebody else."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from panah.ground.audit.models import Entry
from panah.ground.exchange import actions as exchange
from panah.ground.exchange import cards, forms, peer_trust
from panah.ground.exchange.actions import due_items, key_announcements
from panah.ground.exchange.envelope import Envelope, Header
from panah.ground.exchange.models import Outgoing, OwnCard, Peer, WitnessedHead
from panah.ground.exchange.words import BlockReason, MessageKind, PeerState, ReceiptCode, SendingState
from panah.ground.foundation.errors import Refusal
from panah.ground.network.models import Society
from panah.ground.vault import actions as vault
from panah.ground.vault import node_keys
from panah.ground.vault.actions import signing_hooks
from panah.ground.vault.models import SocietyKey
from panah.ground.vault.seals import Private, sign
from panah.ground.vault.words import KeyKind
from panah.ground.work import queries as work_queries
from tests.conftest import _hire, card_of

NOW = timezone.now


def refused(code):
    return pytest.raises(Refusal, match=f"^{code}$")


def again(peer):
    return Peer.objects.select_related("society", "theirs").get(pk=peer.pk)


def written(event):
    return Entry.objects.filter(event=event).count()


# ---- cards -----------------------------------------------------------------------------------------


def test_before_the_ceremony_a_focal_point_is_sent_there(world):
    world.societies["third"] = Society.objects.create(
        slug="practice-third",
        name_en="Practice Society Third",
        iso2="XC",
        iso3="XCC",
        practice=True,
        hosted=True,
    )
    _hire(world, "tolkun", "third", None, ["focal_point"])
    with refused("no-society-keys"):
        exchange.open_card(keys=world.keys("tolkun"), address="", at=NOW())
    page = world.client("tolkun").get("/exchange/card/")
    assert page.status_code == 409 and "Hold the key ceremony first" in page.content.decode()


def test_a_card_of_a_society_that_the_register_does_not_know_is_not_taken(world):
    text = card_of(world, "rustam", NOW())
    Society.objects.filter(slug="practice-south").update(slug="south-by-another-name")
    with refused("society-not-known"):
        exchange.take_card(keys=world.keys("bakyt"), raw=text, at=NOW())


def test_a_card_taken_again_brings_the_new_address_and_an_older_one_brings_nothing(world, paired):
    at = NOW() + timedelta(minutes=5)
    earlier = card_of(world, "rustam", NOW() - timedelta(days=3))
    OwnCard.objects.all().delete()
    row = exchange.open_card(keys=world.keys("rustam"), address="https://moved.example", at=at)
    newer = cards.read_body(bytes(row.body), bytes(row.signature))
    exchange.take_card(keys=world.keys("bakyt"), raw=newer.pack(), at=at)
    assert again(paired.north).address == "https://moved.example"
    exchange.take_card(keys=world.keys("bakyt"), raw=earlier, at=at)
    assert again(paired.north).address == "https://moved.example"
    assert peer_trust.usable(keys=world.keys("amina"), peer=again(paired.north), at=at)


def test_the_card_of_another_society_than_the_one_asked_for_is_not_taken(world):
    text = card_of(world, "rustam", NOW())
    with refused("card-of-another"):
        exchange.take_card(keys=world.keys("bakyt"), raw=text, society="practice-third", at=NOW())


def test_an_intake_key_on_a_card_moves_nothing_back(world, paired):
    at = NOW() + timedelta(minutes=5)
    text = card_of(world, "rustam", at)
    vault.new_generation(keys=world.keys("rustam"), kind=KeyKind.INTAKE, line=None, holders=[], at=NOW())
    key_announcements.announce_intake(at=NOW())
    exchange.deliver_due(at=NOW())
    exchange.take_card(keys=world.keys("bakyt"), raw=text, at=at)
    assert again(paired.north).intake_generation == 2
    assert peer_trust.usable(keys=world.keys("amina"), peer=again(paired.north), at=at)


def test_a_card_without_an_address_leaves_the_one_that_is_known(world, paired):
    row = exchange.open_card(keys=world.keys("rustam"), address="", at=NOW() + timedelta(minutes=5))
    card = cards.read_body(bytes(row.body), bytes(row.signature))
    exchange.take_card(keys=world.keys("bakyt"), raw=card.pack(), at=NOW())
    assert again(paired.north).address == "https://south.example"


def test_a_card_written_over_in_the_database_is_compared_with_nothing(world):
    peer = exchange.take_card(keys=world.keys("bakyt"), raw=card_of(world, "rustam", NOW()), at=NOW())
    Peer.objects.filter(pk=peer.pk).update(card=b"PANAHCRD nonsense")
    with refused("no-card-yet"):
        exchange.compare(keys=world.keys("bakyt"), peer=peer, words="", at=NOW())


def test_who_puts_a_card_into_the_row_himself_is_found_by_the_words(world):
    """North's focal point took South's card; somebody puts North's own keys in its place before the words are read."""
    text = card_of(world, "rustam", NOW())
    peer = exchange.take_card(keys=world.keys("bakyt"), raw=text, at=NOW())
    Peer.objects.filter(pk=peer.pk).update(card=cards.read(card_of(world, "bakyt", NOW())).pack())
    with refused("words-differ"):
        exchange.compare(
            keys=world.keys("bakyt"), peer=peer, words=cards.words_of(cards.read(text)), at=NOW()
        )


# ---- D ---------------------------------------------------------------------------------------------


def test_the_signing_key_signs_nothing_that_is_not_named(world, paired):
    with pytest.raises(ValueError, match="society key"):
        vault.society_signs(world.keys("bakyt"), "society key", b"a key of mine")
    with pytest.raises(ValueError, match="staff key"):
        signing_hooks._signer(bytes(32))("staff key", b"a key of mine")


def test_a_focal_point_who_holds_another_signing_key_than_she_pinned_signs_nothing(world, paired):
    keys = world.keys("bakyt")
    held = keys.holds("D")
    other = Private.new().seed
    keys._held = [type(held)(held.id, held.kind, None, held.generation, None, other)]
    with refused("signing-key-differs"):
        exchange.open_card(keys=keys, address="", at=NOW())


# ---- blocking and ending ---------------------------------------------------------------------------


def test_blocking_letting_in_and_ending_twice_are_once(world, paired):
    by, keys = world.staff["bakyt"], world.keys("bakyt")
    for _ in range(2):
        exchange.block(peer=paired.north, why=BlockReason.ASKED, by=by, at=NOW())
    for _ in range(2):
        exchange.unblock(keys=keys, peer=paired.north, at=NOW())
    for _ in range(2):
        exchange.end_pairing(peer=paired.north, why=BlockReason.ASKED, by=by, at=NOW())
    assert [written(f"exchange:peer:{what}") for what in ("blocked", "unblocked", "ended")] == [1, 1, 1]


def test_a_blocked_row_with_swapped_keys_is_not_let_in(world, paired):
    exchange.block(peer=paired.north, why=BlockReason.STRANGE, by=world.staff["bakyt"], at=NOW())
    Peer.objects.filter(pk=paired.north.pk).update(intake=Private.new().public)
    with refused("peer-not-vouched"):
        exchange.unblock(keys=world.keys("bakyt"), peer=paired.north, at=NOW())
    assert again(paired.north).state == PeerState.BLOCKED


def test_another_societys_peer_is_nobodys_here(world, paired):
    with refused("peer-not-vouched"):
        peer_trust.must_be_usable(keys=world.keys("amina"), peer=paired.south, at=NOW())


# ---- what the lists say ----------------------------------------------------------------------------


def test_a_month_before_the_year_is_over_both_focal_points_read_it_once(world, paired):
    def owners():
        return sorted(
            i.owner.username for i in work_queries.items_of(paired.north.pk, purpose=due_items.COMPARE)
        )

    due_items.check_peers(at=NOW())
    assert owners() == []
    for _ in range(2):
        due_items.check_peers(at=NOW() + timedelta(days=340))
    assert owners() == ["bakyt", "saule"]
    client = world.client("bakyt")
    assert client.get(f"/exchange/{world.societies['north'].pk}/")["Location"] == "/exchange/"


# ---- what is announced -----------------------------------------------------------------------------


def tell(peer, kind, content):
    """A message of South's node; returns the code that North's node answered with."""
    row = key_announcements.send_of_node(peer=again(peer), kind=kind, content=content, at=NOW())
    exchange.deliver_due(at=NOW())
    row.refresh_from_db()
    return row.code


def test_without_new_node_keys_there_is_nothing_to_tell(world, paired):
    assert node_keys.switch() == node_keys.public() == bytes(paired.north.node)
    key_announcements.switched(peer=again(paired.north), node_key=node_keys.public())
    assert bytes(again(paired.north).node) == bytes(paired.north.node)
    with refused("no-next-node-key"):
        key_announcements.announce_node(keys=world.keys("bakyt"), at=NOW())
    assert key_announcements.not_told(world.societies["north"].pk, at=NOW()) == []


def test_a_node_card_that_is_no_news_changes_nothing(paired):
    same = key_announcements.base64.b64encode(bytes(paired.north.card)).decode()
    assert tell(paired.south, MessageKind.KEY, {"what": "node", "card": same}) == ReceiptCode.TAKEN
    assert not bytes(again(paired.north).next_card)


def test_node_keys_wait_behind_a_signing_key_that_is_to_be_compared(world, paired, new_signing_key):
    old_keys = world.keys("rustam")
    other = signed_with_another_node(world, old_keys)
    new_signing_key("rustam", "malika")
    exchange.deliver_due(at=NOW())
    waiting = bytes(again(paired.north).next_card)
    content = {"what": "node", "card": key_announcements.base64.b64encode(other.pack()).decode()}
    assert tell(paired.south, MessageKind.KEY, content) == ReceiptCode.LATER
    assert bytes(again(paired.north).next_card) == waiting


def signed_with_another_node(world, keys):
    """A card of South for another node, signed by the D that these keys hold."""
    seed, intake = keys.holds("D").seed, key_announcements.intake_key(keys.staff.society_id)
    bare = cards.PeerCard(
        "practice-south", keys.staff.society_id, "", signing_hooks.signing_public(bytes(32)),
        Private(bytes(32)).public, signing_hooks.signing_public(seed),
        cards.Intake(intake.generation, intake.public, intake.signature), NOW() + timedelta(minutes=1),
    )  # fmt: skip
    body = cards.body_of(bare)
    return cards.read_body(body, sign(seed, "card", body))


@pytest.mark.parametrize(
    "content",
    [{"number": 0, "hash": "ab" * 32}, {"number": True}, {"number": 5}, {"number": 5, "hash": 7},
     {"number": 5, "hash": "AB" * 32}, {"number": 2**63, "hash": "ab" * 32}, {"hash": "ab" * 32, "number": "5"}],
)  # fmt: skip
def test_a_head_that_is_none_is_not_kept(paired, content):
    assert tell(paired.south, MessageKind.HEAD, content) == ReceiptCode.DAMAGED
    assert not WitnessedHead.objects.exists()


def test_the_same_head_told_twice_is_kept_once(paired):
    for _ in range(2):
        assert tell(paired.south, MessageKind.HEAD, {"number": 5, "hash": "ab" * 32}) == ReceiptCode.TAKEN
    assert WitnessedHead.objects.count() == 1
    assert written("exchange:head:differs") == 0


def test_a_head_that_was_overtaken_on_its_way_contradicts_nothing(paired):
    early = key_announcements.send_of_node(
        peer=again(paired.south), kind=MessageKind.HEAD, content={"number": 5, "hash": "ab" * 32}, at=NOW()
    )
    Outgoing.objects.filter(pk=early.pk).update(next_try_at=NOW() + timedelta(hours=1))
    assert tell(paired.south, MessageKind.HEAD, {"number": 9, "hash": "cd" * 32}) == ReceiptCode.TAKEN
    exchange.deliver_due(at=NOW() + timedelta(hours=1))
    early.refresh_from_db()
    assert early.state == SendingState.DELIVERED
    assert written("exchange:head:differs") == 0


def test_what_none_of_our_node_keys_opens_is_told_so(paired):
    row = key_announcements.send_of_node(
        peer=again(paired.south), kind=MessageKind.HEAD, content={"number": 5, "hash": "ab" * 32}, at=NOW()
    )
    envelope = Envelope(
        header=Header.unpack(bytes(row.header)),
        raw_header=bytes(row.header),
        body=b"\x02" + bytes(1200),
        signature=bytes(64),
    )
    assert (
        key_announcements.take_head(peer=again(paired.north), envelope=envelope, at=NOW())
        == ReceiptCode.OLD_KEY
    )
    assert (
        key_announcements.take_key(peer=again(paired.north), envelope=envelope, at=NOW())
        == ReceiptCode.OLD_KEY
    )


def test_a_society_without_peers_or_keys_tells_nobody_anything(world):
    assert key_announcements.announce_intake(at=NOW()) == key_announcements.send_heads(at=NOW()) == 0
    SocietyKey.objects.filter(kind="G").update(retired_at=NOW())
    assert key_announcements.announce_intake(at=NOW()) == 0


# ---- pages -----------------------------------------------------------------------------------------


@pytest.fixture
def bakyt_at(world):
    return world.client("bakyt")


def test_a_wrong_address_of_ones_own_is_told_and_kept(world, bakyt_at):
    page = bakyt_at.post("/exchange/card/", {"address": "http://north.example"}).content.decode()
    assert "no address under which" in page and "http://north.example" in page
    assert not OwnCard.objects.exists()


def test_files_that_are_too_large_are_told_so(bakyt_at, world, monkeypatch):
    big = SimpleUploadedFile("x", b"x" * (forms.LONGEST_TEXT + 1))
    page = bakyt_at.post("/exchange/pair/", {"society": "practice-south", "file": big}).content.decode()
    assert "too large for a card" in page
    monkeypatch.setattr(forms.files, "LARGEST", 10)
    page = bakyt_at.post(
        "/exchange/read-file/", {"file": SimpleUploadedFile("x", b"x" * 11)}
    ).content.decode()
    assert "larger than any" in page


def test_ending_without_anything_waiting_asks_for_nothing_more(paired, bakyt_at):
    page = bakyt_at.get(f"/exchange/{paired.north.pk}/end/").content.decode()
    assert "Nothing waits to leave" in page and "by telephone what was withdrawn" not in page
    page = bakyt_at.post(f"/exchange/{paired.north.pk}/end/", {"why": "asked"}, follow=True).content.decode()
    assert "The pairing is ended." in page and "stopped" not in page


def test_new_keys_and_societies_without_a_line_are_said_in_words(world, paired, bakyt_at, new_signing_key):
    stranger = Private.new()
    Peer.objects.filter(pk=paired.north.pk).update(address="", node=stranger.public[:32])
    assert "carried in files" in bakyt_at.get("/exchange/").content.decode()
    Peer.objects.filter(pk=paired.north.pk).update(address="https://south.example", node=node_keys.public())
    new_signing_key("rustam", "malika")
    exchange.deliver_due(at=NOW())
    page = world.client("bakyt").get(f"/exchange/{paired.north.pk}/").content.decode()
    assert "shows a new signing key" in page and "Compare the words" in page


def test_a_caseworker_finds_no_page_that_is_for_focal_points(world, paired):
    client = world.client("amina")
    for address in ("card/", "pair/", "read-file/", f"{paired.north.pk}/", f"{uuid4()}/"):
        assert client.get(f"/exchange/{address}").status_code == 404
    assert world.client("rustam").get(f"/exchange/{paired.north.pk}/").status_code == 404


def test_the_switch_waits_for_what_waits(world, paired, own_host_file):
    call_command("exchange", "new-node-key")
    exchange.send(
        keys=world.keys("amina"), peer=again(paired.north), kind=MessageKind.OFFERED, conversation=uuid4(),
        content={}, at=NOW(),
    )  # fmt: skip
    with refused("not-told-yet") as stopped:
        call_command("exchange", "switch-node-key")
    assert "practice-north: 1 messages wait for practice-south" in stopped.value.sentence
