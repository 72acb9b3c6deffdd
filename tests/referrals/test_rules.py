"""What decides in a referral across a border: plain Python, no clock, no rows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from panah.ground.foundation.ids import ALPHABET, spell_out
from panah.people.referrals import offer_schema, received_content, rules

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
READY = {"assessment": {"text": "x"}, "guardian": {"involved": "no"}}


@pytest.mark.parametrize(
    ("age", "child", "authority", "life", "lacks"),
    [
        ("adult", {}, "", False, ()),
        ("child", {}, "", False, ("assessment", "guardian", "authority")),
        ("unknown", {}, "", False, ("assessment", "guardian", "authority")),
        ("child", READY, "office", False, ()),
        ("child", READY, "  ", False, ("authority",)),
        ("child", READY | {"guardian": {"involved": "unknown"}}, "office", False, ("guardian",)),
        ("child", READY | {"guardian": {"involved": "yes"}}, "office", False, ("guardian",)),
        ("child", {"note": {"text": "x"}}, "office", False, ("assessment", "guardian")),
        ("child", {"note": {"text": "x"}}, "office", True, ()),
        ("child", {}, "office", True, ("note",)),
        ("child", {"note": {"text": "x"}}, "", True, ("authority",)),
    ],
)
def test_a_child_or_perhaps_a_child_crosses_only_protected(age, child, authority, life, lacks):
    assert rules.child_lacks(age_group=age, child=child, authority=authority, life=life) == lacks


def test_a_return_also_needs_the_determination_but_not_where_life_is_at_risk():
    child = {"age_group": "child", "child": READY | {"note": {"text": "x"}}, "authority": "office"}
    assert rules.child_lacks(**child, determination=True) == ("determination",)
    assert rules.child_lacks(**child, determination=True, life=True) == ()
    assert rules.child_lacks(**child | {"age_group": "adult"}, determination=True) == ()


@pytest.mark.parametrize(
    ("state", "kind", "target"),
    [
        ("offered", "referral-accepted", "accepted"),
        ("withdrawn", "referral-accepted", None),
        ("offered", "referral-more-asked", "more_asked"),
        ("accepted", "referral-declined", "declined"),
        ("met", "referral-declined", None),
        ("accepted", "met", "met"),
        ("not_met", "met", "met"),
        ("met", "not-met", None),
        ("meeting", "not-met", "not_met"),
        ("done", "consent-withdrawn", "withdrawn"),
        ("withdrawn", "consent-withdrawn", None),
        ("meeting", "travel", None),
        ("meeting", "a-kind-of-tomorrow", None),
    ],
)
def test_a_kind_alone_moves_a_referral_only_from_where_it_makes_sense(state, kind, target):
    assert rules.becomes(state, kind) == target


def test_the_code_for_the_telephone_is_the_same_on_both_sides_and_has_no_look_alikes():
    conversation = uuid4()
    said = spell_out(conversation)
    assert said == spell_out(UUID(str(conversation)))
    assert len(said) == 7
    assert set(said.replace("-", "")) <= set(ALPHABET)


def test_the_receiver_is_asked_four_times_within_a_year():
    assert [when - AT for _key, when in rules.outcome_dates(AT)] == [
        timedelta(days=d) for d in (14, 91, 182, 365)
    ]


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"values": []},
        {"values": {"called": 7, "names": ["x"]}, "needs": "shelter", "codes": {"prs_Gender": "Feminine"}},
        {"consent": "yes", "child": [], "language": ["uz"], "age_group": None, "reply_key": "zz"},
        {"values": {"x" * 500: "y" * 9000}, "codes": {"prs_Gender": [{}], "vic_Secret": ["x"]}},
        {"need": {"a": {}}, "consent": {"fields": [1, {}], "way": [], "until": "never"}},
    ],
)
def test_whatever_a_node_sends_is_read_without_falling_over(content):
    offer = offer_schema.read(content)
    shown = offer_schema.offer_rows(offer)
    assert [label for label, text in shown.rows if not text] == []
    assert offer_schema.identity_of(offer, sender="them") is not None
    assert offer_schema.note_of(offer, sender="them")
    assert offer.codes == {}


def test_only_what_still_stands_as_it_came_is_erased():
    came_then = {"names": [{"text": "Tulip"}], "phones": [{"number": "1"}]}
    now = {"names": [{"text": "Tulip"}, {"text": "Poplar"}], "phones": [{"number": "1"}], "born": "1999"}
    assert received_content.identity_without(now, came_then) == {
        "names": [{"text": "Poplar"}],
        "born": "1999",
    }
    codes = {"a": {"answer": "yes", "values": ["x"]}, "b": {"answer": "yes", "values": ["y"]}}
    assert received_content.codes_without(codes, {"a": codes["a"], "b": {"answer": "no"}}) == {
        "b": codes["b"]
    }


def test_after_erasing_a_referral_says_that_they_wrote_and_nothing_of_what():
    sealed = {
        "offer": {"values": {"called": "Tulip"}}, "made": {"identity": {}}, "need": "a bed", "reference": "K7F-Q2M",
        "meeting": {"where": "a bakery"},
        "steps": [{"what": "accepted_here", "at": "x", "note": "ours"}, {"what": "they:travel", "at": "y", "note": "theirs"}],
    }  # fmt: skip
    assert received_content.referral_without(sealed) == {
        "offer": {}, "made": {}, "need": "", "reference": "K7F-Q2M",
        "steps": [{"what": "accepted_here", "at": "x", "note": "ours"}, {"what": "they:travel", "at": "y"}],
    }  # fmt: skip
