"""Whatever comes over the wire or in a file, it is read or it is *Damaged*: nothing else ever happens."""

import dataclasses
import hashlib
import json
import tracemalloc
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import islice
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panah.ground.exchange import receipts
from panah.ground.exchange.actions.receiving import read_bundle
from panah.ground.exchange.envelope import (
    LARGEST_BUNDLE,
    MOST,
    Damaged,
    Envelope,
    Header,
    bundle,
    close,
    unbundle,
)
from panah.ground.exchange.files import TransportFile
from panah.ground.vault.sealed_body import LARGEST_BODY, STEP, open_body, seal_body
from panah.ground.vault.seals import DoesNotOpen, Private, signing_public

SEED = b"s" * 32
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
HEADER = Header(
    id=UUID(int=1),
    kind="referral-offered",
    source="practice-north",
    source_node="a" * 64,
    target="practice-south",
    target_node="b" * 64,
    conversation=UUID(int=2),
    urgency="today",
    created=AT,
    expires=AT + timedelta(days=14),
    to_key="intake:1",
)


@cache
def key() -> Private:
    return Private(b"k" * 32)


@cache
def example() -> bytes:
    return close(HEADER, seal_body(key().public, {"need": "a bed"}, HEADER.pack()), SEED).pack()


def example_receipt() -> bytes:
    return receipts.pack(bundle=b"x", codes=[(UUID(int=1), "taken")], at=AT, node_seed=SEED)


def example_file() -> bytes:
    return TransportFile(
        "envelopes", "a", "b" * 64, "c", "d" * 64, AT.isoformat(), bundle([example()])
    ).pack()


READERS = {
    "envelope": (example, Envelope.unpack),
    "bundle": (lambda: bundle([example(), example()]), lambda raw: list(unbundle(raw))),
    "receipt": (example_receipt, receipts.unpack),
    "file": (example_file, TransportFile.unpack),
}


def same_or_damaged(read, raw):
    try:
        return read(raw)
    except Damaged:
        return None


@pytest.mark.parametrize("what", READERS)
@given(data=st.data())
def test_bits_flipped_anywhere_read_or_are_damaged(what, data):
    made, read = READERS[what]
    raw = bytearray(made())
    for place in data.draw(st.lists(st.integers(0, len(raw) * 8 - 1), min_size=1, max_size=8)):
        raw[place // 8] ^= 1 << place % 8
    same_or_damaged(read, bytes(raw))


@pytest.mark.parametrize("what", READERS)
@given(data=st.data())
def test_cut_anywhere_it_is_damaged(what, data):
    made, read = READERS[what]
    raw = made()
    length = data.draw(st.integers(0, len(raw) - 1))
    found = same_or_damaged(read, raw[:length])
    # A bundle cut between two envelopes, or a file in its bundle, is a shorter one: its bundle is checked by itself.
    assert found is None or what in ("bundle", "file")


@pytest.mark.parametrize("what", READERS)
@given(raw=st.binary(max_size=300))
def test_any_bytes_read_or_are_damaged(what, raw):
    same_or_damaged(READERS[what][1], raw)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=70),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@given(data=st.data())
def test_a_header_with_any_value_in_any_place_reads_or_is_damaged(data):
    value = json.loads(HEADER.pack())
    place = data.draw(st.sampled_from(sorted(value)))
    value[place] = data.draw(JSON)
    raw = json.dumps(value).encode()
    same_or_damaged(Header.unpack, raw)
    body = b"\x02"
    packed = Envelope(HEADER, raw, body, b"x" * 64).pack()
    same_or_damaged(Envelope.unpack, packed)


@given(value=JSON)
def test_a_receipt_with_any_json_reads_or_is_damaged(value):
    raw = json.dumps(value).encode()
    same_or_damaged(receipts.unpack, len(raw).to_bytes(4, "big") + raw + b"x" * 64)


def test_very_deep_json_is_damaged_and_not_the_end_of_the_process():
    raw = b"[" * 2000
    with pytest.raises(Damaged):
        Header.unpack(raw)


@given(
    kind=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40),
    hours=st.integers(-5000, 5000),
)
def test_what_is_packed_reads_back_the_same(kind, hours):
    header = dataclasses.replace(
        HEADER, id=uuid4(), kind=kind, created=AT + timedelta(hours=hours), expires=AT + timedelta(days=1)
    )
    packed = close(header, b"\x02body", SEED).pack()
    read = Envelope.unpack(packed)
    assert (read.header, read.body, read.pack()) == (header, b"\x02body", packed)
    assert read.is_signed_by(signing_public(SEED))
    assert not read.is_signed_by(bytes(32))


@given(size=st.integers(0, 20_000))
def test_a_body_tells_its_size_only_in_steps(size):
    content = {"text": "x" * size}
    sealed = seal_body(key().public, content, b"header")
    empty = seal_body(key().public, {}, b"header")
    assert (len(sealed) - len(empty)) % STEP == 0
    assert open_body(key(), sealed, b"header") == content


def test_a_body_does_not_open_under_another_header_or_key():
    sealed = seal_body(key().public, {"a": 1}, b"header")
    for private, header in ((key(), b"another"), (Private(b"o" * 32), b"header")):
        with pytest.raises(DoesNotOpen):
            open_body(private, sealed, header)


def test_a_body_that_would_be_too_large_is_refused_where_it_is_made():
    with pytest.raises(ValueError, match="too large"):
        seal_body(key().public, {"text": "x" * LARGEST_BODY}, b"header")


# ---- what a stranger's bytes may cost ------------------------------------------------------------


def test_zeros_are_no_envelopes():
    with pytest.raises(Damaged):
        list(unbundle(bytes(LARGEST_BUNDLE)))


@given(start=st.integers(0, 3), length=st.just(0) | st.integers(1, 3))
def test_a_length_of_zero_ends_a_bundle_wherever_it_stands(start, length):
    raw = bundle([example()] * start) + bytes(4) + b"x" * length
    assert list(islice(unbundle(raw), start)) == [example()] * start
    with pytest.raises(Damaged):
        list(unbundle(raw))


BOMBS = {
    "zeros": lambda size, seed: bytes(size),
    "pieces of one byte": lambda size, seed: b"\0\0\0\1x" * (size // 5),
    "pieces of a random length": lambda size, seed: b"".join(
        (1 + (seed * n) % 97).to_bytes(4, "big") + b"{" * (1 + (seed * n) % 97) for n in range(size // 60)
    ),
    "headers of nothing but brackets": lambda size, seed: bundle(
        [b"PANAHENV\1" + (2000).to_bytes(4, "big") + b"[" * 2000 + bytes(4) + bytes(64)] * (size // 2100)
    ),
    "whole envelopes": lambda size, seed: bundle([example()] * (size // len(example()))),
    "noise": lambda size, seed: hashlib.shake_256(bytes([seed % 256])).digest(size),
}


@pytest.mark.parametrize("what", BOMBS)
@settings(max_examples=4)
@given(size=st.sampled_from([2**16, 2**20, LARGEST_BUNDLE]), seed=st.integers(1, 10**6))
def test_no_body_costs_more_than_a_few_times_its_size_or_gets_a_long_receipt(what, size, seed):
    raw = BOMBS[what](size, seed)
    tracemalloc.start()
    try:
        came = read_bundle(raw, most=MOST)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 3 * len(raw) + 2**20
    assert len(came) <= MOST + 1
    codes = [(one.id, one.code or "later") for one in came]
    assert len(receipts.pack(bundle=raw, codes=codes, at=AT, node_seed=SEED)) < 32 * 1024
