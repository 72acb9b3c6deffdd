"""What the answers of a person suggest, by the published rules and by our reading of the gaps."""

from datetime import UTC, datetime, timedelta
from itertools import chain, combinations

import pytest

from panah.people.screening import rules
from panah.people.screening.profiles import load
from panah.people.screening.rules import Conclusion, DimensionState, PositiveBranch
from panah.people.screening.schema import AgeScope, Answer, Depth, DimensionRole, Indicator, Meeting, Rule
from tests.screening.outcomes import says

SETS = load()
ADULT = SETS.by_code["adult_labour"]
CHILD = SETS.by_code["child_labour"]
YES, NO, UNKNOWN, NOT_ASKED = Answer.YES, Answer.NO, Answer.UNKNOWN, Answer.NOT_ASKED
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)

# Answers that make one dimension of the labour sets positive each.
POSITIVE = {
    DimensionRole.DECEPTION: ["deceived.work", "deceived.pay"],
    DimensionRole.COERCED_RECRUITMENT: ["forced.violence", "forced.papers"],
    DimensionRole.VULNERABILITY_AT_RECRUITMENT: [
        "vulnerable.money",
        "vulnerable.no_status",
        "vulnerable.past",
    ],
    DimensionRole.EXPLOITATION: ["exploitation.hours", "exploitation.pay"],
    DimensionRole.COERCION: ["control.papers", "control.isolation"],
    DimensionRole.VULNERABILITY_AT_DESTINATION: [
        "dependent.exploiter",
        "dependent.money",
        "dependent.strange_place",
    ],
}


def yes_to(*codes):
    return dict.fromkeys(codes, YES)


def answers_making(*parts):
    return yes_to(*chain.from_iterable(POSITIVE[p] for p in parts))


def everything_else_is_no(profile, answers):
    return {**dict.fromkeys((i.code for i in profile.questions()), NO), **answers}


def meeting(at, answers, *, name="m", depth=Depth.FULL, profile="adult_labour"):
    return Meeting(id=name, at=at, profile=profile, version="1", depth=depth, answers=answers)


@pytest.mark.parametrize(
    ("strong", "medium", "weak", "met"),
    [
        (0, 0, 0, ()),
        (1, 0, 0, ()),
        (0, 1, 0, ()),
        (0, 2, 0, ()),
        (0, 0, 1, ()),
        (0, 0, 9, ()),
        (0, 1, 9, ()),
        (2, 0, 0, (PositiveBranch.TWO_STRONG,)),
        (1, 1, 0, (PositiveBranch.STRONG_AND_OTHER,)),
        (1, 0, 1, (PositiveBranch.STRONG_AND_OTHER,)),
        (0, 3, 0, (PositiveBranch.THREE_MEDIUM,)),
        (0, 2, 1, (PositiveBranch.TWO_MEDIUM_AND_WEAK,)),
        (2, 0, 1, (PositiveBranch.TWO_STRONG, PositiveBranch.STRONG_AND_OTHER)),
        (0, 3, 1, (PositiveBranch.THREE_MEDIUM, PositiveBranch.TWO_MEDIUM_AND_WEAK)),
        (2, 3, 1, tuple(PositiveBranch)),
    ],
)
def test_a_dimension_is_positive_by_one_of_four_branches_and_by_nothing_else(strong, medium, weak, met):
    assert rules.branches(strong=strong, medium=medium, weak=weak) == met


@pytest.mark.parametrize(
    ("codes", "branch"),
    [
        (["control.papers", "control.debt"], PositiveBranch.TWO_STRONG),
        (["control.papers", "control.threats"], PositiveBranch.STRONG_AND_OTHER),
        (["control.papers", "control.shame"], PositiveBranch.STRONG_AND_OTHER),
        (["control.threats", "control.lie", "control.wages"], PositiveBranch.THREE_MEDIUM),
        (["control.threats", "control.lie", "control.shame"], PositiveBranch.TWO_MEDIUM_AND_WEAK),
    ],
)
def test_the_result_names_the_branch_and_the_answers_that_made_it_so(codes, branch):
    result = rules.work_out(ADULT, yes_to(*codes))
    (control,) = result.positive
    assert (control.code, control.branches, control.yes) == ("control", (branch,), tuple(codes))


