"""Pairing two societies: whose keys count, from the words on the telephone to the next year."""

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.exchange import actions as exchange
from panah.ground.exchange import cards, peer_trust
from panah.ground.exchange.models import Peer
from panah.ground.exchange.words import BlockReason, PeerState
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.reading_aid import in_cyrillic
from panah.ground.vault.seals import Private
from tests.conftest import card_in, card_of, pair

NOW = timezone.now


def refused(code):
    return pytest.raises(Refusal, match=f"^{code}$")


def other_words(card):
    words = cards.words_of(card).split()
    return " ".join([*words[:5], "academic" if words[5] != "academic" else "acid"])


# ---- from card to paired --------------------------------------------------------------------------


def test_north_and_south_are_paired_and_every_colleague_may_seal_to_the_other(world, paired):
    for name, peer in (("amina", paired.north), ("elena", paired.north), ("daler", paired.south)):
        assert peer_trust.usable(keys=world.keys(name), peer=peer, at=NOW())
    assert paired.north.theirs.slug == "practice-south"


def test_a_card_alone_counts_for_nothing(world):
    peer = exchange.take_card(keys=world.keys("bakyt"), raw=card_of(world, "rustam", NOW()), at=NOW())
    assert peer.state == PeerState.WAITING
    with refused("peer-waiting"):
        peer_trust.must_be_usable(keys=world.keys("amina"), peer=peer, at=NOW())


def test_words_that_differ_in_one_pair_nobody(world):
    text = card_of(world, "rustam", NOW())
    peer = exchange.take_card(keys=world.keys("bakyt"), raw=text, at=NOW())
    with refused("words-differ"):
        exchange.compare(keys=world.keys("bakyt"), peer=peer, words=other_words(cards.read(text)), at=NOW())
    assert Peer.objects.get(pk=peer.pk).state == PeerState.WAITING


def test_words_are_taken_as_people_write_them_down(world):
    text = card_of(world, "rustam", NOW())
    peer = exchange.take_card(keys=world.keys("bakyt"), raw=text, at=NOW())
    said = ",\n ".join(cards.words_of(cards.read(text)).upper().split())
    by_aid = " ".join(map(in_cyrillic, cards.words_of(cards.read(text)).split()))
    assert cards.same_words(by_aid, cards.read(text)), "read by telephone in Cyrillic"
    assert not cards.same_words(by_aid.replace(by_aid[:3], "ббб"), cards.read(text))
    assert exchange.compare(keys=world.keys("bakyt"), peer=peer, words=said, at=NOW()).state == "paired"


def test_a_caseworker_pairs_nobody(world):
    text = card_of(world, "rustam", NOW())
    with refused("focal-point-only"):
        exchange.take_card(keys=world.keys("amina"), raw=text, at=NOW())
    with refused("focal-point-only"):
        exchange.open_card(keys=world.keys("amina"), address="https://north.example", at=NOW())


def test_the_own_card_is_not_anothers(world):
    with refused("own-card"):
        exchange.take_card(keys=world.keys("saule"), raw=card_of(world, "bakyt", NOW()), at=NOW())


def test_a_card_in_a_mail_reads_the_same(world):
    text = card_of(world, "rustam", NOW())
    quoted = "Dear Bakyt,\r\n> " + text.replace("\n", "\r\n> ") + "\r\nRustam"
    assert cards.read(quoted) == cards.read(text) == cards.read(cards.read(text).pack())


def test_a_card_changed_by_one_bit_is_none(world):
    raw = cards.read(card_of(world, "rustam", NOW())).pack()
    for place in range(0, len(raw), 7):
        changed = bytearray(raw)
        changed[place] ^= 1
        with pytest.raises(cards.NoCard):
            cards.read(bytes(changed))


def test_an_old_card_and_one_from_the_future_are_not_taken(world):
    now = NOW()
    with refused("card-too-old"):
        exchange.take_card(
            keys=world.keys("bakyt"), raw=card_of(world, "rustam", now), at=now + timedelta(days=31)
        )
    with refused("card-from-the-future"):
        exchange.take_card(
            keys=world.keys("bakyt"), raw=card_of(world, "rustam", now), at=now - timedelta(hours=27)
        )


