"""What two societies say about a night cover, as it was frozen: read from the page alone, and taken in by Panah."""

import base64
import json
from pathlib import Path

import pytest

from panah.ground.exchange.envelope import Envelope
from panah.ground.vault.sealed_body import open_body
from panah.ground.vault.seals import Private
from tests.contracts import read_from_the_page as page

EXAMPLES = json.loads((Path(__file__).parent / "night-cover-1.json").read_text())
ENVELOPES = {name: base64.b64decode(raw) for name, raw in EXAMPLES["envelopes"].items()}


@pytest.mark.parametrize("name", ENVELOPES)
def test_a_reader_made_from_the_page_opens_it(name):
    header, body, signature = page.read_envelope(ENVELOPES[name])
    assert page.holds(page.public("node of north"), signature, "envelope", header, body)
    assert page.open_body(header, body, page.seed("box of south")) == EXAMPLES["contents"][name]
    told = json.loads(header)
    assert (told["kind"], told["key"]) == ("night-cover", "node")
    assert told["urgency"] == ("now" if name == "unanswered" else "today")


@pytest.mark.parametrize("name", ENVELOPES)
def test_we_read_the_same_today(name):
    envelope = Envelope.unpack(ENVELOPES[name])
    assert envelope.pack() == ENVELOPES[name]
    value = open_body(Private(page.seed("box of south")), envelope.body, envelope.raw_header)
    assert value == EXAMPLES["contents"][name]


def test_that_nobody_answers_is_all_that_is_said_and_all_four_have_one_size():
    assert EXAMPLES["contents"]["unanswered"] == {"v": 1, "what": "unanswered"}
    assert len({len(page.read_envelope(raw)[1]) for raw in ENVELOPES.values()}) == 1