@pytest.mark.parametrize(
    ("parts", "outcome"),
    [
        # Rows of the published table.
        ((), Conclusion.SUCCESSFUL_MIGRANT),
        ((DimensionRole.EXPLOITATION,), Conclusion.EXPLOITED_MIGRANT),
        ((DimensionRole.DECEPTION, DimensionRole.EXPLOITATION), Conclusion.DECEPTION_AND_EXPLOITATION),
        (
            (DimensionRole.DECEPTION, DimensionRole.EXPLOITATION, DimensionRole.COERCION),
            Conclusion.INDICATION_OF_TRAFFICKING,
        ),
        (
            (DimensionRole.COERCED_RECRUITMENT, DimensionRole.EXPLOITATION, DimensionRole.COERCION),
            Conclusion.INDICATION_OF_TRAFFICKING,
        ),
        (
            (
                DimensionRole.DECEPTION,
                DimensionRole.COERCED_RECRUITMENT,
                DimensionRole.EXPLOITATION,
                DimensionRole.COERCION,
            ),
            Conclusion.INDICATION_OF_TRAFFICKING,
        ),
        # Our reading where the table is silent.
        (
            (DimensionRole.VULNERABILITY_AT_RECRUITMENT, DimensionRole.EXPLOITATION, DimensionRole.COERCION),
            Conclusion.INDICATION_OF_TRAFFICKING,
        ),
        (
            (DimensionRole.COERCED_RECRUITMENT, DimensionRole.EXPLOITATION),
            Conclusion.COERCED_RECRUITMENT_AND_EXPLOITATION,
        ),
        ((DimensionRole.EXPLOITATION, DimensionRole.COERCION), Conclusion.CONTROL_AND_EXPLOITATION),
        (
            (DimensionRole.VULNERABILITY_AT_RECRUITMENT, DimensionRole.EXPLOITATION),
            Conclusion.VULNERABILITY_AND_EXPLOITATION,
        ),
        (
            (DimensionRole.VULNERABILITY_AT_DESTINATION, DimensionRole.EXPLOITATION),
            Conclusion.VULNERABILITY_AND_EXPLOITATION,
        ),
        (
            (DimensionRole.VULNERABILITY_AT_DESTINATION, DimensionRole.EXPLOITATION, DimensionRole.COERCION),
            Conclusion.CONTROL_AND_EXPLOITATION,
        ),
        (
            (DimensionRole.DECEPTION, DimensionRole.VULNERABILITY_AT_DESTINATION, DimensionRole.EXPLOITATION),
            Conclusion.DECEPTION_AND_EXPLOITATION,
        ),
        ((DimensionRole.DECEPTION,), Conclusion.MEANS_WITHOUT_EXPLOITATION),
        ((DimensionRole.COERCION,), Conclusion.MEANS_WITHOUT_EXPLOITATION),
        (
            (DimensionRole.DECEPTION, DimensionRole.COERCED_RECRUITMENT, DimensionRole.COERCION),
            Conclusion.MEANS_WITHOUT_EXPLOITATION,
        ),
    ],
)
def test_for_an_adult_the_positive_dimensions_together_give_this_outcome(parts, outcome):
    answers = everything_else_is_no(ADULT, answers_making(*parts))
    result = rules.work_out(ADULT, answers)
    assert {d.part for d in result.positive} == set(parts)
    assert (result.outcome, result.settled) == (outcome, True)


def test_the_result_says_when_the_published_table_is_silent():
    def in_table(*parts):
        return rules.work_out(ADULT, answers_making(*parts)).in_published_table

    assert in_table(DimensionRole.DECEPTION, DimensionRole.EXPLOITATION, DimensionRole.COERCION)
    assert not in_table(DimensionRole.EXPLOITATION, DimensionRole.COERCION)


