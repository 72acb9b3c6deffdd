"""What was frozen as version 1 still reads, byte for byte: other nodes and files on their way depend on it."""

import base64
import json
from pathlib import Path
from uuid import UUID

import pytest

from panah.ground.exchange import receipts
from panah.ground.exchange.envelope import CONTEXT, Envelope, bundle, fingerprint, unbundle
from panah.ground.exchange.files import TransportFile
from panah.ground.vault.sealed_body import open_body
from panah.ground.vault.seals import Private, Signer, signing_public

EXAMPLES = json.loads((Path(__file__).parent / "exchange-1.json").read_text())
ENVELOPES = {name: base64.b64decode(raw) for name, raw in EXAMPLES["envelopes"].items()}
KEYS = {"intake": "intake of south", "conversation": "conversation", "node": "box of south"}


def seed(name):
    return bytes.fromhex(EXAMPLES["seeds"][name])


@pytest.mark.parametrize("name", ENVELOPES)
def test_an_envelope_of_version_1_reads_and_packs_the_same(name):
    envelope = Envelope.unpack(ENVELOPES[name])
    assert envelope.pack() == ENVELOPES[name]
    assert envelope.header.pack() == envelope.raw_header, "and is written the same today"
    assert envelope.is_signed_by(signing_public(seed("node of north")))
    signer = Signer(seed("node of north"))
    assert signer.sign(CONTEXT, envelope.raw_header, envelope.body) == envelope.signature
    assert signer.public == signing_public(seed("node of north"))
    assert envelope.header.source_node == fingerprint(signing_public(seed("node of north")))


@pytest.mark.parametrize("name", KEYS)
def test_a_body_of_version_1_opens(name):
    envelope = Envelope.unpack(ENVELOPES[name])
    private = Private(seed(KEYS[name]))
    assert open_body(private, envelope.body, envelope.raw_header) == EXAMPLES["contents"][name]


def test_a_receipt_of_version_1_holds_and_is_written_the_same_today():
    raw = base64.b64decode(EXAMPLES["receipt"])
    receipt = receipts.unpack(raw)
    whole = bundle(ENVELOPES.values())
    assert receipt.is_signed_by(signing_public(seed("node of south")))
    assert receipt.bundle == receipts.hash_of(whole) == EXAMPLES["bundle sha256"]
    codes = [(UUID(which), code) for which, code in EXAMPLES["codes"]]
    assert list(receipt.codes) == codes
    from datetime import datetime

    at = datetime.fromisoformat(receipt.at)
    assert receipts.pack(bundle=whole, codes=codes, at=at, node_seed=seed("node of south")) == raw


def test_a_bundle_and_a_file_of_version_1_read():
    whole = bundle(ENVELOPES.values())
    assert list(unbundle(whole)) == list(ENVELOPES.values())
    carried = TransportFile.unpack(base64.b64decode(EXAMPLES["file of receipt"]))
    assert (carried.what, carried.target) == ("receipt", "practice-north")
    assert carried.inside == base64.b64decode(EXAMPLES["receipt"])
