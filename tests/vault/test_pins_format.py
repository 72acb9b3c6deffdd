"""Frozen: a record of pins and the wrapping of a key that has one, as they lie in databases."""

from types import SimpleNamespace
from uuid import UUID

import pytest

from panah.ground.vault import pin_record
from panah.ground.vault.seals import DoesNotOpen, unlock

SEED, KEK, STAFF = b"\x07" * 32, b"\x09" * 32, UUID(int=5)
RECORD = (
    "11f15bba30a53c369a21c5e1b5b19b77a54d7b17210fd861fe817ff1d8ac4f4e75fc13cf0a2c1703f54ae8dd5973df43"
    "6a95ba47f27cc167ef8608cebaf5aa382e5344d579a208ed2519b3d34ad72bdb701761051264829251ad9be7553ca101"
    "3534326f944d474baa347b401a8aad9515324c466058389a179c32396d3499789afd9feeae4c578241454e34467368be"
    "b81f1a55346d31e2c428e3e4e48b3f41419d1dc8337e23d389a0f96e1c8062f4793200c0dd835b44ce22ee4100d6a739"
    "02c616ecc9fdb9ecf25b41d1448d98aae52083827ae0819db9215912823f1e94e77ca84cf03a38c1c74858ff6f2c0c28"
    "d90737f69ad85caa812f46ec8571e4d1595326649b05df9754bee93d79cf5931432c1051defe26b9e2b8bea918"
)
WRAPPED = (
    "11770ef7023c24effff49229d62d5716b583a31211b6e86d567312e2e68f4eacdeaa3dc2fccd4eb9ee1df96abfabb901"
    "15f4e47d9256ab48b97d642fbc"
)


def test_a_record_of_pins_opens_as_it_was_written():
    row = SimpleNamespace(pins=bytes.fromhex(RECORD), pinned=b"", staff_id=STAFF)
    assert pin_record.opened(row, seed=SEED) == pin_record.PinRecord(bytes(range(32)), {"R": 1, "G": 2}, 3)
    with pytest.raises(pin_record.PinGone):
        pin_record.opened(SimpleNamespace(pins=row.pins, pinned=b"", staff_id=UUID(int=6)), seed=SEED)


def test_a_key_with_a_record_is_wrapped_for_that_and_for_nothing_else():
    assert unlock(KEK, bytes.fromhex(WRAPPED), pin_record.WITH, "passphrase", STAFF) == SEED
    with pytest.raises(DoesNotOpen):
        unlock(KEK, bytes.fromhex(WRAPPED), pin_record.WITHOUT, "passphrase", STAFF)


def test_a_record_only_grows():
    record = pin_record.PinRecord(b"x", {"G": 2}, 3)
    assert record.higher({"G": 1}) is None
    assert record.higher({"G": 3, "K": 1}) == pin_record.PinRecord(b"x", {"G": 3, "K": 1}, 4)