@pytest.mark.parametrize(
    ("parts", "act", "outcome"),
    [
        ((), NO, Conclusion.CHILD_NO_EXPLOITATION),
        ((), YES, Conclusion.CHILD_NO_EXPLOITATION),
        ((DimensionRole.EXPLOITATION,), YES, Conclusion.CHILD_INDICATION_OF_TRAFFICKING),
        ((DimensionRole.EXPLOITATION,), NO, Conclusion.CHILD_EXPLOITED),
        (
            (DimensionRole.EXPLOITATION, DimensionRole.COERCION),
            NO,
            Conclusion.CHILD_INDICATION_OF_TRAFFICKING,
        ),
        ((DimensionRole.DECEPTION,), YES, Conclusion.MEANS_WITHOUT_EXPLOITATION),
    ],
)
def test_for_a_child_an_act_and_exploitation_are_enough(parts, act, outcome):
    answers = everything_else_is_no(CHILD, {**answers_making(*parts), "act.someone": act})
    result = rules.work_out(CHILD, answers)
    assert (result.outcome, result.settled) == (outcome, True)


def test_a_child_who_was_deceived_was_recruited_by_someone_though_nobody_asked():
    result = rules.work_out(CHILD, yes_to("exploitation.hours", "exploitation.pay", "deceived.pay"))
    assert result.act
    assert result.outcome is Conclusion.CHILD_INDICATION_OF_TRAFFICKING


def test_a_childs_exploitation_with_the_act_not_asked_is_not_settled_and_asks_for_the_act():
    result = rules.work_out(CHILD, yes_to("exploitation.hours", "exploitation.pay"))
    assert result.outcome is Conclusion.CHILD_EXPLOITED
    assert not result.settled
    assert result.would_help[0].codes == ("act.someone",)
    assert result.would_help[0].changes_outcome


def test_when_age_is_in_doubt_the_rule_for_children_applies():
    assert rules.rule_for_age("adult") is Rule.ADULT
    assert rules.rule_for_age("child") is Rule.CHILD
    assert rules.rule_for_age("unknown") is Rule.CHILD
    assert rules.rule_for_age("") is Rule.CHILD


def test_nobody_is_called_a_successful_migrant_because_nobody_asked():
    nothing_asked = rules.work_out(ADULT, {})
    all_unknown = rules.work_out(ADULT, {i.code: UNKNOWN for i in ADULT.indicators()})
    for result in (nothing_asked, all_unknown):
        assert result.outcome is Conclusion.NOTHING_YET
        assert not result.settled
        assert {d.state for d in result.dimensions} == {DimensionState.OPEN}


def test_unknown_and_not_asked_are_reported_apart_and_neither_is_a_no():
    result = rules.work_out(ADULT, {"control.papers": YES, "control.debt": UNKNOWN, "control.violence": NO})
    control = next(d for d in result.dimensions if d.code == "control")
    assert control.yes == ("control.papers",)
    assert control.unknown == ("control.debt",)
    assert control.no == ("control.violence",)
    assert len(control.not_asked) == 12
    assert control.state is DimensionState.OPEN


def test_a_dimension_is_closed_when_no_open_question_could_make_it_positive():
    answers = dict.fromkeys((i.code for i in ADULT.dimension("dependent").indicators), NO)
    answers |= {"dependent.exploiter": YES, "dependent.money": UNKNOWN}
    result = rules.work_out(ADULT, answers)
    dependent = next(d for d in result.dimensions if d.code == "dependent")
    assert dependent.state is DimensionState.NOT_POSITIVE


