"""Cards from outside: whatever bytes come, they are a card that holds, or none; nothing else happens."""

import base64
import json
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.ground.exchange import cards
from panah.ground.vault.seals import Private, sign, signing_public

D, NODE = bytes([6]) * 32, bytes([1]) * 32
ID = UUID("00000000-0000-4000-8000-000000000abc")
G, BOX = Private(bytes([3]) * 32).public, Private(bytes([5]) * 32).public


def value():
    """What stands on a good card."""
    intake = cards.Intake(1, G, sign(D, "society key", ID, "G", "", 1, G))
    made = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    card = cards.PeerCard(
        "practice-south",
        ID,
        "https://south.example",
        signing_public(NODE),
        BOX,
        signing_public(D),
        intake,
        made,
    )
    return json.loads(cards.body_of(card))


def signed(what):
    """The card with this on it, signed by whoever wrote it: a signature alone makes nothing good."""
    body = what if isinstance(what, bytes) else json.dumps(what).encode()
    return cards.MAGIC + b"\x01" + len(body).to_bytes(4, "big") + body + sign(D, "card", body)


def test_the_good_card_is_one():
    card = cards.read(signed(value()))
    assert (card.society, card.id, card.intake.generation) == ("practice-south", ID, 1)
    assert cards.read(signed(value() | {"address": ""})).address == ""
    assert cards.read(signed(value() | {"later": "what a newer version adds"})) is not None


B64_1216 = base64.b64encode(bytes([255]) * 1216).decode()
WRONG = [
    {"what": "panah envelope"}, {"v": 2}, {"v": "1"}, {"society": "Practice South"}, {"society": 7}, {"society": ""},
    {"society": "x" * 61}, {"society": "../admin"}, {"id": "7"}, {"id": None}, {"id": "z" * 36},
    {"address": None}, {"address": "ftp://south.example"}, {"address": "http://south.example"},
    {"address": "https://south.example/"}, {"address": "https://me@south.example"}, {"address": "HTTPS://south.example"},
    {"node": ""}, {"node": 1}, {"node": "!!"}, {"node": base64.b64encode(b"short").decode()},
    {"node_box": base64.b64encode(b"x" * 32).decode()}, {"node_box": B64_1216},
    {"signing": base64.b64encode(b"x" * 31).decode()}, {"intake": None}, {"intake": {}}, {"intake": []},
    {"made": "yesterday"}, {"made": "2026-11-24T09:00:00"}, {"made": "1999-01-01T00:00:00+00:00"}, {"made": 0},
]  # fmt: skip


@pytest.mark.parametrize("change", WRONG)
def test_a_card_that_is_signed_and_wrong_is_none(change):
    with pytest.raises(cards.NoCard):
        cards.read(signed(value() | change))


@pytest.mark.parametrize(
    "change",
    [{"generation": 0}, {"generation": True}, {"generation": 2**31}, {"generation": 1.0}, {"generation": 2},
     {"public": B64_1216}, {"public": ""}, {"signature": base64.b64encode(bytes(64)).decode()}, {"signature": ""}],
)  # fmt: skip
def test_an_intake_key_that_the_society_did_not_sign_makes_no_card(change):
    what = value()
    what["intake"] |= change
    with pytest.raises(cards.NoCard):
        cards.read(signed(what))


@pytest.mark.parametrize("body", [b"", b"[]", b"7", b"null", b"{", b"\xff", b"[" * 5000, b'"panah card"'])
def test_what_is_no_object_is_no_card(body):
    with pytest.raises(cards.NoCard):
        cards.read(signed(body))


def test_a_card_that_was_cut_or_grew_is_none():
    raw = signed(value())
    for changed in (
        raw[:-1],
        raw + b"x",
        raw[:13],
        raw[:5],
        b"",
        b"PANAHENV" + raw[8:],
        raw[:8] + b"\x02" + raw[9:],
    ):
        with pytest.raises(cards.NoCard):
            cards.read(changed)


@pytest.mark.parametrize(
    "text",
    ["", "hello", cards.BEGIN, f"{cards.BEGIN}\n{cards.END}", f"{cards.BEGIN}\n!!!\n{cards.END}",
     f"{cards.BEGIN}\nAAA\n{cards.END}", f"{cards.BEGIN}{'A' * 40_000}{cards.END}"],
)  # fmt: skip
def test_a_text_without_a_card_in_it_is_none(text):
    with pytest.raises(cards.NoCard):
        cards.read(text)


@given(st.binary(max_size=300), st.integers(0, 3000))
def test_no_bytes_do_anything_but_read_or_not(some, place):
    raw = signed(value())
    for piece in (some, raw[:place] + some + raw[place + len(some) :], cards.BEGIN.encode() + some):
        try:
            assert cards.read(piece) == cards.read(raw)
        except cards.NoCard:
            continue


@given(st.text(max_size=120))
def test_no_address_is_kept_that_does_not_read_the_same_again(typed):
    try:
        kept = cards.tidy_address(typed, practice=False)
    except ValueError:
        return
    assert kept.startswith("https://")
    assert cards.tidy_address(kept, practice=False) == kept
