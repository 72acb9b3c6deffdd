"""What somebody may do follows from age, code, vetting, safeguarding and training."""

from datetime import date

import pytest

from panah.programmes.volunteers.rules import Qualified, age_band, may_do, missing

DAY = date(2026, 11, 24)
EVERYTHING = frozenset({"safe_response", "hotline", "children", "field", "sessions"})


def one(**more):
    known = {
        "born_year": 1990, "vetted_until": DAY, "safeguarding_until": DAY, "code_signed_on": DAY, "trained": EVERYTHING,
    }  # fmt: skip
    return Qualified(**known | more)


def test_grown_up_vetted_trained_and_signed_somebody_may_do_everything_on_the_last_day_still():
    assert may_do(one(), DAY) == {"answer", "capture", "meet", "lead", "help"}
    assert may_do(one(), date(2026, 11, 25)) == {"help"}


@pytest.mark.parametrize(
    ("known", "lacking"),
    [
        ({"born_year": 2008}, "age"),
        ({"born_year": None}, "year"),
        ({"vetted_until": None}, "vetting"),
        ({"vetted_until": date(2026, 11, 23)}, "vetting_over"),
        ({"safeguarding_until": date(2026, 11, 23)}, "safeguarding_over"),
        ({"code_signed_on": None}, "code"),
        ({"active": False}, "not_active"),
        ({"trained": EVERYTHING - {"children"}}, "children"),
    ],
)
def test_one_thing_missing_is_named_and_keeps_her_from_answering(known, lacking):
    assert missing(one(**known), DAY)["answer"] == (lacking,)
    assert "answer" not in may_do(one(**known), DAY)


def test_under_18_somebody_only_helps_and_only_once_a_guardian_agreed():
    assert may_do(one(born_year=2012), DAY) == frozenset()
    assert may_do(one(born_year=2012, guardian_agreed=True), DAY) == {"help"}


def test_whose_year_of_birth_is_not_known_helps_only_once_a_guardian_agreed():
    assert missing(one(born_year=None), DAY)["help"] == ("year",)
    assert may_do(one(born_year=None), DAY) == frozenset()
    assert may_do(one(born_year=None, guardian_agreed=True), DAY) == {"help"}


def test_surely_18_is_who_was_18_last_year():
    assert "answer" in may_do(one(born_year=2007), DAY) and "answer" not in may_do(one(born_year=2008), DAY)


def test_a_code_that_is_signed_tomorrow_does_not_hold_today():
    assert missing(one(code_signed_on=date(2026, 11, 25)), DAY)["help"] == ("code",)


@pytest.mark.parametrize(
    ("youngest", "oldest"),
    [(6, 12), (13, 17), (18, 29), (30, 39), (40, 49), (50, 59), (60, 69), (70, 79), (80, 200)],
)
def test_the_bands_of_age_are_those_of_fdrs_and_end_where_the_next_begins(youngest, oldest):
    assert {age_band(2026 - age, DAY) for age in (youngest, oldest)} == {(youngest, oldest)}
    assert age_band(2026 - oldest - 1, DAY) != (youngest, oldest) != age_band(2026 - youngest + 1, DAY)


def test_whose_age_is_in_no_band_stands_in_none():
    assert age_band(None, DAY) is age_band(2021, DAY) is age_band(1825, DAY) is None
