"""A card and the keys that are announced stay what they are; and the protocol's page suffices to read them."""

import base64
import hashlib
import json
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from shamir_mnemonic.wordlist import WORDLIST  # the list of SLIP-39, as published

from panah.ground.exchange import cards
from panah.ground.exchange.actions.key_announcements import NEXT_D
from panah.ground.vault.seals import Private, sign, signing_public

EXAMPLE = json.loads((Path(__file__).parent / "cards-1.json").read_text())
CARD = base64.b64decode(EXAMPLE["card"])


def seed(name):
    return bytes.fromhex(EXAMPLE["seeds"][name])


# ---- our own reading -------------------------------------------------------------------------------


def test_the_frozen_card_reads_as_it_did():
    card = cards.read(CARD)
    assert (card.society, str(card.id), card.address) == tuple(
        EXAMPLE[n] for n in ("society", "id", "address")
    )
    assert (card.intake.generation, card.made.isoformat()) == (EXAMPLE["generation"], EXAMPLE["made"])
    assert card.signing == signing_public(seed("signing"))
    assert (card.node, card.node_box) == (signing_public(seed("node")), Private(seed("node box")).public)
    assert cards.words_of(card) == EXAMPLE["words"]
    assert cards.read(EXAMPLE["text"]) == card
    assert card.text() == EXAMPLE["text"]


def test_the_frozen_card_is_made_as_it_was():
    card = cards.read(CARD)
    body = cards.body_of(card)
    assert cards.read_body(body, sign(seed("signing"), "card", body)).pack() == CARD


def test_the_frozen_announcements_are_signed_as_they_were():
    card = cards.read(CARD)
    intake = cards.intake_of(EXAMPLE["announced"]["intake"])
    assert intake.is_signed_by(card.signing, card.id)
    told = EXAMPLE["announced"]["signing"]
    raw = base64.b64decode(told["card"])
    assert base64.b64decode(told["old"]) == sign(seed("signing"), NEXT_D, card.id, raw)
    assert cards.read(raw).signing == signing_public(seed("next signing"))


# ---- from the page alone ---------------------------------------------------------------------------


def context(*parts):
    out = b"panah/1"
    for part in parts:
        raw = (
            part if isinstance(part, bytes) else part.bytes if isinstance(part, UUID) else str(part).encode()
        )
        out += len(raw).to_bytes(4, "big") + raw
    return out


def check(public, signature, *parts):
    """Raise unless the signature holds."""
    Ed25519PublicKey.from_public_bytes(public).verify(signature, context(*parts))


def read(raw):
    """Return the JSON of a card, as section 9 says."""
    assert raw[:9] == b"PANAHCRD\x01"
    length = int.from_bytes(raw[9:13], "big")
    body, signature = raw[13 : 13 + length], raw[13 + length :]
    value = json.loads(body)
    for name in ("node", "node_box", "signing"):
        value[name] = base64.b64decode(value[name])
    value["id"] = UUID(value["id"])
    check(value["signing"], signature, "card", body)
    intake = value["intake"]
    check_intake(value["signing"], value["id"], intake)
    return value


def check_intake(signing, society, intake):
    signature, public = base64.b64decode(intake["signature"]), base64.b64decode(intake["public"])
    check(signing, signature, "society key", society, "G", "", intake["generation"], public)


def words(card):
    compared = context(
        "card words", card["node"], card["node_box"], card["signing"], card["society"], card["id"]
    )
    stretched = hashlib.scrypt(compared, salt=b"panah card words", n=32768, r=8, p=1, dklen=32, maxmem=2**26)
    number = int.from_bytes(hashlib.sha256(b"panah fingerprint" + stretched).digest()[:8], "big") >> 4
    return " ".join(WORDLIST[number >> shift & 1023] for shift in (50, 40, 30, 20, 10, 0))


def test_the_page_suffices_to_read_a_card_and_its_words():
    card = read(CARD)
    assert card["society"] == EXAMPLE["society"]
    assert words(card) == EXAMPLE["words"]
    lines = EXAMPLE["text"].splitlines()
    assert (lines[0], lines[-1]) == ("-----BEGIN PANAH CARD-----", "-----END PANAH CARD-----")
    assert base64.b64decode("".join(lines[1:-1])) == CARD


def test_the_page_suffices_to_check_what_is_announced():
    card, told = read(CARD), EXAMPLE["announced"]
    check_intake(card["signing"], card["id"], told["intake"])
    raw = base64.b64decode(told["signing"]["card"])
    check(card["signing"], base64.b64decode(told["signing"]["old"]), "next signing key", card["id"], raw)
    assert read(raw)["signing"] != card["signing"]
