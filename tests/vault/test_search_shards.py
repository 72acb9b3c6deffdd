"""Cards spread over several processes are found as if one held them all, whatever came and went meanwhile."""

import json
import zlib
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panah.ground.names.find import NameCard, NameFinder, explained
from panah.ground.vault import card_opening, search_shard
from panah.ground.vault.card_opening import segment_key
from panah.ground.vault.card_values import card_of, card_value
from panah.ground.vault.seals import Private, lock, pad, seal
from panah.ground.vault.search_client import framed
from panah.ground.vault.search_index import best_of
from panah.ground.vault.search_shard import QUICK, Shard

SOCIETY, SEED = UUID(int=7), bytes(range(32))
NAMES = [
    "Асанова Айзада",
    "Aizada Asanova",
    "Асанова Айжан",
    "Каримов Рустам",
    "Rustam Karimov",
    "دلبر کریموا",
    "Абдулло Раҳимзода",
]
GENERATION = (1).to_bytes(4, "big")

people = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from([None, 1985, 1986, 1990]),
        st.sampled_from(["", "1234", "9876"]),
    ),
    min_size=1,
    max_size=24,
)


def cards_of(people):
    return [
        (uuid4(), card_value(names=[name], birth_year=year, phones=[tail], number=f"{n:03d}"))
        for n, (name, year, tail) in enumerate(people)
    ]


def segment(cards):
    row = uuid4()
    text = json.dumps([(card.hex, value) for card, value in cards]).encode()
    return row, packed(row, zlib.compress(text, 1))


def packed(row, text):
    key = segment_key(SEED, SOCIETY, "search")
    return GENERATION + lock(key, pad(text), "segment", SOCIETY, "search", row)


def loose(card, value):
    return sealed(card, json.dumps(value).encode())


def sealed(card, text):
    return card, GENERATION + seal(Private(SEED).public, pad(text), "card", SOCIETY, "search", card)


def shards(number):
    return [Shard(SOCIETY, {1: SEED}) for _ in range(number)]


def by_all(shards, name, year, tail):
    found = [one for shard in shards for one in shard.find(name, year, tail)[1]]
    # By the way they go between processes.
    kept = json.loads(json.dumps(best_of(found)))
    cards = [(place, NameCard(ref, tuple(names), year, tail)) for place, ref, names, year, tail in kept]
    return explained(name, cards, birth_year=year, phone_tail=tail)


def by_one(cards, name, year, tail):
    return NameFinder(card_of(value) for _, value in cards).find(name, birth_year=year, phone_tail=tail)


asked = st.tuples(st.sampled_from(NAMES), st.sampled_from([None, 1986]), st.sampled_from(["", "1234"]))


@settings(max_examples=60, deadline=None)
@given(people, st.integers(1, 4), asked, st.data())
def test_several_find_what_one_finds_in_the_same_order(people, number, asked, data):
    cards = cards_of(people)
    cut = data.draw(st.integers(0, len(cards)))
    again = data.draw(st.lists(st.sampled_from(cards), max_size=5))
    buried = {one for one, _ in data.draw(st.lists(st.sampled_from(cards), max_size=5))}
    several = shards(number)
    rows = [cards[:cut][at : at + 3] for at in range(0, cut, 3)] + ([again] if again else [])
    for shard in several:
        shard.bury([one.bytes for one in buried])
    for place, row in enumerate(rows):
        several[place % number].take_segment(*segment(row), place)
    single = [loose(*one) for one in cards[cut:]]
    several[-1].take_loose(single, len(rows))
    there = {}
    for card, value in [one for row in rows for one in row] + cards[cut:]:
        if card not in buried:
            there.setdefault(card, value)
    assert by_all(several, *asked) == by_one(list(there.items()), *asked)


