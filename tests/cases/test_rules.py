"""The rules of a case, each in one sentence: plain Python."""

from datetime import UTC, date, datetime, timedelta

import pytest

from panah.people.cases import rules

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("born", "said"),
    [
        ((None, None), "unknown"),
        ((date(2001, 1, 1), None), "unknown"),
        ((date(2001, 1, 1), date(2001, 12, 31)), "adult"),
        ((date(2012, 1, 1), date(2012, 12, 31)), "child"),
        ((date(2008, 1, 1), date(2008, 12, 31)), "unknown"),
    ],
)
def test_adult_or_child_is_said_only_when_every_possible_birthday_says_so(born, said):
    assert rules.age_group_of(born_first=born[0], born_last=born[1], today=TODAY) == said


@pytest.mark.parametrize(
    ("state", "stage", "line"),
    [
        ("closed", "not_identified", "retention_not_identified"),
        ("closed_referred", "identified", "retention_referred"),
        ("closed", "identified", "retention_case"),
    ],
)
def test_how_a_case_ended_says_which_line_of_the_rule_sheet_keeps_it(state, stage, line):
    assert rules.retention_kind(state=state, stage=stage) == line


@pytest.mark.parametrize(
    ("born", "said"),
    [
        (date(2008, 11, 24), "adult"),
        (date(2008, 11, 25), "child"),
        (date(2008, 12, 1), "child"),
        (date(2008, 10, 30), "adult"),
    ],
)
def test_a_person_is_an_adult_from_the_eighteenth_birthday_on(born, said):
    assert rules.age_group_of(born_first=born, born_last=born, today=TODAY) == said
    other = rules.age_group_of(born_first=born, born_last=born, today=TODAY, child_age=16)
    assert other == "adult", "the country's rule sheet says until when somebody is a child"


def test_of_an_unknown_first_day_of_birth_nothing_is_concluded():
    assert rules.age_group_of(born_first=None, born_last=date(2001, 1, 1), today=TODAY) == "unknown"


def test_a_risk_that_is_not_known_is_looked_at_as_soon_as_the_highest():
    after = {"extreme": timedelta(days=1), "low": timedelta(days=30)}
    assert rules.review_due("low", last_review=NOW, after=after) == NOW + timedelta(days=30)
    assert rules.review_due("a new word", last_review=NOW, after=after) == NOW + timedelta(days=1)


@pytest.mark.parametrize(
    ("level", "before", "minutes_ago", "pages"),
    [
        ("high", "extreme", None, False),
        ("extreme", "high", None, True),
        ("extreme", "extreme", None, True),
        ("extreme", "high", 60, False),
        ("extreme", "high", 61, True),
        ("extreme", "extreme", 61, False),
    ],
)
def test_one_danger_pages_once_and_a_new_one_again(level, before, minutes_ago, pages):
    raised = None if minutes_ago is None else NOW - timedelta(minutes=minutes_ago)
    assert rules.pages(level, before=before, raised=raised, now=NOW) is pages


@pytest.mark.parametrize(
    ("involved", "may"), [("no", True), ("yes", False), ("unknown", False), ("none", False)]
)
def test_a_guardian_of_whom_it_is_not_known_may_not_act(involved, may):
    assert rules.guardian_may_act(involved) is may


@pytest.mark.parametrize(
    ("parties", "checked", "may"),
    [
        (["the society", "child protection"], "yes", True),
        (["the society", "child protection", "a lawyer"], "yes", True),
        (["the society", "child protection"], "no", False),
        (["the society", " the society "], "yes", False),
        (["the society", "  "], "yes", False),
        ([], "yes", False),
    ],
)
def test_a_child_returns_only_when_several_decided_and_the_family_was_checked(parties, checked, may):
    assert rules.may_return({"determination": {"parties": parties, "family_checked": checked}}) is may


def test_a_child_about_whom_nothing_was_decided_does_not_return():
    assert not rules.may_return({})
    assert not rules.may_return({"determination": {"parties": ["the society", "child protection"]}})
    assert not rules.may_return({"determination": {"family_checked": "yes"}})


@pytest.mark.parametrize("kind", ["return_transport", "family_reunion"])
def test_a_return_is_planned_when_something_is_to_be_done_about_it(kind):
    planned = {"type": kind, "do": "a ticket", "state": "planned"}
    assert rules.plans_return([{"type": "medical", "do": "x", "state": "planned"}, planned])
    assert not rules.plans_return([planned | {"do": ""}])
    assert not rules.plans_return([planned | {"state": "done"}])
    assert not rules.plans_return([planned | {"type": "medical"}])
    assert not rules.plans_return([])


