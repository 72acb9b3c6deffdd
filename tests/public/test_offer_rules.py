"""What answers about an offer show: warning signs with their reasons, never a verdict."""

from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from panah.ground.kit.languages import DOOR
from panah.people.public.offer_rules import questions_of, read
from panah.people.public.offer_words import ALOUD, CARD_SIGNS, KINDS, QUESTIONS, OfferAnswer, kind_or_none

DOCS = Path(__file__).parents[2] / "docs" / "public.md"

by_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.name))
ANSWERS = st.sampled_from(["", "maybe", *OfferAnswer.values])


@by_kind
def test_a_kind_of_offer_has_eight_to_ten_questions_some_of_them_strong(kind):
    asked = questions_of(kind)
    assert 8 <= len(asked) <= 10 and len(set(asked)) == len(asked)
    assert any(one.strong for one in asked) and any(not one.strong for one in asked)
    assert kind_or_none(kind.number) is kind
    assert set(kind.pictured) <= set(kind.asks), "a picture warns of what the questions ask"


def test_every_question_is_asked_of_somebody_and_of_men_who_are_promised_work_too():
    assert {code for kind in KINDS for code in kind.asks} == set(QUESTIONS)
    assert set(CARD_SIGNS) <= set(QUESTIONS)
    work = {one.code for one in questions_of(KINDS[0])}
    assert {"armed", "office", "errands", "late"} <= work, (
        "armies, scam compounds, couriers, seasons without pay"
    )


@pytest.mark.parametrize("tag", ["en", "ru"])
@pytest.mark.parametrize("one", QUESTIONS.values(), ids=lambda one: one.code)
def test_a_sign_has_its_reason_and_what_to_do_in_english_and_russian(one, tag):
    with translation.override(tag):
        said = [str(text) for text in (one.asked, one.sign, one.reason, one.to_do)]
    assert said[0].endswith("?") and all(text.endswith(".") for text in said[1:])
    if tag == "ru":
        with translation.override("en"):
            assert not {str(text) for text in (one.asked, one.sign, one.reason, one.to_do)} & set(said)


@by_kind
@given(data=st.data())
def test_what_warns_is_shown_strong_signs_first_and_nothing_else_is(kind, data):
    answers = {one.code: data.draw(ANSWERS) for one in questions_of(kind)}
    found = read(kind, answers)
    assert {one.code for one in found.signs} == {
        one.code for one in questions_of(kind) if answers[one.code] == one.warns
    }
    assert [one.strong for one in found.signs] == sorted((one.strong for one in found.signs), reverse=True)
    assert {one.code for one in found.not_known} == {
        code for code, said in answers.items() if said == "unknown"
    }
    assert found.answered == sum(said in OfferAnswer.values for said in answers.values())
    assert found.strong <= len(found.signs) <= found.answered


@by_kind
def test_each_question_can_warn_and_its_other_answer_does_not(kind):
    for one in questions_of(kind):
        assert read(kind, {one.code: one.warns}).signs == (one,)
        other = OfferAnswer.NO if one.warns == OfferAnswer.YES else OfferAnswer.YES
        assert read(kind, {one.code: other}).signs == ()


@by_kind
def test_without_answers_nothing_is_judged(kind):
    found = read(kind, {})
    assert (found.signs, found.not_known, found.answered) == ((), (), 0)


@pytest.mark.parametrize("tag", ["en", "ru"])
def test_societies_read_the_same_text_in_the_docs(tag):
    with translation.override(tag):
        assert "\n".join(f"> {one}" for one in ALOUD) in DOCS.read_text()


@pytest.mark.parametrize("tag", [tag for tag, _name in DOOR])
def test_the_text_to_read_aloud_takes_thirty_seconds_in_every_language(tag):
    with translation.override(tag):
        assert len(" ".join(str(one) for one in ALOUD).split()) <= 75