@settings(max_examples=60, deadline=None)
@given(people, asked, st.data())
def test_what_went_is_found_no_more_and_what_lies_in_another_place_as_well_is(people, asked, data):
    cards = cards_of(people)
    rows = [segment([one]) for one in cards]
    copies = data.draw(st.lists(st.sampled_from(range(len(cards))), unique=True))
    gone = data.draw(st.lists(st.sampled_from(range(len(cards))), unique=True))
    buried = data.draw(st.lists(st.sampled_from(range(len(cards))), unique=True, max_size=3))
    (shard,) = shards(1)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(search_shard, "QUICK", data.draw(st.sampled_from([0, QUICK])))
        for place, row in enumerate(rows):
            shard.take_segment(*row, place)
        shard.take_loose([loose(*cards[one]) for one in copies], len(rows))
        shard.drop([rows[one][0] for one in gone])
        shard.bury([cards[one][0].bytes for one in buried])
    left = [n for n in range(len(cards)) if n not in gone] + [n for n in copies if n in gone]
    there = [cards[n] for n in left if n not in buried]
    assert by_all([shard], *asked) == by_one(there, *asked)
    assert shard.count() == len(there)
    held = {card.ref for card in shard.finder.cards if card.names}
    assert held == {value["c"] for _, value in there} | {
        value["c"] for n, (_, value) in enumerate(cards) if n in copies and n not in buried
    }


def test_a_changed_segment_is_said_and_a_forged_loose_card_is_left_out():
    (shard,), (card, value) = shards(1), cards_of([(NAMES[0], 1990, "")])[0]
    row, blob = segment([(card, value)])
    assert not shard.take_segment(row, blob[:-1] + bytes([blob[-1] ^ 1]), 0)
    shard.take_loose([(card, loose(*cards_of([(NAMES[0], 1990, "")])[0])[1])], 1)
    assert shard.count() == 0
    assert shard.take_segment(row, blob, 2)
    assert shard.count() == 1, "control"


def test_what_is_sealed_to_a_generation_that_is_not_held_says_nothing():
    shard, (card, value) = Shard(SOCIETY, {2: SEED}), cards_of([(NAMES[0], 1990, "")])[0]
    shard.take_segment(*segment([(card, value)]), 0)
    shard.take_loose([loose(card, value)], 1)
    assert shard.count() == 0


def test_of_few_people_whoever_goes_leaves_no_word_behind_and_of_many_none_for_ever(monkeypatch):
    gone, stays = cards_of([("Wordless Asanova", 1990, ""), ("Another Karimova", 1990, "")])
    for bury in (True, False):
        (shard,) = shards(1)
        shard.take_loose([loose(*stays)], 0)
        before = shard.finder.distinct_words
        shard.take_loose([loose(*gone)], 1)
        assert shard.finder.distinct_words > before, "control"
        shard.bury([gone[0].bytes]) if bury else shard.drop([gone[0]])
        assert shard.finder.distinct_words == before
    (shard,) = shards(1)
    monkeypatch.setattr(search_shard, "QUICK", 10)
    row = None
    for turn in range(30):
        # As a segment is rewritten each time somebody is erased: the new one is there before the old one goes.
        new = segment(cards_of([(f"Wordless{turn} Asanova", 1990, "")] * 20))
        shard.take_segment(*new, turn)
        if row:
            shard.drop([row])
        row = new[0]
    assert shard.count() == 20
    assert len(shard.ids) == len(shard.places) == len(shard.finder.cards) <= 60
    assert shard.finder.distinct_words <= 4
    assert {one[3].names for one in shard.find("Asanova Wordless29", 1990, "")[1]} == {
        ("Wordless29 Asanova",)
    }


@pytest.mark.parametrize(
    "text",
    [b"{", b"[" * 5000, b"\xff", b'{"n": ["A"], "c": "\\u0000"}', b'{"n": ["A"], "c": "\\ud800"}'],
    ids=["half", "nested too deep", "no text", "no number", "no letter"],
)
def test_a_loose_card_that_is_no_card_is_left_out(text):
    (shard,) = shards(1)
    card = uuid4()
    assert shard.take_loose([sealed(card, text)], 0)
    assert shard.count() == 0
    shard.take_loose([sealed(card, b'{"n": ["Aizada \\ud800"], "c": "X"}')], 0)
    found = best_of(shard.find("Aizada", None, "")[1])
    assert framed({"found": found}), "and whatever stands in a name, the others are answered"


@pytest.mark.parametrize("text", [zlib.compress(b"0" * 2000), b"packed by nobody", zlib.compress(b"[7]")])
def test_a_segment_that_unpacks_to_more_than_any_or_to_no_list_does_not_open(monkeypatch, text):
    monkeypatch.setattr(card_opening, "LONGEST", 1000)
    (shard,), row = shards(1), uuid4()
    assert not shard.take_segment(row, packed(row, text), 0)
    assert shard.take_segment(row, packed(row, zlib.compress(b"[]")), 0), "control"
