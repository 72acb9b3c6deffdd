"""Sets of questions are files: the built-in ones hold, a society's own are checked word by word."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.people.screening.profiles import BUILT_IN, ProfilesWrong, load, read_profile
from panah.people.screening.profiles.checking import Checker
from panah.people.screening.schema import Depth, DimensionRole, Rule, Weight, said_in

SETS = load()

KIND = {
    "code": "brick_works",
    "version": "1",
    "depth": "full",
    "rule": "list",
    "about": "anyone",
    "label": {"en": "Brick works", "ru": "Кирпичные заводы"},
    "provenance": {"en": "Written by North", "ru": "Составлено обществом Север"},
    "verified_against_primary": False,
    "dimensions": [
        {
            "code": "means",
            "part": "means",
            "label": {"en": "Why nobody could leave", "ru": "Почему нельзя было уйти"},
            "indicators": [
                {
                    "code": "bricks.advance",
                    "label": {"en": "An advance is owed for the season", "ru": "За сезон выдан аванс"},
                }
            ],
        }
    ],
}


def write(folder, data, name="own.json"):
    path = folder / name
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def problems_of(folder):
    with pytest.raises(ProfilesWrong) as wrong:
        load(folder)
    return wrong.value.problems


def test_the_labour_sets_have_67_and_65_indicators_in_six_dimensions():
    sizes = {
        code: [len(d.indicators) for d in SETS.by_code[code].dimensions]
        for code in ("adult_labour", "child_labour")
    }
    assert sizes == {"adult_labour": [10, 10, 16, 9, 15, 7], "child_labour": [10, 10, 15, 8, 15, 7]}


@pytest.mark.parametrize(
    ("code", "adult", "child"),
    [
        ("deceived.work", "S", "S"),
        ("deceived.schooling", "W", "S"),
        ("forced.violence", "S", "S"),
        ("forced.threats", "M", "S"),
        ("forced.debt", "M", "S"),
        ("vulnerable.context", "W", "M"),
        ("vulnerable.false_law", "M", None),
        ("exploitation.hours", "S", "S"),
        ("exploitation.protection", "M", None),
        ("exploitation.schooling", "W", "M"),
        ("control.papers", "S", "S"),
        ("control.illicit", "M", "S"),
        ("control.shame", "W", "M"),
        ("dependent.past", "W", "M"),
    ],
)
def test_weights_that_differ_for_adults_and_children_are_as_in_the_source(code, adult, child):
    def weight(profile):
        return next((i.weight for i in SETS.by_code[profile].indicators() if i.code == code), None)

    assert (weight("adult_labour"), weight("child_labour")) == (adult, child)


def test_how_many_strong_medium_and_weak_indicators_the_labour_sets_hold():
    def count(code):
        weights = [i.weight for i in SETS.by_code[code].indicators()]
        return [weights.count(w) for w in Weight]

    assert count("adult_labour") == [7, 53, 7]
    assert count("child_labour") == [15, 50, 0]


def test_sets_without_published_weights_have_none():
    without = {p.code for p in SETS.of(Depth.FULL) if not p.is_weighted}
    assert without == {
        "adult_sexual_exploitation",
        "child_sexual_exploitation",
        "forced_criminality",
        "forced_begging",
        "domestic_servitude",
        "forced_marriage",
        "armed_forces",
    }
    for code in without:
        assert all(i.weight is None for i in SETS.by_code[code].questions())


def test_a_volunteer_sees_eight_signs_and_an_operator_ten_to_twelve_prompts():
    assert len(list(SETS.by_code["volunteer_signs"].indicators())) == 8
    prompts = list(SETS.by_code["operator_prompts"].indicators())
    assert 10 <= len(prompts) <= 12
    for prompt in prompts:
        assert prompt.fills
        assert said_in(prompt.say, "en")
        assert said_in(prompt.say, "ru") != said_in(prompt.say, "en")


def test_signs_answer_no_question():
    assert not any(i.fills for i in SETS.by_code["volunteer_signs"].indicators())


@pytest.mark.parametrize("profile", SETS.by_code.values(), ids=lambda p: p.code)
def test_every_built_in_set_says_where_it_comes_from_and_that_nobody_checked_it(profile):
    assert profile.verified_against_primary is False
    assert profile.version
    assert profile.provenance["ru"] != profile.provenance["en"]
    assert not profile.by_society
    for piece in (profile, *profile.dimensions, *profile.questions()):
        assert set(piece.label) >= {"en", "ru"}


def test_one_code_is_one_observation_with_one_place_in_the_source_list():
    refs = {}
    for profile in SETS.of(Depth.FULL):
        for indicator in profile.questions():
            if indicator.ref:
                assert refs.setdefault(indicator.code, indicator.ref) == indicator.ref
    assert len(set(refs.values())) == len(refs) == 67


def test_forced_criminality_and_armed_forces_go_by_act_means_and_purpose():
    for code in ("forced_criminality", "armed_forces", "forced_begging", "forced_marriage"):
        parts = [d.part for d in SETS.by_code[code].dimensions]
        assert parts == [DimensionRole.ACT, DimensionRole.MEANS, DimensionRole.PURPOSE]


def test_a_sentence_falls_back_to_its_base_language_and_then_to_english():
    words = {"en": "Papers", "ru": "Документы"}
    assert said_in(words, "ru") == "Документы"
    assert said_in(words, "ru-kz") == "Документы"
    assert said_in(words, "kk") == "Papers"


def test_a_society_adds_a_file_and_it_is_there(tmp_path):
    write(tmp_path, KIND)
    profile = load(tmp_path).by_code["brick_works"]
    assert profile.by_society
    assert profile.rule is Rule.LIST
    assert load(tmp_path).indicator("bricks.advance").label["ru"] == "За сезон выдан аванс"
    assert load(tmp_path).indicator("never.heard_of") is None
    assert load(tmp_path).get("never_heard_of") is None


def test_a_society_may_add_a_weighed_set_of_its_own(tmp_path):
    own = json.loads((BUILT_IN / "adult_labour.json").read_text(encoding="utf-8"))
    own["code"] = "adult_labour_north"
    write(tmp_path, own)
    assert load(tmp_path).by_code["adult_labour_north"].is_weighted


def changed(path, value):
    """The kind file with one place changed; `...` takes it out."""
    data = copy.deepcopy(KIND)
    here = data
    for step in path[:-1]:
        here = here[step]
    if value is ...:
        del here[path[-1]]
    else:
        here[path[-1]] = value
    return data


DIM = ("dimensions", 0)
IND = (*DIM, "indicators", 0)


@pytest.mark.parametrize(
    ("data", "place", "sentence"),
    [
        (changed(("verson",), "1"), "verson", 'Did you mean "version"?'),
        (changed(("zzzz",), 1), "zzzz", "not known. Take it out."),
        (changed(("version",), ...), "version", "is missing"),
        (changed(("version",), 3), "version", "a text is expected"),
        (changed(("version",), " "), "version", "a text is expected"),
        (changed(("code",), "Brick Works"), "code", "is not a code"),
        (changed(("label",), "Brick works"), "label", "one sentence for each language"),
        (changed(("label", "ru"), ...), "label.ru", "English and Russian are needed"),
        (changed(("label", "en"), ""), "label.en", "a text is expected"),
        (changed(("label", "xx"), "?"), "label.xx", "not a language known here"),
        (changed(("label", "en"), "x" * 301), "label.en", "301 characters"),
        (changed(("label", "en"), "two\nlines"), "label.en", "Write one line"),
        (changed((*IND, "label", "en"), "The victim is afraid"), "label.en", '"victim"'),
        (changed((*IND, "label", "ru"), "Жертва боится"), "label.ru", "Say what happened"),
        (changed(("rule",), "sum"), "rule", 'Possible: "adult", "child", "list"'),
        (changed(("rule",), 7), "rule", "7 is not possible"),
        (changed(("depth",), "x" * 99), "depth", "…"),
        (changed(("about",), None), "about", "None is not possible"),
        (changed(("verified_against_primary",), "no"), "verified", "without quotation marks"),
        (changed(("dimensions",), []), "dimensions", "at least one entry"),
        (changed(DIM, "means"), "dimensions[0]", "an object in braces"),
        (changed((*DIM, "part"), "meens"), "dimensions[0].part", "not possible"),
        (changed((*DIM, "indicators"), {}), "dimensions[0].indicators", "a list"),
        (changed((*DIM, "indicators"), ["x"]), "indicators[0]", "an object in braces"),
        (changed((*IND, "code"), ...), "indicators[0].code", "is missing"),
        (changed((*IND, "weight"), "X"), "indicators[0].weight", 'Possible: "S", "M", "W"'),
        (changed((*IND, "weight"), "M"), "bricks.advance.weight", "weighs nothing"),
        (changed((*IND, "wieght"), "M"), "indicators[0].wieght", 'mean "weight"'),
        (changed((*IND, "fills"), "control.papers"), "indicators[0].fills", "a list is expected"),
        (changed((*IND, "fills"), ["control.papers"]), "bricks.advance", "signs and prompts only"),
        (changed(("act",), {"code": "a", "label": KIND["label"]}), "act", "only there"),
        (changed(("rule",), "adult"), "dimensions", 'part "deception"; there are 0'),
        (changed(("rule",), "adult"), "dimensions", 'has no part "means"'),
        (changed(("rule",), "adult"), "bricks.advance.weight", "is missing. Write S, M or W"),
        (changed(("rule",), "child"), "act", 'rule "child"'),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_the_place_and_what_to_do(tmp_path, data, place, sentence):
    path = write(tmp_path, data)
    problems = problems_of(tmp_path)
    assert all(p.startswith(str(path)) for p in problems)
    assert any(place in p and sentence in p for p in problems), problems


def test_everything_that_is_wrong_is_said_at_once(tmp_path):
    write(tmp_path, changed(("label", "ru"), ...) | {"version": 1, "depth": "deep"}, "a.json")
    write(tmp_path, "{", "b.json")
    assert len(problems_of(tmp_path)) == 4


def test_the_same_code_twice_in_a_file_is_refused(tmp_path):
    twice = KIND["dimensions"][0]["indicators"] * 2
    write(tmp_path, changed((*DIM, "indicators"), twice))
    assert "bricks.advance: this code stands 2 times" in problems_of(tmp_path)[0]


def test_two_dimensions_with_one_code_are_refused(tmp_path):
    second = copy.deepcopy(KIND["dimensions"][0])
    second["indicators"][0]["code"] = "bricks.other"
    write(tmp_path, changed(("dimensions",), [KIND["dimensions"][0], second]))
    assert "means: 2 dimensions have this code" in problems_of(tmp_path)[0]


def test_a_society_cannot_replace_a_built_in_set(tmp_path):
    write(tmp_path, changed(("code",), "adult_labour"))
    assert 'code: "adult_labour" is already used' in problems_of(tmp_path)[0]


def test_a_sign_may_not_answer_and_may_not_be_weighed(tmp_path):
    sign = changed((*IND, "fills"), ["control.papers"]) | {"depth": "signs", "rule": "adult"}
    write(tmp_path, sign)
    problems = " ".join(problems_of(tmp_path))
    assert "what somebody saw answers no question" in problems
    assert "signs and prompts are never weighed" in problems


def test_a_prompt_may_not_name_a_code_that_nobody_asks(tmp_path):
    write(tmp_path, changed((*IND, "fills"), ["control.paper"]) | {"depth": "prompts"})
    assert 'names "control.paper", which no full set asks' in problems_of(tmp_path)[0]


def test_the_act_of_the_child_rule_is_not_weighed(tmp_path):
    own = json.loads((BUILT_IN / "child_labour.json").read_text(encoding="utf-8"))
    own["code"] = "child_labour_north"
    own["act"]["weight"] = "S"
    write(tmp_path, own)
    assert "act.weight: the act is not weighed" in problems_of(tmp_path)[0]


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"\xff\xfe{\x00", "not saved as UTF-8"),
        (b'{"code": }', "not JSON at line 1, column 10"),
        (b'{"code": "a", "code": "b"}', '"code" is written twice'),
        (b"[]", "an object in braces"),
        (b"", "not JSON"),
        (b"[" * 200_000, "nested too deeply"),
        (b" " * 1_000_001, "larger than one megabyte"),
    ],
)
def test_what_is_no_set_of_questions_at_all_is_refused_in_a_sentence(tmp_path, raw, sentence):
    path = tmp_path / "own.json"
    path.write_bytes(raw)
    assert sentence in problems_of(tmp_path)[0]


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    path = tmp_path / "own.json"
    path.write_text(json.dumps(KIND), encoding="utf-8-sig")
    assert read_profile(path).code == "brick_works"


def test_a_folder_or_file_that_is_not_there_is_said(tmp_path):
    assert "no such folder" in problems_of(tmp_path / "nowhere")[0]
    with pytest.raises(ProfilesWrong, match="cannot be read"):
        read_profile(tmp_path / "nothing.json")


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*KIND, "act", "indicators", "part", "weight", "en", "ru"]), inner, max_size=6
        )
    ),
    max_leaves=20,
)


@given(anything)
def test_no_file_whatever_brings_the_loader_down(data):
    checker = Checker("any.json")
    profile = checker.profile(data)
    assert checker.problems or profile is not None


@given(st.sampled_from(sorted(KIND)), anything)
def test_a_file_with_one_strange_place_is_refused_or_good(key, value):
    checker = Checker("any.json")
    checker.profile({**KIND, key: value})
    assert all(p.startswith("any.json") for p in checker.problems)
