"""By when, for whom, and what of a content makes a person: the rules alone."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.people.inbox import rules

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=30,
)


@pytest.mark.parametrize(
    ("to_key", "generation"),
    [
        ("intake:3", 3), ("intake:", None), ("intake", None), ("intake:x", None), ("intake:٣", None),
        ("conversation", None), ("node", None), ("nothing", None), ("", None), ("intake:" + "9" * 30, None),
    ],
)  # fmt: skip
def test_the_generation_stands_in_the_name_of_the_key_or_there_is_none(to_key, generation):
    assert rules.generation_of(to_key) == generation


@pytest.mark.parametrize(
    ("urgency", "hours"), [("now", 0.25), ("today", 4), ("week", 24), ("later", 72), ("soon", 4)]
)
def test_what_is_more_urgent_is_opened_sooner_and_what_is_not_known_today(urgency, hours):
    assert rules.open_by(urgency=urgency, arrived=AT) == AT + timedelta(hours=hours)


def test_what_is_open_is_settled_by_its_urgency():
    assert rules.settle_by(urgency="now", opened=AT) == AT + timedelta(hours=1)
    assert rules.settle_by(urgency="week", opened=AT) == AT + timedelta(days=3)


def test_a_person_is_read_from_the_content_and_nothing_of_the_rest_is_lost():
    person = rules.person_of(
        {
            "person": {"names": ["A", "B"], "phones": "1", "language": "uz", "age_group": "child", "story": "s", "eyes": "blue"},
            "where": {"town": "T", "papers": ["x", 2], "free": False},
        }
    )  # fmt: skip
    assert (person.names, person.phones, person.language, person.age_group) == (
        ("A", "B"),
        ("1",),
        "uz",
        "child",
    )
    assert person.rest == {"where.town": "T", "where.papers": "x, 2", "where.free": "no", "eyes": "blue"}


def test_an_adult_is_never_assumed():
    for said in (None, "", "grown up", 18, ["adult"]):
        assert rules.person_of({"person": {"age_group": said}}).age_group == "unknown"


def leaves(value):
    """Everything that says something, however deep it lies."""
    if isinstance(value, dict):
        return [one for inner in value.values() for one in leaves(inner)]
    if isinstance(value, list):
        return [one for inner in value for one in leaves(inner)]
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    return [] if value is None or isinstance(value, bool) else [str(value)]


def is_told(leaf, told):
    return leaf in told or json.dumps(leaf, ensure_ascii=False)[1:-1] in told


@given(st.dictionaries(st.text(), JSON))
def test_whatever_came_is_told_whole(content):
    told = "\n".join(text for _name, text in rules.fields_of(content))
    assert [leaf for leaf in leaves(content) if not is_told(leaf, told)] == []


@given(st.dictionaries(st.sampled_from(["person", "names", "story", "a.b", "a"]), JSON | st.just({"b": "c"})))
def test_of_a_person_nothing_is_lost_whatever_stands_where_it_is_expected(content):
    for came in (content, {"person": content}, {"person": content.get("person")}):
        person = rules.person_of(came)
        kept = [*person.names, *person.phones, person.language, person.story, *person.rest.values()]
        kept.append(person.age_group)
        assert [leaf for leaf in leaves(came) if not is_told(leaf, "\n".join(kept))] == []


def test_a_long_story_many_names_and_a_language_in_words_are_kept_as_they_came():
    names = [f"Practice Person {number} " + "ы" * 300 for number in range(30)]
    deep = {"a": {"b": {"c": {"d": {"e": "deep down"}}}}}
    person = rules.person_of(
        {
            "person": {
                "names": names,
                "story": "ы" * 50_000,
                "language": "Dari of Herat",
                "age_group": "teen",
            },
            **{f"field {number}": str(number) for number in range(300)},
            "more": deep,
        }
    )
    assert (person.names, person.story) == (tuple(names), "ы" * 50_000)
    assert person.rest["language"] == "Dari of Herat"
    assert person.rest["age_group"] == "teen"
    assert person.rest["field 299"] == "299"
    assert "deep down" in "".join(person.rest.values())


@given(st.dictionaries(st.sampled_from(["person", "names", "story", "language"]), JSON))
def test_whatever_stands_where_a_person_is_expected_breaks_nothing(content):
    person = rules.person_of({"person": content})
    assert len(person.language) <= 8
    assert person.age_group in {"unknown", "adult", "child"}


@pytest.mark.parametrize(
    ("urgency", "hours"), [("now", 1), ("today", 8), ("week", 72), ("later", 168), ("soon", 8)]
)
def test_what_is_more_urgent_is_settled_sooner_and_what_is_not_known_today(urgency, hours):
    assert rules.settle_by(urgency=urgency, opened=AT) == AT + timedelta(hours=hours)


def test_lists_begin_with_what_is_most_urgent():
    ranks = [rules.RANK[urgency] for urgency in ("now", "today", "week", "later")]
    assert ranks == sorted(set(ranks)), "no two share a place"
    assert rules.urgency_of("soon") == "today" and rules.urgency_of("later") == "later"


@pytest.mark.parametrize(
    ("to_key", "generation"),
    [("intake:123456789", 123456789), ("intake:1234567890", None), ("line:3", None), ("3", None)],
)
def test_a_generation_is_a_number_that_fits_of_the_intake_key_alone(to_key, generation):
    assert rules.generation_of(to_key) == generation


def test_what_lies_deep_is_named_by_its_way_and_what_lies_deeper_stands_as_it_came():
    content = {
        "who": {"eyes": "blue", "": "nameless"},
        "people": [{"name": "A"}, {"name": "B"}],
        "lists": [["x"], "y"],
        "numbers": [1, 2.5],
        "free": True,
        "empty": None,
        "none": [],
        "blank": "  ",
        "a": {"b": {"c": {"d": {"e": "ё"}, "f": [{"g": 1}]}}},
    }
    assert rules.fields_of(content) == [
        ("who.eyes", "blue"),
        ("who.", "nameless"),
        ("people 1.name", "A"),
        ("people 2.name", "B"),
        ("lists 1", "x"),
        ("lists 2", "y"),
        ("numbers", "1, 2.5"),
        ("free", "yes"),
        ("a.b.c.d", '{"e": "ё"}'),
        ("a.b.c.f", '[{"g": 1}]'),
    ]


def test_what_stands_in_the_person_and_beside_the_person_under_one_name_both_stay():
    person = rules.person_of({"person": {"note": "T", "names": ["A"]}, "note": "U"})
    assert person.rest == {"note": "U\nT"}
    two_ways = rules.person_of({"person": {"a": {"b": "1"}, "a.b": "2"}, "a": {"b": "3"}})
    assert two_ways.rest == {"a.b": "3\n1\n2"}


@pytest.mark.parametrize("said", ["a text", 7, ["x"], None, {}])
def test_what_is_no_person_is_no_person_and_stays_word_for_word(said):
    person = rules.person_of({"person": said, "note": "n"})
    assert (person.names, person.phones, person.story, person.age_group) == ((), (), "", "unknown")
    assert person.rest == {"note": "n"} | ({"person": str(said).strip("[']")} if said else {})


def test_what_does_not_fit_a_person_goes_to_the_rest_under_its_own_name():
    person = rules.person_of(
        {
            "person": {
                "names": [{"text": "A"}],
                "phones": {"own": "1"},
                "language": "uz-Cyrl",
                "age_group": "adult",
                "story": 7,
            }
        }
    )
    assert (person.names, person.phones, person.age_group, person.story) == ((), (), "adult", "")
    assert person.language == "uz", "the form begins with the language that was meant"
    assert person.rest == {"names 1.text": "A", "phones.own": "1", "language": "uz-Cyrl", "story": "7"}


def test_one_name_and_one_number_are_as_good_as_a_list_of_them():
    person = rules.person_of({"person": {"names": " A ", "phones": [998, " ", "2"], "language": None}})
    assert (person.names, person.phones, person.language) == (("A",), ("998", "2"), "")
    assert person.rest == {}


@pytest.mark.parametrize("age_group", ["unknown", "adult", "child"])
def test_an_age_that_we_have_a_word_for_is_not_told_a_second_time(age_group):
    person = rules.person_of({"person": {"age_group": age_group}})
    assert (person.age_group, person.rest) == (age_group, {})


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"a": {"b": {"c": {"d": {"e": 1}}}}}, [("a.b.c.d", '{"e": 1}')]),
        ({"a": {"b": {"c": {"d": 1}}}}, [("a.b.c.d", "1")]),
        ({"a": [[[[["x"]]]]]}, [("a 1 1 1", '[["x"]]')]),
        ({"a": [[[["x"]], "y"]]}, [("a 1 1 1", "x"), ("a 1 2", "y")]),
    ],
)
def test_what_lies_deeper_than_anybody_writes_for_people_is_told_as_it_came(content, told):
    assert rules.fields_of(content) == told