def test_what_would_help_starts_with_the_fewest_questions_that_change_the_outcome():
    answers = everything_else_is_no(
        ADULT, answers_making(DimensionRole.DECEPTION, DimensionRole.EXPLOITATION)
    )
    answers |= {"control.papers": YES, "control.debt": UNKNOWN, "control.shame": NOT_ASKED}
    answers |= {"dependent.money": UNKNOWN, "dependent.family": YES, "dependent.exploiter": YES}
    first, second = rules.work_out(ADULT, answers).would_help
    assert (first.dimension, first.codes) == ("control", ("control.debt", "control.shame"))
    assert (first.yes_needed, first.changes_outcome) == (1, True)
    assert (second.dimension, second.codes) == ("dependent", ("dependent.money",))
    assert (second.yes_needed, second.changes_outcome) == (1, False)


def test_two_medium_answers_need_only_one_more_of_any_weight():
    result = rules.work_out(ADULT, yes_to("dependent.money", "dependent.exploiter"))
    hint = next(s for s in result.would_help if s.dimension == "dependent")
    assert hint.yes_needed == 1
    assert set(hint.codes) == {
        "dependent.strange_place",
        "dependent.family",
        "dependent.authorities",
        "dependent.past",
        "dependent.personal",
    }


def test_with_nothing_answered_two_answers_would_do_in_a_dimension_with_a_strong_one():
    deceived = next(s for s in rules.work_out(ADULT, {}).would_help if s.dimension == "deceived")
    assert deceived.yes_needed == 2
    assert len(deceived.codes) == 10


def test_once_there_is_an_indication_no_further_question_is_said_to_change_it():
    result = rules.work_out(
        ADULT, answers_making(DimensionRole.DECEPTION, DimensionRole.EXPLOITATION, DimensionRole.COERCION)
    )
    assert result.settled
    assert result.would_help
    assert not any(s.changes_outcome for s in result.would_help)


def test_a_set_without_weights_lists_what_was_seen_and_concludes_nothing():
    profile = SETS.by_code["forced_criminality"]
    result = rules.work_out(profile, yes_to("crime.scam", "crime.phone", "control.papers"))
    assert result.outcome is Conclusion.LISTED
    assert not result.settled
    assert {d.state for d in result.dimensions} == {DimensionState.LISTED}
    assert [d.yes for d in result.dimensions] == [(), ("control.papers", "crime.phone"), ("crime.scam",)]
    assert [s.dimension for s in result.would_help] == ["act"]
    assert result.positive == ()


@pytest.mark.parametrize("profile", SETS.of(Depth.FULL), ids=lambda p: p.code)
def test_no_result_is_a_legal_finding_and_help_never_depends_on_it(profile):
    for answers in ({}, yes_to(*(i.code for i in profile.questions()))):
        result = rules.work_out(profile, answers)
        assert not result.is_legal_finding
        assert not result.help_depends_on_it


def test_the_latest_answer_that_was_asked_counts_and_the_earlier_one_stays_in_sight():
    first = meeting(MONDAY, {"control.papers": NO, "control.debt": YES}, name="a")
    later = meeting(
        MONDAY + timedelta(days=2),
        {"control.papers": YES, "control.debt": NOT_ASKED, "control.lie": UNKNOWN},
        name="b",
    )
    merged = rules.merge([first, later])
    assert merged.answers == {"control.papers": YES, "control.debt": YES, "control.lie": UNKNOWN}
    assert [t.answer for t in merged.history["control.papers"]] == [NO, YES]
    assert merged.contradicts("control.papers")
    assert not merged.contradicts("control.debt")
    assert not merged.changed("control.debt")
    assert not merged.changed("never.heard_of")


def test_a_yes_that_becomes_unknown_is_shown_as_changed_but_is_no_contradiction():
    merged = rules.merge(
        [
            meeting(MONDAY, {"control.papers": YES}, name="a"),
            meeting(MONDAY + timedelta(days=1), {"control.papers": UNKNOWN}, name="b"),
        ]
    )
    assert merged.answers["control.papers"] is UNKNOWN
    assert merged.changed("control.papers")
    assert not merged.contradicts("control.papers")