@pytest.mark.parametrize(
    ("stage", "may"),
    [
        ("open", {"presumed"}),
        ("presumed", {"reflection", "identified", "not_identified"}),
        ("reflection", {"identified", "not_identified"}),
        ("identified", {"not_identified"}),
        ("not_identified", {"presumed", "identified"}),
        ("a new word", set()),
    ],
)
def test_an_identification_goes_step_by_step_and_may_be_taken_back(stage, may):
    stages = ("open", "presumed", "reflection", "identified", "not_identified")
    assert {wanted for wanted in stages if rules.may_follow(stage, wanted)} == may


@pytest.mark.parametrize(
    ("stage", "status"),
    [
        ("open", ""),
        ("presumed", "PossibleVictimOfTrafficking"),
        ("reflection", "PossibleVictimOfTrafficking"),
        ("identified", "ActualVictimOfTrafficking"),
        ("not_identified", "NotAVictimOfTrafficking"),
    ],
)
def test_each_stage_has_its_word_of_the_standard_and_nothing_is_said_before_anybody_looked(stage, status):
    assert rules.status_of(stage) == status


def test_follow_ups_are_counted_from_one_day():
    days = {"first_week": 7, "month": 30}
    assert rules.follow_up_dates(began=NOW, days=days) == [
        ("first_week", NOW + timedelta(days=7)),
        ("month", NOW + timedelta(days=30)),
    ]


def test_nobody_signs_twice_for_money_and_nothing_void_is_signed():
    given = {"first": "amina"}
    assert rules.waits_for_second(given, "bakyt")
    assert not rules.waits_for_second(given, "amina")
    assert not rules.waits_for_second(given | {"second": "saule"}, "bakyt")
    assert not rules.waits_for_second(given | {"void": True}, "bakyt")


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Aizada", "latin"),
        ("1. Айзада", "cyrillic"),
        ("ایزدا", "arabic"),
        ("愛", "cjk"),
        ("사랑", "hangul"),
        ("אהבה", "hebrew"),
        ("प्रेम", "devanagari"),
        ("รัก", "thai"),
        ("სიყვარული", "georgian"),
        ("Սեր", "armenian"),
        ("Айзада Aizada", "cyrillic"),
        ("\n123", ""),
        ("", ""),
    ],
)
def test_a_name_is_known_by_the_script_of_its_first_letter(text, script):
    assert rules.script_of(text) == script


def test_an_identity_from_another_room_gets_this_rooms_words_and_loses_nothing():
    told = {
        "called": "Tulip",
        "names": [{"text": "Айзада", "kind": "document"}, {"text": "Aizada", "kind": "maiden"}, {"text": ""}],
        "phones": [{"number": "1", "safe": "calls"}, {"number": "2", "safe": "perhaps"}, {"number": "3"}],
        "born": "2001",
    }
    assert rules.tidy_identity(told) == {
        "born": "2001",
        "names": [
            {"text": "Tulip", "kind": "called", "script": "latin"},
            {"text": "Айзада", "kind": "papers", "script": "cyrillic"},
            {"text": "Aizada", "kind": "maiden", "script": "latin"},
        ],
        "phones": [
            {"number": "1", "safe": "calls"},
            {"number": "2", "safe": "unknown"},
            {"number": "3", "safe": "unknown"},
        ],
    }


@pytest.mark.parametrize("said", ["yes", "no", "calls"])
def test_what_was_said_about_a_safe_phone_stays_as_it_was_said(said):
    phone = {"number": "1", "safe": said}
    assert rules.tidy_identity({"phones": [phone]}) == {"phones": [phone]}


def test_a_name_that_is_known_already_is_not_written_twice_and_what_it_was_called_in_stays():
    name = {"text": "Tulip", "script": "cyrillic"}
    assert rules.tidy_identity({"called": "Tulip", "names": [name]}) == {
        "names": [{"text": "Tulip", "kind": "called", "script": "cyrillic"}]
    }
    assert name == {"text": "Tulip", "script": "cyrillic"}, "what was handed in is left as it was"
    assert rules.tidy_identity({}) == {}


def test_a_childs_best_interests_are_noted_tonight_and_assessed_within_three_days():
    assert timedelta(hours=12) == rules.BEST_INTERESTS_TONIGHT
    assert timedelta(hours=72) == rules.BEST_INTERESTS_WITHIN
