"""Rule sheets: what counts, who checked it, and that nothing is overwritten."""

from datetime import date

import pytest

from panah.ground.audit.models import Entry
from panah.ground.foundation.errors import Refusal
from panah.ground.network import actions, queries
from panah.ground.network.models import RuleLine, Society
from panah.ground.network.words import RuleKey

TODAY = date(2026, 11, 24)


@pytest.fixture
def north(register, world):
    return Society.objects.get(pk=world.societies["north"].pk)


def write(north, bakyt, at, **changes):
    line = {
        "society": north,
        "key": RuleKey.REFLECTION_DAYS,
        "value": 45,
        "text_en": "Forty-five days.",
        "text_ru": "",
        "source": "Order 5",
        "valid_from": date(2026, 12, 1),
        "by": bakyt,
        "at": at,
    }
    return actions.edit_rule_line(**(line | changes))


def test_a_country_without_a_line_gets_the_one_for_any_country(register):
    turkiye = Society.objects.get(slug="turkiye")
    days = queries.rule(society=turkiye, key=RuleKey.REFLECTION_DAYS, on=TODAY)
    assert (days.value, days.checked, days.anywhere, days.said) == (30, False, True, "30 days")
    assert queries.reflection_days(society=turkiye, on=TODAY) == 30


def test_practice_south_gives_forty_five_days(register):
    south = Society.objects.get(slug="practice-south")
    days = queries.rule(society=south, key=RuleKey.REFLECTION_DAYS, on=TODAY)
    assert (days.value, days.checked, days.checked_by) == (45, True, "Practice Lawyer Mulberry")
    assert queries.reflection_ends(society=south, began_on=TODAY) == date(2027, 1, 8)


def test_before_any_line_has_begun_the_safe_defaults_count(register):
    kazakhstan = Society.objects.get(slug="kazakhstan")
    long_ago = date(2001, 1, 1)
    assert queries.rule(society=kazakhstan, key=RuleKey.CHILD_AGE, on=long_ago) is None
    assert queries.child_age(society=kazakhstan, on=long_ago) == 18
    assert queries.reflection_days(society=kazakhstan, on=long_ago) == 30
    assert queries.emergency_numbers(iso2="KZ", on=long_ago).numbers == ()


def test_bakyts_new_line_counts_from_its_day_and_the_old_one_stays(north, bakyt, at):
    write(north, bakyt, at)
    assert queries.reflection_days(society=north, on=date(2026, 11, 30)) == 30
    assert queries.reflection_days(society=north, on=date(2026, 12, 1)) == 45
    history = queries.rule_history(society=north, key=RuleKey.REFLECTION_DAYS)
    assert [line.value for line in history] == [45, 30, 30]
    assert not history[0].checked
    assert history[0].entered_by == "Bakyt"
    entry = Entry.objects.get(event="network:rule:written")
    assert (entry.society, entry.who, entry.facts) == (north.pk, bakyt.pk, {"key": "reflection_days"})


def test_a_check_has_a_name_and_a_day_or_neither(north, bakyt, at):
    for half in ({"checked_by": "A lawyer"}, {"checked_on": TODAY}):
        with pytest.raises(Refusal) as refusal:
            write(north, bakyt, at, **half)
        assert refusal.value.code == "half-checked"
    with pytest.raises(Refusal) as refusal:
        write(north, bakyt, at, checked_by="A lawyer", checked_on=date(2027, 1, 1))
    assert refusal.value.code == "checked-in-future"
    assert not Entry.objects.filter(event="network:rule:written").exists()


def test_checking_a_line_of_any_country_makes_it_the_societys_own(north, bakyt, at):
    line = RuleLine.objects.get(iso2="ZZ", key=RuleKey.DUTY_CRIME)
    actions.check_rule_line(
        society=north,
        line=line,
        checked_on=TODAY,
        checked_by="A lawyer",
        source="Code, art. 434",
        by=bakyt,
        at=at,
    )
    now = queries.rule(society=north, key=RuleKey.DUTY_CRIME, on=TODAY)
    assert (now.own, now.checked, now.checked_by, now.source) == (True, True, "A lawyer", "Code, art. 434")
    south = Society.objects.get(slug="practice-south")
    assert not queries.rule(society=south, key=RuleKey.DUTY_CRIME, on=TODAY).checked
    line.refresh_from_db()
    assert line.checked_on is None


def test_nobody_writes_the_rule_sheet_of_another_society(north, at, world):
    for name in ("amina", "elena", "rustam", "timur"):
        with pytest.raises(Refusal) as refusal:
            write(north, world.staff[name], at)
        assert (refusal.value.code, refusal.value.status) == ("not-the-keeper", 403)


def test_the_whole_sheet_asks_the_database_nothing(north, django_assert_num_queries):
    with django_assert_num_queries(0):
        sheet = queries.rule_sheet(society=north, on=TODAY)
    assert [line.key for line in sheet] == list(RuleKey)


def test_emergency_numbers_are_there_for_where_the_caller_is(register, django_assert_num_queries):
    with django_assert_num_queries(0):
        turkiye = queries.emergency_numbers(iso2="TR", on=TODAY)
    assert [(n.number, n.dial) for n in turkiye.numbers] == [("112", "112")]
    assert not turkiye.checked
    # A country without a sheet gives no number rather than a guess.
    assert queries.emergency_numbers(iso2="BR", on=TODAY).numbers == ()


