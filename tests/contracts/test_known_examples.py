"""The question whether a person is known, as it was frozen: read by Panah, and by a reader made from the page alone."""

import base64
import json
from datetime import datetime
from pathlib import Path

import pytest

from panah.ground.exchange.envelope import Envelope
from panah.ground.vault.sealed_body import open_body
from panah.ground.vault.seals import Private
from panah.people.finding import message_schema
from panah.people.finding.message_schema import InquiryMessage
from tests.contracts import read_from_the_page as page

EXAMPLES = json.loads((Path(__file__).parent / "known-1.json").read_text())
ENVELOPES = {name: base64.b64decode(raw) for name, raw in EXAMPLES["envelopes"].items()}
OPENED_BY = {"asked": "intake of south", "nothing": "conversation", "yes": "conversation"}
SIGNED_BY = {"asked": "node of north", "nothing": "node of south", "yes": "node of south"}


@pytest.mark.parametrize("name", ENVELOPES)
def test_a_reader_made_from_the_page_opens_it(name):
    header, body, signature = page.read_envelope(ENVELOPES[name])
    assert page.holds(page.public(SIGNED_BY[name]), signature, "envelope", header, body)
    assert page.open_body(header, body, page.seed(OPENED_BY[name])) == EXAMPLES["contents"][name]


def test_a_question_holds_what_the_page_says_and_nothing_else():
    value = EXAMPLES["contents"]["asked"]
    assert set(value) == {"v", "names", "birth_year", "phone_tail", "consent", "reply_key"}
    assert bytes.fromhex(value["reply_key"]) == page.public("conversation")
    header = json.loads(page.read_envelope(ENVELOPES["asked"])[0])
    assert (header["kind"], header["urgency"]) == ("known-asked", "week")


def test_answers_have_one_outside():
    outsides = []
    for name in ("nothing", "yes"):
        header, body, _ = page.read_envelope(ENVELOPES[name])
        value = json.loads(header)
        del value["id"]
        outsides.append((value, len(body)))
    assert outsides[0] == outsides[1]
    assert datetime.fromisoformat(outsides[0][0]["created"]).strftime("%H:%M %z") == "06:00 +0000"
    assert EXAMPLES["contents"]["nothing"] == {"v": 1, "answer": "nothing", "call": ""}


@pytest.mark.parametrize("name", ENVELOPES)
def test_we_read_and_write_the_same_today(name):
    envelope = Envelope.unpack(ENVELOPES[name])
    value = open_body(Private(page.seed(OPENED_BY[name])), envelope.body, envelope.raw_header)
    assert value == EXAMPLES["contents"][name]
    if name == "asked":
        asked = message_schema.read(value)
        assert message_schema.question(asked, **value["consent"]) == value
        assert asked == InquiryMessage(
            ("Гүлнара Токтосунова", "Toktosunova Gulnara"), 1990, "1234", page.public("conversation")
        )
    else:
        said, call = message_schema.read_answer(value)
        assert message_schema.answer(said, call=call) == value


@pytest.mark.parametrize(
    "value",
    [{}, {"names": "x"}, {"names": [1, " "], "birth_year": True, "phone_tail": "12"}, {"reply_key": "zz"}],
)
def test_what_cannot_be_understood_asks_about_nobody(value):
    assert message_schema.read(value) == InquiryMessage()


@pytest.mark.parametrize(
    "value", [{}, {"answer": "no"}, {"answer": ["yes"]}, {"answer": "nothing", "call": "x"}]
)
def test_an_answer_that_cannot_be_understood_is_nothing_to_tell(value):
    assert message_schema.read_answer(value) == ("nothing", "")