def test_what_was_told_to_the_operator_need_not_be_told_again():
    call = meeting(
        MONDAY,
        {"prompt.papers": YES, "prompt.paid": NO, "prompt.debt": UNKNOWN, "prompt.hurt": NOT_ASKED},
        depth=Depth.PROMPTS,
        profile="operator_prompts",
    )
    merged = rules.merge([call], SETS.prompts())
    assert merged.answers["control.papers"] is YES
    assert merged.answers["exploitation.pay"] is NO
    assert merged.answers["control.debt"] is UNKNOWN
    assert "control.violence" not in merged.answers
    assert merged.history["control.papers"][0].through == "prompt.papers"


def test_a_question_asked_directly_outranks_the_prompt_of_the_same_meeting():
    both = meeting(MONDAY, {"prompt.papers": YES, "control.papers": NO})
    (told,) = rules.merge([both], SETS.prompts()).history["control.papers"]
    assert (told.answer, told.through) == (NO, "")


@pytest.mark.parametrize(
    ("one", "other", "counts"),
    [
        (YES, NO, YES),
        (NO, YES, YES),
        (UNKNOWN, NO, UNKNOWN),
        (NO, UNKNOWN, UNKNOWN),
        (YES, UNKNOWN, YES),
        (UNKNOWN, YES, YES),
    ],
)
def test_two_prompts_that_disagree_about_one_question_keep_the_yes(one, other, counts):
    prompts = [
        Indicator("prompt.a", {"en": "a"}, fills=("control.papers",)),
        Indicator("prompt.b", {"en": "b"}, fills=("control.papers",)),
    ]
    told = meeting(MONDAY, {"prompt.a": one, "prompt.b": other})
    assert rules.merge([told], prompts).answers["control.papers"] is counts


def test_the_result_lists_everything_unknown_and_not_asked():
    result = rules.work_out(ADULT, {"control.papers": UNKNOWN, "deceived.work": UNKNOWN})
    assert result.unknown == ("deceived.work", "control.papers")
    assert len(result.not_asked) == 65


def test_signs_that_a_volunteer_saw_point_to_questions_and_answer_none():
    seen = meeting(MONDAY, yes_to("sign.papers"), depth=Depth.SIGNS, profile="volunteer_signs")
    merged = rules.merge([seen], SETS.prompts())
    result = rules.work_out(ADULT, merged.answers, early=SETS.early())
    assert result.answered == 0
    assert result.outcome is Conclusion.NOTHING_YET
    assert result.pointed_at == ("forced.papers", "control.papers")


def test_what_is_already_answered_is_not_pointed_at_again():
    answers = {"sign.papers": YES, "control.papers": NO, "forced.papers": UNKNOWN}
    result = rules.work_out(ADULT, answers, early=SETS.early())
    assert result.pointed_at == ("forced.papers",)


def test_the_set_that_fits_what_is_recorded_comes_first():
    def order(**known):
        return [p.code for p in rules.suggest(SETS.by_code.values(), **known)]

    assert order(age="adult")[0] == "adult_labour"
    assert order(age="child")[0] == "child_labour"
    assert order(age="unknown")[0] == "child_labour"
    assert order(age="adult", types_of_exploitation=["ForcedBegging"])[0] == "forced_begging"
    assert (
        order(age="unknown", types_of_exploitation=["SexualExploitation"])[0] == "child_sexual_exploitation"
    )
    assert "operator_prompts" not in order(age="adult")


def test_every_combination_of_dimensions_has_an_outcome_that_says_no_less_than_its_parts():
    parts = list(POSITIVE)
    every = [frozenset(c) for n in range(7) for c in combinations(parts, n)]
    assert len(every) == 64
    for some in every:
        for one in parts:
            more = some | {one}
            assert says(rules.combine_adult(more)) >= says(rules.combine_adult(some))
            for act in (False, True):
                assert says(rules.combine_child(more, act=act)) >= says(rules.combine_child(some, act=act))


def test_of_two_prompts_that_say_the_same_the_first_is_named():
    prompts = [Indicator(f"prompt.{name}", {"en": name}, fills=("control.papers",)) for name in "ba"]
    told = meeting(MONDAY, {"prompt.b": YES, "prompt.a": YES})
    (one,) = rules.merge([told], prompts).history["control.papers"]
    assert one.through == "prompt.a"