def test_how_long_a_childs_closed_case_stays(north):
    ends = queries.retention_ends(
        society=north, key=RuleKey.RETENTION_CASE, on=TODAY, closed_on=TODAY, comes_of_age_on=date(2035, 5, 1)
    )
    assert ends == date(2045, 5, 1)
    assert (
        queries.retention_ends(
            society=north, key=RuleKey.RETENTION_CASE, on=TODAY, closed_on=TODAY, claim_open=True
        )
        is None
    )


@pytest.mark.parametrize("key", list(RuleKey))
def test_every_rule_can_be_said_and_printed_in_both_languages(bakyts, world, key):
    for language in ("en", "ru"):
        world.staff["bakyt"].language = language
        world.staff["bakyt"].save()
        page = bakyts.get(f"/network/societies/practice-north/rules/{key.value}/")
        assert page.status_code == 200
        assert "%(" not in page.text


def test_bakyt_writes_a_line_on_the_page(bakyts, north):
    address = "/network/societies/practice-north/rules/reflection_days/"
    typed = {
        "number": "60",
        "text_en": "Sixty days.",
        "text_ru": "",
        "source": "",
        "valid_from_day": "1",
        "valid_from_month": "12",
        "valid_from_year": "2026",
    }
    answer = bakyts.post(address, typed)
    assert answer.status_code == 302
    assert queries.reflection_days(society=north, on=date(2026, 12, 1)) == 60
    assert "Every line for this rule" in bakyts.get(address).text


def test_what_bakyt_typed_is_kept_when_a_day_is_wrong(bakyts, north):
    typed = {
        "number": "60",
        "text_en": "Sixty days.",
        "valid_from_day": "31",
        "valid_from_month": "2",
        "valid_from_year": "2026",
    }
    page = bakyts.post("/network/societies/practice-north/rules/reflection_days/", typed)
    assert page.status_code == 422
    assert "Sixty days." in page.text
    assert "there is no such day." in page.text
    half = typed | {"valid_from_day": "1", "checked_by": "A lawyer"}
    page = bakyts.post("/network/societies/practice-north/rules/reflection_days/", half)
    assert "A check has a day and a name, or neither." in page.text


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        (
            "duty_crime",
            {"duty": "yes", "within_hours": "72", "to_en": "the prosecutor"},
            {"duty": "yes", "within_hours": 72, "to_en": "the prosecutor"},
        ),
        ("exception_life", {"decides": "two_people"}, {"decides": "two_people"}),
        ("age_in_doubt", {"doubt": "unknown"}, {"doubt": "unknown"}),
        ("emergency_numbers", {"number_police": "0 000 1"}, [{"for": "police", "number": "0 000 1"}]),
        ("emergency_numbers", {}, None),
        ("child_age", {"number": ""}, None),
        ("guardian", {"text_en": "The office."}, None),
    ],
)
def test_every_kind_of_rule_keeps_the_shape_of_its_value(bakyts, north, key, typed, value):
    day = {"valid_from_day": "24", "valid_from_month": "11", "valid_from_year": "2026"}
    assert bakyts.post(f"/network/societies/practice-north/rules/{key}/", typed | day).status_code == 302
    assert queries.rule(society=north, key=key, on=TODAY).value == value


def test_a_rule_in_words_needs_words(bakyts, north):
    day = {"valid_from_day": "24", "valid_from_month": "11", "valid_from_year": "2026"}
    page = bakyts.post("/network/societies/practice-north/rules/guardian/", day)
    assert "Write the rule in words" in page.text


def test_bakyt_writes_down_who_checked_a_line(bakyts, north):
    now = queries.rule(society=north, key=RuleKey.DUTY_CRIME, on=TODAY)
    typed = {
        "line": str(now.line_id),
        "checked_by": "Practice Lawyer Oak",
        "source": "",
        "checked_on_day": "23",
        "checked_on_month": "11",
        "checked_on_year": "2026",
    }
    address = "/network/societies/practice-north/rules/duty_crime/"
    assert bakyts.post(address, typed | {"checked_by": ""}).status_code == 422
    assert bakyts.post(address, typed).status_code == 302
    assert queries.rule(society=north, key=RuleKey.DUTY_CRIME, on=TODAY).checked_by == "Practice Lawyer Oak"
    for wrong in ("no-id", "00000000-0000-4000-8000-000000000000"):
        assert bakyts.post(address, typed | {"line": wrong}).status_code == 404


def test_a_line_of_another_rule_cannot_be_checked_from_here(bakyts, north):
    other = queries.rule(society=north, key=RuleKey.CHILD_AGE, on=TODAY)
    typed = {
        "line": str(other.line_id),
        "checked_by": "Oak",
        "checked_on_day": "23",
        "checked_on_month": "11",
        "checked_on_year": "2026",
    }
    assert bakyts.post("/network/societies/practice-north/rules/duty_crime/", typed).status_code == 404


def test_unchecked_lines_say_so_on_the_sheet_and_on_paper(bakyts):
    for address in ("rules/", "rules/print/"):
        assert "unchecked" in bakyts.get(f"/network/societies/kazakhstan/{address}").text
