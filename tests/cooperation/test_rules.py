"""What looks like somebody's own telephone, when a number is tried again, what of a message is believed."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.cooperation import rules
from panah.cooperation.words import TEMPLATE

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("number", "private"),
    [
        ("+7 701 000 0000", True), ("+7 (7172) 00-00-00", False), ("+7 916 000 0000", True),
        ("+996 555 000000", True), ("+996 312 000000", False), ("+992 93 0000000", True),
        ("+992 37 2000000", False), ("+993 65 000000", True), ("+993 12 000000", False),
        ("+998 90 0000000", True), ("+998 71 0000000", False), ("+90 532 000 0000", True),
        ("+90 312 000 0000", False), ("+41 22 730 0000", False),
    ],
)  # fmt: skip
def test_mobile_telephones_of_the_region_are_told_from_those_of_offices(number, private):
    assert rules.can_be_dialled(number)
    assert rules.looks_private(number) is private


@pytest.mark.parametrize(
    ("on", "again"),
    [
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2026, 12, 5), date(2027, 1, 5)),
        (date(2028, 1, 30), date(2028, 2, 29)),
    ],
)
def test_a_number_is_tried_on_the_same_day_of_the_next_month(on, again):
    assert rules.next_test_call(on) == again


def test_a_translation_of_an_older_version_is_outdated_and_a_language_without_one_is_missing():
    how = rules.translations(3, "en", [("ru", 3), ("kk", 1), ("kk", 2)], ("en", "ru", "kk", "tg"))
    assert (how.there, how.outdated, how.missing) == (("ru",), ("kk",), ("tg",))


SAID = {
    "title": "x", "language": "en", "version": 1, "of_version": 0, "original": "", "contact": "", "elements": [],
    "provisions": ["palermo/9"], "reviewed_by": "", "reviewed_on": "", "state": "", **dict.fromkeys(TEMPLATE, "x"),
}  # fmt: skip
PACKED = rules.Message("practice", uuid4(), "practice-north", NOW, SAID).packed()


def test_a_message_is_read_as_it_was_packed_and_what_nobody_asks_for_is_left_out():
    found = rules.read(PACKED | {"said": SAID | {"author": "x"}}, at=NOW)
    assert found is not None
    assert found.packed() == PACKED


@pytest.mark.parametrize(
    ("day", "taken"), [("2026-11-25", True), ("2026-11-26", False), ("9999-12-31", False)]
)
def test_what_was_done_after_tomorrow_was_not_done(day, taken):
    found = rules.read(PACKED | {"said": SAID | {"reviewed_on": day}}, at=NOW)
    assert (found is not None) is taken


@given(
    name=st.sampled_from([*SAID, "kind", "entry", "as_of", "cooperation"]),
    value=st.one_of(
        st.none(), st.integers(), st.lists(st.integers(), max_size=3), st.just("x" * 9000), st.booleans()
    ),
)
def test_a_message_with_one_wrong_piece_is_not_taken_or_is_within_its_bounds(name, value):
    wrong = PACKED | {name: value} if name in PACKED else PACKED | {"said": SAID | {name: value}}
    found = rules.read(wrong, at=NOW)
    if found is not None:
        assert name in ("version", "of_version", "elements", "provisions", "cooperation", "original")
        assert all(fits(found.said[key]) for key, fits in rules.SHAPES["practice"].items())


STATUS = {
    "title": "x", "provisions": ["palermo/9"], "begins_on": "2026-01-01", "ends_on": "2027-01-01", "progress": "late",
    "why": "x", "kind": "document", "evidence": "x", "source": "x", "shown_on": "2026-11-01", "printed": False,
}  # fmt: skip


@pytest.mark.parametrize("name", ["evidence", "source", "shown_on", "why"])
def test_a_status_without_dated_evidence_or_without_a_reason_that_is_due_has_no_day(name):
    assert rules.shown_on(STATUS) == date(2026, 11, 1)
    assert rules.shown_on(STATUS | {name: ""}) is None
    assert rules.shown_on(STATUS | {"progress": "done", "why": ""}) == date(2026, 11, 1)


@given(name=st.sampled_from([*STATUS]), value=st.one_of(st.none(), st.integers(), st.just("x" * 9000)))
def test_a_status_with_one_strange_piece_is_not_read(name, value):
    packed = rules.Message("status", uuid4(), "practice-north", NOW, STATUS).packed()
    assert rules.read(packed, at=NOW) is not None
    assert rules.read(packed | {"said": STATUS | {name: value}}, at=NOW) is None
