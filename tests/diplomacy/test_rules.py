"""What may be said, and when the next word is due, without rows or a clock."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.programmes.diplomacy import rules

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(shown=DAYS, last=DAYS, today=DAYS)
def test_a_word_is_carried_by_evidence_that_is_newer_than_the_last_and_not_of_the_future(shown, last, today):
    assert rules.may_be_said(shown, last, today) is (last < shown <= today)
    assert rules.may_be_said(shown, None, today) is (shown <= today)
    assert not rules.may_be_said(None, last, today)


@given(said=DAYS, ends=DAYS)
def test_the_next_word_is_due_after_half_a_year_or_at_the_end_and_always_later(said, ends):
    due = rules.follow_up_on(said, ends)
    assert said < due <= said + timedelta(days=182) and (due <= ends or ends <= said)
    assert ends > said or due == said + timedelta(days=1)


def test_what_is_over_is_never_late():
    day = date(2026, 1, 1)
    assert rules.is_late("under_way", day, day + timedelta(days=1))
    assert not rules.is_late("under_way", day, day)
    assert not any(rules.is_late(one, day, day + timedelta(days=9)) for one in ("done", "dropped"))


LINES = st.lists(st.sampled_from("abc"), max_size=8)


@given(old=LINES, new=LINES)
def test_what_is_compared_gives_both_texts_back(old, new):
    found = rules.compared("\n".join(old), "\n".join(new))
    assert [line for kind, line in found if kind != "new"] == old
    assert [line for kind, line in found if kind != "gone"] == new


def test_what_has_not_changed_stands_once_as_the_same():
    assert rules.compared("a\nb", "a\nc") == [("same", "a"), ("gone", "b"), ("new", "c")]


def test_a_line_that_a_long_text_repeats_is_the_same_line_too():
    many = "\n".join(["one"] * 300)
    assert rules.compared(f"old\n{many}", f"new\n{many}") == [
        ("gone", "old"),
        ("new", "new"),
        *[("same", "one")] * 300,
    ]


@pytest.mark.parametrize(
    ("about", "scope"),
    [
        ("", ("all", "")),
        ("palermo", ("instrument", "palermo")),
        ("society:kg", ("society", "kg")),
        ("route:KG-RU", ("route", "KG-RU")),
    ],
)
def test_what_a_report_is_about_is_everything_an_instrument_or_what_it_says(about, scope):
    assert rules.scope_of(about) == scope


def test_each_word_is_counted_in_the_order_in_which_it_first_comes():
    assert list(rules.counted(["done", "late", "done", "done"]).items()) == [("done", 3), ("late", 1)]
