"""What a browser sealed may hold anything: it is opened, read and closed like every other report."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.utils import timezone

from panah.ground.vault import queries as vault_queries
from panah.ground.vault.seals import seal
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters.rules import header_of
from tests.reporters.conftest import Stranger

SURROGATE = "Practice: help \ud800 me"
HOSTILE = {
    "half a sign": {"text": SURROGATE, "answers": {SURROGATE: SURROGATE}, "person": {"names": [SURROGATE]}},
    "numbers": {"text": 10**4000, "answers": {"danger": 1e308, "place": 10**4000}},
    "shapes": {"text": [["x"]], "answers": "yes", "person": [1], "files": {"a": 1}, "call_back": [1]},
    "a file": {
        "text": "x",
        "files": [
            {"id": str(uuid4()), "key": "00" * 32, "name": f"\u202e{SURROGATE}\n", "type": "\ud800", "size": 10**4000},
            {"id": str(uuid4()), "key": "00" * 32, "name": 7, "kind": [], "size": -1},
        ],
    },
    "steps": {"text": "\u0000\u001b[2J<script>alert(1)</script>", "a" * 5000: {"b": {"c": {"d": {"e": [1]}}}}},
}  # fmt: skip


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_report_that_holds_anything_is_opened_read_and_finished(world, intake, content):
    north, stranger = world.societies["north"].pk, Stranger(world)
    key = vault_queries.intake_key(north)
    header = header_of(language="tg", urgency="today", child="no", sealed="browser")
    plain = json.dumps(content).encode()
    filled = len(plain).to_bytes(4, "big") + plain
    body = seal(key.public, filled + bytes(-len(filled) % 4096), "body", header)
    stranger.writes(
        content=None, sealed=body, generation=key.generation, child="no", at=timezone.now(),
        token=stranger.token,
    )  # fmt: skip
    arrival, elena = stranger.report.arrival, world.client("elena")
    assert elena.post(f"/inbox/{arrival.pk}/open/").status_code == 302
    for way in ("", "answer/", "finish/", "turn/case/", "colleague/"):
        answer = elena.get(f"/inbox/{arrival.pk}/{way}")
        assert answer.status_code == 200, way
        assert "<script>alert" not in answer.content.decode()
    assert reporters_queries.parse(stranger.receipt.shown)
    assert elena.post(f"/inbox/{arrival.pk}/finish/", {"told": "nothing", "text": ""}).status_code == 302
