"""The list of a file's parts: frozen as it is kept, and never more than what it was made for."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.ground.vault import manifest
from panah.ground.vault.file_pins import FilePin, Written, packed, unpacked
from panah.ground.vault.manifest import closed, digest, opened
from panah.ground.vault.seals import DoesNotOpen

KEY, FILE = bytes(range(32)), UUID(int=7)
places = st.dictionaries(
    st.tuples(st.binary(min_size=16, max_size=16), st.binary(min_size=16, max_size=16)),
    st.tuples(st.integers(1, 2**32 - 1), st.binary(min_size=16, max_size=16)),
    max_size=40,
)
MINUTES = st.integers(0, 10**9).map(lambda minute: datetime.fromtimestamp(minute * 60, UTC))
written = st.builds(Written, st.integers(0, 2**64 - 1), st.binary(min_size=16, max_size=16))

# Made once and kept: whoever changes the format makes every file that exists unreadable.
GOLDEN = bytes.fromhex(
    "11d14cac9cb7e0d39db738d2e5d39db5f3bf22f0aa77fef76a0ea0c1e5f4f0a371455dffb3da585ca5318cbe9b3a8c5c8120"
    "e47c0289340c3101bc45c8ae463ef1abba7921e8da0fad04b26bcbf73b6c8be5eaa23b5d61d1431f6020245859ab668ab72b"
    "b763b4c8fdf72b8f9609442b9291376ef09aeacc059b7750ebc46b0a02b09bd034d930060baf0d105015817fb9074173daf4"
    "e6bf8a48fedee0ba0dc5fbe34ce49ed391462897c6ff84375bd1c06e14ebe430c74279aa8dafe0bd84d66abdd1470affb70e"
    "1863d07e30b28cce5b1fe6fd4e922d42e70e28983da6066b6253c22c36e5c74a5c3ba28d69bffdbf27f196785dd65a4b64bd"
    "2f157517358e1cc10ab03af040937a450fdebdafd8c98d755283766bf05e22e89cd0f3"
)
GOLDEN_PARTS = {
    (b"label of a part!", b"the ref of it..."): (3, digest(b"a sealed part")),
    (b"label of another", bytes(16)): (1, digest(b"another sealed part")),
}


def test_a_list_that_was_kept_long_ago_still_opens():
    assert opened(GOLDEN, key=KEY, file=FILE, count=4) == GOLDEN_PARTS


def test_pins_are_kept_as_they_always_were():
    pin = FilePin(Written(4, digest(b"listed")))
    assert packed(pin).hex() == "0000000000000004" + digest(b"listed").hex()
    assert unpacked(packed(pin)) == pin


@given(places, st.integers(1, 2**40))
def test_what_is_listed_is_read_as_it_was_listed(entries, count):
    blob = closed(entries, key=KEY, file=FILE, count=count)
    assert opened(blob, key=KEY, file=FILE, count=count) == entries
    for wrong in ({"count": count + 1}, {"file": UUID(int=8)}, {"key": bytes(32)}):
        with pytest.raises(DoesNotOpen):
            opened(blob, **{"key": KEY, "file": FILE, "count": count, **wrong})


def test_nothing_listed_counts_only_for_a_file_that_was_never_written_in():
    assert opened(b"", key=KEY, file=FILE, count=0) == {}
    with pytest.raises(DoesNotOpen):
        opened(b"", key=KEY, file=FILE, count=1)


@given(written, st.none() | MINUTES, st.none() | written)
def test_a_pin_says_what_was_pinned(far, minute, restored):
    pin = FilePin(far, minute, restored if minute else None)
    assert unpacked(packed(pin)) == pin


@given(written, written)
def test_a_pin_lets_in_what_is_further_and_nothing_that_is_not_as_far(far, found):
    assert FilePin(far).allows(found) == (found.times > far.times or found == far)


def test_the_list_does_not_grow_with_each_part_in_a_way_that_tells_how_many_there_are():
    def size(parts):
        entries = {(bytes([n]) * 16, bytes(16)): (1, bytes(16)) for n in range(parts)}
        return len(closed(entries, key=KEY, file=FILE, count=1))

    assert size(1) == size(4) < size(5) == size(9)
    assert manifest._ENTRY.size == 52
