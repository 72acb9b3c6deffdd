"""What looks like somebody's own telephone, when a number is tried again, what of a message is believed."""

import json
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.programmes.cooperation import rules
from panah.programmes.cooperation.words import TEMPLATE

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


ENTRIES = {
    "practice": SAID,
    "status": STATUS,
    "profile": {"mandate": "x", "means": {"shelter": "self", "legal": "not"}},
    "corridor": {"from": "kg", "to": "ru", "works": {"escort": "partly"}, "note": "x"},
    "meeting": {"title": "x", "held_on": "2026-11-01", "place": "x", "decisions": ["x"]},
    "point": {
        "function": "duty", "title": "x", "phone": "+41 22 730 4222", "night": True, "email": "", "languages": ["en"],
        "hours": "", "tried_on": "", "tried_at_night": False, "answered": "",
    },
    "call": {"on": "2026-11-01", "hour": 23, "language": "ru", "outcome": "answered", "answered_by": "duty"},
    "review": {"verdict": "good", "words": "x", "version": 1, "state": ""},
}  # fmt: skip
LONG_TEXTS = [("practice", "need"), ("profile", "mandate"), ("corridor", "note"), ("review", "words")]
LINES = [
    ("practice", "title"),
    ("point", "hours"),
    ("meeting", "place"),
    ("status", "evidence"),
    ("review", "state"),
]
GOOD = [
    *((kind, name, "x" * 8000) for kind, name in LONG_TEXTS),
    *((kind, name, "x" * 300) for kind, name in LINES),
    ("corridor", "from", ""), ("status", "why", "x" * 500), ("practice", "state", "x" * 40),
    ("profile", "means", {}), ("corridor", "works", {"tracing": "not", "legal": "unknown", "reception": "works"}),
    ("corridor", "works", dict.fromkeys(("reception", "escort", "tracing", "shelter", "legal"), "works")),
    ("profile", "means", dict(zip(("legal", "escort", "shelter", "tracing"), ("self", "partner", "not", "unknown"), strict=True))),
    ("point", "phone", ""), ("point", "phone", "+1234567"), ("point", "answered", "busy"), ("call", "hour", 0),
    ("practice", "version", 9999), ("practice", "version", 0), ("practice", "language", "kk-latn"),
    ("practice", "elements", ["a"] * 40), ("practice", "elements", ["shelter/1.2_x-y", "x" * 80]),
    ("practice", "original", "4f1c8476-0000-4000-8000-00e007673559"), ("point", "languages", ["en"] * 40),
    ("meeting", "decisions", ["x" * 8000]),
]  # fmt: skip
BAD = [
    *((kind, name, wrong) for kind, name in [*LONG_TEXTS, *LINES] for wrong in (None, 7, ["x"], "x\0", "x\ud800")),
    *((kind, name, "x" * 8001) for kind, name in LONG_TEXTS),
    *((kind, name, "x" * 301) for kind, name in LINES),
    ("corridor", "from", "kgz"), ("status", "why", "x" * 501), ("practice", "state", "x" * 41),
    ("profile", "means", []), ("profile", "means", "shelter"), ("profile", "means", {"shelter": "unheard"}),
    ("profile", "means", {"unheard": "self"}), ("profile", "means", {"shelter": ["self"]}),
    ("corridor", "works", {"escort": "self"}), ("corridor", "works", [["escort", "works"]]),
    *(("point", "phone", wrong) for wrong in ("12345678", "+123456", "tel +41 22 730 4222", "~", 41227304222, None)),
    *(("practice", "version", wrong) for wrong in (True, -1, 10000, "1", 1.0, None)),
    *(("practice", "language", wrong) for wrong in ("", "EN", "english", "e", ["en"], None)),
    *(("practice", "elements", wrong) for wrong in (["a"] * 41, "abc", ["A b"], [""], ["x" * 81], [3], [["a"]])),
    *(("practice", "original", wrong) for wrong in ("x", 3, None)),
    *(("point", "night", wrong) for wrong in (1, "yes", None)),
    *(("point", "function", wrong) for wrong in ("", "unheard", ["duty"], None)),
    *(("point", "answered", wrong) for wrong in ("unheard", ["busy"], None, "~")),
    *(("call", "hour", wrong) for wrong in (24, -1, True, "9", None)),
    *(("call", "outcome", wrong) for wrong in ("", None)), ("call", "answered_by", ""), ("call", "language", ""),
    *(("meeting", "held_on", wrong) for wrong in ("", "2026-13-01", "yesterday", 20261101, None)),
    *(("point", "tried_on", wrong) for wrong in ("2026-13-01", 20261101, None)),
    ("meeting", "decisions", ["x" * 8001]), ("meeting", "decisions", [7]), ("review", "verdict", ""),
    ("status", "printed", 1), ("status", "kind", "unheard"), ("status", "progress", ""),
]  # fmt: skip


def arrived(kind, said, /, **more):
    return rules.read(rules.Message(kind, uuid4(), "practice-north", NOW, said).packed() | more, at=NOW)


@pytest.mark.parametrize("kind", ENTRIES)
def test_of_an_entry_every_word_must_be_there(kind):
    assert arrived(kind, ENTRIES[kind]).said == ENTRIES[kind]
    for name in ENTRIES[kind]:
        assert arrived(kind, {one: value for one, value in ENTRIES[kind].items() if one != name}) is None