# ---- somebody writes in the database ---------------------------------------------------------------


def test_swapped_keys_are_refused_after_pairing(world, paired):
    stranger, amina = Private.new(), world.keys("amina")
    own = paired.south  # keys that are good, but another society's
    for change in (
        {"intake": stranger.public},
        {"node": own.signing},
        {"node_box": stranger.public},
        {"signing": own.signing},
        {"intake_generation": 7},
        {
            "card": own.card,
            "signing": own.signing,
            "intake": own.intake,
            "intake_signature": own.intake_signature,
        },
        {"vouched": own.vouched},
        {"vouched": b""},
        {"their_id": own.their_id},
        {"theirs": world.societies["north"]},
    ):
        Peer.objects.filter(pk=paired.north.pk).update(**change)
        with refused("peer-not-vouched"):
            peer_trust.must_be_usable(keys=amina, peer=Peer.objects.get(pk=paired.north.pk), at=NOW())
        paired.north.save()
    assert peer_trust.usable(keys=amina, peer=Peer.objects.get(pk=paired.north.pk), at=NOW())


def test_a_peer_made_in_the_database_alone_is_no_peer(world, paired):
    Peer.objects.filter(pk=paired.north.pk).update(vouched=paired.south.vouched)
    row = Peer.objects.get(pk=paired.north.pk)
    assert not peer_trust.usable(keys=world.keys("amina"), peer=row, at=NOW())


def test_a_year_cannot_be_made_longer_in_the_database(world, paired):
    later = NOW() + timedelta(days=366)
    Peer.objects.filter(pk=paired.north.pk).update(compare_by=later + timedelta(days=365))
    with refused("compare-again"):
        peer_trust.must_be_usable(
            keys=world.keys("amina"), peer=Peer.objects.get(pk=paired.north.pk), at=later
        )


# ---- a year later, blocked, ended ------------------------------------------------------------------


def test_after_a_year_the_words_are_compared_again(world, paired):
    later = NOW() + timedelta(days=366)
    assert not peer_trust.in_use(paired.north, at=later)
    with refused("compare-again"):
        peer_trust.must_be_usable(keys=world.keys("amina"), peer=paired.north, at=later)
    again = pair(world, "saule", "malika", later)
    assert again.pk == paired.north.pk
    assert peer_trust.usable(keys=world.keys("amina"), peer=again, at=later)


def test_a_blocked_peer_is_let_in_again(world, paired):
    exchange.block(peer=paired.north, why=BlockReason.STRANGE, by=world.staff["bakyt"], at=NOW())
    row = Peer.objects.get(pk=paired.north.pk)
    with refused("peer-blocked"):
        peer_trust.must_be_usable(keys=world.keys("amina"), peer=row, at=NOW())
    exchange.unblock(keys=world.keys("saule"), peer=row, at=NOW())
    assert peer_trust.usable(keys=world.keys("amina"), peer=Peer.objects.get(pk=row.pk), at=NOW())


def test_a_blocked_peer_with_new_keys_is_not_let_in_before_they_are_compared(world, paired, new_signing_key):
    exchange.block(peer=paired.north, why=BlockReason.KEYS, by=world.staff["bakyt"], at=NOW())
    new_signing_key("rustam", "malika")
    text = card_of(world, "rustam", NOW())
    row = exchange.take_card(keys=world.keys("bakyt"), raw=text, at=NOW())
    with refused("compare-first"):
        exchange.unblock(keys=world.keys("bakyt"), peer=row, at=NOW())
    words = cards.words_of(cards.read(text))
    row = exchange.compare(keys=world.keys("bakyt"), peer=row, words=words, at=NOW())
    assert row.state == PeerState.BLOCKED
    exchange.unblock(keys=world.keys("bakyt"), peer=row, at=NOW())
    assert peer_trust.usable(keys=world.keys("amina"), peer=Peer.objects.get(pk=row.pk), at=NOW())


