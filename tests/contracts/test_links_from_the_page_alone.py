"""What docs/federation-links.md says suffices to read a family link: a reader with nothing of Panah in it."""

import ast
import base64
import json
from datetime import date
from pathlib import Path

import pytest

from tests.contracts.read_from_the_page import EXAMPLES, holds, open_body, public, read_envelope

HERE = Path(__file__)
LINKS = json.loads((HERE.parent / "links-1.json").read_text())
ENVELOPES = {name: base64.b64decode(raw) for name, raw in LINKS["envelopes"].items()}
ANSWERS = ("contact", "later", "nothing")


def read(name):
    header, body, signature = read_envelope(ENVELOPES[name])
    assert holds(public("node of north"), signature, "envelope", header, body)
    seed = bytes.fromhex(EXAMPLES["seeds"][LINKS["opened by"][name]])
    return json.loads(header), open_body(header, body, seed)


@pytest.mark.parametrize("name", ENVELOPES)
def test_what_crossed_opens_and_says_what_was_frozen(name):
    header, content = read(name)
    assert content == LINKS["contents"][name]
    assert content["v"] == 1
    assert header["urgency"] == "week", "whatever it says, it is as urgent as every other"


def test_a_request_says_who_is_sought_and_only_what_the_one_who_asks_chose():
    header, content = read("links-asked")
    assert (header["kind"], header["key"]) == ("links-asked", "intake:1")
    assert content["sought"] and content["relation"] and len(bytes.fromhex(content["reply_key"])) == 1216
    assert set(content["values"]) == set(content["consent"]["fields"])
    assert set(content["values"]) <= {"seeker", "proof", "news", "why", "message", "language"}
    assert date.fromisoformat(content["consent"]["until"]) > date.fromisoformat(
        content["consent"]["asked_on"]
    )


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_one_of_three_and_says_nothing_besides_what_the_person_sought_agreed_to(name):
    header, content = read(name)
    assert (header["kind"], header["key"], content["answer"]) == ("links-answered", "conversation", name)
    assert bool(content["message"] or content["reach"]) == (name == "contact")
    assert bool(content["again"]) == (name == "later")


def test_no_answer_is_longer_than_another():
    members = [set(read(name)[1]) for name in ANSWERS]
    assert members[0] == members[1] == members[2]
    assert len({len(ENVELOPES[name]) for name in ANSWERS}) == 1
    plain = [json.dumps(read(n)[1], separators=(",", ":"), ensure_ascii=False).encode() for n in ANSWERS]
    assert {len(one) for one in plain} == {8188}


def test_the_question_back_asks_one_thing_and_is_as_long_as_an_answer():
    header, content = read("links-more-asked")
    assert (header["kind"], header["key"]) == ("links-more-asked", "conversation")
    assert content["text"] and len(bytes.fromhex(content["reply_key"])) == 1216
    assert set(content) == {"v", "text", "reply_key", "fill"}
    assert len(json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()) == 8188


def test_this_reader_imports_nothing_of_panah():
    tree = ast.parse(HERE.read_text())
    names = [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    assert not any(name.startswith("panah") for name in names)