@pytest.mark.parametrize(("kind", "name", "value"), GOOD)
def test_what_is_just_within_its_bounds_is_taken(kind, name, value):
    assert arrived(kind, ENTRIES[kind] | {name: value}).said[name] == value


@pytest.mark.parametrize(("kind", "name", "value"), BAD)
def test_what_is_no_such_thing_or_just_out_of_its_bounds_is_not_taken(kind, name, value):
    assert arrived(kind, ENTRIES[kind] | {name: value}) is None


def test_a_call_that_nobody_answered_names_no_role_and_no_language():
    assert arrived("call", ENTRIES["call"] | {"outcome": "busy", "answered_by": "", "language": ""})


@pytest.mark.parametrize(
    "wrong",
    [
        {"cooperation": 2}, {"cooperation": None}, {"kind": "unheard"}, {"as_of": "2026-11-24T09:00:00"},
        {"as_of": "today"}, {"entry": "x"}, {"said": ["title"]}, {"said": None}, {"society": {1}},
    ],
)  # fmt: skip
def test_a_message_of_another_version_kind_or_day_is_not_taken(wrong):
    assert arrived("meeting", ENTRIES["meeting"]) is not None
    assert arrived("meeting", ENTRIES["meeting"], **wrong) is None


def test_a_message_is_64_kilobytes_at_most_as_it_is_written_and_not_as_it_is_escaped():
    packed = rules.Message("practice", uuid4(), "practice-north", NOW, SAID | {"need": "д" * 8000}).packed()
    packed["said"] |= {"done": "д" * 8000, "took": "д" * 8000}
    left = 64 * 1024 - len(json.dumps(packed | {"more": ""}, ensure_ascii=False).encode())
    assert left > 0 and rules.read(packed | {"more": "x" * left}, at=NOW) is not None
    assert rules.read(packed | {"more": "x" * (left + 1)}, at=NOW) is None


def test_what_is_told_no_more_says_nothing_and_a_call_or_a_review_does_not_end():
    ended = arrived("practice", {"title": 3}, ended=True)
    assert ended.ended and ended.said == {}
    assert arrived("practice", SAID, ended="yes").ended is False
    assert arrived("call", {}, ended=True) is None is arrived("review", {}, ended=True)


def test_a_message_that_names_no_society_is_of_none():
    packed = dict(PACKED)
    del packed["society"]
    assert rules.read(packed, at=NOW).society == ""


@pytest.mark.parametrize(
    ("code", "begins"),
    [
        ("7", "70 74 75 76 77 9"), ("996", "20 22 5 7 88 9"), ("992", "0 1 2 4 5 7 88 9"), ("993", "6 71"),
        ("998", "20 33 50 55 77 87 88 9"), ("90", "5"),
    ],
)  # fmt: skip
def test_by_these_digits_mobile_telephones_of_the_region_begin(code, begins):
    firsts = begins.split()
    for two in range(100):
        number = f"{two:02}"
        assert rules.looks_private(f"+{code} {number} 000 00 00") is any(map(number.startswith, firsts)), (
            number
        )


@pytest.mark.parametrize(
    ("works", "whole"),
    [
        ({}, "unknown"), (dict.fromkeys(ENTRIES, "works"), "unknown"), ({"legal": "not"}, "not"),
        ({"legal": "not", "shelter": "works"}, "partly"), ({"legal": "partly"}, "partly"),
        (dict.fromkeys(("reception", "escort", "tracing", "shelter", "legal"), "works"), "works"),
        (dict.fromkeys(("reception", "escort", "tracing", "shelter", "legal"), "not"), "not"),
    ],
)  # fmt: skip
def test_a_corridor_works_as_a_whole_in_part_not_or_was_never_tried(works, whole):
    assert rules.how_it_works(works) == whole


@pytest.mark.parametrize(
    ("hour", "night"), [(21, False), (22, True), (23, True), (0, True), (5, True), (6, False)]
)
def test_from_ten_to_six_it_is_night(hour, night):
    assert rules.at_night(hour) is night


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Aigul Practice", "a@example.org"), ("Practice Aigul", ""), True),
        (("Aigul Practice", "a@example.org"), ("Bek Practice", "A@Example.org"), True),
        (("Aigul Practice", ""), ("Bek Practice", ""), False),
        (("", ""), ("", ""), False),
    ],
)
def test_two_accounts_of_one_name_or_one_address_seem_to_be_one_person_and_two_of_nothing_do_not(
    one, other, same
):
    assert rules.seems_one(one, other) is same


@pytest.mark.parametrize(("number", "can"), [("+12 345 67", True), ("+123 456", False), ("12345678", False)])
def test_a_number_is_dialled_with_its_country_and_has_seven_digits_at_least(number, can):
    assert rules.can_be_dialled(number) is can


def test_a_word_is_known_again_in_whatever_order_it_is_written_and_whether_printed_or_not():
    turned = dict(reversed([*STATUS.items()]))
    assert rules.hash_of_word(STATUS) == rules.hash_of_word(turned | {"printed": True})
    assert rules.hash_of_word(STATUS) != rules.hash_of_word(STATUS | {"why": "y"})


def test_a_translation_of_nothing_that_was_published_is_outdated_at_the_first_version():
    assert rules.translations(1, "en", [("ru", 0)], ()).outdated == ("ru",)