def test_an_ended_pairing_starts_over(world, paired):
    exchange.end_pairing(peer=paired.north, why=BlockReason.ASKED, by=world.staff["bakyt"], at=NOW())
    row = Peer.objects.get(pk=paired.north.pk)
    with refused("peer-ended"):
        peer_trust.must_be_usable(keys=world.keys("amina"), peer=row, at=NOW())
    with refused("no-card-yet"):
        exchange.compare(keys=world.keys("bakyt"), peer=row, words="", at=NOW())
    again = exchange.take_card(keys=world.keys("bakyt"), raw=card_of(world, "rustam", NOW()), at=NOW())
    assert (again.pk, again.state) == (row.pk, PeerState.WAITING)


# ---- keys change -----------------------------------------------------------------------------------


def test_our_own_new_signing_key_vouches_for_those_we_were_paired_with(world, paired, new_signing_key):
    new_signing_key("bakyt", "saule")
    row = Peer.objects.get(pk=paired.north.pk)
    assert bytes(row.vouched) != bytes(paired.north.vouched)
    for name in ("bakyt", "saule"):
        assert peer_trust.usable(keys=world.keys(name), peer=row, at=NOW())


def test_our_own_new_signing_key_vouches_for_nothing_that_was_swapped(world, paired, new_signing_key):
    Peer.objects.filter(pk=paired.north.pk).update(vouched=bytes(paired.south.vouched))
    new_signing_key("bakyt", "saule")
    row = Peer.objects.get(pk=paired.north.pk)
    assert not peer_trust.usable(keys=world.keys("bakyt"), peer=row, at=NOW())


def test_their_new_signing_key_waits_and_the_old_one_goes_on(world, paired, new_signing_key):
    new_signing_key("rustam", "malika")
    text = card_of(world, "rustam", NOW())
    row = exchange.take_card(keys=world.keys("bakyt"), raw=text, at=NOW())
    assert peer_trust.next_card_of(row) == cards.read(text)
    assert peer_trust.usable(keys=world.keys("amina"), peer=row, at=NOW())
    with refused("words-differ"):
        old = peer_trust.card_of(row)
        exchange.compare(keys=world.keys("bakyt"), peer=row, words=cards.words_of(old), at=NOW())
    words = cards.words_of(cards.read(text))
    row = exchange.compare(keys=world.keys("bakyt"), peer=row, words=words, at=NOW())
    assert bytes(row.signing) == cards.read(text).signing != bytes(paired.north.signing)
    assert peer_trust.usable(keys=world.keys("amina"), peer=row, at=NOW())


# ---- addresses -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://north.example", "https://north.example"),
        ("North.Example/", "https://north.example"),
        ("https://north.example:8443", "https://north.example:8443"),
        ("https://[2001:db8::1]", "https://[2001:db8::1]"),
    ],
)
def test_an_address_is_kept_as_every_card_has_it(typed, kept):
    assert cards.tidy_address(typed, practice=False) == kept


@pytest.mark.parametrize(
    "typed",
    ["http://north.example", "http://localhost:8000", "https://me:pw@north.example", "https://north.example/x",
     "https://north.example?x=1", "https://north.example#x", "file:///etc/passwd", "gopher://north.example", "",
     "https://", "https://north example", "https://nórth.example", "https://north.example:99999"],
)  # fmt: skip
def test_an_address_that_leads_elsewhere_is_refused(typed):
    with pytest.raises(ValueError, match=r".*"):
        cards.tidy_address(typed, practice=False)


def test_only_a_practice_node_goes_to_this_machine_without_tls():
    assert cards.tidy_address("http://localhost:8001", practice=True) == "http://localhost:8001"
    with pytest.raises(ValueError, match="north"):
        cards.tidy_address("http://north.example", practice=True)


def test_a_card_tells_what_is_on_it(world):
    row = exchange.open_card(keys=world.keys("bakyt"), address="https://north.example", at=NOW())
    card = card_in(row)
    assert (card.society, card.id, card.address) == (
        "practice-north",
        world.societies["north"].pk,
        "https://north.example",
    )
