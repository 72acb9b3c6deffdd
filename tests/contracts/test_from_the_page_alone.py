"""A reader written from docs/federation.md alone, with nothing of Panah in it: another team could write its node."""

import ast
import base64
import hashlib
import json

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from tests.contracts.read_from_the_page import (
    EXAMPLES,
    HERE,
    holds,
    open_body,
    piece,
    public,
    read_envelope,
    seed,
)

ENVELOPES = {name: base64.b64decode(raw) for name, raw in EXAMPLES["envelopes"].items()}
OPENED_BY = {"intake": "intake of south", "conversation": "conversation", "node": "box of south"}


# ---- section 2 -------------------------------------------------------------------------------------


# ---- section 3 -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ENVELOPES)
def test_an_envelope_is_read_and_its_signature_holds(name):
    header, body, signature = read_envelope(ENVELOPES[name])
    assert holds(public("node of north"), signature, "envelope", header, body)
    assert not holds(public("node of south"), signature, "envelope", header, body)
    assert not holds(public("node of north"), signature, "envelope", header + b" ", body)
    value = json.loads(header)
    assert value["from"]["node"] == hashlib.sha256(public("node of north")).hexdigest()
    assert value["to"] == {
        "society": "practice-south",
        "node": hashlib.sha256(public("node of south")).hexdigest(),
    }
    assert value["key"].split(":")[0] == name


@pytest.mark.parametrize("name", OPENED_BY)
def test_a_body_opens_with_the_key_that_the_header_names(name):
    header, body, _ = read_envelope(ENVELOPES[name])
    assert open_body(header, body, seed(OPENED_BY[name])) == EXAMPLES["contents"][name]
    with pytest.raises(InvalidTag):
        open_body(header + b" ", body, seed(OPENED_BY[name]))


def test_a_withdrawal_says_nothing_but_that_it_is_one():
    header, body, _ = read_envelope(ENVELOPES["nothing"])
    assert json.loads(header)["kind"] == "consent-withdrawn"
    assert body == b""


def test_a_public_key_is_made_of_its_seed_as_the_page_says():
    stretched = hashlib.shake_256(seed("conversation")).digest(96)
    made = (
        MLKEM768PrivateKey.from_seed_bytes(stretched[:64]).public_key().public_bytes_raw()
        + X25519PrivateKey.from_private_bytes(stretched[64:]).public_key().public_bytes_raw()
    )
    assert made == public("conversation")
    assert made.hex() == EXAMPLES["contents"]["intake"]["reply_key"]


# ---- sections 4 and 10 -----------------------------------------------------------------------------


def bundled(envelopes):
    return b"".join(len(raw).to_bytes(4, "big") + raw for raw in envelopes)


def read_receipt(raw):
    body, signature = piece(raw)
    return body, json.loads(body), signature


def test_a_receipt_is_for_this_bundle_and_signed_by_the_node_that_took_it():
    body, value, signature = read_receipt(base64.b64decode(EXAMPLES["receipt"]))
    assert holds(public("node of south"), signature, "receipt", body)
    assert value["v"] == 1
    assert value["node"] == hashlib.sha256(public("node of south")).hexdigest()
    assert value["bundle"] == hashlib.sha256(bundled(ENVELOPES.values())).hexdigest()
    assert [[one["id"], one["code"]] for one in value["receipts"]] == EXAMPLES["codes"]


def test_a_file_carries_the_same_receipt_back():
    raw = base64.b64decode(EXAMPLES["file of receipt"])
    assert raw[:8] == b"PANAHFIL"
    assert raw[8] == 1
    label, inside = piece(raw[9:])
    assert json.loads(label)["what"] == "receipt"
    assert json.loads(label)["to"]["society"] == "practice-north"
    assert inside == base64.b64decode(EXAMPLES["receipt"])


def test_nothing_of_panah_is_used_here():
    named = [
        name
        for node in ast.walk(ast.parse(HERE.read_text()))
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [one.name for one in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    ]
    assert not [name for name in named if name.split(".")[0] in ("panah", "tests", "django")]
