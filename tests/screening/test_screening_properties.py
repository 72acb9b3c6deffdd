"""What must hold whatever anyone answers, in any order, in any number of meetings."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from panah.people.screening import rules
from panah.people.screening.profiles import load
from panah.people.screening.rules import Conclusion, DimensionState
from panah.people.screening.schema import Answer, Depth, DimensionRole, Meeting
from tests.screening.outcomes import says

SETS = load()
WEIGHED = [p for p in SETS.of(Depth.FULL) if p.is_weighted]
START = datetime(2026, 11, 24, tzinfo=UTC)
answers_st = st.sampled_from(Answer)


@st.composite
def told(draw, profiles=WEIGHED):
    """A profile with some answers; most questions stay open, as in life."""
    profile = draw(st.sampled_from(list(profiles)))
    codes = [i.code for i in profile.questions()]
    return profile, draw(st.dictionaries(st.sampled_from(codes), answers_st, max_size=40))


@st.composite
def some_meetings(draw):
    codes = [i.code for p in SETS.by_code.values() for i in p.questions()]
    few = draw(st.lists(st.sampled_from(codes), min_size=1, max_size=12, unique=True))
    return [
        Meeting(
            id=str(n),
            at=START + timedelta(hours=draw(st.integers(0, 3))),
            profile="adult_labour",
            version="1",
            depth=Depth.FULL,
            answers=draw(st.dictionaries(st.sampled_from(few), answers_st)),
        )
        for n in range(draw(st.integers(0, 5)))
    ]


def positive(result):
    return {d.code for d in result.dimensions if d.positive}


@given(told(), st.data())
def test_more_yes_never_takes_anything_away(given_answers, data):
    profile, answers = given_answers
    code = data.draw(st.sampled_from([i.code for i in profile.questions()]))
    before = rules.work_out(profile, answers)
    after = rules.work_out(profile, {**answers, code: Answer.YES})
    assert positive(before) <= positive(after)
    assert says(before.outcome) <= says(after.outcome)


@given(told(), st.data())
def test_a_no_never_adds_anything(given_answers, data):
    profile, answers = given_answers
    code = data.draw(st.sampled_from([i.code for i in profile.questions()]))
    before = rules.work_out(profile, answers)
    after = rules.work_out(profile, {**answers, code: Answer.NO})
    assert positive(after) <= positive(before)


@given(told(SETS.of(Depth.FULL)))
def test_not_asked_is_the_same_as_no_answer_at_all(given_answers):
    profile, answers = given_answers
    asked = {c: a for c, a in answers.items() if a is not Answer.NOT_ASKED}
    assert rules.work_out(profile, answers) == rules.work_out(profile, asked)


@given(told())
def test_unknown_never_counts_as_yes_and_never_closes_what_a_no_would_close(given_answers):
    profile, answers = given_answers
    as_no = {c: Answer.NO if a is Answer.UNKNOWN else a for c, a in answers.items()}
    unknown, closed = rules.work_out(profile, answers), rules.work_out(profile, as_no)
    assert positive(unknown) == positive(closed)
    for a, b in zip(unknown.dimensions, closed.dimensions, strict=True):
        if a.state is DimensionState.NOT_POSITIVE:
            assert b.state is DimensionState.NOT_POSITIVE


@given(told(), st.randoms())
def test_the_order_of_the_answers_is_of_no_importance(given_answers, chance):
    profile, answers = given_answers
    shuffled = list(answers.items())
    chance.shuffle(shuffled)
    assert rules.work_out(profile, answers) == rules.work_out(profile, dict(shuffled))


@given(some_meetings(), st.randoms())
def test_the_order_in_which_meetings_are_read_is_of_no_importance(meetings, chance):
    shuffled = list(meetings)
    chance.shuffle(shuffled)
    merged, again = (rules.merge(m, SETS.prompts()) for m in (meetings, shuffled))
    assert merged == again


@given(some_meetings())
def test_no_answer_is_lost_and_none_is_made_up(meetings):
    merged = rules.merge(meetings, SETS.prompts())
    asked = {(m.id, c, a) for m in meetings for c, a in m.answers.items() if a is not Answer.NOT_ASKED}
    kept = {(t.meeting, c, t.answer) for c, h in merged.history.items() for t in h if not t.through}
    assert kept == asked
    assert Answer.NOT_ASKED not in merged.answers.values()
    for code, history in merged.history.items():
        assert merged.answers[code] is history[-1].answer
        assert [t.at for t in history] == sorted(t.at for t in history)


@given(told())
def test_exactly_the_suggested_number_of_yes_answers_makes_a_dimension_positive(given_answers):
    profile, answers = given_answers
    result = rules.work_out(profile, answers)
    for hint in result.would_help:
        if not hint.dimension:
            continue
        # Some choice of that many works; the strongest of them surely do.
        dimension = profile.dimension(hint.dimension)
        by_weight = sorted(
            hint.codes, key=lambda c: "SMW".index(next(i.weight for i in dimension.indicators if i.code == c))
        )
        enough = dict.fromkeys(by_weight[: hint.yes_needed], Answer.YES)
        assert hint.dimension in positive(rules.work_out(profile, {**answers, **enough}))
        fewer = dict.fromkeys(by_weight[: hint.yes_needed - 1], Answer.YES)
        assert hint.dimension not in positive(rules.work_out(profile, {**answers, **fewer}))


@given(told(), st.data())
def test_a_settled_outcome_cannot_be_changed_by_the_open_questions(given_answers, data):
    profile, answers = given_answers
    closing = data.draw(st.sampled_from([Answer.NO, Answer.YES]))
    answers = {**dict.fromkeys((i.code for i in profile.questions()), closing), **answers}
    result = rules.work_out(profile, answers)
    if result.settled:
        open_codes = [i.code for i in profile.questions() if answers[i.code].is_open]
        more = {c: data.draw(st.sampled_from([Answer.YES, Answer.NO])) for c in open_codes}
        assert rules.work_out(profile, {**answers, **more}).outcome is result.outcome


@given(told([SETS.by_code["child_labour"]]))
def test_a_child_never_needs_a_means(given_answers):
    profile, answers = given_answers
    without_means = {
        i.code: Answer.NO
        for d in profile.dimensions
        if d.part is not DimensionRole.EXPLOITATION
        for i in d.indicators
    }
    exploited = {"exploitation.hours": Answer.YES, "exploitation.pay": Answer.YES}
    some_act = {"act.someone": Answer.YES}
    result = rules.work_out(profile, {**answers, **without_means, **exploited, **some_act})
    assert result.outcome is Conclusion.CHILD_INDICATION_OF_TRAFFICKING


@given(told(SETS.of(Depth.FULL)))
def test_every_question_is_reported_exactly_once(given_answers):
    profile, answers = given_answers
    reported = [
        c
        for d in rules.work_out(profile, answers).dimensions
        for c in (*d.yes, *d.no, *d.unknown, *d.not_asked)
    ]
    assert sorted(reported) == sorted(i.code for i in profile.indicators())