def test_unknown_is_an_answer_and_so_is_no():
    answers = {"control.papers": YES, "control.debt": UNKNOWN, "control.lie": UNKNOWN, "control.violence": NO}
    control = next(d for d in rules.work_out(ADULT, answers).dimensions if d.code == "control")
    assert control.answered == rules.work_out(ADULT, answers).answered == 4


@pytest.mark.parametrize("profile", SETS.of(Depth.FULL), ids=lambda p: p.code)
def test_a_set_for_adults_is_used_only_for_who_is_known_to_be_one(profile):
    assert rules.may_be_used(profile, age="adult")
    for age in ("child", "unknown", ""):
        assert rules.may_be_used(profile, age=age) == (profile.about is not AgeScope.ADULT)


def test_there_is_a_set_for_adults_and_there_are_sets_for_children():
    assert {p.about for p in SETS.of(Depth.FULL)} >= {AgeScope.ADULT, AgeScope.CHILD}


EXPLOITED = yes_to("exploitation.hours", "exploitation.pay")


def about_the_act(answers):
    return [s for s in rules.work_out(CHILD, answers).would_help if s.codes == ("act.someone",)]


def test_who_brought_a_child_is_not_asked_again_once_it_is_told_or_denied():
    assert about_the_act(EXPLOITED)
    assert about_the_act(EXPLOITED | {"act.someone": UNKNOWN})
    assert not about_the_act(EXPLOITED | {"act.someone": NO})
    assert not about_the_act(EXPLOITED | {"act.someone": YES})
    assert not about_the_act(EXPLOITED | {"deceived.pay": YES}), "whoever deceived her recruited her"


def test_for_a_child_that_somebody_deceived_her_would_change_what_is_concluded():
    result = rules.work_out(CHILD, EXPLOITED)
    deceived = next(s for s in result.would_help if s.dimension == "deceived")
    assert deceived.changes_outcome


def test_what_a_prompt_left_unknown_is_worth_asking():
    prompt = Indicator(
        "prompt.papers", {"en": "Papers?"}, fills=("control.papers",), points_to=("control.debt",)
    )
    for answer in (YES, UNKNOWN):
        found = rules.work_out(ADULT, {"prompt.papers": answer}, early=[prompt]).pointed_at
        assert set(found) == {"control.papers", "control.debt"}
    assert rules.work_out(ADULT, {"prompt.papers": NO}, early=[prompt]).pointed_at == ()


def test_only_answers_of_a_weight_that_would_do_are_called_helpful():
    control = ADULT.dimension("control").indicators
    answers = dict.fromkeys((i.code for i in control), NO)
    weak = [i.code for i in control if i.weight == "W"]
    medium = [i.code for i in control if i.weight == "M"]
    strong = [i.code for i in control if i.weight == "S"]
    # Beside one middling answer a strong one would do, and a weak one would not.
    answers |= {medium[0]: YES, weak[0]: NOT_ASKED, strong[0]: UNKNOWN}
    (hint,) = [s for s in rules.work_out(ADULT, answers).would_help if s.dimension == "control"]
    assert (hint.yes_needed, hint.codes) == (1, (strong[0],))


def test_without_weights_the_parts_of_which_nothing_was_seen_yet_come_with_what_is_open_in_them():
    profile = SETS.by_code["forced_criminality"]
    first, *rest = profile.dimensions
    every = [i.code for d in rest for i in d.indicators]
    codes = [i.code for i in first.indicators]
    asked = dict.fromkeys(every, NO)
    (hint,) = rules.work_out(profile, asked | dict.fromkeys(codes, UNKNOWN)).would_help
    assert (hint.dimension, hint.codes) == (first.code, tuple(codes))
    assert (hint.yes_needed, hint.changes_outcome) == (1, False)
    assert rules.work_out(profile, asked | dict.fromkeys(codes, NO)).would_help == ()
